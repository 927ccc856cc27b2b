"""Report a finished follow-up back: its case comes as an orientation on a later agenda of the body that waits for it."""

from django.db import transaction
from django.db.models import Max, Q

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, ItemKind, PathStep, Purpose
from sagsgang.documents.access import Access
from sagsgang.followups import rules
from sagsgang.followups.actions.progress import locked, standing_of
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import is_closed_material
from sagsgang.meetings.actions import papers, put_on_agenda
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.schedule import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem, Meeting


@transaction.atomic
def report_follow_up(
    follow_up: FollowUp,
    *,
    meeting: Meeting,
    parent: AgendaItem | None = None,
    late_reason: str = "",
    closing_reason: str = "",
    public_title: str = "",
    actor: User,
) -> AgendaItem:
    """Put the case on the agenda of a later meeting as an orientation, or tie the report to the item it has there.

    What was given at a closed item is reported at a closed one. `late_reason` and `closing_reason` as for
    `put_on_agenda`. Raises `RuleBrokenError`.
    """
    meeting = lock_meeting(meeting)
    case, row = locked(follow_up)
    rules.require_reportable(
        standing_of(row), has_body=row.reports_to_id is not None, is_reported=_stands(row.reported_in)
    )
    rules.require_its_body(same=row.reports_to_id == meeting.body_id)
    given_at = row.item.meeting if row.item is not None else None
    is_later = given_at is None or (meeting.pk != given_at.pk and meeting.held_on >= given_at.held_on)
    rules.require_later_meeting(is_later=is_later)
    item = _its_item(case, meeting, parent)
    if item is not None:
        rules.require_closed_place(is_closed=_is_closed(row), place_is_closed=_lies_closed(item))
    else:
        said = {"late_reason": late_reason, "closing_reason": closing_reason, "public_title": public_title}
        item = _new_item(case, row, meeting, parent, said, actor)
    row.reported_in = item
    row.save(update_fields=["reported_in", "modified_at"])
    record_both(actor, "report_follow_up", item, follow_up=str(row.pk))
    return item


def _its_item(case: Case, meeting: Meeting, parent: AgendaItem | None) -> AgendaItem | None:
    """The item that the case has on that agenda: the one under the chosen item, else one of the agenda itself.

    A sub-item that lies in its item's case is a part of that item, and none of its own.
    """
    rows = case.agenda_items.filter(
        Q(parent=None) | (Q(parent__withdrawn_at=None) & ~Q(parent__case=case)), meeting=meeting, withdrawn_at=None
    ).select_related("case", "parent")
    chosen = parent.pk if parent is not None else None
    found = sorted(rows, key=lambda one: (one.parent_id != chosen, one.parent_id is not None, one.position))
    return found[0] if found else None


def _stands(item: AgendaItem | None) -> bool:
    """On the agenda of a meeting that is cancelled nobody is told anything."""
    return item is not None and item.withdrawn_at is None and item.meeting.cancelled_at is None


def _is_closed(row: FollowUp) -> bool:
    closed = FollowUp.objects.filter(pk=row.pk).values_list(is_closed_material(), flat=True)
    return bool(closed.get())


def _lies_closed(item: AgendaItem) -> bool:
    return item.is_closed or (item.parent is not None and item.parent.is_closed)


def _new_item(
    case: Case, row: FollowUp, meeting: Meeting, parent: AgendaItem | None, said: dict[str, str], actor: User
) -> AgendaItem:
    """The case anew, whether or not a version of it is approved: what is reported is what was done."""
    waiting = papers.free_step(case, meeting)
    step = waiting or _orientation(case, meeting)
    item = put_on_agenda(case, meeting=meeting, parent=parent, step=step, anyway=True, actor=actor, **said)
    facts: dict[str, object] = {} if waiting else {"kind": ItemKind.ORIENTATION}
    if row.item is not None and not item.is_closed and _lies_closed(row.item):
        facts |= _closing(row.item)
    if facts:
        AgendaItem.objects.filter(pk=item.pk).update(**facts)
        settle_agenda(meeting, new=item)
        item.refresh_from_db()
    return item


def _orientation(case: Case, meeting: Meeting) -> PathStep:
    last = PathStep.history.filter(case=case, withdrawn_at=None).aggregate(last=Max("position"))["last"] or 0
    return PathStep.objects.create(
        case=case, body=meeting.body, position=last + 1, purpose=Purpose.ORIENTATION, planned_on=meeting.held_on
    )


def _closing(given: AgendaItem) -> dict[str, object]:
    """What was closed where the follow-up was given is closed where it is reported."""
    closed = given if given.is_closed else given.parent
    assert closed is not None
    return {
        "access": Access.CLOSED,
        "ground": closed.ground,
        "closing_reason": given.closing_reason or closed.closing_reason,
        "public_title": given.public_title or closed.public_title,
    }
