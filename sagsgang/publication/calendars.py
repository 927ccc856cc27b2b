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
from sagsgang.gate.pieces import Kind
from sagsgang.meetings.models import Form, Meeting
from sagsgang.publication.disclosure import may_publish_plan, planned_line, roster_lines
from sagsgang.publication.document import PlannedLine, RosterLine
from sagsgang.publication.gatekeeping.plain_words import kinds_found
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


def findings_in(lines: Sequence[PlannedLine]) -> list[tuple[str, str]]:
    """Where the words of the calendar hold something personal, and of which kind. Never what it is."""
    notices = kinds_found((_place_of(line), line.notice) for line in lines)
    places = kinds_found(((_place_of(line), line.place) for line in lines), but=(Kind.ADDRESS,))
    return list(dict.fromkeys([*notices, *places]))


def _place_of(line: PlannedLine) -> str:
    return gettext("the meeting on {day}").format(day=date_format(line.held_on, "DATE_FORMAT"))


def roster_of(body: Body, day: date) -> tuple[RosterLine, ...]:
    """Who sits in the body on the day, as its public page would name them."""
    seats = body.seats.on(day).select_related("person").order_by(DanishKey("person__name"), "pk")
    return roster_lines(seats)


def roster_findings(roster: Sequence[RosterLine]) -> list[tuple[str, str]]:
    """Where the words of the roster hold something personal beside the names, and of which kind."""
    return kinds_found((gettext("the members of the body"), f"{line.name}\n{line.party}") for line in roster)


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
    """What would go out, what is out, and how many meetings differ between the two.

    `found` is what the gate says of what is not out yet: while there is something, it waits for somebody to look.
    """

    is_allowed: bool
    published: PlanPublication | None
    lines: tuple[PlannedLine, ...]
    changes: int
    found: tuple[tuple[str, str], ...] = ()


def calendar_of(body: Body, year: int) -> Calendar:
    """The calendar for its page; the same number of queries however many meetings."""
    published = PlanPublication.objects.filter(body_id=body.pk, year=year, ended_at=None)
    meetings = plan_meetings(body, year)
    lines = {meeting.pk: planned_line(meeting) for meeting in meetings}
    changes, waiting = _changes(body, year, meetings, lines)
    return Calendar(
        is_allowed=may_publish_plan(body),
        published=published.select_related("published_by").first(),
        lines=tuple(lines.values()),
        changes=changes,
        found=tuple(findings_in(waiting)),
    )


def waiting_changes(body: Body, year: int) -> int:
    """How many meetings the public sees otherwise than they are."""
    meetings = plan_meetings(body, year)
    return _changes(body, year, meetings, {meeting.pk: planned_line(meeting) for meeting in meetings})[0]


def waiting_lines(
    body: Body, year: int, meetings: Sequence[Meeting], lines: dict[UUID, PlannedLine]
) -> list[PlannedLine]:
    """Those of the lines that the public sees otherwise, or not at all."""
    return _changes(body, year, meetings, lines)[1]


def _changes(
    body: Body, year: int, meetings: Sequence[Meeting], lines: dict[UUID, PlannedLine]
) -> tuple[int, list[PlannedLine]]:
    """How many meetings the public sees otherwise, and what is said of those that stand in the calendar."""
    sources = {subject_of(row): lines[row.pk] for row in meetings}
    names = [*sources, subject_of(body)]
    ids = dict(PublicIdentity.objects.filter(source__in=names).values_list("source", "public_id"))
    shown = PublicPlannedMeeting.objects.filter(body_id=ids.get(subject_of(body)), year=year).in_bulk()
    wanted = set(ids.values())
    waiting = [line for source, line in sources.items() if source not in ids or differs(shown.get(ids[source]), line)]
    gone = sum(pk not in wanted and row.state != PlannedState.CANCELLED for pk, row in shown.items())
    return len(waiting) + gone, waiting


def differs(row: PublicPlannedMeeting | None, line: PlannedLine) -> bool:
    """Does the public see something else?"""
    return row is None or any(getattr(row, name) != value for name, value in asdict(line).items())
