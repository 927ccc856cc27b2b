"""A body's calendar of a year as it would go out now, beside what the public sees of it. No writes."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext

from sagsgang.bodies.models import Body
from sagsgang.core.models import subject_of
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import Form, Meeting
from sagsgang.publication import gate
from sagsgang.publication.disclosure import may_publish_plan, planned_line, roster_lines
from sagsgang.publication.document import PlannedLine, RosterLine
from sagsgang.publication.models import (
    MemberLine,
    PlannedState,
    PlanPublication,
    PublicIdentity,
    PublicPlannedMeeting,
)


def plan_meetings(body: Body, year: int) -> list[Meeting]:
    """The meetings of the calendar: those whose first day lies in the year, cancelled ones too."""
    in_year = Q(moved_from__year=year) | Q(moved_from=None, held_on__year=year)
    return list(Meeting.objects.filter(in_year, body=body, form=Form.MEETING).order_by("held_on", "starts", "kind"))


def findings_in(lines: Sequence[PlannedLine]) -> list[gate.Finding]:
    """Where the words of the calendar hold a CPR number."""
    return gate.check(
        (gettext("the meeting on {day}").format(day=date_format(line.held_on, "DATE_FORMAT")), words)
        for line in lines
        for words in (line.place, line.notice)
    )


def roster_of(body: Body, day: date) -> tuple[RosterLine, ...]:
    """Who sits in the body on the day, as its public page would name them."""
    seats = body.seats.on(day).select_related("person").order_by(DanishKey("person__name"), "pk")
    return roster_lines(seats)


def roster_findings(roster: Sequence[RosterLine]) -> list[gate.Finding]:
    """Where the words of the roster hold a CPR number."""
    return gate.check((gettext("the members of the body"), f"{line.name}\n{line.party}") for line in roster)


def shown_roster(public_body: UUID) -> tuple[RosterLine, ...]:
    """Who the body's public page names now."""
    rows = MemberLine.objects.filter(body=public_body).order_by("position")
    return tuple(RosterLine(row.name, row.role, row.party, row.held_from, row.held_to) for row in rows)


def has_other_roster(body: Body, day: date) -> bool:
    """Do others sit in the body than its public page names?"""
    public = PublicIdentity.objects.filter(source=subject_of(body)).values_list("public_id", flat=True).first()
    return public is not None and shown_roster(public) != roster_of(body, day)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What would go out, what is out, and how many meetings differ between the two."""

    is_allowed: bool
    published: PlanPublication | None
    lines: tuple[PlannedLine, ...]
    changes: int


def calendar_of(body: Body, year: int) -> Calendar:
    """The calendar for its page; the same number of queries however many meetings."""
    published = PlanPublication.objects.filter(body_id=body.pk, year=year, ended_at=None)
    meetings = plan_meetings(body, year)
    lines = {meeting.pk: planned_line(meeting) for meeting in meetings}
    return Calendar(
        is_allowed=may_publish_plan(body),
        published=published.select_related("published_by").first(),
        lines=tuple(lines.values()),
        changes=_changes(body, year, meetings, lines),
    )


def waiting_changes(body: Body, year: int) -> int:
    """How many meetings the public sees otherwise than they are."""
    meetings = plan_meetings(body, year)
    return _changes(body, year, meetings, {meeting.pk: planned_line(meeting) for meeting in meetings})


def _changes(body: Body, year: int, meetings: Sequence[Meeting], lines: dict[UUID, PlannedLine]) -> int:
    sources = {subject_of(row): lines[row.pk] for row in meetings}
    names = [*sources, subject_of(body)]
    ids = dict(PublicIdentity.objects.filter(source__in=names).values_list("source", "public_id"))
    shown = PublicPlannedMeeting.objects.filter(body_id=ids.get(subject_of(body)), year=year).in_bulk()
    wanted = {ids.get(source): line for source, line in sources.items()}
    unknown = sum(source not in ids for source in sources)
    differing = sum(pk is not None and differs(shown.get(pk), line) for pk, line in wanted.items())
    gone = sum(pk not in wanted and row.state != PlannedState.CANCELLED for pk, row in shown.items())
    return unknown + differing + gone


def differs(row: PublicPlannedMeeting | None, line: PlannedLine) -> bool:
    """Does the public see something else?"""
    return row is None or any(getattr(row, name) != value for name, value in asdict(line).items())
