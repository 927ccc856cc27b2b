"""Order and number the items of an agenda, say what kind they are and which are decided together."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Numbering
from sagsgang.core.models import record
from sagsgang.meetings.actions.parts import make_room
from sagsgang.meetings.actions.records import lock_changeable, record_both
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Meeting
from sagsgang.meetings.queries.arranging import arranged_items, last_number_before, placed_rows
from sagsgang.meetings.rules import agenda as rules
from sagsgang.meetings.rules.agenda import Placed


@transaction.atomic
def reorder_agenda(meeting: Meeting, *, order: Sequence[UUID], seen: str, actor: User) -> bool:
    """Put the items and sub-items in this order, all named; `seen` is the stamp of the order that the writer saw.

    Numbers follow. Closed items are put behind the open ones again: answers whether something did not get the place
    that was asked for. Raises `AgendaChangedError` if somebody else was first, `RuleBrokenError` for other items.
    """
    meeting = lock_changeable(meeting)
    items = arranged_items(meeting)
    rows = placed_rows(meeting, items)
    rules.require_same_agenda(seen, rules.stamp_of(rows))
    wanted = rules.in_order(rows, order)
    count = _write(meeting, items, wanted)
    if count:
        record(actor, "reorder_agenda", meeting, items=count)
    return _is_snapped(wanted)


def _is_snapped(wanted: Sequence[Placed]) -> bool:
    tops = [row for row in wanted if row.parent is None]
    fixed = [row for row in tops if row.is_fixed]
    free = [row for row in tops if not row.is_fixed]
    by_place = sorted(fixed, key=lambda row: row.position)
    return tops != [*by_place, *rules.in_parts(free)]


def settle_agenda(meeting: Meeting, *, new: AgendaItem | None = None, at: int | None = None) -> None:
    """A part of other acts, after the meeting is locked: close the gaps, put `new` in its place, count the numbers.

    `at` is the position that `new` had before it was taken off.
    """
    items = arranged_items(meeting)
    rows = placed_rows(meeting, items)
    if new is not None:
        fresh = next(row for row in rows if row.pk == new.pk)
        rows = rules.with_new(rows, fresh) if at is None else rules.with_returned(rows, fresh, at)
    _write(meeting, items, rows)
    if new is not None:
        new.refresh_from_db(fields=["position", "number"])


def _write(meeting: Meeting, items: Sequence[AgendaItem], wanted: Sequence[Placed]) -> int:
    """Write places and numbers in two statements, however many there are: aside first, so that none is in the way."""
    if meeting.body.numbering == Numbering.YEAR:  # one agenda of the body at a time is counted
        Body.objects.select_for_update(no_key=True).get(pk=meeting.body_id)
    places = rules.places_of(wanted, last_number_before(meeting))
    changed = {row.pk for row in rules.changed_places(wanted, places)}
    rows = [item for item in items if item.pk in changed]
    if not rows:
        return 0
    make_room(rows)
    for item in rows:
        item.position, item.number = places[item.pk]
        item.modified_at = now()
    AgendaItem.objects.bulk_update(rows, ["position", "number", "modified_at"])
    return len(rows)


@transaction.atomic
def edit_line(item: AgendaItem, *, kind: str, block: int | None, actor: User) -> AgendaItem:
    """Say what kind of item it is (B, D, O) and with which others it is decided, before it is sent; None = no block."""
    meeting = lock_changeable(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "meeting").get(pk=item.pk)
    if (item.kind, item.block) == (kind, block):
        return item
    rules.require_not_sent_yet(is_sent=item.is_sent(meeting.agenda_sent_at))
    rules.require_block(
        block,
        is_closed=item.is_closed,
        is_sub=item.parent_id is not None,
        kind=kind,
        has_conflict=ConflictOfInterest.objects.filter(item=item, withdrawn_at=None).exists(),
    )
    item.kind, item.block = kind, block
    item.save(update_fields=["kind", "block", "modified_at"])
    record_both(actor, "edit_line", item, item_kind=kind)
    return item


@transaction.atomic
def state_late_reason(item: AgendaItem, *, reason: str, actor: User) -> None:
    """Write why an item that is not sent yet comes after the deadline and cannot wait; it is printed (R3)."""
    meeting = lock_changeable(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    rules.require_not_sent_yet(is_sent=item.is_sent(meeting.agenda_sent_at))
    if item.late_reason == reason.strip():
        return
    item.late_reason = reason.strip()
    item.save(update_fields=["late_reason", "modified_at"])
    record_both(actor, "state_late_reason", item)
