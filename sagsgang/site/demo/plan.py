"""The meeting plan: which body meets on which day, in political cycles (rul) that end in the council.

No meeting on a public holiday, at a weekend, in July, around Christmas, or in the autumn school break.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from holidays import country_holidays

COMMITTEES = ("BSU", "SSU", "MTU", "KFU")
PAST_DAYS = 183
AHEAD_DAYS = 190
AGENDA_DAYS = 16  # so far ahead an agenda has items
SENT_BEFORE = 6  # days before the meeting that its agenda is sent

AUTUMN_BREAK_WEEK = 42
JULY = 7
DECEMBER = 12
LAST_DECEMBER_DAY = 19

# Days before the council meeting: a rul opens in Direktionen, goes through committees and HU to ØK.
DIR_FIRST, DIR_SECOND = 27, 20
FINANCE = 7
WORKS_COUNCIL = 12
COMMITTEE_DAYS = {"BSU": 15, "MTU": 15, "SSU": 13, "KFU": 13}
SKIP_EVERY = 3  # a committee leaves out every third rul

STARTS = {
    "DIR": time(9, 0),
    "HU": time(13, 0),
    "BSU": time(15, 0),
    "SSU": time(14, 30),
    "MTU": time(13, 30),
    "KFU": time(16, 30),
    "ØK": time(15, 30),
    "KB": time(18, 0),
}
PLACES = {
    "DIR": "Direktionens mødelokale, Rådhuset",
    "HU": "Kantinesalen, Rådhuset",
    "BSU": "Udvalgsværelse 1, Rådhuset",
    "SSU": "Udvalgsværelse 2, Rådhuset",
    "MTU": "Mødelokale Åen, Teknik- og Miljøhuset",
    "KFU": "Udvalgsværelse 1, Rådhuset",
    "ØK": "Udvalgsværelse 3, Rådhuset",
    "KB": "Mødesalen, Rådhuset",
}
LENGTH = {"DIR": 120, "HU": 120, "BSU": 135, "SSU": 120, "MTU": 150, "KFU": 105, "ØK": 120, "KB": 135}


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting in the plan. `rul` counts the cycles from the first one shown."""

    body_code: str
    held_on: date
    rul: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan around `today`; `mirror` is the Direktion meeting that carries the composite item."""

    today: date
    meetings: tuple[Planned, ...]
    mirror: Planned

    def state(self, planned: Planned) -> str:
        if planned.held_on < self.today:
            return "minutes"
        return "agenda" if planned.held_on <= self.today + timedelta(days=AGENDA_DAYS) else "planned"

    def has_items(self, planned: Planned) -> bool:
        return self.state(planned) != "planned"

    def of(self, body_code: str) -> tuple[Planned, ...]:
        return tuple(m for m in self.meetings if m.body_code == body_code)

    def after(self, planned: Planned) -> Planned | None:
        """The same body's next meeting."""
        return next((m for m in self.of(planned.body_code) if m.held_on > planned.held_on), None)


class Closed:
    """The days on which nobody meets."""

    def __init__(self, years: range) -> None:
        self.public = frozenset(country_holidays("DK", years=list(years)))

    def __contains__(self, day: date) -> bool:
        return (
            day.isoweekday() > 5
            or day in self.public
            or day.month == JULY
            or (day.month, day.day) in {(5, 1), (6, 5)}
            or (day.month == DECEMBER and day.day > LAST_DECEMBER_DAY)
            or (day.month == 1 and day.day < 4)
            or day.isocalendar().week == AUTUMN_BREAK_WEEK
        )


def council_days(today: date, closed: Closed) -> list[date]:
    """The last Tuesday of each month but July; in December the last one before Christmas."""
    days = []
    first = today - timedelta(days=PAST_DAYS)
    last = today + timedelta(days=AHEAD_DAYS)
    for year in range(first.year, last.year + 1):
        for month in range(1, 13):
            if month == JULY:
                continue
            day = date(year, month, LAST_DECEMBER_DAY) if month == DECEMBER else _month_end(year, month)
            while day.isoweekday() != 2 or day in closed:
                day -= timedelta(days=1)
            if first <= day <= last:
                days.append(day)
    return days


def _month_end(year: int, month: int) -> date:
    return date(year, month + 1, 1) - timedelta(days=1)


def make_plan(today: date) -> Plan:
    """Lay out the rul around `today`, the mirrored one being the last that Direktionen has opened."""
    meetings, mirror_rul = _laid_out(today)
    shown = tuple(m for m in meetings if _is_shown(m, mirror_rul, today))
    mirror = next(m for m in shown if m.body_code == "DIR" and m.rul == mirror_rul)
    return Plan(today, shown, mirror)


def later_meetings(today: date) -> tuple[Planned, ...]:
    """The rest of the plan: the meetings that `make_plan` leaves out, too far ahead for anything to be on them."""
    meetings, mirror_rul = _laid_out(today)
    return tuple(m for m in meetings if not _is_shown(m, mirror_rul, today))


def _laid_out(today: date) -> tuple[list[Planned], int]:
    """Every meeting in order, and the number of the mirrored rul."""
    closed = Closed(range(today.year - 1, today.year + 2))
    councils = council_days(today, closed)
    opened = [i for i, day in enumerate(councils) if _directorate_day(day, closed) < today]
    mirror_rul = opened[-1]
    meetings = sorted(
        {m for i, day in enumerate(councils) for m in _rul(i, day, i - mirror_rul, closed)},
        key=lambda m: (m.held_on, STARTS[m.body_code], m.body_code),
    )
    return meetings, mirror_rul


def _is_shown(meeting: Planned, mirror_rul: int, today: date) -> bool:
    is_near = meeting.rul <= mirror_rul + 1 or meeting.held_on <= today + timedelta(days=AGENDA_DAYS)
    return is_near or meeting.body_code in {"KB", "ØK", "HU"}


def _rul(index: int, council: date, distance: int, closed: Closed) -> Iterator[Planned]:
    """The meetings of one rul; `distance` counts from the mirrored rul, in which MTU and HU meet."""
    yield Planned("KB", council, index)
    yield Planned("ØK", _free(council - timedelta(days=FINANCE), closed, -1), index)
    for place, code in enumerate(("BSU", "KFU", "MTU", "SSU")):
        if (distance + place) % SKIP_EVERY != 1:
            yield Planned(code, _free(council - timedelta(days=COMMITTEE_DAYS[code]), closed, -1), index)
    if distance % 3 == 0:
        yield Planned("HU", _free(council - timedelta(days=WORKS_COUNCIL), closed, -1), index)
    yield Planned("DIR", _directorate_day(council, closed), index)
    if distance % 2 == 0:
        yield Planned("DIR", _free(council - timedelta(days=DIR_SECOND), closed, 7), index)


def _directorate_day(council: date, closed: Closed) -> date:
    return _free(council - timedelta(days=DIR_FIRST), closed, 7)


def _free(day: date, closed: Closed, step: int) -> date:
    while day in closed:
        in_break = day.isocalendar().week == AUTUMN_BREAK_WEEK
        day += timedelta(days=-7 if in_break and step < 0 else step)
    return day
