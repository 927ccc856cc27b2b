"""The path of an entry, laid backward from its day through the meetings of its bodies. Pure."""

from collections.abc import Sequence
from datetime import date, timedelta

from sagsgang.bodies.calendar import NO_CLOSING_DAYS, ClosingDays
from sagsgang.bodies.models import BodyKind
from sagsgang.cases.rules.path.route import BUDGET_GAP, READING_GAP
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules.language import CycleRule, parse_rule
from sagsgang.wheel.rules.recurrence import base_of
from sagsgang.wheel.rules.timetable import (
    Timetable,
    is_ready_by,
    last_before,
    last_by,
    last_ready_by,
    timetable_of,
)
from sagsgang.wheel.shapes import Cycle, CycleBody, CycleStep, Entry


def path_before(
    entry: Entry,
    day: date,
    bodies: Sequence[CycleBody],
    cycles: Sequence[Cycle],
    closing_days: ClosingDays = NO_CLOSING_DAYS,
) -> tuple[CycleStep, ...]:
    """The meetings that a matter of the entry passes before the day, in the order of its path; () if there are none.

    The last step of a deadline is the last meeting whose protocol is there before the day; of anything else the meeting on
    the day or the nearest before it, and of a rule that leans on cycles the meeting in the cycle that gave the day. The
    steps before it are those of the cycle that the last step belongs to, as far as each reaches the next one by its outer
    deadline (R6); else the body's last meeting that does, and at worst the cycle's own, which the check of the path then
    speaks against. A council's first reading lies as far before its second as the law asks, where the plan has such a
    meeting (R11). Bodies that are not given, and paths without meetings enough, answer ().
    """
    return lay_path(timetable_of(bodies, closing_days), entry, day, cycles)


def lay_path(table: Timetable, entry: Entry, day: date, cycles: Sequence[Cycle]) -> tuple[CycleStep, ...]:
    """The same with the timetable made."""
    bodies = [table.bodies.get(code) for code in entry.path]
    known = [body for body in bodies if body]
    if not known or len(known) < len(bodies):
        return ()
    own = _own_cycle(entry, day, cycles)
    last = _last_step(table, entry, day, known[-1], own)
    if last is None:
        return ()
    cycle = own if own and last in own.steps else next((some for some in cycles if last in some.steps), None)
    laid = [last]
    for body in reversed(known[:-1]):
        step = _step_before(table, body, laid[0], cycle, _latest_reading(entry, body, laid))
        if step is None:
            return ()
        laid.insert(0, step)
    return tuple(laid)


def _own_cycle(entry: Entry, day: date, cycles: Sequence[Cycle]) -> Cycle | None:
    """The cycle from which a rule of the kind CYCLE has this day."""
    try:
        rule = parse_rule(entry.rule)
    except RuleBrokenError:
        return None
    if not isinstance(rule, CycleRule):
        return None
    base = day - timedelta(days=rule.days)
    return next((cycle for cycle in cycles if base_of(rule, cycle) == base), None)


def _last_step(table: Timetable, entry: Entry, day: date, body: CycleBody, own: Cycle | None) -> CycleStep | None:
    if entry.is_deadline:
        on = last_ready_by(body, day - timedelta(days=1))
    elif own and (step := _of_cycle(own, body)):
        return step
    else:
        on = last_by(body, day)
    return table.step(body, on) if on else None


def _latest_reading(entry: Entry, body: CycleBody, laid: Sequence[CycleStep]) -> date:
    """The last day for a reading of this council before its next one on the path (R11); of other bodies any day."""
    next_one = next((step for step in laid if step.body == body.code), None)
    if body.kind != BodyKind.COUNCIL or next_one is None:
        return date.max
    return next_one.on - (BUDGET_GAP if entry.is_budget else READING_GAP)


def _step_before(
    table: Timetable, body: CycleBody, later: CycleStep, cycle: Cycle | None, latest: date
) -> CycleStep | None:
    """The meeting before `later`, by `latest` where the plan has one: else the check of the path speaks against it."""
    in_cycle = _of_cycle(cycle, body) if cycle else None
    if in_cycle and in_cycle.on >= later.on:
        in_cycle = None
    if in_cycle and is_ready_by(body, in_cycle.on, later.outer):
        return in_cycle
    on = last_ready_by(body, later.outer)
    if on and on > latest:
        on = last_by(body, latest) or on
    if on is None and in_cycle:
        return in_cycle
    on = on or last_before(body, later.on)
    return table.step(body, on) if on else None


def _of_cycle(cycle: Cycle, body: CycleBody) -> CycleStep | None:
    return next((step for step in cycle.steps if step.body == body.code), None)
