"""The political cycles (politiske rul): each meeting of the council closes one, and the others' meetings lead up to it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from string import ascii_lowercase

from sagsgang.bodies.calendar import NO_CLOSING_DAYS, ClosingDays, require_known_year
from sagsgang.bodies.models import BodyKind
from sagsgang.wheel.rules.timetable import (
    Timetable,
    is_ready_by,
    last_before,
    last_ready_by,
    timetable_of,
)
from sagsgang.wheel.shapes import Cycle, CycleBody, CycleStep

PREPARING = (BodyKind.COMMITTEE, BodyKind.ADHOC, BodyKind.WORKS_COUNCIL)
"""The kinds that treat a matter side by side, before the finance committee does."""
_ORDER = (BodyKind.DIRECTORATE, *PREPARING, BodyKind.FINANCE, BodyKind.COUNCIL)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the cycles before have used: their last opening and finance meeting, and whatever was ready by `reached`."""

    start: date | None = None
    finance: date | None = None
    reached: date = date.min


def cycles_of(bodies: Sequence[CycleBody], year: int, closing_days: ClosingDays = NO_CLOSING_DAYS) -> tuple[Cycle, ...]:
    """The cycles that close in a year, in order; ids are the months of their closing ("2023-05", a second one "2023-05-b").

    Give the meetings of the years before and after as well: a cycle may begin before New Year, and what one cycle has
    used is not the next one's. Finance step: the last finance meeting whose protocol reaches the council by the outer
    deadline (R6), else the last before it, and later than the one of the cycle before. Committees and the works council:
    their last meeting that reaches the finance step (the council where there is none) and came too late for the cycle
    before; a body without such a meeting is no part of the cycle. Directorate: its last meeting whose protocol reaches the
    earliest of these by the safe deadline; by the outer one where the safe one would take the meeting that opened the
    cycle before. Without a directorate the earliest step is the start. Raises `RuleBrokenError` outside 2000–2100.
    """
    require_known_year(date(year, 1, 1))
    return tuple(cycle for cycle in all_cycles(timetable_of(bodies, closing_days)) if cycle.closes.year == year)


def cycles_around(
    bodies: Sequence[CycleBody], year: int, closing_days: ClosingDays = NO_CLOSING_DAYS
) -> tuple[Cycle, ...]:
    """The cycles of a year and of the years beside it, in order: what rules and paths near New Year lean on."""
    require_known_year(date(year, 1, 1))
    cycles = all_cycles(timetable_of(bodies, closing_days))
    return tuple(cycle for cycle in cycles if abs(cycle.closes.year - year) <= 1)


def all_cycles(table: Timetable) -> tuple[Cycle, ...]:
    """The cycles of all the council's meetings in the timetable, in order."""
    return tuple(_cycles(table))


def _cycles(table: Timetable) -> Iterator[Cycle]:
    closings = sorted((day, body.code) for body in table.of_kind(BodyKind.COUNCIL) for day in body.meetings)
    before, in_month = _Before(), 0
    last_month = ""
    for day, code in closings:
        month = f"{day:%Y-%m}"
        in_month = in_month + 1 if month == last_month else 0
        last_month = month
        council = table.step(table.bodies[code], day)
        finance = _finance_step(table, council, before)
        target = finance or council
        steps = [*_preparing_steps(table, target, before), *([finance] if finance else []), council]
        steps = [*_directorate_steps(table, min(steps, key=lambda step: (step.on, step.safe)), before), *steps]
        steps.sort(key=lambda step: (step.on, _ORDER.index(BodyKind(table.bodies[step.body].kind))))
        name = f"{month}-{_letters(in_month)}" if in_month else month
        yield Cycle(name, steps[0].on, day, tuple(steps))
        before = _Before(steps[0].on, finance.on if finance else before.finance, max(before.reached, target.outer))


def _letters(number: int) -> str:
    """b, c, ... for the second and third of a month; aa, ab, ... where the letters have run out."""
    return ("a" * (number // len(ascii_lowercase))) + ascii_lowercase[number % len(ascii_lowercase)]


def _finance_step(table: Timetable, council: CycleStep, before: _Before) -> CycleStep | None:
    """One finance committee states its view of everything; it is the first of its kind."""
    for body in table.of_kind(BodyKind.FINANCE)[:1]:
        for day in (last_ready_by(body, council.outer), last_before(body, council.on)):
            if day and (before.finance is None or day > before.finance):
                return table.step(body, day)
    return None


def _preparing_steps(table: Timetable, target: CycleStep, before: _Before) -> Iterator[CycleStep]:
    for body in table.of_kind(*PREPARING):
        day = last_ready_by(body, target.outer)
        if day and not is_ready_by(body, day, before.reached):
            yield table.step(body, day)


def _directorate_steps(table: Timetable, earliest: CycleStep, before: _Before) -> Iterator[CycleStep]:
    for body in table.of_kind(BodyKind.DIRECTORATE):
        days = [day for day in (last_ready_by(body, earliest.safe), last_ready_by(body, earliest.outer)) if day]
        fresh = [day for day in days if before.start is None or day > before.start]
        if chosen := fresh or days:
            yield table.step(body, chosen[0])
