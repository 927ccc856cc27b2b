"""Released meetings and the published calendar side by side: what a calendar shows of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sagsgang.publication import queries
from sagsgang.publication.models import PlannedState, PublicBody, PublicMeeting, PublicPlannedMeeting


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """A meeting on a day: released, planned, or both. `moved_to`: it was to be on this day, and is held on that one."""

    held_on: date
    released: PublicMeeting | None
    planned: PublicPlannedMeeting | None
    moved_to: date | None = None

    @property
    def row(self) -> PublicMeeting | PublicPlannedMeeting:
        """What says when and where: the calendar, which may be newer than the release."""
        row = self.planned or self.released
        assert row is not None
        return row

    @property
    def body(self) -> PublicBody:
        """Whose meeting it is."""
        return self.row.body

    @property
    def starts(self) -> time | None:
        """When it begins."""
        return self.row.starts

    @property
    def is_cancelled(self) -> bool:
        """Was it called off?"""
        return self.planned is not None and self.planned.state == PlannedState.CANCELLED


def days_of(first: date, last: date) -> list[tuple[date, list[CalendarLine]]]:
    """The meetings of some days, both ends included, day by day in order of time; two queries."""
    lines = calendar_lines(queries.meetings_between(first, last), queries.planned_between(first, last))
    days: dict[date, list[CalendarLine]] = defaultdict(list)
    for line in lines:
        if first <= line.held_on <= last:
            days[line.held_on].append(line)
    return sorted(days.items())


def calendar_lines(released: Iterable[PublicMeeting], planned: Iterable[PublicPlannedMeeting]) -> list[CalendarLine]:
    """Each meeting once on its day, by hour; one that was moved also on the day that it was to be on."""
    plans = {row.pk: row for row in planned}
    meetings = {row.pk: row for row in released}
    lines = [CalendarLine(row.held_on, row, None) for row in meetings.values() if row.pk not in plans]
    for plan in plans.values():
        lines.append(CalendarLine(plan.held_on, meetings.get(plan.pk), plan))
        if plan.moved_from and plan.state == PlannedState.MOVED:
            lines.append(CalendarLine(plan.moved_from, None, plan, moved_to=plan.held_on))
    return sorted(lines, key=lambda line: (line.held_on, line.starts or time.min, str(line.row.pk)))


def nearest_months(first: date, last: date) -> tuple[date | None, date | None]:
    """A day of the nearest month before and after these days in which something is shown; two queries."""
    pairs = zip(queries.neighbour_days(first, last), queries.planned_neighbour_days(first, last), strict=True)
    before, after = ([day for day in pair if day] for pair in pairs)
    return max(before, default=None), min(after, default=None)
