"""What may be done to a case's attachments, and which numbers they bear. Pure: values in, sentences out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.access import Access, Ground

LARGEST_CASE = 1024**3

type Direction = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A standing attachment in the order of its case, and what it was replaced by (erstattet af)."""

    pk: UUID
    replaced_by: UUID | None = None


def numbers_of(order: Sequence[Placed]) -> dict[UUID, int]:
    """The numbers that go on to the agenda: 1, 2, 3 in order; what was replaced bears none."""
    standing = [placed.pk for placed in order if placed.replaced_by is None]
    return {pk: number for number, pk in enumerate(standing, start=1)}


def successor_of(pk: UUID, order: Sequence[Placed]) -> UUID | None:
    """What stands in its place today, through every replacement; None if it was not replaced by any that stands."""
    follows = {placed.pk: placed.replaced_by for placed in order}
    found = follows.get(pk)
    # As many steps as there are rows: a ring of replacements ends here too.
    for _step in order:
        if found is None or follows.get(found) is None:
            break
        found = follows[found]
    return found


# How far beyond the last attachment a file of one lot may be placed.
_LONGEST_LOT = 1000


def place_for(wanted: int | None, taken: Collection[int]) -> int:
    """The position of a new attachment: the one that its lot wants, where that is free; else after the last."""
    after_last = max(taken, default=0) + 1
    if wanted is None or wanted in taken or not 0 < wanted < after_last + _LONGEST_LOT:
        return after_last
    return wanted


def moved(order: Sequence[UUID], pk: UUID, direction: Direction) -> list[UUID]:
    """The order with one of them a place further up or down; at the end of the list nothing changes."""
    pks = list(order)
    place = pks.index(pk)
    other = place - 1 if direction == "up" else place + 1
    if 0 <= other < len(pks):
        pks[place], pks[other] = pks[other], pks[place]
    return pks


def require_new(number: int | None, *, is_there: bool) -> None:
    """The same bytes are not added twice; `number` is the one that they already bear."""
    if number is not None:
        raise RuleBrokenError(_("The same file is already attachment {number}.").format(number=number))
    if is_there:
        raise RuleBrokenError(_("The same file is already among the attachments of the case."))


def require_room(held: int, size: int) -> None:
    """All attachments of a case hold at most 1 GB together."""
    if held + size > LARGEST_CASE:
        raise RuleBrokenError(
            _(
                "There is no room for the file: it is {size}, and the attachments of the case hold {held} of {most}."
            ).format(size=filesizeformat(size), held=filesizeformat(held), most=filesizeformat(LARGEST_CASE))
        )


def require_title(title: str) -> None:
    """An attachment has a name."""
    if not title.strip():
        raise RuleBrokenError(_("Write the title of the attachment."))


def require_ground(access: str, ground: str) -> None:
    """Closing needs a ground that the law knows (KSL § 10; forvaltningsloven § 27)."""
    if access == Access.CLOSED and ground in ("", Ground.UNKNOWN):
        raise RuleBrokenError(_("Choose the ground for closing the attachment."))


def require_public_title(access: str, public_title: str, *, title_is_public: bool) -> None:
    """What the public may see of a closed attachment has been written for the public."""
    if access == Access.CLOSED and title_is_public and not public_title.strip():
        raise RuleBrokenError(_("Write the title that the public may see."))


def require_unchanged(seen: str, now: str) -> None:
    """Nobody has saved since she opened the form."""
    if seen != now:
        raise RuleBrokenError(
            _(
                "Somebody else has changed the attachment in the meantime. Look at what stands there now, and save again."
            )
        )


def require_standing(*, is_withdrawn: bool) -> None:
    """What was withdrawn is restored first."""
    if is_withdrawn:
        raise RuleBrokenError(_("The attachment is withdrawn. Restore it first."))


def require_withdrawn(*, is_withdrawn: bool) -> None:
    """Only what was withdrawn can be restored."""
    if not is_withdrawn:
        raise RuleBrokenError(_("The attachment is not withdrawn."))


def require_file(*, has_file: bool) -> None:
    """A link to a draft has no versions of its own."""
    if not has_file:
        raise RuleBrokenError(_("The attachment is a link to a draft, and has no file."))


def require_supersede(old: UUID, new: UUID, order: Sequence[Placed]) -> None:
    """Another standing attachment of the case takes the place; nothing takes the place of itself."""
    replaced_by = {placed.pk: placed.replaced_by for placed in order}
    if replaced_by.get(old) is not None:
        raise RuleBrokenError(_("The attachment is already replaced."))
    if new == old or new not in replaced_by or replaced_by[new] is not None:
        raise RuleBrokenError(_("Choose another attachment that stands on the case."))


def require_superseded(*, is_superseded: bool) -> None:
    """Only a replacement that was made can be undone."""
    if not is_superseded:
        raise RuleBrokenError(_("The attachment is not replaced."))


def require_not_needed(*, replaces_others: bool) -> None:
    """What took the place of others is not withdrawn while they are marked with it."""
    if replaces_others:
        raise RuleBrokenError(_("The attachment takes the place of another one. Undo that first."))


def require_draft_once(*, is_linked: bool) -> None:
    """The same draft is linked once."""
    if is_linked:
        raise RuleBrokenError(_("The draft is already linked to the case."))


def is_closed_material(access: str, case_access: str) -> bool:
    """Closed for itself, or lying in a closed case: every reading is logged."""
    return Access.CLOSED in (access, case_access)
