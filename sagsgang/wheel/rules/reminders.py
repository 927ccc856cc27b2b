"""When a return of the wheel asks for a reminder. Pure."""

from datetime import date, datetime, time, timedelta

from sagsgang.bodies.calendar import NO_CLOSING_DAYS, why_closed

NEAR = timedelta(days=14)
"""So long before its day it is spoken of again, where the work began earlier."""
AGAIN = timedelta(days=7)
"""So often it is spoken of once its day is over, until it is done or dropped."""
LOOKED_BACK = timedelta(days=14)
"""Of whom nothing was ever looked up, so many days are: not the whole past."""
_FROM = time(7)
_SATURDAY = 5


def is_time(moment: datetime) -> bool:
    """Do letters go out at this local time? On working days, from seven in the morning."""
    today = moment.date()
    return moment.time() >= _FROM and today.weekday() < _SATURDAY and not why_closed(today, NO_CLOSING_DAYS)


def reminded_on(on: date, *, begins: date, known: date, today: date) -> date | None:
    """The last day, up to today, on which a return asked for a reminder; None if none has come.

    It does when work should begin (`begins`, or the day after it was put on the wheel: `known`), a fortnight before its
    day `on`, the day after it, and every week from then.
    """
    days = [max(begins, known + timedelta(days=1))]
    days += [on - NEAR] if on - NEAR > begins else []
    first_late = on + timedelta(days=1)
    if today >= first_late:
        days.append(today - (today - first_late) % AGAIN)
    return max((day for day in days if day <= today), default=None)


def has_news(on: date, *, begins: date, known: date, told_on: date | None, today: date) -> bool:
    """Has it asked for a reminder since the last day on which its reader was told?"""
    day = reminded_on(on, begins=begins, known=known, today=today)
    return day is not None and day > (told_on or today - LOOKED_BACK)
