"""From the case to the agenda: put a case on it, take an item off and put it back, make an item that gathers others."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.models import Case, PathStep, Presentation
from sagsgang.cases.queries.holds import standing_words
from sagsgang.cases.queries.versions import newest_of
from sagsgang.cases.rules.holds import require_no_hold
from sagsgang.core.faults import reached
from sagsgang.documents.access import Access
from sagsgang.meetings import rules
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.late import require_in_time
from sagsgang.meetings.actions.records import lock_changeable, lock_meeting, record_both
from sagsgang.meetings.actions.standing import begin_agenda
from sagsgang.meetings.models import AgendaItem, Meeting, own_decision
from sagsgang.meetings.queries.deciding import tells_of_urgent
from sagsgang.meetings.rules.agenda import require_not_cancelled
from sagsgang.meetings.rules.deciding import require_notice_stands

__all__ = [
    "add_collective_item",
    "add_item",
    "lock_meeting",
    "put_back_on_agenda",
    "put_on_agenda",
    "record_both",
    "take_off_agenda",
]


@transaction.atomic
def put_on_agenda(
    case: Case,
    *,
    meeting: Meeting,
    parent: AgendaItem | None = None,
    step: PathStep | None = None,
    late_reason: str = "",
    closing_reason: str = "",
    public_title: str = "",
    anyway: bool = False,
    actor: User,
) -> AgendaItem:
    """Put a case on the agenda of a meeting, last in its part: as an item, or (`parent`) as a sub-item of one there.

    Words, path and attachments come with it. `anyway`: although the case is not approved. `late_reason` is asked
    for after the deadline (R3), `closing_reason` for a closed case (R15). Raises `RuleBrokenError`.
    """
    meeting = lock_changeable(meeting)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    rules.require_same_authority(same=case.authority_id == meeting.body.authority_id)
    rules.require_not_on_agenda(is_there=case.agenda_items.filter(meeting=meeting, withdrawn_at=None).exists())
    newest = newest_of(case)
    approved = papers.is_approved(case, newest)
    rules.require_approved(approved=approved, anyway=anyway)
    rules.require_closing_reason(closing_reason, closed=case.is_closed)
    facts: dict[str, object] = {
        "access": case.access,
        "ground": case.ground,
        "closing_reason": closing_reason.strip() if case.is_closed else "",
        "public_title": public_title.strip() if case.is_closed else "",
        "late_reason": require_in_time(meeting, late_reason),
    }
    item = add_item(case, newest, meeting=meeting, parent=parent, step=step, facts=facts, actor=actor)
    record_both(actor, "put_on_agenda", item, meeting=str(meeting.pk), approved=approved, late=bool(item.late_reason))
    return item


def add_item(
    case: Case,
    presentation: Presentation | None,
    *,
    meeting: Meeting,
    parent: AgendaItem | None,
    step: PathStep | None,
    facts: dict[str, object],
    actor: User,
) -> AgendaItem:
    """A part of other acts: the item at the end of its part, with words, path and attachments of its case.

    On an agenda that is already sent it waits for the supplementary agenda, and its words are held back until then.
    Raises `RuleBrokenError` while the case is held.
    """
    require_no_hold(standing_words(case))
    begin_agenda(meeting, actor=actor)
    require_not_cancelled(is_cancelled=meeting.cancelled_at is not None)
    parent = _locked_parent(parent, meeting)
    position, number = papers.next_place(meeting, parent)
    item = AgendaItem.objects.create(
        meeting=meeting,
        parent=parent,
        case=case,
        presentation=presentation,
        step=step or papers.free_step(case, meeting),
        position=position,
        number=number,
        title=case.title,
        kind=presentation.item_kind if presentation else "",
        **facts,
    )
    if parent is not None and case.parent_id is None and parent.case_id != case.pk:
        Case.objects.filter(pk=case.pk).update(parent=parent.case_id)
    papers.copy_path(item)
    reached("agenda.item")
    papers.copy_attachments(item)
    settle_agenda(meeting, new=item)
    return item


def _locked_parent(parent: AgendaItem | None, meeting: Meeting) -> AgendaItem | None:
    if parent is None:
        return None
    parent = AgendaItem.objects.select_related("case").get(pk=parent.pk)
    fits = parent.meeting_id == meeting.pk and parent.parent_id is None and parent.withdrawn_at is None
    rules.require_place_under(fits=fits)
    return parent


@transaction.atomic
def add_collective_item(meeting: Meeting, *, title: str, actor: User) -> AgendaItem:
    """Put an item on the agenda that gathers others (*Øvrige punkter*), with a case of its own.

    What is put under it later keeps its own case, and has this one as its parent.
    """
    meeting = lock_changeable(meeting)
    rules.require_title(title)
    rules.require_unsent(is_sent=meeting.agenda_sent_at is not None)
    begin_agenda(meeting, actor=actor)
    case = open_case(meeting.body.authority, CaseFacts(title=title.strip()), actor=actor)
    position, number = papers.next_place(meeting, None)
    item = AgendaItem.objects.create(
        meeting=meeting, case=case, position=position, number=number, title=case.title, access=Access.OPEN
    )
    settle_agenda(meeting, new=item)
    record_both(actor, "add_collective_item", item, meeting=str(meeting.pk))
    return item


@transaction.atomic
def take_off_agenda(item: AgendaItem, *, actor: User) -> None:
    """Take an item that is not sent off the agenda, with its sub-items; those after it move up. It can be put back."""
    meeting = lock_changeable(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "parent").get(pk=item.pk)
    if item.withdrawn_at is not None:
        return
    is_decided = own_decision(item.decisions.all(), meeting) is not None
    rules.require_removable(is_sent=item.is_sent(meeting.agenda_sent_at), is_decided=is_decided)
    at = now()
    for row in (item, *item.subitems.filter(withdrawn_at=None).select_related("case", "parent")):
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at", "modified_at"])
        if row.parent is not None:
            Case.objects.filter(pk=row.case_id, parent=row.parent.case_id).update(parent=None)
        record_both(actor, "take_off_agenda", row, meeting=str(meeting.pk))
    settle_agenda(meeting)


@transaction.atomic
def put_back_on_agenda(item: AgendaItem, *, actor: User) -> AgendaItem:
    """Undo `take_off_agenda`: the item comes back to its place, with the sub-items that were taken off with it."""
    meeting = lock_changeable(item.meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "parent", "meeting").get(pk=item.pk)
    )
    if item.withdrawn_at is None:
        return item
    rules.require_unsent(is_sent=meeting.agenda_sent_at is not None)
    rules.require_not_on_agenda(is_there=item.case.agenda_items.filter(meeting=meeting, withdrawn_at=None).exists())
    rules.require_place_under(fits=item.parent is None or item.parent.withdrawn_at is None)
    is_notice = tells_of_urgent(item)
    require_notice_stands(is_withdrawn=is_notice and not tells_of_urgent(item, standing=True))
    require_no_hold(standing_words(item.case))
    at, place = item.withdrawn_at, item.position
    item.position, item.number = papers.next_place(meeting, item.parent)
    for row in (item, *item.subitems.filter(withdrawn_at=at).select_related("case", "parent")):
        row.withdrawn_at = None
        row.save(update_fields=["withdrawn_at", "position", "number", "modified_at"])
        if row.parent is not None and row.parent.case_id != row.case_id:
            Case.objects.filter(pk=row.case_id, parent=None).update(parent=row.parent.case_id)
        if not is_notice:
            papers.refresh_attachments(row)
        record_both(actor, "put_back_on_agenda", row, meeting=str(meeting.pk))
    settle_agenda(meeting, new=item, at=place)
    return item
