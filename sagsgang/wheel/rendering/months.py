"""The year as a calendar: twelve months of weeks, and on each day its returns and meetings. Pure."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.dates import MONTHS

from sagsgang.bodies.calendar import ClosingDays, why_closed
from sagsgang.wheel.rendering.shown import ShownLine, ShownMeeting, ShownWheel

_SATURDAY, _SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day with what falls on it; `why_closed` names a holiday or a closing day, `is_off` is any day without work."""

    on: date
    is_today: bool
    is_off: bool
    why_closed: str
    lines: tuple[ShownLine, ...]
    meetings: tuple[ShownMeeting, ...]


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """A week by its number (ISO 8601); None for the days of other months."""

    number: int
    days: tuple[CalendarDay | None, ...]


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month; `lines` are its returns in order, as the marks in its weeks are numbered."""

    name: str
    weeks: tuple[CalendarWeek, ...]
    lines: tuple[ShownLine, ...]


def calendar_months(shown: ShownWheel, closing_days: ClosingDays, today: date) -> tuple[CalendarMonth, ...]:
    """The twelve months of the wheel's year; everything that the drawing has, on its day. Both lists are in order."""
    lines = {on: tuple(rows) for on, rows in groupby(shown.lines, key=lambda line: line.on)}
    meetings = {on: tuple(rows) for on, rows in groupby(shown.meetings, key=lambda meeting: meeting.on)}

    def day_of(on: date) -> CalendarDay:
        why = (
            (why_closed(on, closing_days) or "") if on.weekday() < _SUNDAY else ""
        )  # that it is Sunday, the column says
        is_off = bool(why) or on.weekday() >= _SATURDAY
        return CalendarDay(on, on == today, is_off, why, lines.get(on, ()), meetings.get(on, ()))

    return tuple(
        CalendarMonth(
            str(MONTHS[month]),
            tuple(
                CalendarWeek(
                    week[0].isocalendar().week, tuple(day_of(on) if on.month == month else None for on in week)
                )
                for week in Calendar().monthdatescalendar(shown.year, month)
            ),
            tuple(line for line in shown.lines if line.on.month == month),
        )
        for month in range(1, 13)
    )
