"""What stands in the calendar files of the year: the returns of the wheel, and the meetings and deadlines of the cycles.

Days alone and what the wheel calls them; no item, no case and no note, whoever may read those elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, ClosingDay
from sagsgang.meetings.models import Form, Meeting
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.permissions import YearAuthorities
from sagsgang.wheel.queries.cycles import year_in
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.shapes import Cycle

PAST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class CycleMeeting:
    """A meeting in a cycle, or one of those days that was cancelled. `safe`: the last safe day for its material; None
    for a cancelled one. `changed` is when the meeting, its body's rules or the closing days were last other ones.
    """

    cycle: Cycle
    meeting: Meeting
    safe: date | None
    is_seen: bool
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
    """The meetings of the cycles that close in this year and the next, or of the one cycle that is named.

    A cycle without a council meeting has none. For two years of one authority seven queries.
    """
    named = year_in(cycle_id) if cycle_id else None
    if cycle_id and (named is None or not 2000 <= named <= 2100):
        return []
    numbers = [named] if named else [today.year, today.year + 1]
    seen = frozenset(Body.objects.visible_to(user).values_list("pk", flat=True))
    found: list[CycleMeeting] = []
    for authority in YearAuthorities().visible_to(user):
        ruled = ClosingDay.objects.filter(authority=authority).aggregate(at=Max("modified_at"))["at"]
        for number in numbers:
            year = year_of(authority, number, entries=())
            cycles = [cycle for cycle in year.plan.cycles if cycle_id in ("", cycle.id)]
            found += _meetings_of(authority, year, cycles, seen, ruled)
    once: dict[UUID, CycleMeeting] = {}
    for row in found:  # a meeting that two cycles share stands once
        once.setdefault(row.meeting.pk, row)
    return list(once.values())


def _meetings_of(
    authority: Authority, year: Year, cycles: list[Cycle], seen: frozenset[UUID], ruled: datetime | None
) -> Iterable[CycleMeeting]:
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
    return [
        *_standing(year, cycles, held, seen, ruled),
        *_cancelled(cycles, cancelled, seen, ruled),
    ]


def _standing(
    year: Year,
    cycles: Iterable[Cycle],
    held: dict[tuple[UUID, date], Meeting],
    seen: frozenset[UUID],
    ruled: datetime | None,
) -> Iterable[CycleMeeting]:
    for cycle in cycles:
        for step in cycle.steps:
            body = year.bodies[step.body]
            meeting = held.get((body.pk, step.on))
            if meeting is not None:
                yield CycleMeeting(cycle, meeting, step.safe, body.pk in seen, _changed(meeting, ruled))


def _cancelled(
    cycles: Iterable[Cycle], rows: Iterable[Meeting], seen: frozenset[UUID], ruled: datetime | None
) -> Iterable[CycleMeeting]:
    """What was cancelled within a cycle is told as cancelled: else it would stay in a calendar as it was."""
    for row in rows:
        cycle = next((cycle for cycle in cycles if cycle.start <= row.held_on <= cycle.closes), None)
        if cycle is not None:
            yield CycleMeeting(cycle, row, None, row.body_id in seen, _changed(row, ruled))


def _changed(meeting: Meeting, ruled: datetime | None) -> datetime:
    """A deadline moves with the meeting, with the body's days, and with the days on which the offices are closed."""
    return max(at for at in (meeting.modified_at, meeting.body.modified_at, ruled) if at)


def body_meetings(user: User, today: date, body: Body | None = None) -> QuerySet[Meeting]:
    """The meetings of the bodies that she sees, or of one of them; of the last three months and all that come."""
    rows = Meeting.objects.visible_to(user).filter(held_on__gte=today - PAST, form=Form.MEETING)
    if body is not None:
        rows = rows.filter(body=body)
    return rows.select_related("body").order_by("held_on", "starts", "pk")
