"""The talks of a body, the meetings where they can be held, and when the committee treats their matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, BodyKind, Person, Role
from sagsgang.cases.models import Case, PathStep
from sagsgang.cases.permissions import CaseRows
from sagsgang.followups.queries import meeting_days
from sagsgang.meetings.models import Meeting
from sagsgang.wheel.models import BodyYear, Talk
from sagsgang.wheel.permissions import TalkRows

POLITICAL = (BodyKind.COMMITTEE, BodyKind.ADHOC, BodyKind.FINANCE, BodyKind.COUNCIL)
"""Whose treatment a talk comes before."""
MOST_CASES = 200
MOST_WITHDRAWN = 50
DEFAULT_SLOTS = 2


@dataclass(frozen=True, slots=True)
class Treated:
    """The committee that treats a matter first, and on which day."""

    body: Body
    on: date


def first_treated(cases: Iterable[UUID]) -> dict[UUID, Treated]:
    """When a political body treats each case first, as the plan is now; three queries, none for no case.

    A case without such a step, or with none that has a day, is left out.
    """
    wanted = set(cases)
    if not wanted:
        return {}
    steps = list(
        PathStep.objects.filter(case__in=wanted, withdrawn_at=None, body__kind__in=POLITICAL).select_related("body")
    )
    days = meeting_days(steps)
    dated = [(day, step) for step in steps if (day := days[step.pk])]
    found: dict[UUID, Treated] = {}
    for day, step in sorted(dated, key=lambda one: (one[0], one[1].position)):
        found.setdefault(step.case_id, Treated(step.body, day))
    return found


def is_placed(talk: Talk) -> bool:
    """Does it stand on an agenda: not taken off, of a meeting that is not cancelled?"""
    item, meeting = talk.item, talk.meeting
    if item is None or meeting is None:
        return False
    return item.withdrawn_at is None and meeting.cancelled_at is None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A talk in a list: its words only where `is_readable`; `treated` is when the committee treats its matter."""

    talk: Talk
    is_readable: bool
    is_placed: bool
    treated: Treated | None

    @property
    def comes_too_late(self) -> bool:
        """Is it held on the committee's day, or later?"""
        meeting = self.talk.meeting
        return bool(self.is_placed and self.treated and meeting and meeting.held_on >= self.treated.on)

    @property
    def minutes(self) -> tuple[int, int] | None:
        """How long it took, in minutes and seconds."""
        return divmod(self.talk.seconds, 60) if self.talk.seconds is not None else None


def talks_of(body: Body, user: User) -> list[TalkLine]:
    """The standing talks of the body: those to be placed first, then by their meeting, the newest first; five queries."""
    lines = lines_of(list(TalkRows().visible_to(user).filter(body=body)), user)
    return sorted(lines, key=_rank)


def withdrawn_talks(body: Body, user: User) -> list[Talk]:
    """The talks of the body that were withdrawn, as far as she reads them, the last first; at most two queries."""
    rows = Talk.objects.filter(body=body, withdrawn_at__isnull=False).select_related("case", "speaker", "body")
    talks = list(rows.order_by("-withdrawn_at")[:MOST_WITHDRAWN])
    shut = _shut(talks, user)
    return [talk for talk in talks if talk.pk not in shut]


def _rank(line: TalkLine) -> tuple[bool, int]:
    meeting = line.talk.meeting
    return line.is_placed, -meeting.held_on.toordinal() if meeting and line.is_placed else 0


def lines_of(talks: list[Talk], user: User) -> list[TalkLine]:
    """The talks as this user may see them."""
    shut = _shut(talks, user)
    treated = first_treated({talk.case_id for talk in talks if talk.case_id and talk.pk not in shut})
    return [
        TalkLine(talk, talk.pk not in shut, is_placed(talk), treated.get(talk.case_id) if talk.case_id else None)
        for talk in talks
    ]


def _shut(talks: list[Talk], user: User) -> set[UUID]:
    """The talks of closed matters that she may not read."""
    closed = {talk.case.pk for talk in talks if talk.case is not None and talk.case.is_closed}
    read = set(CaseRows().visible_to(user).filter(Q(may_read=True), pk__in=closed).values_list("pk", flat=True))
    return {talk.pk for talk in talks if talk.case_id in closed - read}


def slots_of(body: Body) -> int:
    """How many talks a meeting of the body has room for."""
    held = BodyYear.objects.filter(body=body).values_list("talk_slots", flat=True).first()
    return DEFAULT_SLOTS if held is None else held


@dataclass(frozen=True, slots=True)
class TalkMeeting:
    """A meeting to come whose agenda has not gone out, and how many talks it has already."""

    meeting: Meeting
    talks: int


def open_meetings(body: Body) -> list[TalkMeeting]:
    """Where a talk can still be placed, in order; one query."""
    standing = Q(talks__withdrawn_at=None, talks__item__withdrawn_at=None, talks__item__isnull=False)
    rows = Meeting.objects.filter(
        body=body, held_on__gte=localdate(), cancelled_at=None, agenda_sent_at=None, opened_at=None
    )
    counted: QuerySet[Any] = rows.annotate(n_talks=Count("talks", filter=standing, distinct=True)).order_by("held_on")
    return [TalkMeeting(row, row.n_talks) for row in counted[:40]]


def talk_cases(user: User, *also: UUID | None) -> QuerySet[Case]:
    """The matters that she may tie a talk to: those she reads whose path has a day to come, and those named here."""
    ahead = PathStep.objects.filter(withdrawn_at=None, planned_on__gte=localdate()).order_by().values("case")
    here = [pk for pk in also if pk]
    rows = CaseRows().visible_to(user).filter(Q(may_read=True))
    return rows.filter(Q(pk__in=ahead) | Q(pk__in=here)).order_by("title")[:MOST_CASES]


def speakers_of(body: Body) -> QuerySet[Person]:
    """Who may speak and write cards: the body's directors, chair and members, by role or by seat."""
    roles = (Role.DIRECTOR, Role.CHAIR, Role.MEMBER)
    by_role = Q(user__appointments__body=body, user__appointments__role__in=roles)
    today = localdate()
    by_seat = Q(seats__body=body) & (Q(seats__held_to=None) | Q(seats__held_to__gte=today))
    found = Person.objects.filter(by_role | by_seat, authority=body.authority_id).order_by().values("pk")
    return Person.objects.filter(pk__in=found)
