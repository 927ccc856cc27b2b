"""What the mayor or a committee's chair decides between meetings, and the notice of it (R35, KSL § 31 and § 22 stk. 2)."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person, SeatRole
from sagsgang.cases.models import Case, ItemKind
from sagsgang.core.models import record
from sagsgang.documents import richtext
from sagsgang.meetings import rules
from sagsgang.meetings.actions import papers
from sagsgang.meetings.actions.arrange import settle_agenda
from sagsgang.meetings.actions.records import lock_meeting, record_both
from sagsgang.meetings.actions.schedule import take_off_agenda
from sagsgang.meetings.actions.standing import begin_agenda
from sagsgang.meetings.models import AgendaItem, Meeting, UrgentDecision
from sagsgang.meetings.queries.deciding import meeting_to_wait_for, next_unsent_meeting, presiding_role
from sagsgang.meetings.rules import deciding


@transaction.atomic
def record_urgent_decision(
    body: Body,
    *,
    case: Case,
    decided_by: Person,
    decided_on: date,
    ground: str,
    words: str,
    why_not_first: str = "",
    actor: User,
) -> UrgentDecision:
    """Write what was decided for the body between its meetings, with the ground; `words` are plain.

    It is the chair's to decide, or the vice chair's while she is away (R29): who held the seat on that day.
    `why_not_first`: why a committee that meets later could not treat it itself; it is kept with the ground.
    The body is told on its next agenda: at once, if there is one that is not sent; else `put_notice` does it when
    there is (`due.urgent_notices_due`). The same again changes nothing. Raises `RuleBrokenError`.
    """
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    deciding.require_decidable_between(body.kind)
    rules.require_same_authority(same=case.authority_id == body.authority_id)
    deciding.require_past(decided_on, localdate())
    role = presiding_role(decided_by, body, decided_on)
    deciding.require_decider(decided_by.name, presides=bool(role), body_kind=body.kind)
    deciding.require_words(ground, _("Write why the matter could not wait, or admitted no doubt."))
    deciding.require_words(words, _("Write the decision."))
    coming = meeting_to_wait_for(body, localdate())
    deciding.require_why_not_first(why_not_first, is_planned=coming is not None)
    if coming is not None:
        waits = _("Not first at the meeting on {day}:").format(day=date_format(coming.held_on, "DATE_FORMAT"))
        ground = f"{ground.strip()}\n\n{waits} {why_not_first.strip()}"
    if role == SeatRole.VICE_CHAIR:  # who steps in while the chair is away (R29)
        acting = _("{name} decided it as acting chair.").format(name=decided_by.name)
        ground = f"{ground.strip()}\n\n{acting}"
    facts = {"body": body, "case": case, "decided_by": decided_by, "decided_on": decided_on, "ground": ground.strip()}
    html = richtext.from_plain(words)
    known = UrgentDecision.objects.filter(html=html, withdrawn_at=None, **facts).first()
    if known is not None:
        return known
    urgent = UrgentDecision.objects.create(html=html, recorded_by=actor, **facts)
    record(actor, "record_urgent_decision", case, body=str(body.pk), urgent=str(urgent.pk))
    meeting = next_unsent_meeting(body, localdate())
    if meeting is not None:
        urgent.notice = put_notice(urgent, meeting=meeting, actor=actor)
    return urgent


@transaction.atomic
def put_notice(urgent: UrgentDecision, *, meeting: Meeting, actor: User) -> AgendaItem | None:
    """Tell the body on its agenda, last among the items; None if it has been told, or the agenda has gone out."""
    meeting = lock_meeting(meeting)
    rows = UrgentDecision.objects.select_for_update(of=("self",)).select_related("case", "body", "notice__meeting")
    urgent = rows.get(pk=urgent.pk)
    if _is_told(urgent.notice) or urgent.withdrawn_at is not None or meeting.agenda_sent_at is not None:
        return None
    begin_agenda(meeting, actor=actor)
    position, number = papers.next_place(meeting, None)
    case = urgent.case
    item = AgendaItem.objects.create(
        meeting=meeting,
        case=case,
        position=position,
        number=number,
        title=_("Notice of the chair's decision: {case}").format(case=case.title),
        kind=ItemKind.ORIENTATION,
        access=case.access,
        ground=case.ground,
        closing_reason=urgent.ground if case.is_closed else "",
    )
    settle_agenda(meeting, new=item)
    urgent.notice = item
    urgent.save(update_fields=["notice", "modified_at"])
    record_both(actor, "put_notice", item, urgent=str(urgent.pk))
    return item


@transaction.atomic
def withdraw_urgent_decision(urgent: UrgentDecision, *, reason: str, actor: User) -> UrgentDecision:
    """Take back what was recorded by mistake, with the reason, while the body is not told of it: its notice goes off the
    agenda, and the row stays. To correct one is to take it back and to record it anew.

    Doing it twice is doing it once. Raises `RuleBrokenError` if the agenda with the notice is sent.
    """
    notice = urgent.notice
    if notice is not None:
        lock_meeting(notice.meeting)
    rows = UrgentDecision.objects.select_for_update(of=("self",)).select_related("case", "notice__meeting")
    urgent = rows.get(pk=urgent.pk)
    if urgent.withdrawn_at is not None:
        return urgent
    deciding.require_same_notice(same=urgent.notice_id == (notice.pk if notice else None))
    deciding.require_words(reason, _("Write why the decision is taken back."))
    deciding.require_untold(is_sent=urgent.is_told)
    if notice is not None:
        take_off_agenda(notice, actor=actor)
    urgent.withdrawn_at, urgent.withdrawn_by, urgent.withdrawn_reason = now(), actor, reason.strip()
    urgent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "modified_at"])
    record(actor, "withdraw_urgent_decision", urgent.case, urgent=str(urgent.pk))
    return urgent


def _is_told(notice: AgendaItem | None) -> bool:
    """A notice that was taken off, or that stands on a meeting that is cancelled, tells nobody."""
    return notice is not None and notice.withdrawn_at is None and notice.meeting.cancelled_at is None
