"""Members' proposals: which meetings they reach, which wait for a body, and what became of each."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from sagsgang.bodies.models import Body
from sagsgang.meetings.models import USUAL_PROPOSAL_DAYS, AgendaItem, Meeting, MemberProposal, ProposalCutoff
from sagsgang.meetings.rules.proposals import Reach, last_day, next_reached


def cutoff_days(body: Body) -> int:
    """How many days before a meeting of the body a proposal must be in."""
    own = ProposalCutoff.objects.filter(body=body).values_list("days", flat=True).first()
    return USUAL_PROPOSAL_DAYS if own is None else own


def coming_meetings(body: Body, today: date) -> QuerySet[Meeting]:
    """The body's meetings from `today` on that are not cancelled, the nearest first."""
    return Meeting.objects.filter(body=body, held_on__gte=today, cancelled_at=None).order_by("held_on", "starts")


def reach_of(meeting: Meeting, days: int) -> Reach:
    """The meeting as a proposal sees it."""
    return Reach(meeting.held_on, last_day(meeting.held_on, days), is_sent=meeting.agenda_sent_at is not None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The body's last day for the next meeting, and the meeting that a proposal of today still reaches.

    `nearest` is the next meeting at all; both are None where none is planned.
    """

    body: Body
    days: int
    nearest: Reach | None
    reached: Reach | None


def calendar_of(body: Body, today: date) -> Calendar:
    """What the calculator shows; two queries."""
    days = cutoff_days(body)
    coming = [reach_of(meeting, days) for meeting in coming_meetings(body, today)[:24]]
    return Calendar(body, days, coming[0] if coming else None, next_reached(coming, today))


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """A proposal with the meeting that it is for: the wished one, else the first that it reached. None = none is planned.

    `reaches`: where a late one gets on instead. `item`: where its case stands on an agenda that has gone out.
    """

    proposal: MemberProposal
    wanted: Reach | None
    is_in_time: bool
    reaches: Reach | None
    item: AgendaItem | None = None

    @property
    def state(self) -> str:
        """Where it stands: ``waiting``, ``taken_up``, ``on_agenda`` or ``answered``."""
        if self.proposal.case_id is not None:
            return "on_agenda" if self.item is not None else "taken_up"
        return "answered" if self.proposal.answered_at is not None else "waiting"


def waiting_proposals(body: Body, today: date) -> list[ProposalLine]:
    """What members wait for an answer to, the oldest first; three queries, none more for many."""
    rows = list(_rows().filter(body=body, answered_at=None))
    return _lines(rows, {body.pk: body}, today)


def proposals_of(person_id: UUID, today: date) -> list[ProposalLine]:
    """A member's own proposals, the newest first; a fixed number of queries."""
    rows = list(_rows().filter(person=person_id).order_by("-created_at")[:100])
    return _lines(rows, {row.body_id: row.body for row in rows}, today)


def line_of(proposal: MemberProposal, today: date) -> ProposalLine:
    """One proposal as a line."""
    return _lines([proposal], {proposal.body_id: proposal.body}, today)[0]


def _rows() -> QuerySet[MemberProposal]:
    sent = AgendaItem.objects.filter(
        withdrawn_at=None, meeting__agenda_sent_at__isnull=False, first_sent_in__isnull=False
    )
    on_agenda = Prefetch(
        "case__agenda_items", sent.select_related("meeting").order_by("meeting__held_on"), "sent_items"
    )
    rows = MemberProposal.objects.select_related("body", "person", "meeting", "case", "answered_by")
    return rows.prefetch_related(on_agenda)


def _lines(rows: list[MemberProposal], bodies: dict[UUID, Body], today: date) -> list[ProposalLine]:
    if not rows:
        return []
    known = dict(ProposalCutoff.objects.filter(body__in=bodies).values_list("body", "days"))
    coming: dict[UUID, list[Reach]] = {}
    for meeting in Meeting.objects.filter(body__in=bodies, held_on__gte=today, cancelled_at=None):
        days = known.get(meeting.body_id, USUAL_PROPOSAL_DAYS)
        coming.setdefault(meeting.body_id, []).append(reach_of(meeting, days))
    return [_line(row, known.get(row.body_id, USUAL_PROPOSAL_DAYS), coming.get(row.body_id, [])) for row in rows]


def _line(row: MemberProposal, days: int, coming: list[Reach]) -> ProposalLine:
    reaches = next_reached(coming, localdate(row.created_at))
    sent = getattr(row.case, "sent_items", []) if row.case_id else []
    item = sent[0] if sent else None
    if row.meeting is None:
        return ProposalLine(row, reaches, True, reaches, item)
    wanted = reach_of(row.meeting, days)
    return ProposalLine(row, wanted, _was_in_time(row, row.meeting, wanted), reaches, item)


def _was_in_time(row: MemberProposal, meeting: Meeting, wanted: Reach) -> bool:
    """As it was when it was written: an agenda that went out later does not make it late."""
    gone = meeting.agenda_sent_at is not None and meeting.agenda_sent_at < row.created_at
    return localdate(row.created_at) <= wanted.last_day and not gone
