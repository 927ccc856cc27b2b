"""The meetings of all bodies with their deadlines: which meeting of one body still reaches a meeting of another. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sagsgang.bodies.calendar import MOST_DAYS, ClosingDays, deadline_days, is_known_year
from sagsgang.wheel.shapes import CycleBody, CycleStep


@dataclass(frozen=True, slots=True)
class Timetable:
    """The bodies by code, their meetings in order and once each, and the closing days."""

    bodies: Mapping[str, CycleBody]
    closed: frozenset[date]

    def of_kind(self, *kinds: str) -> tuple[CycleBody, ...]:
        """The bodies of these kinds, in the order in which they were given."""
        return tuple(body for body in self.bodies.values() if body.kind in kinds)

    def step(self, body: CycleBody, on: date) -> CycleStep:
        """A meeting with the safe and the outer deadline of its material (R2–R5)."""
        safe, outer = deadline_days(on, min(max(body.agenda_days, 1), MOST_DAYS), self.closed)
        return CycleStep(body.code, on, safe, outer)


def timetable_of(bodies: Iterable[CycleBody], closing_days: ClosingDays) -> Timetable:
    """The bodies with their meetings sorted; those outside the years whose holidays are known are left out."""
    tidy = {body.code: replace(body, meetings=_tidied(body.meetings)) for body in bodies}
    return Timetable(tidy, frozenset(closing_days))


def _tidied(meetings: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted({day for day in meetings if is_known_year(day)}))


def last_by(body: CycleBody, day: date) -> date | None:
    """The body's last meeting on the day or before it."""
    at = bisect_right(body.meetings, day)
    return body.meetings[at - 1] if at else None


def last_before(body: CycleBody, day: date) -> date | None:
    """The body's last meeting before the day."""
    at = bisect_left(body.meetings, day)
    return body.meetings[at - 1] if at else None


def last_ready_by(body: CycleBody, day: date) -> date | None:
    """The body's last meeting whose protocol can go on by the day (R6)."""
    return last_by(body, day - timedelta(days=max(body.protocol_days, 0)))


def is_ready_by(body: CycleBody, on: date, day: date) -> bool:
    """Whether the protocol of the body's meeting can go on by the day (R6)."""
    return on + timedelta(days=max(body.protocol_days, 0)) <= day
