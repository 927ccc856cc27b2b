"""Working days, public holidays and the deadlines that count them (domain R2–R5). Pure: no rows, no clock.

A hverdag here is a day from Monday to Friday that is no public holiday and no closing day. Whether Saturday is one as well
is not settled in law, so every deadline has two days: `safe` counts Monday to Friday, `outer` counts Saturday too.
"""

import datetime
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from holidays import country_holidays

from sagsgang.core.errors import RuleBrokenError

type ClosingDays = Mapping[datetime.date, str] | Set[datetime.date]
"""Days on which the offices are closed beyond the public holidays; with their names, where they have any."""

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_DAYS = 250
NO_CLOSING_DAYS: frozenset[datetime.date] = frozenset()
_DAY = datetime.timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that a deadline does not count; `for_` "safe" is a Saturday, which the outer deadline does count."""

    date: datetime.date
    why: str
    for_: Literal["safe", "both"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the material may go out: surely in time, and in time if Saturday is a working day.

    `skipped`: the days between the safe deadline and the meeting that do not count, in order.
    """

    safe: datetime.date
    outer: datetime.date
    skipped: tuple[Skipped, ...]


def deadline(meeting_on: datetime.date, *, days: int = 4, closing_days: ClosingDays = NO_CLOSING_DAYS) -> Deadline:
    """So many working days before a meeting; the day of the meeting is not counted (kommunestyrelsesloven § 8, stk. 4).

    Raises RuleBrokenError for a meeting outside 2000–2100, and for less than one day: the duty to send an agenda may not be
    waived (R4).
    """
    safe, outer = deadline_days(meeting_on, days, frozenset(closing_days))
    between = (meeting_on - _DAY * n for n in range((meeting_on - safe).days - 1, 0, -1))
    return Deadline(safe, outer, tuple(found for day in between if (found := _skipped(day, closing_days))))


@lru_cache(maxsize=8192)
def deadline_days(
    meeting_on: datetime.date, days: int, closed: frozenset[datetime.date]
) -> tuple[datetime.date, datetime.date]:
    """The safe and the outer deadline alone, kept: a path asks for the same ones again and again."""
    require_known_year(meeting_on)
    if not 1 <= days <= MOST_DAYS:
        raise RuleBrokenError(
            _("A deadline is between 1 and %(most)s working days before the meeting.") % {"most": MOST_DAYS}
        )
    return _count_back(meeting_on, days, closed, _SATURDAY), _count_back(meeting_on, days, closed, _SUNDAY)


def _count_back(
    meeting_on: datetime.date, days: int, closed: frozenset[datetime.date], first_weekend_day: int
) -> datetime.date:
    day = meeting_on
    while days:
        day -= _DAY
        if day.weekday() < first_weekend_day and day not in closed and day not in public_holidays(day.year):
            days -= 1
    return day


def _skipped(day: datetime.date, closing_days: ClosingDays) -> Skipped | None:
    if why := why_closed(day, closing_days):
        return Skipped(day, why, "both")
    return Skipped(day, date_format(day, "l"), "safe") if day.weekday() == _SATURDAY else None


def why_closed(day: datetime.date, closing_days: ClosingDays = NO_CLOSING_DAYS) -> str | None:
    """Why nobody counts this day: a public holiday, a closing day or a Sunday by name; None if it may count."""
    if holiday := public_holidays(day.year).get(day):
        return holiday
    if day in closing_days:
        return (closing_days[day] if isinstance(closing_days, Mapping) else "") or _("closing day")
    return date_format(day, "l") if day.weekday() == _SUNDAY else None


def is_working_day(day: datetime.date, closing_days: ClosingDays = NO_CLOSING_DAYS) -> bool:
    """A working day beyond doubt: Monday to Friday, no public holiday, no closing day."""
    return day.weekday() < _SATURDAY and why_closed(day, closing_days) is None


def working_days_between(start: datetime.date, end: datetime.date, closing_days: ClosingDays = NO_CLOSING_DAYS) -> int:
    """How many working days follow `start`, up to and with `end`; 0 if `end` is not later."""
    return sum(is_working_day(start + _DAY * n, closing_days) for n in range(1, (end - start).days + 1))


def require_known_year(day: datetime.date) -> None:
    """Holidays are law: they are known for 2000–2100 as far as they are decided today."""
    if not is_known_year(day):
        raise RuleBrokenError(
            _("%(day)s lies outside the years %(first)s–%(last)s, for which the public holidays are known.")
            % {"day": day.isoformat(), "first": FIRST_YEAR, "last": LAST_YEAR}
        )


def is_known_year(day: datetime.date) -> bool:
    """Whether the public holidays of its year are known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


@cache
def public_holidays(year: int) -> Mapping[datetime.date, str]:
    """The Danish public holidays of a year with their names. Store bededag was one up to and with 2023 (lov nr. 214/2023).

    24 and 31 December, 5 June and 1 May are none: where the offices are closed then, they are closing days (R5).
    """
    return dict(country_holidays("DK", years=year, language="da").items())
