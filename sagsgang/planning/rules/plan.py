"""The days on which a rule lets a body meet in a year, and what is missing in the whole (domain R1). Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import NO_CLOSING_DAYS, ClosingDays, is_working_day, require_known_year, why_closed
from sagsgang.core.errors import RuleBrokenError

LOCALLY_FREE = (7,)  # July, by local choice (R1)
FURTHEST_PROPOSAL = 10  # days
_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST"}
_INTERVAL = re.compile(r"[1-9][0-9]{0,2}")
_RULE = re.compile(r"[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*")


@dataclass(frozen=True, slots=True)
class PlanDay:
    """A day of a rule; `closed` names the public holiday or closing day that it falls on ("" = none)."""

    day: date
    closed: str = ""


def days_of(
    rule: str,
    year: int,
    except_months: Collection[int] = (),
    except_days: Collection[date] = (),
    closing_days: ClosingDays = NO_CLOSING_DAYS,
) -> tuple[PlanDay, ...]:
    """The days of an RFC 5545 rule in a year, in order, without the months and days that are left out.

    A public holiday, closing day or Sunday is among them and says what it is: somebody must decide. What the rule
    counts (INTERVAL) is counted from 1 January. Raises `RuleBrokenError` for a rule that is none or that counts in
    hours, and for a year outside 2000–2100.
    """
    require_known_year(date(year, 1, 1))
    return tuple(
        PlanDay(day, why_closed(day, closing_days) or "")
        for day in _occurrences(rule, year)
        if day.month not in except_months and day not in except_days
    )


def _occurrences(rule: str, year: int) -> Iterator[date]:
    parsed = _parsed(rule, datetime.combine(date(year, 1, 1), time.min))
    last = datetime.combine(date(year, 12, 31), time.max)
    yield from dict.fromkeys(found.date() for found in parsed.replace(until=last))


def _parsed(rule: str, start: datetime) -> rrule:
    parts = dict(part.split("=") for part in rule.split(";")) if _RULE.fullmatch(rule) else {}
    known = parts.keys() <= _PARTS and parts.get("FREQ") in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
    if not known or not _INTERVAL.fullmatch(parts.get("INTERVAL", "1")):
        raise _no_rule(rule)
    try:
        parsed = rrulestr(rule, dtstart=start)
    except ValueError as error:
        raise _no_rule(rule) from error
    assert isinstance(parsed, rrule)  # one line without dates is no set
    return parsed


def _no_rule(rule: str) -> RuleBrokenError:
    return RuleBrokenError(_("“{rule}” is no rule for days of the year.").format(rule=rule))


def proposed_instead(
    day: date, *, closing_days: ClosingDays = NO_CLOSING_DAYS, taken: Collection[date] = ()
) -> date | None:
    """The working day nearest to a day on which nobody meets, of the same year; a later one before an earlier one."""
    steps = [timedelta(distance * sign) for distance in range(1, FURTHEST_PROPOSAL + 1) for sign in (1, -1)]
    near = (day + step for step in steps)
    return next(
        (
            found
            for found in near
            if found.year == day.year and found not in taken and is_working_day(found, closing_days)
        ),
        None,
    )


def bare_months(days: Iterable[date], year: int, *, excepted: Collection[int] = LOCALLY_FREE) -> tuple[int, ...]:
    """The months of a year without a meeting: a council meets at least monthly, as a rule (R1)."""
    met = {day.month for day in days if day.year == year}
    return tuple(month for month in range(1, 13) if month not in met and month not in excepted)
