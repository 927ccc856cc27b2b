"""The rule of an entry in words, as a secretary would say it. Pure."""

from collections.abc import Sequence
from datetime import date
from itertools import product

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sagsgang.core.errors import RuleBrokenError
from sagsgang.planning.rules.pattern import CODES, PLACES, place_words, words_of
from sagsgang.wheel.rules.language import CycleRule, DayRule, EventRule, PeriodRule, parse_rule

_LEAP_YEAR = 2024
_WEEK = 7


def words_of_entry_rule(rule: str, event: str = "") -> str:
    """The rule in words; `event` is the title of the entry that it counts from. What has no words is shown as written."""
    try:
        parsed = parse_rule(rule)
    except RuleBrokenError:
        return rule
    match parsed:
        case CycleRule():
            return _cycle_words(parsed)
        case EventRule():
            return _event_words(parsed, event)
        case PeriodRule():
            day = _date_words(parsed.month, parsed.day)
            return _("{day} in year {number} of each election period").format(day=day, number=parsed.year)
        case DayRule():
            return _day_words(parsed) or rule


def _cycle_words(rule: CycleRule) -> str:
    if rule.step:
        what = _("the meeting of {body} in each political cycle").format(body=rule.step)
    else:
        what = _("the start of each political cycle")
    return _offset_words(rule.days, what) if rule.days else _("at {event}").format(event=what)


def _event_words(rule: EventRule, event: str) -> str:
    name = event or rule.event
    what = _("“{title}”").format(title=name) if name else pgettext("counted from", "another entry")
    return _offset_words(rule.days, what) if rule.days else _("on the day of {event}").format(event=what)


def _offset_words(days: int, event: str) -> str:
    """So many weeks, where it is whole weeks, or days before or after something."""
    by_weeks = days % _WEEK == 0
    number = abs(days) // _WEEK if by_weeks else abs(days)
    if days < 0 and by_weeks:
        words = ngettext("{number} week before {event}", "{number} weeks before {event}", number)
    elif days < 0:
        words = ngettext("{number} day before {event}", "{number} days before {event}", number)
    elif by_weeks:
        words = ngettext("{number} week after {event}", "{number} weeks after {event}", number)
    else:
        words = ngettext("{number} day after {event}", "{number} days after {event}", number)
    return words.format(number=number, event=event)


def _day_words(rule: DayRule) -> str | None:
    names = {name for name, value in rule.parts if not (name == "INTERVAL" and rule.interval == 1)}
    if rule.part("FREQ") == "MONTHLY" and "BYMONTH" not in names:
        return _monthly_words(rule, names) or _pattern_words(rule, names)
    if rule.part("FREQ") in ("YEARLY", "MONTHLY"):
        return _yearly_words(rule, names) or _pattern_words(rule, names)
    return _pattern_words(rule, names)


def _pattern_words(rule: DayRule, names: set[str]) -> str | None:
    """What the meeting plan has words for; every other week beside it."""
    text = ";".join(f"{name}={value}" for name, value in rule.parts if name in names)
    words = words_of(text)
    if words != text:
        return words
    if names == {"FREQ", "INTERVAL", "BYDAY"} and rule.part("FREQ") == "WEEKLY" and rule.part("BYDAY") in CODES:
        weekday = str(WEEKDAYS[CODES.index(rule.part("BYDAY"))])
        if rule.interval == 2:
            return _("{weekday} every other week").format(weekday=weekday)
        return _("{weekday} every {number} weeks").format(weekday=weekday, number=rule.interval)
    return None


def _monthly_words(rule: DayRule, names: set[str]) -> str | None:
    if names - {"INTERVAL"} != {"FREQ", "BYMONTHDAY"}:
        return None
    days = [int(text) for text in rule.part("BYMONTHDAY").split(",")]
    if days == [-1]:
        words = pgettext("in each month", "the last day")
    elif min(days) > 0:
        words = _listed([_("the {number}.").format(number=day) for day in sorted(days)])
    else:
        return None
    if rule.interval == 1:
        return _("every month on {days}").format(days=words)
    return _("every {number} months on {days}").format(days=words, number=rule.interval)


def _yearly_words(rule: DayRule, names: set[str]) -> str | None:
    """Dates or n-th weekdays of named months; a monthly rule with months is the same, if it skips none."""
    if rule.part("FREQ") == "MONTHLY" and rule.interval > 1:
        return None
    months = [int(text) for text in rule.part("BYMONTH").split(",") if text]
    if names - {"INTERVAL"} == {"FREQ", "BYMONTH", "BYMONTHDAY"}:
        days = [int(text) for text in rule.part("BYMONTHDAY").split(",")]
        if any(day < -1 for day in days):
            return None
        what = _listed([_date_words(month, day) for month, day in product(sorted(months), sorted(days))])
    elif names - {"INTERVAL"} == {"FREQ", "BYMONTH", "BYDAY"} and (place := _place(rule.part("BYDAY"))):
        what = _listed([_weekday_words(*place, month) for month in sorted(months)])
    elif names - {"INTERVAL"} == {"FREQ"} and rule.start:
        what = _date_words(rule.start.month, rule.start.day)
    else:
        return None
    if rule.interval == 1:
        return _("every year on {days}").format(days=what)
    if rule.interval == 2:
        return _("every other year on {days}").format(days=what)
    return _("every {number} years on {days}").format(days=what, number=rule.interval)


def _place(text: str) -> tuple[int, str] | None:
    """Place and weekday of a rule such as "2TU" or "-1FR"; None for every other rule for weekdays."""
    number, code = text[:-2], text[-2:]
    known = {str(place): place for place in PLACES}
    return (known[number], str(WEEKDAYS[CODES.index(code)])) if number in known and code in CODES else None


def _weekday_words(place: int, weekday: str, month: int) -> str:
    return _("the {place} {weekday} of {month}").format(
        place=place_words(place), weekday=weekday, month=str(MONTHS[month])
    )


def _date_words(month: int, day: int) -> str:
    """A day of the year; negative days count from the end of the month."""
    if day == -1:
        return _("the last day of {month}").format(month=str(MONTHS[month]))
    if day < 0:
        return _("{number} days before the end of {month}").format(number=-day - 1, month=str(MONTHS[month]))
    try:
        return date_format(date(_LEAP_YEAR, month, day), "MONTH_DAY_FORMAT")
    except ValueError:  # a day that the month never has
        return f"{day}.{month}."


def _listed(words: Sequence[str]) -> str:
    if len(words) == 1:
        return words[0]
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])
