"""The order and the numbers of an agenda: open items first, closed ones last, signing at the very end. Pure.

Numbers of what is sent never change (domain R3, R8); a closed item stands behind the open ones (R16).
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

MOST_BLOCKS = 9


class AgendaChangedError(RuleBrokenError):
    """The agenda is another one than the writer had before her: she is shown it, and decides again."""


class Part(IntEnum):
    """The parts of a meeting, in their order."""

    OPEN = 1
    CLOSED = 2
    END = 3  # signing: when the closed part is over


@dataclass(frozen=True, slots=True)
class Placed:
    """An item or sub-item in its place. `is_fixed` = it is sent, or came from outside: place and number stand.

    `at` is where a standing item belongs: ``first``, ``last``, or "" for every other item.
    """

    pk: UUID
    parent: UUID | None
    position: int
    number: str
    is_closed: bool = False
    is_signing: bool = False
    is_fixed: bool = False
    at: str = ""

    @property
    def part(self) -> Part:
        """The part of the meeting to which it belongs."""
        if self.is_closed:
            return Part.CLOSED
        return Part.END if self.is_signing else Part.OPEN


type Place = tuple[int, str]  # position, number


def stamp_of(rows: Iterable[Placed]) -> str:
    """Which state of an agenda somebody has seen: its items, their order, and what is closed of them."""
    words = "|".join(f"{row.pk}:{row.parent or ''}:{row.part}" for row in printed(rows))
    return hashlib.sha256(words.encode()).hexdigest()[:20]


def printed(rows: Iterable[Placed]) -> list[Placed]:
    """The rows in printed order: each item, then its sub-items."""
    by_place = sorted(rows, key=lambda row: row.position)
    return [one for top in by_place if top.parent is None for one in (top, *_under(top.pk, by_place))]


def _under(parent: UUID, rows: Iterable[Placed]) -> list[Placed]:
    return [row for row in rows if row.parent == parent]


def in_parts(rows: Sequence[Placed]) -> list[Placed]:
    """The items in their parts, each part in the order given; sub-items stay with their item, in any order."""
    return sorted(rows, key=lambda row: row.part if row.parent is None else Part.OPEN)


def with_new(rows: Sequence[Placed], new: Placed) -> list[Placed]:
    """Where something new comes: last in its part, but before the standing items at its end; a first one at the front."""
    left = in_parts([row for row in rows if row.pk != new.pk])
    if new.parent is not None:
        return [*left, new]
    place = sum(row.part <= new.part for row in left)
    if new.at == "first":
        place = next((n for n, row in enumerate(left) if row.at != "first"), len(left))
    elif not new.at:
        while place and left[place - 1].part == new.part and left[place - 1].at == "last":
            place -= 1
    return [*left[:place], new, *left[place:]]


def with_returned(rows: Sequence[Placed], back: Placed, position: int) -> list[Placed]:
    """Where something comes back: before what stands at the position that it had, or after it now."""
    left = [row for row in rows if row.pk != back.pk]
    after = (n for n, row in enumerate(left) if row.parent == back.parent and row.position >= position)
    place = next(after, len(left))
    return [*left[:place], back, *left[place:]]


def moved(rows: Sequence[Placed], pk: UUID, to: str) -> list[Placed]:
    """The rows when one goes ``up``, ``down``, ``first`` or ``last`` among its neighbours: those that can be moved
    under the same item and, for items, in the same part. At the end it stays.
    """
    ordered = list(rows)
    row = next((row for row in ordered if row.pk == pk), None)
    if row is None or row.is_fixed:
        return ordered
    places = [n for n, one in enumerate(ordered) if _are_neighbours(row, one)]
    group = [ordered[n] for n in places]
    here = group.index(row)
    there = {"up": max(here - 1, 0), "down": here + 1, "first": 0, "last": len(group)}.get(to, here)
    group.insert(there, group.pop(here))
    for place, one in zip(places, group, strict=True):
        ordered[place] = one
    return ordered


def _are_neighbours(row: Placed, other: Placed) -> bool:
    same = other.parent == row.parent and not other.is_fixed
    return same and (row.parent is not None or other.part == row.part)


def in_order(rows: Sequence[Placed], order: Sequence[UUID]) -> list[Placed]:
    """The rows as somebody wants them. Raises `RuleBrokenError` if she names other items than there are."""
    known = {row.pk: row for row in rows}
    if len(order) != len(known) or set(order) != known.keys():
        raise RuleBrokenError(_("The order does not name the items of this agenda. Load the page again."))
    return [known[pk] for pk in order]


def places_of(rows: Sequence[Placed], last_number: int = 0) -> dict[UUID, Place]:
    """Position and number of each row, given in the wanted order. `last_number`: the one after which items are counted.

    What is fixed keeps both, and what is not comes after it. Sub-items are counted from 1 under each item.
    """
    found: dict[UUID, Place] = {}
    parents: list[UUID | None] = [None, *(row.pk for row in rows if row.parent is None)]
    for parent in parents:
        group = [row for row in rows if row.parent == parent]
        fixed = [row for row in group if row.is_fixed]
        found |= {row.pk: (row.position, row.number) for row in fixed}
        position = max((row.position for row in fixed), default=0)
        number = max([_figure(row.number) for row in fixed] + ([last_number] if parent is None else [0]))
        free = in_parts([row for row in group if not row.is_fixed])
        found |= {row.pk: (position + n, str(number + n)) for n, row in enumerate(free, start=1)}
    return found


def _figure(number: str) -> int:
    return int(number) if number.isdecimal() else 0


def changed_places(rows: Iterable[Placed], places: Mapping[UUID, Place]) -> list[Placed]:
    """The rows that stand elsewhere, or have another number, than they should."""
    return [row for row in rows if (row.position, row.number) != places[row.pk]]


def require_same_agenda(seen: str, current: str) -> None:
    """Refuse to arrange an agenda that somebody else has changed: the writer sees it first."""
    if seen != current:
        raise AgendaChangedError(
            _(
                "Somebody else has changed the agenda in the meantime. It stands below as it is now, "
                "and nothing of yours was saved. Look at it, then move again."
            )
        )


def require_block(block: int | None, *, is_closed: bool, is_sub: bool, kind: str, has_conflict: bool) -> None:
    """What is decided together without debate is open, an item of its own, no discussion, and nobody's conflict."""
    if block is None:
        return
    if not 1 <= block <= MOST_BLOCKS:
        raise RuleBrokenError(_("A block has a number from 1 to {most}.").format(most=MOST_BLOCKS))
    if is_closed:
        raise RuleBrokenError(_("A closed item is treated by itself, and so it stands in no block."))
    if is_sub:
        raise RuleBrokenError(_("A sub-item is treated with its item. Put the item in the block."))
    if kind == "D":
        raise RuleBrokenError(_("A discussion cannot be taken in a block: a block is treated without debate."))
    if has_conflict:
        raise RuleBrokenError(
            _("A conflict of interest is noted at the item. It is treated by itself, and stands in no block.")
        )


def require_not_sent_yet(*, is_sent: bool) -> None:
    """How an item is announced stands fast when it is sent."""
    if is_sent:
        raise RuleBrokenError(_("The item is sent, and stands fast as it was announced."))


def require_late_reasons(numbers: Collection[str]) -> None:
    """Every item of a supplementary agenda says why it comes now (R3)."""
    if numbers:
        raise RuleBrokenError(
            _("Write for each new item why it comes after the deadline and cannot wait: {numbers}.").format(
                numbers=", ".join(numbers)
            )
        )


def require_new_items(count: int) -> None:
    """A supplementary agenda brings something."""
    if not count:
        raise RuleBrokenError(_("No item has come since the agenda was sent, so there is nothing to send."))


def require_supplement_reason(reason: str) -> None:
    """A supplementary agenda says why it comes (R3)."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why there is a supplementary agenda. The reason is printed on it."))


def require_sent_agenda(*, is_sent: bool) -> None:
    """A supplement follows an agenda."""
    if not is_sent:
        raise RuleBrokenError(_("The agenda is not sent yet. What you put on it now goes out with it."))


def supplement_number(first_sent_in: int | None) -> int:
    """Which supplementary agenda brought an item: 0 = it came with the agenda itself, or has not gone out."""
    return max((first_sent_in or 1) - 1, 0)


def require_nothing_held(sentences: Sequence[str]) -> None:
    """No case on it is held (`cases.rules.holds`): what is known to be wrong goes to nobody."""
    if sentences:
        raise RuleBrokenError(" ".join(sentences))


def require_not_cancelled(*, is_cancelled: bool) -> None:
    """Nothing is put on the agenda of a meeting that was called off, and it is not sent."""
    if is_cancelled:
        raise RuleBrokenError(_("The meeting is cancelled."))


def merged_order(mine: Sequence[UUID], rows: Sequence[Placed]) -> list[UUID]:
    """Her order on an agenda that was changed meanwhile: what is gone falls out, what is new stays behind what it follows."""
    found = [pk for pk in mine if pk in {row.pk for row in rows}]
    before: UUID | None = None
    for row in rows:
        if row.pk not in found:
            found.insert(found.index(before) + 1 if before else 0, row.pk)
        before = row.pk
    return found
