"""On which days of a year an entry of the wheel returns. Pure; the language of its rules is in `rules.language`."""

from calendar import isleap, monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import require_known_year
from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules.language import (
    CycleRule,
    DayRule,
    EntryRule,
    EventRule,
    PeriodRule,
    no_rule,
    parse_rule,
    shown,
)
from sagsgang.wheel.shapes import Cycle, Entry

FIRST_PERIOD, PERIOD_YEARS = 2022, 4
"""Election periods begin on 1 January 2022, 2026, ... and last four years (kommunal- og regionalvalgloven § 6)."""
EARLIEST_START = 1900
_CHOOSING = ("BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")


def days_of_entry(
    entry: Entry, year: int, *, cycles: Sequence[Cycle], entry_days: Mapping[str, Sequence[date]] | None = None
) -> tuple[date, ...]:
    """The days of a year on which an entry returns, in order, while it is valid (both ends included).

    `cycles`: those of the year, and of the years beside it where the rule leans on cycles. `entry_days`: the days of the
    other entries by key or title, for rules of the kind EVENT; those of the years beside it too. What INTERVAL counts is
    counted from the rule's DTSTART or `starts_on`; every second or third year needs one of them (or `valid_from`), and
    shorter steps are else counted from 1 January. 29 February is 28 February in a common year. Raises `RuleBrokenError`
    for a rule that is none, for an entry that leans on itself or on one that is not there, for a step that no cycle has,
    and for a year outside 2000–2100.
    """
    found = _by_rule(entry, year, cycles, entry_days or {})
    return tuple(
        day
        for day in found
        if (entry.valid_from is None or entry.valid_from <= day) and (entry.valid_to is None or day <= entry.valid_to)
    )


def days_without_validity(
    entry: Entry, year: int, *, cycles: Sequence[Cycle], entry_days: Mapping[str, Sequence[date]] | None = None
) -> tuple[date, ...]:
    """The same, as if the duty had always held and were never abolished."""
    return _by_rule(entry, year, cycles, entry_days or {})


def _by_rule(
    entry: Entry, year: int, cycles: Sequence[Cycle], entry_days: Mapping[str, Sequence[date]]
) -> tuple[date, ...]:
    require_known_year(date(year, 1, 1))
    rule = parse_rule(entry.rule)
    match rule:
        case DayRule():
            return _days_in(rule, _counted_from(rule, entry), year)
        case CycleRule():
            found = _cycle_days(rule, cycles)
        case EventRule():
            found = _shifted(_event_days(rule, entry, entry_days), rule.days)
        case PeriodRule():
            found = _period_days(rule, year)
    return tuple(sorted({day for day in found if day.year == year}))


def days_of_rule(rule: str, year: int, starts_on: date | None = None) -> tuple[date, ...]:
    """The days of an RFC 5545 rule alone, as of a meeting plan; raises `RuleBrokenError` for any other rule."""
    if not isinstance(parse_rule(rule), DayRule):
        raise no_rule(rule)
    return days_of_entry(Entry("", "", rule, starts_on), year, cycles=())


def lacks_start(entry: Entry) -> bool:
    """Whether the entry returns every second or third year and nothing says since when."""
    rule = parse_rule(entry.rule)
    is_far_apart = isinstance(rule, DayRule) and rule.part("FREQ") == "YEARLY" and rule.interval > 1
    return is_far_apart and not (_own_start(rule) or entry.starts_on or entry.valid_from)


def _own_start(rule: EntryRule) -> date | None:
    return rule.start if isinstance(rule, DayRule) else None


def _counted_from(rule: DayRule, entry: Entry) -> date | None:
    start = rule.start or entry.starts_on
    if start is None and rule.part("FREQ") == "YEARLY" and rule.interval > 1:
        start = entry.valid_from
        if start is None:
            raise RuleBrokenError(
                _("“{rule}”: say since when it returns every {number} years.").format(
                    rule=shown(entry.rule), number=rule.interval
                )
            )
    if start is None and rule.count:
        raise RuleBrokenError(_("“{rule}”: say from which day COUNT is counted.").format(rule=shown(entry.rule)))
    if start and start.year < EARLIEST_START:
        raise RuleBrokenError(
            _("“{rule}”: count from a day in {year} or later.").format(rule=shown(entry.rule), year=EARLIEST_START)
        )
    return start


@lru_cache(maxsize=8192)
def _days_in(rule: DayRule, start: date | None, year: int) -> tuple[date, ...]:
    """The rule's days in a year; kept, since each page asks for the same ones again."""
    last = min(date(year, 12, 31), rule.until or date.max)
    begin = start or date(year, 1, 1)
    if begin > last:
        return ()
    days: Iterable[date] = _sequence(rule, begin, last)
    if rule.count:
        days = islice(days, rule.count)
    return tuple(day for day in days if day.year == year)


def _sequence(rule: DayRule, begin: date, last: date) -> Iterator[date]:
    """Every day of the rule from its beginning; the last day of February stands for the 29th where there is none."""
    parts = dict(rule.parts)
    found = set(_occurrences(parts, begin, last))
    if _means_leap_day(parts, begin):
        instead = parts | {"BYMONTH": "2", "BYMONTHDAY": "28"}
        found |= {day for day in _occurrences(instead, begin, last) if not isleap(day.year)}
    return iter(sorted(found))


def _means_leap_day(parts: Mapping[str, str], begin: date) -> bool:
    if parts["FREQ"] != "YEARLY" or any(name in parts for name in _CHOOSING):
        return False
    months = parts.get("BYMONTH") or ("" if "BYMONTHDAY" in parts else str(begin.month))
    days = parts.get("BYMONTHDAY") or str(begin.day)
    return "29" in days.split(",") and (not months or "2" in months.split(","))


def _occurrences(parts: Mapping[str, str], begin: date, last: date) -> Iterator[date]:
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    parsed = rrulestr(text, dtstart=datetime.combine(begin, time.min))
    assert isinstance(parsed, rrule)  # one line without dates is no set
    return (found.date() for found in parsed.replace(until=datetime.combine(last, time.max)))


def _cycle_days(rule: CycleRule, cycles: Sequence[Cycle]) -> Iterator[date]:
    found = [(cycle, base_of(rule, cycle)) for cycle in cycles]
    if cycles and not any(base for _cycle, base in found):
        raise RuleBrokenError(_("No political cycle has the step “{body}”.").format(body=shown(rule.step)))
    return _shifted((base for _cycle, base in found if base), rule.days)


def base_of(rule: CycleRule, cycle: Cycle) -> date | None:
    """The day of the cycle that the rule leans on; None if the cycle lacks the step."""
    if not rule.step:
        return cycle.start
    return next((step.on for step in cycle.steps if step.body.casefold() == rule.step.casefold()), None)


def _event_days(rule: EventRule, entry: Entry, entry_days: Mapping[str, Sequence[date]]) -> Sequence[date]:
    name = rule.event or entry.relative_to
    if not name:
        raise RuleBrokenError(_("The rule counts from another entry, but none is named."))
    if name in (entry.key, entry.title):
        raise RuleBrokenError(
            _("“{title}” cannot be counted from itself.").format(title=shown(entry.title or entry.key))
        )
    if name not in entry_days:
        raise RuleBrokenError(_("There is no entry “{name}” to count from.").format(name=shown(name)))
    return entry_days[name]


def _shifted(days: Iterable[date], by: int) -> Iterator[date]:
    """Days moved by a number of days; what falls out of the calendar's years is no day of ours."""
    ordinals = (day.toordinal() + by for day in days)
    return (date.fromordinal(ordinal) for ordinal in ordinals if 1 <= ordinal <= date.max.toordinal())


def _period_days(rule: PeriodRule, year: int) -> Iterator[date]:
    if (year - FIRST_PERIOD) % PERIOD_YEARS == rule.year - 1:
        longest = monthrange(year, rule.month)[1]
        if rule.day > 0:
            yield date(year, rule.month, min(rule.day, longest))
        else:
            yield date(year, rule.month, 1) + timedelta(days=max(longest + rule.day, 0))
