"""What is wrong with a year: months without a council, closed days, collisions, and entries that cannot be met. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.bodies.calendar import LAST_YEAR, ClosingDays, why_closed, working_days_between
from sagsgang.bodies.models import BodyKind
from sagsgang.cases.models.path import Purpose
from sagsgang.cases.plans import Finding, PathPlan, PlanBody, PlanStep
from sagsgang.cases.rules.path import check_path
from sagsgang.cases.rules.path.words import agenda_source, day_words, near_words, plan_source
from sagsgang.core.errors import RuleBrokenError
from sagsgang.planning.rules.plan import bare_months, proposed_instead
from sagsgang.wheel.rules.cycles import PREPARING
from sagsgang.wheel.rules.language import DayRule, PeriodRule, parse_rule
from sagsgang.wheel.rules.recurrence import days_of_entry, days_without_validity
from sagsgang.wheel.rules.timetable import Timetable
from sagsgang.wheel.shapes import Cycle, CycleBody, CycleStep, Entry, EntryDay, YearFinding

FEW_WORKING_DAYS = 6
"""A week and a day: within that a decision is written out, signed and handed in only if nothing goes wrong."""
_YEARS_AHEAD = 12
_PURPOSES = {
    BodyKind.DIRECTORATE: Purpose.DISCUSSION,
    BodyKind.WORKS_COUNCIL: Purpose.DISCUSSION,
    BodyKind.COUNCIL: Purpose.DECISION,
}
_LAID_RULES = {"R6", "R11"}
"""What is asked of a laid path; a body's own days (R1, R4) are spoken of once, not at each step that uses them."""


def bodies_findings(table: Timetable, year: int, closing_days: ClosingDays) -> Iterator[YearFinding]:
    """R1 and R4: a month without the council, a meeting on a day when nobody works, a body without time for its agenda."""
    for body in table.bodies.values():
        if body.kind == BodyKind.COUNCIL:
            yield from _bare_months(body, year)
        if body.agenda_days < 1:
            yield _no_agenda_days(body)
        for day in body.meetings:
            if day.year == year and (why := why_closed(day, closing_days)):
                yield _on_closed_day(body, day, why, closing_days)


def _bare_months(body: CycleBody, year: int) -> Iterator[YearFinding]:
    for month in bare_months(body.meetings, year):
        message = _("%(body)s has no meeting in %(month)s %(year)s. It meets at least monthly, as a rule.") % {
            "body": _name(body), "month": MONTHS[month], "year": year,
        }  # fmt: skip
        yield YearFinding("R1", "warning", body.code, date(year, month, 1), message, plan_source(_plan_body(body)))


def _no_agenda_days(body: CycleBody) -> YearFinding:
    message = _(
        "%(body)s gets its agenda 0 working days before the meeting. The duty to send an agenda may not be waived: set the"
        " deadline to at least 1 working day."
    ) % {"body": _name(body)}
    return YearFinding("R4", "error", body.code, None, message, agenda_source(_plan_body(body)))


def _on_closed_day(body: CycleBody, day: date, why: str, closing_days: ClosingDays) -> YearFinding:
    sentence = _("The meeting of %(body)s on %(day)s falls on a day that is no working day (%(why)s).") % {
        "body": _name(body), "day": day_words(day), "why": why,
    }  # fmt: skip
    instead = proposed_instead(day, closing_days=closing_days, taken=body.meetings)
    if instead:
        proposal = _("The nearest working day is %(day)s.") % {"day": date_format(instead, "l j. F")}
        sentence = f"{sentence} {proposal}"
    return YearFinding("R1", "warning", body.code, day, sentence, plan_source(_plan_body(body)), instead)


def cycle_findings(table: Timetable, cycles: Sequence[Cycle]) -> Iterator[YearFinding]:
    """R6 in each cycle: directorate, then committees and works councils side by side, then finance, then the council."""
    for cycle in cycles:
        steps = []
        for step, before in zip(cycle.steps, (None, *cycle.steps), strict=False):
            is_beside = before is not None and _stage(table, step) == _stage(table, before)
            steps.append(_plan_step(table, step, is_parallel=is_beside))
        for finding in check_path(_path_plan(table, tuple(steps))):
            if finding.rule == "R6":
                yield _laid(finding, cycle.steps, cycle=cycle.id)


def entry_day_findings(table: Timetable, entry: Entry, day: EntryDay) -> list[YearFinding]:
    """What speaks against the path of an entry's day: R6, R11, a lead time that is too short, a deadline too near."""
    if not day.path:
        return []
    seen = [step.body for step in day.path if table.bodies[step.body].kind == BodyKind.COUNCIL]
    steps, readings = [], 0
    for step in day.path:
        is_reading = len(seen) == 2 and step.body in seen
        readings += is_reading
        steps.append(_plan_step(table, step, reading=readings if is_reading else None))
    found = check_path(replace(_path_plan(table, tuple(steps)), budget=entry.is_budget and len(seen) == 2))
    answer = [_laid(finding, day.path, entry=entry.key) for finding in found if finding.rule in _LAID_RULES]
    return [*answer, *_short_lead(table, entry, day), *_near_deadline(table, entry, day)]


def _short_lead(table: Timetable, entry: Entry, day: EntryDay) -> Iterator[YearFinding]:
    first = day.path[0]
    if entry.lead_days and day.on - timedelta(days=entry.lead_days) > first.safe:
        message = _(
            "“%(entry)s”: the lead time of %(days)s days is too short. The material for %(body)s %(day)s must be out by"
            " %(safe)s."
        ) % {
            "entry": entry.title, "days": entry.lead_days, "body": _name(table.bodies[first.body]),
            "day": day_words(first.on), "safe": near_words(first.safe, first.on),
        }  # fmt: skip
        yield YearFinding("", "warning", first.body, first.on, message, entry=entry.key)


def _near_deadline(table: Timetable, entry: Entry, day: EntryDay) -> Iterator[YearFinding]:
    """Few working days between the last body's meeting and the deadline; holidays among them are named."""
    if not entry.is_deadline:
        return
    last, eve = day.path[-1], day.on - timedelta(days=1)
    left = working_days_between(last.on, eve, table.closed)
    if left > FEW_WORKING_DAYS:
        return
    sentence = ngettext(
        "“%(entry)s” is due on %(due)s. From the meeting of %(body)s on %(day)s until then there are %(all)s days, only"
        " %(left)s of them a working day.",
        "“%(entry)s” is due on %(due)s. From the meeting of %(body)s on %(day)s until then there are %(all)s days, only"
        " %(left)s of them working days.",
        left,
    ) % {
        "entry": entry.title, "due": day_words(day.on), "body": _name(table.bodies[last.body]),
        "day": near_words(last.on, day.on), "left": left, "all": (eve - last.on).days,
    }  # fmt: skip
    between = [last.on + timedelta(days=n) for n in range(1, (eve - last.on).days + 1)]
    closed = [(some, why_closed(some, table.closed)) for some in between if some.weekday() < 5]
    if names := ", ".join(f"{why} {near_words(some, day.on)}" for some, why in closed if why):
        days_off = _("In between: %(days)s.") % {"days": names}
        sentence = f"{sentence} {days_off}"
    yield YearFinding("", "warning", last.body, last.on, sentence, entry=entry.key)


def without_path(table: Timetable, entry: Entry, on: date) -> YearFinding:
    """No meetings through which the matter can go."""
    unknown = [code for code in entry.path if code not in table.bodies]
    if unknown:
        message = _("“%(entry)s”: there is no body “%(body)s” on its path.") % {
            "entry": entry.title, "body": unknown[0],
        }  # fmt: skip
    elif entry.is_deadline:
        message = _("“%(entry)s” cannot pass %(path)s before %(day)s: the plan has no meetings early enough.") % {
            "entry": entry.title, "path": " → ".join(entry.path), "day": day_words(on),
        }  # fmt: skip
    else:
        message = _("“%(entry)s” cannot pass %(path)s by %(day)s: the plan has no meetings early enough.") % {
            "entry": entry.title, "path": " → ".join(entry.path), "day": day_words(on),
        }  # fmt: skip
    return YearFinding("R6", "error", entry.path[-1], on, message, entry=entry.key)


def refused(entry: Entry, refusal: RuleBrokenError) -> YearFinding:
    """A rule that gives no days, in the words of its refusal."""
    message = str(refusal)
    if entry.title and entry.title not in message:
        message = f"{entry.title}: {message}"
    return YearFinding("", "error", "", None, message, entry=entry.key)


def abolished(entry: Entry, year: int) -> Iterator[YearFinding]:
    """A duty that ends before it would return: told in the year of its last return, of its end, and of the one that lapses.

    Only of rules that need no meetings: whether a cycle or an event comes again is not known far ahead.
    """
    end = entry.valid_to
    if end is None or not isinstance(parse_rule(entry.rule), DayRule | PeriodRule):
        return
    lapsed = _first_after(entry, end)
    returns = days_of_entry(entry, year, cycles=())
    if lapsed is None or not (returns or year in (end.year, lapsed.year)):
        return
    if returns and any(days_of_entry(entry, later, cycles=()) for later in _years(year + 1, end.year)):
        return
    message = _("“%(entry)s” holds until %(end)s. Its next return would be %(next)s and lapses.") % {
        "entry": entry.title, "end": day_words(end), "next": day_words(lapsed),
    }  # fmt: skip
    on = returns[-1] if returns else lapsed if lapsed.year == year else end
    yield YearFinding("", "warning", "", on, message, entry=entry.key)


def _first_after(entry: Entry, end: date) -> date | None:
    for year in _years(end.year, end.year + _YEARS_AHEAD):
        if later := [day for day in days_without_validity(entry, year, cycles=()) if day > end]:
            return later[0]
    return None


def _years(first: int, last: int) -> range:
    return range(first, min(last, LAST_YEAR) + 1)


def _stage(table: Timetable, step: CycleStep) -> str:
    kind = table.bodies[step.body].kind
    return "" if kind in PREPARING else kind


def _name(body: CycleBody) -> str:
    return body.name or body.code


def _plan_body(body: CycleBody) -> PlanBody:
    return PlanBody(body.code, body.kind, body.agenda_days, max(body.protocol_days, 0), _name(body))


def _plan_step(table: Timetable, step: CycleStep, *, reading: int | None = None, is_parallel: bool = False) -> PlanStep:
    purpose = _PURPOSES.get(BodyKind(table.bodies[step.body].kind), Purpose.RECOMMENDATION)
    return PlanStep(step.body, step.on, purpose, reading, is_parallel)


def _path_plan(table: Timetable, steps: tuple[PlanStep, ...]) -> PathPlan:
    codes = {step.body for step in steps}
    bodies = {code: _plan_body(table.bodies[code]) for code in codes}
    return PathPlan(bodies, {code: table.bodies[code].meetings for code in codes}, steps, table.closed)


def _laid(finding: Finding, steps: Sequence[CycleStep], *, entry: str = "", cycle: str = "") -> YearFinding:
    at = steps[finding.step]
    return YearFinding(
        finding.rule, finding.severity, at.body, at.on, finding.message, finding.source, finding.nearest, entry, cycle
    )
