"""Månedsgrebet comes by itself on the first agenda of each cycle, once; a moved meeting takes it along."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.models import Case, ItemKind
from sagsgang.core.models import record
from sagsgang.meetings.actions import edit_line, put_on_agenda
from sagsgang.meetings.actions.late import is_late
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.wheel.actions.freezing import attach_frozen_wheel
from sagsgang.wheel.models import BodyYear, CycleBriefing
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.shapes import Cycle

DAYS_AHEAD = 30
"""How long before the meeting it is put on the agenda."""


@transaction.atomic
def put_briefing(meeting: Meeting, cycle: Cycle, *, actor: User) -> CycleBriefing:
    """Put the månedsgreb of a cycle on the agenda that opens it; one that is there is answered as it is.

    All those of a body have one case. One whose meeting was cancelled is put anew, with its cards. What a secretary took
    off the agenda stays off. Raises `RuleBrokenError` if the agenda can take no item any more.
    """
    meeting = lock_meeting(meeting)
    body = Body.objects.select_for_update(no_key=True).select_related("authority").get(pk=meeting.body_id)
    known = CycleBriefing.objects.select_related("item__meeting").filter(body=body, cycle=cycle.id).first()
    if known is not None and known.item.meeting.cancelled_at is None:
        return known
    late = _("It opens the cycle that begins with this meeting.") if is_late(meeting) else ""
    item = put_on_agenda(_case_of(body, actor), meeting=meeting, late_reason=late, anyway=True, actor=actor)
    item = edit_line(item, kind=ItemKind.DISCUSSION, block=None, actor=actor)
    if known is None:
        known = CycleBriefing(body=body, cycle=cycle.id)
    known.item = item
    known.save()
    if BodyYear.objects.filter(body=body, attaches_wheel=True).exists():
        attach_frozen_wheel(item, meeting.held_on.year, actor=actor)
    record(actor, "put_briefing", known, cycle=cycle.id, meeting=str(meeting.pk))
    return known


def put_due_briefings(body: Body, today: date, *, actor: User) -> int:
    """Put those of the body whose meeting comes within `DAYS_AHEAD`; answers how many. May run twice, or late."""
    last = today + timedelta(days=DAYS_AHEAD)
    # A cycle that begins in December closes in the next year.
    years = [year_of(body.authority, year, entries=()) for year in (today.year, today.year + 1)]
    cycles = [cycle for year in years for cycle in year.plan.cycles]
    code, ids = years[0].code_of(body.pk), {cycle.id for cycle in cycles}
    put = 0
    for cycle in cycles:
        opens = any(step.body == code and step.on == cycle.start for step in cycle.steps)
        if opens and today <= cycle.start <= last:
            meeting = _meeting_on(body, cycle.start)
            put += meeting is not None and _put_once(meeting, cycle, ids, actor)
    return put


def _put_once(meeting: Meeting, cycle: Cycle, ids: Collection[str], actor: User) -> bool:
    """Put it unless it is there, or the agenda has the one of another cycle; one case stands once on an agenda.

    One whose cycle has got another name (the council's meeting was moved to another month) takes that name.
    """
    rows = CycleBriefing.objects.filter(body=meeting.body_id)
    if rows.filter(cycle=cycle.id, item__meeting__cancelled_at=None).exists():
        return False
    held = rows.filter(item__meeting=meeting, item__withdrawn_at=None).first()
    if held is None:
        put_briefing(meeting, cycle, actor=actor)
        return True
    if held.cycle not in ids and not rows.filter(cycle=cycle.id).exists():
        _rename(held, cycle.id, actor)
    return False


@transaction.atomic
def _rename(held: CycleBriefing, cycle: str, actor: User) -> None:
    CycleBriefing.objects.filter(pk=held.pk).update(cycle=cycle, modified_at=now())
    record(actor, "rename_briefing", held, cycle=cycle)


def _meeting_on(body: Body, day: date) -> Meeting | None:
    """The body's meeting on the day, if its agenda has not gone out."""
    rows = Meeting.objects.filter(
        body=body, held_on=day, cancelled_at=None, agenda_sent_at=None, opened_at=None
    ).select_related("body__authority")
    return rows.order_by("-kind").first()  # the ordinary one, where there are two


def _case_of(body: Body, actor: User) -> Case:
    """The case of all the body's månedsgreb: that of the first one, or a new one."""
    earlier = AgendaItem.objects.filter(briefing__body=body).select_related("case").order_by("created_at").first()
    if earlier is not None:
        return earlier.case
    return open_case(body.authority, CaseFacts(title=_("Månedsgrebet")), actor=actor)


def bodies_that_brief() -> list[Body]:
    """The bodies that have wished for månedsgrebet."""
    rows = BodyYear.objects.filter(briefs_cycles=True).select_related("body__authority").order_by("created_at")
    return [row.body for row in rows]
