"""What stands in the calendar files of the year: the returns of the wheel, and the meetings and deadlines of the cycles.

Days alone and what the wheel calls them; no item, no case and no note, whoever may read those elsewhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, ClosingDay
from sagsgang.meetings.models import Form, Meeting
from sagsgang.wheel.models import CyclePlace, Occurrence
from sagsgang.wheel.permissions import YearAuthorities
from sagsgang.wheel.queries.cycles import year_in
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.shapes import Cycle

PAST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class CycleMeeting:
    """A meeting in a cycle (by its id), or one that was cancelled or has left the cycle. `safe`: the last safe day for its
    material; None for one that is no part of it any more. `moved`: when the meeting was last another, or last came into
    the cycle or left it; `changed` is when that, its body's rules or the closing days were last other ones.
    """

    cycle: str
    meeting: Meeting
    safe: date | None
    is_seen: bool
    moved: datetime
    changed: datetime


def returns_for(user: User, today: date, body: Body | None = None) -> QuerySet[Occurrence]:
    """The returns of the last three months and all that come, of the authorities in whose house she works; those that
    were dropped, that went, or whose entry was taken off stay as cancelled. With `body` its own alone.
    """
    rows = Occurrence.objects.filter(entry__authority__in=YearAuthorities().visible_to(user), day__gte=today - PAST)
    if body is not None:
        rows = rows.filter(entry__body=body)
    return rows.select_related("entry__body", "entry__authority").order_by("day", "created_at")


def cycle_meetings(user: User, today: date, cycle_id: str = "") -> list[CycleMeeting]:
    """The meetings of the cycles that close in this year and the next, or of the one cycle that is named; and those that
    have left them (as far as `note_cycle_places` has seen them there), so that they leave the calendars too.

    For two years of one authority eight queries.
    """
    named = year_in(cycle_id) if cycle_id else None
    if cycle_id and (named is None or not 2000 <= named <= 2100):
        return []
    numbers = [named] if named else [today.year, today.year + 1]
    seen = frozenset(Body.objects.visible_to(user).values_list("pk", flat=True))
    authorities = list(YearAuthorities().visible_to(user))
    known = list(_places(authorities, today, cycle_id))
    moves: dict[UUID, datetime] = {}
    for place in known:
        moves[place.meeting_id] = max(place.changed_at, moves.get(place.meeting_id, place.changed_at))
    found: list[CycleMeeting] = []
    for authority in authorities:
        ruled = ClosingDay.objects.filter(authority=authority).aggregate(at=Max("modified_at"))["at"]
        for number in numbers:
            year = year_of(authority, number, entries=())
            cycles = [cycle for cycle in year.plan.cycles if cycle_id in ("", cycle.id)]
            found += _meetings_of(authority, year, cycles, _Known(seen, ruled, moves))
    left = [_told(place.meeting, place.cycle, None, _Known(seen, None, moves)) for place in known if not place.is_in]
    once: dict[UUID, CycleMeeting] = {}
    for row in [*found, *left]:  # a meeting that two cycles share, or that left one for another, stands once
        once.setdefault(row.meeting.pk, row)
    return list(once.values())


def places_now(authority: Authority, today: date) -> dict[tuple[UUID, str], Meeting]:
    """The meetings that stand in the cycles of this year and the next, by their id and the cycle's; eight queries."""
    nobody = _Known(frozenset(), None, {})
    found: dict[tuple[UUID, str], Meeting] = {}
    for number in (today.year, today.year + 1):
        year = year_of(authority, number, entries=())
        rows = _meetings_of(authority, year, year.plan.cycles, nobody)
        found |= {(row.meeting.pk, row.cycle): row.meeting for row in rows if row.safe}
    return found


def _places(authorities: list[Authority], today: date, cycle_id: str) -> QuerySet[CyclePlace]:
    """The places of the meetings of these authorities, of one cycle or of those whose day is not long past."""
    rows = CyclePlace.objects.filter(meeting__body__authority__in=authorities)
    rows = rows.filter(cycle=cycle_id) if cycle_id else rows.filter(meeting__held_on__gte=today - PAST)
    return rows.select_related("meeting__body").order_by("meeting__held_on", "cycle")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the plan: the bodies she sees, the last change of closing days, and who came or left when."""

    seen: frozenset[UUID]
    ruled: datetime | None
    moves: Mapping[UUID, datetime]


def _meetings_of(authority: Authority, year: Year, cycles: Sequence[Cycle], known: _Known) -> Iterable[CycleMeeting]:
    if not cycles:
        return []
    span = Q(held_on__range=(min(cycle.start for cycle in cycles), max(cycle.closes for cycle in cycles)))
    rows = Meeting.objects.filter(span, body__authority=authority, form=Form.MEETING).select_related("body")
    held: dict[tuple[UUID, date], Meeting] = {}
    cancelled: list[Meeting] = []
    for row in rows.order_by("-kind", "created_at"):
        if row.cancelled_at:
            cancelled.append(row)
        else:
            held[row.body_id, row.held_on] = row
    return [*_standing(year, cycles, held, known), *_cancelled(cycles, cancelled, known)]


def _standing(
    year: Year, cycles: Iterable[Cycle], held: dict[tuple[UUID, date], Meeting], known: _Known
) -> Iterable[CycleMeeting]:
    for cycle in cycles:
        for step in cycle.steps:
            meeting = held.get((year.bodies[step.body].pk, step.on))
            if meeting is not None:
                yield _told(meeting, cycle.id, step.safe, known)


def _cancelled(cycles: Iterable[Cycle], rows: Iterable[Meeting], known: _Known) -> Iterable[CycleMeeting]:
    """What was cancelled within a cycle is told as cancelled: else it would stay in a calendar as it was."""
    for row in rows:
        cycle = next((cycle for cycle in cycles if cycle.start <= row.held_on <= cycle.closes), None)
        if cycle is not None:
            yield _told(row, cycle.id, None, known)


def _told(meeting: Meeting, cycle: str, safe: date | None, known: _Known) -> CycleMeeting:
    """A deadline moves with the meeting, with the body's days, and with the days on which the offices are closed."""
    moved = max(meeting.modified_at, known.moves.get(meeting.pk, meeting.modified_at))
    changed = max(at for at in (moved, meeting.body.modified_at, known.ruled) if at)
    return CycleMeeting(cycle, meeting, safe, meeting.body_id in known.seen, moved, changed)


def body_meetings(user: User, today: date, body: Body | None = None) -> QuerySet[Meeting]:
    """The meetings of the bodies that she sees, or of one of them; of the last three months and all that come."""
    rows = Meeting.objects.visible_to(user).filter(held_on__gte=today - PAST, form=Form.MEETING)
    if body is not None:
        rows = rows.filter(body=body)
    return rows.select_related("body").order_by("held_on", "starts", "pk")
