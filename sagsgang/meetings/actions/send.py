"""Send the agenda: its words stand fast from then on; and bring newer words to an item that is sent."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.cases.actions.versions import freeze_presentation
from sagsgang.cases.models import FrozenBy, Presentation
from sagsgang.cases.queries.versions import newest_of
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.meetings import rules
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.schedule import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.readiness import Gap, agenda_items, gaps_of
from sagsgang.meetings.queries.standings import standings_of


def gaps_before_sending(meeting: Meeting) -> list[Gap]:
    """What is not ready on this agenda, in its order."""
    items = agenda_items(meeting)
    standings = standings_of([item.case for item in items])
    return gaps_of(meeting, items, [pk for pk, found in standings.items() if found.is_approved])


@transaction.atomic
def send_agenda(meeting: Meeting, *, anyway: bool = False, actor: User) -> Meeting:
    """Send the agenda to the members: each item gets the newest approved words and attachments of its case, and the
    words of all stand fast. All or nothing.

    Raises `RuleBrokenError` if it is sent already, is empty, or is not ready and is not to be sent `anyway`.
    """
    meeting = lock_meeting(meeting)
    rules.require_unsent(is_sent=meeting.agenda_sent_at is not None)
    items = agenda_items(meeting)
    rules.require_items(len(items))
    for item in items:
        _take_newest(item)
    gaps = gaps_before_sending(meeting)
    rules.require_ready(len(gaps), anyway=anyway)
    for item in agenda_items(meeting):
        if item.presentation is not None:
            freeze_presentation(item.presentation, why=FrozenBy.SENT, actor=actor)
        record_both(actor, "send_agenda", item, meeting=str(meeting.pk))
    reached("send.agenda")
    # After the words: what is frozen later than this has been changed after the agenda went out.
    meeting.agenda_sent_at = now()
    meeting.save(update_fields=["agenda_sent_at", "modified_at"])
    record(actor, "send_agenda", meeting, items=len(items), gaps=len(gaps))
    reached("send.before_commit")
    return meeting


def _take_newest(item: AgendaItem) -> None:
    """Words that lie on the item alone, from outside or of a part of its item's case, stay."""
    if item.parent is not None and item.parent.case_id == item.case_id:
        return
    presentation = papers.newest_approved(item.case, item.presentation)
    if presentation is not None and presentation != item.presentation:
        _give(item, presentation)
    papers.refresh_attachments(item)


def _give(item: AgendaItem, presentation: Presentation) -> None:
    item.presentation, item.title = presentation, item.case.title
    item.kind = presentation.item_kind or item.kind
    item.save(update_fields=["presentation", "title", "kind", "modified_at"])


@transaction.atomic
def renew_item(item: AgendaItem, *, reason: str, actor: User) -> AgendaItem:
    """Bring the newest words and attachments of the case to an item that is sent; the reason is printed (R3).

    The new words stand fast at once. Raises `RuleBrokenError` if there is nothing newer.
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "presentation").get(pk=item.pk)
    item.meeting = meeting
    rules.require_sent(is_sent=meeting.agenda_sent_at is not None)
    rules.require_change_reason(reason)
    newest, old = newest_of(item.case), item.presentation
    is_newer = newest is not None and newest != old
    rules.require_newer_approved(approved=newest is None or not is_newer or papers.is_approved(item.case, newest))
    changed = papers.refresh_attachments(item)
    rules.require_newer_version(is_newer=is_newer or changed)
    item.late_reason = reason.strip()
    item.save(update_fields=["late_reason", "modified_at"])
    if newest is not None and is_newer:
        _give(item, newest)
        freeze_presentation(newest, why=FrozenBy.SENT, actor=actor)
    record_both(actor, "renew_item", item, version=newest.number if newest else None, attachments=changed)
    return item
