"""Which parts of a meeting's public words differ from those that were out before (leak rule 1). Pure.

A function of two released documents and of nothing else: what is closed in both is in neither, so that no change of
it can show. Names items and parts, never words: what was masked or withdrawn does not come back as a change note.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sagsgang.publication.changed import ADDED, CAME, CHANGED, CLOSED, ITEM, MEETING, OPENED, WENT, WHOLE, Change
from sagsgang.publication.disclosure import is_embargo_line
from sagsgang.publication.document import ItemDocument, MeetingDocument
from sagsgang.publication.models import ReleaseKind
from sagsgang.publication.rules import scope_of

# What a final protocol says of a matter. Who has signed, what was added to it later and a decision that was held
# back for its parties are no corrections.
_CORRECTED = {"title", "presentation", "recommendation", "decision", "votes", "record", "presence", "attachments"}

_OF_THE_MEETING = {"time_and_place", "presence", "protocol", "record", "votes", "decision", "after", "extract"}


def changes_between(old: MeetingDocument, new: MeetingDocument) -> tuple[Change, ...]:
    """What differs, in the order of the new agenda; then what is gone."""
    return (*_meeting_changes(old, new), *_item_changes(old, new))


def is_correction(changes: Iterable[Change]) -> bool:
    """Does something that was said no longer stand as it was?"""
    return any(
        change.how in {CHANGED, WENT, CLOSED} and (change.part in _CORRECTED or change.part == WHOLE)
        for change in changes
    )


def told_changes(changes: tuple[Change, ...], *, was: str, now: str) -> tuple[Change, ...]:
    """What is worth saying from one kind of release to the next.

    With the minutes all that happened at the meeting is new, which says nothing; an agenda in the place of minutes is
    another document.
    """
    old, new = scope_of(was), scope_of(now)
    if old == ReleaseKind.AGENDA and new != ReleaseKind.AGENDA:
        return tuple(change for change in changes if change.part not in _OF_THE_MEETING)
    return () if new == ReleaseKind.AGENDA != old else changes


def has_supplement(document: MeetingDocument) -> bool:
    """Did an item that is shown come with a supplementary agenda?"""
    return any(item.supplement for _, (_, item) in _numbered(document))


def without_files(document: MeetingDocument) -> MeetingDocument:
    """The same without the bytes of the attachments: a look ahead makes no copies, and cannot compare them."""
    return replace(document, items=tuple(_item_without_files(item) for item in document.items))


def _item_without_files(item: ItemDocument) -> ItemDocument:
    lines = item.attachments
    return replace(
        item,
        attachments=None if lines is None else tuple(replace(line, file=None) for line in lines),
        subitems=tuple(_item_without_files(sub) for sub in item.subitems),
    )


def _meeting_changes(old: MeetingDocument, new: MeetingDocument) -> Iterator[Change]:
    def head(document: MeetingDocument) -> tuple[Any, ...]:
        return (document.held_on, document.starts, document.ends, document.place, document.number)

    parts = {
        "time_and_place": (head(old), head(new)),
        "presence": ((old.present or ()) + (old.absent or ()), (new.present or ()) + (new.absent or ())),
        "protocol": (old.record, new.record),
    }
    for part, (was, now) in parts.items():
        if how := _how(was, now):
            yield Change(MEETING, part, CHANGED if part == "time_and_place" else how)
    both = {item.public_id for item in old.items} & {item.public_id for item in new.items}
    if _order(old, both) != _order(new, both):
        yield Change(MEETING, "order", CHANGED)


def _order(document: MeetingDocument, among: set[str]) -> list[str]:
    return [item.public_id for item in document.items if item.public_id in among]


def _item_changes(old: MeetingDocument, new: MeetingDocument) -> Iterator[Change]:
    before, after = dict(_numbered(old)), dict(_numbered(new))
    for key, (number, item) in after.items():
        was = before.get(key)
        if was is None:
            yield Change(ITEM, WHOLE, CAME, item.public_id, number)
        else:
            yield from _parts_changed(was[1], item, number)
    for key, (number, _item) in before.items():
        if key not in after:
            yield Change(ITEM, WHOLE, WENT, "", number)


def _numbered(document: MeetingDocument) -> Iterator[tuple[str, tuple[str, ItemDocument]]]:
    """Items and sub-items by public id, each with its printed number. One without an id yet stands under its place."""
    for position, item in enumerate(document.items):
        yield item.public_id or f"new {position}", (item.number, item)
        for below, sub in enumerate(item.subitems):
            number = ".".join(part for part in (item.number, sub.number) if part)
            yield sub.public_id or f"new {position} {below}", (number, sub)


def _parts_changed(old: ItemDocument, new: ItemDocument, number: str) -> Iterator[Change]:
    if (old.access == "closed") != (new.access == "closed"):
        yield Change(ITEM, WHOLE, CLOSED if new.access == "closed" else OPENED, new.public_id, number)
        return
    was, now = _parts(old), _parts(new)
    for part in was:
        if how := _how(was[part], now[part]):
            yield Change(ITEM, part, CHANGED if part in {"title", "number", "path"} else how, new.public_id, number)


def _parts(item: ItemDocument) -> Mapping[str, tuple[Any, ...]]:
    """Everything of an item that the public reads, by the part's name; each a row of things that can come and go."""
    withheld = item.withheld
    return {
        "number": (item.number,),
        "title": (item.title,),
        "lateness": (item.late_reason, item.supplement) if item.late_reason or item.supplement else (),
        "path": item.path or (),
        "presentation": tuple(row for row in item.sections if row.kind not in {"recommendation", "dissent"}),
        "recommendation": tuple(row for row in item.sections if row.kind == "recommendation"),
        "record": item.record,
        "votes": item.votes,
        "decision": (
            *(row for row in item.decisions if not is_embargo_line(row.html)),
            *(row for row in item.sections if row.kind == "dissent"),
        ),
        "after": item.after,
        "presence": item.absent or (),
        "attachments": tuple(replace(row, no=0, public_id="") for row in item.attachments or ()),
        "ground": (withheld.ground,) if withheld else (),
        "extract": tuple(words for words in (withheld.extract, withheld.reason) if words) if withheld else (),
    }


def _how(old: tuple[Any, ...], new: tuple[Any, ...]) -> str:
    """How a part differs; "" where it does not."""
    if old == new:
        return ""
    if not old:
        return CAME
    if not new:
        return WENT
    return ADDED if _still_stands(old, new) else CHANGED


def _still_stands(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Is all of the old in the new, in its order?"""
    rest = iter(new)
    return all(any(row == candidate for candidate in rest) for row in old)
