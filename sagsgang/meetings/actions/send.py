"""Send the agenda and its supplements: words stand fast from then on; and bring newer words to an item that is sent."""

from collections.abc import Iterable

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
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.records import lock_changeable, lock_meeting, record_both
from sagsgang.meetings.actions.versions_of_agenda import next_version, write_version
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Meeting
from sagsgang.meetings.queries.deciding import tells_of_urgent
from sagsgang.meetings.queries.readiness import Gap, agenda_items, errors_of, gaps_of
from sagsgang.meetings.queries.standings import standings_of
from sagsgang.meetings.rules import agenda as agenda_rules
from sagsgang.meetings.rules.agenda import require_not_cancelled, require_nothing_held


def gaps_before_sending(meeting: Meeting) -> list[Gap]:
    """What is not ready of what would go out now, in the agenda's order; a fixed number of queries."""
    items = agenda_items(meeting)
    standings = standings_of([item.case for item in items])
    return gaps_of(meeting, items, [pk for pk, found in standings.items() if found.is_approved])


@transaction.atomic
def send_agenda(meeting: Meeting, *, anyway: bool = False, actor: User) -> Meeting:
    """Send the agenda to the members: each item gets the newest approved words and attachments of its case, and the
    words of all stand fast. The agenda is kept as version 1. All or nothing.

    Raises `RuleBrokenError` if it is sent already, is empty, has a case that is held, or is not ready and is not to be
    sent `anyway`.
    """
    meeting = lock_meeting(meeting)
    rules.require_unsent(is_sent=meeting.agenda_sent_at is not None)
    require_not_cancelled(is_cancelled=meeting.cancelled_at is not None)
    items = agenda_items(meeting)
    rules.require_items(len(items))
    settle_agenda(meeting)
    gaps = _let_out(meeting, items, number=1, anyway=anyway, actor=actor)
    reached("send.agenda")
    # After the words: what is frozen later than this has been changed after the agenda went out.
    meeting.agenda_sent_at = now()
    meeting.save(update_fields=["agenda_sent_at", "modified_at"])
    write_version(meeting, number=1, actor=actor)
    record(actor, "send_agenda", meeting, items=len(items), gaps=gaps)
    reached("send.before_commit")
    return meeting


@transaction.atomic
def send_supplement(meeting: Meeting, *, reason: str, anyway: bool = False, actor: User) -> AgendaVersion:
    """Send what came on the agenda after it was sent, as a supplementary agenda (tillægsdagsorden); answers its version.

    Each new item says why it comes late, and the supplement says why it comes (R3); both are printed. All or nothing.
    Raises `RuleBrokenError` if the agenda is not sent, nothing is new, or a reason is missing.
    """
    meeting = lock_changeable(meeting)
    agenda_rules.require_sent_agenda(is_sent=meeting.agenda_sent_at is not None)
    items = agenda_items(meeting)
    agenda_rules.require_new_items(len(items))
    agenda_rules.require_supplement_reason(reason)
    settle_agenda(meeting)
    agenda_rules.require_late_reasons([item.number for item in items if not item.late_reason])
    number = next_version(meeting)
    gaps = _let_out(meeting, items, number=number, anyway=anyway, actor=actor)
    reached("supplement.items")
    version = write_version(meeting, number=number, reason=reason, actor=actor)
    record(actor, "send_supplement", meeting, items=len(items), gaps=gaps, version=number)
    reached("supplement.before_commit")
    return version


def _let_out(meeting: Meeting, items: Iterable[AgendaItem], *, number: int, anyway: bool, actor: User) -> int:
    """Bring the newest words, ask what is missing, make the words fast, number the version; answers how many gaps."""
    for item in items:
        _take_newest(item)
    gaps = gaps_before_sending(meeting)
    require_nothing_held([gap.guarded or gap.sentence for gap in gaps if gap.is_hold])
    rules.require_ready(len(errors_of(gaps)), anyway=anyway)
    fresh = agenda_items(meeting)
    for item in fresh:
        if item.presentation is not None:
            freeze_presentation(item.presentation, why=FrozenBy.SENT, actor=actor)
        record_both(actor, "send_agenda" if number == 1 else "send_supplement", item, meeting=str(meeting.pk))
    AgendaItem.objects.filter(pk__in=[item.pk for item in fresh]).update(first_sent_in=number, modified_at=now())
    return len(gaps)


def _take_newest(item: AgendaItem) -> None:
    """Words that lie on the item alone, from outside or of a part of its item's case, stay; and a notice of what was
    decided between meetings (R35) is not the matter itself: it keeps its title, and has no words but the decision's.
    """
    if item.parent is not None and item.parent.case_id == item.case_id:
        return
    if tells_of_urgent(item):
        return
    presentation = papers.newest_approved(item.case, item.presentation)
    if presentation is not None and presentation != item.presentation:
        _give(item, presentation)
    papers.refresh_attachments(item)


def _give(item: AgendaItem, presentation: Presentation) -> None:
    """The words of a newer version; the kind follows them, unless the secretary has chosen another on the agenda."""
    old = item.presentation
    if not item.kind or (old is not None and item.kind == old.item_kind):
        item.kind = presentation.item_kind or item.kind
    item.presentation, item.title = presentation, item.case.title
    item.save(update_fields=["presentation", "title", "kind", "modified_at"])


@transaction.atomic
def renew_item(item: AgendaItem, *, reason: str, actor: User) -> AgendaItem:
    """Bring the newest words and attachments of the case to an item that is sent; the reason is printed (R3).

    The new words stand fast at once, and the agenda is kept in a new version. Raises `RuleBrokenError` if there is
    nothing newer.
    """
    meeting = lock_changeable(item.meeting)
    item = (
        AgendaItem.objects.select_for_update(of=("self",))
        .select_related("case", "presentation", "parent")
        .get(pk=item.pk)
    )
    item.meeting = meeting
    rules.require_sent(is_sent=item.is_sent(meeting.agenda_sent_at))
    rules.require_change_reason(reason)
    rules.require_newer_version(is_newer=not tells_of_urgent(item))
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
    printed = "" if _lies_closed(item) else reason  # the reason of a closed item stands at the item alone
    write_version(meeting, number=next_version(meeting), reason=printed, actor=actor)
    record_both(actor, "renew_item", item, version=newest.number if newest else None, attachments=changed)
    return item


def _lies_closed(item: AgendaItem) -> bool:
    return item.is_closed or (item.parent is not None and item.parent.is_closed)
