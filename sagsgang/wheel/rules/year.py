"""The whole year at once: cycles, the days of all entries with their paths, and what is wrong. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import FIRST_YEAR, LAST_YEAR, NO_CLOSING_DAYS, ClosingDays, require_known_year
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules.cycles import all_cycles
from sagsgang.wheel.rules.findings import (
    abolished,
    bodies_findings,
    cycle_findings,
    entry_day_findings,
    refused,
    without_path,
)
from sagsgang.wheel.rules.language import EventRule, parse_rule
from sagsgang.wheel.rules.path import lay_path
from sagsgang.wheel.rules.recurrence import days_of_entry
from sagsgang.wheel.rules.timetable import timetable_of
from sagsgang.wheel.shapes import Cycle, CycleBody, CycleStep, Entry, EntryDay, YearPlan

_FURTHEST = 2  # years on either side from which an event may be counted


@dataclass(slots=True)
class EntryDays:
    """The days of several entries by key, each in order, and what was refused, by key."""

    days: dict[str, tuple[date, ...]] = field(default_factory=dict)
    refusals: dict[str, RuleBrokenError] = field(default_factory=dict)


def plan_year(
    bodies: Sequence[CycleBody],
    entries: Sequence[Entry],
    year: int,
    closing_days: ClosingDays = NO_CLOSING_DAYS,
) -> YearPlan:
    """The plan of a year; `bodies` have their meetings of the years before and after too, keys of entries differ.

    A rule that cannot be read, or that leans on nothing or in a circle, is a finding about its entry and gives no days.
    Raises `RuleBrokenError` for a year outside 2000–2100.
    """
    require_known_year(date(year, 1, 1))
    table = timetable_of(bodies, closing_days)
    cycles = all_cycles(table)
    closing = tuple(cycle for cycle in cycles if cycle.closes.year == year)
    found = days_of_entries(entries, year, cycles=cycles)
    days: list[EntryDay] = []
    findings = [*bodies_findings(table, year, closing_days), *cycle_findings(table, closing)]
    for entry in entries:
        if refusal := found.refusals.get(entry.key):
            findings.append(refused(entry, refusal))
            continue
        for on in found.days[entry.key]:
            path = lay_path(table, entry, on, cycles)
            days.append(entry_day(entry, on, path))
            findings += (
                [without_path(table, entry, on)]
                if entry.path and not path
                else entry_day_findings(table, entry, days[-1])
            )
        findings += abolished(entry, year)
    days.sort(key=lambda day: day.on)
    return YearPlan(closing, tuple(days), tuple(findings))


def entry_day(entry: Entry, on: date, path: tuple[CycleStep, ...]) -> EntryDay:
    """An entry's day: work begins its lead time before, and no later than the material of the first step is due."""
    lead_on = on - timedelta(days=entry.lead_days)
    return EntryDay(entry.key, on, min(lead_on, path[0].safe) if path else lead_on, path)


def days_of_entries(entries: Sequence[Entry], year: int, *, cycles: Sequence[Cycle]) -> EntryDays:
    """The days of a year on which each entry returns, those that lean on one another in their order.

    `cycles`: those of the year and of the years beside it. What an entry cannot give is told by its refusal.
    """
    by_name = _by_name(entries)
    years = [some for some in range(year - _FURTHEST, year + _FURTHEST + 1) if FIRST_YEAR <= some <= LAST_YEAR]
    whole = EntryDays()
    for entry in entries:
        for leaning in reversed(_chain(entry, by_name, whole)):
            _resolve(leaning, years, cycles, by_name, whole)
    days = {key: tuple(day for day in found if day.year == year) for key, found in whole.days.items()}
    return EntryDays(days, whole.refusals)


def _by_name(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The entries by key and by title; a key goes before a title, and the first of a title before the others."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.title, entry)
    return found | {entry.key: entry for entry in entries}


def _chain(entry: Entry, by_name: Mapping[str, Entry], whole: EntryDays) -> list[Entry]:
    """The entry, the one that it is counted from, and so on, up to one that is known; an entry in a circle is refused."""
    chain: list[Entry] = []
    here: Entry | None = entry
    while here and here.key not in whole.days and here.key not in whole.refusals:
        if here in chain:
            for one in chain[chain.index(here) :]:
                whole.refusals[one.key] = RuleBrokenError(
                    _("“{title}” is counted in a circle of entries.").format(title=one.title or one.key)
                )
            break
        chain.append(here)
        here = _leans_on(here, by_name)
    return chain


def _leans_on(entry: Entry, by_name: Mapping[str, Entry]) -> Entry | None:
    try:
        rule = parse_rule(entry.rule)
    except RuleBrokenError:
        return None
    found = by_name.get(rule.event or entry.relative_to) if isinstance(rule, EventRule) else None
    return None if found is None or found.key == entry.key else found


def _resolve(
    entry: Entry, years: Sequence[int], cycles: Sequence[Cycle], by_name: Mapping[str, Entry], whole: EntryDays
) -> None:
    """Put the entry's days of all these years into `whole`, or the reason why there are none."""
    if entry.key in whole.refusals:
        return
    base = _leans_on(entry, by_name)
    if base and base.key in whole.refusals:
        words = {"title": entry.title or entry.key, "other": base.title or base.key}
        whole.refusals[entry.key] = RuleBrokenError(
            _("“{title}” is counted from “{other}”, which has no days.").format(**words)
        )
        return
    events = dict.fromkeys((base.key, base.title), whole.days[base.key]) if base else {}
    try:
        found = [days_of_entry(entry, some, cycles=cycles, entry_days=events) for some in years]
    except RuleBrokenError as refusal:
        whole.refusals[entry.key] = refusal
    else:
        whole.days[entry.key] = tuple(day for days in found for day in days)
