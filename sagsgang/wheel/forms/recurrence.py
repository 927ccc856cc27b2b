"""How an entry returns, as a secretary says it, and the rule that says the same. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sagsgang.core.errors import RuleBrokenError
from sagsgang.planning.rules.pattern import CODES, PLACES
from sagsgang.wheel.rules import CycleRule, DayRule, EventRule, PeriodRule, parse_rule

type Kind = Literal["date", "weekday", "years", "cycle", "event", "period", "free"]

EVERY_MONTH = 0
LAST_DAY = -1
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True, slots=True)
class Said:
    """What is chosen in the form; each kind needs some of it.

    `month` 0 is every month, `day` -1 the month's last. `weekday` counts from Monday 0, `place` -1 is the last one of the
    month. `offset` is whole days, `side` whether they lie before or after.
    """

    kind: Kind
    month: int = 1
    day: int = 1
    place: int = 1
    weekday: int = 0
    interval: int = 1
    step: str = ""
    offset: int = 0
    side: str = AFTER
    period_year: int = 1
    rule: str = ""


def rule_of(said: Said) -> str:
    """The rule in the language of `rules.language`."""
    match said.kind:
        case "date":
            return f"FREQ=YEARLY;BYMONTH={said.month};BYMONTHDAY={said.day}"
        case "years":
            return f"FREQ=YEARLY;INTERVAL={said.interval};BYMONTH={said.month};BYMONTHDAY={said.day}"
        case "weekday":
            day = f"BYDAY={said.place}{CODES[said.weekday]}"
            return f"FREQ=MONTHLY;{day}" if said.month == EVERY_MONTH else f"FREQ=YEARLY;BYMONTH={said.month};{day}"
        case "cycle":
            step = f";STEP={said.step}" if said.step else ""
            return f"CYCLE{step}{_days(said)}"
        case "event":
            return f"EVENT{_days(said)}"
        case "period":
            return f"PERIOD;YEAR={said.period_year};BYMONTH={said.month};BYMONTHDAY={said.day}"
        case "free":
            return " ".join(said.rule.split())


def _days(said: Said) -> str:
    days = -said.offset if said.side == BEFORE else said.offset
    return f";DAYS={days}" if days else ""


def said_of(rule: str) -> Said:
    """What would be chosen for the rule; the kind "free" for one that the form has no other words for."""
    free = Said("free", rule=rule)
    try:
        parsed = parse_rule(rule)
    except RuleBrokenError:
        return free
    match parsed:
        case CycleRule():
            return _shifted("cycle", parsed.days, parsed.step)
        case EventRule():
            return free if parsed.event else _shifted("event", parsed.days)
        case PeriodRule():
            said = Said("period", month=parsed.month, day=parsed.day, period_year=parsed.year)
            return said if _is_plain_day(parsed.day) else free
        case DayRule():
            return _of_days(parsed) or free


def _shifted(kind: Kind, days: int, step: str = "") -> Said:
    return Said(kind, step=step, offset=abs(days), side=BEFORE if days < 0 else AFTER)


def _of_days(rule: DayRule) -> Said | None:
    parts = {name: value for name, value in rule.parts if not (name == "INTERVAL" and value == "1")}
    if rule.start or rule.until or rule.count:
        return None
    names = parts.keys() - {"INTERVAL"}
    month = _number(parts.get("BYMONTH", "0"))
    if names == {"FREQ", "BYMONTH", "BYMONTHDAY"} and parts["FREQ"] == "YEARLY" and month:
        day = _number(parts["BYMONTHDAY"])
        if day is None or not _is_plain_day(day):
            return None
        return Said("years" if rule.interval > 1 else "date", month=month, day=day, interval=rule.interval)
    is_monthly = names == {"FREQ", "BYDAY"} and parts["FREQ"] == "MONTHLY"
    is_yearly = names == {"FREQ", "BYDAY", "BYMONTH"} and parts["FREQ"] == "YEARLY"
    if (is_monthly or is_yearly) and rule.interval == 1 and month is not None:
        return _weekday(parts["BYDAY"], month)
    return None


def _weekday(text: str, month: int) -> Said | None:
    place, code = _number(text[:-2]), text[-2:]
    if place not in PLACES or code not in CODES:
        return None
    return Said("weekday", place=place, weekday=CODES.index(code), month=month)


def _number(text: str) -> int | None:
    """A single whole number; None for a list, or for nothing."""
    try:
        return int(text)
    except ValueError:
        return None


def _is_plain_day(day: int) -> bool:
    return day == LAST_DAY or day > 0


def counted_from(year: int | None, held: date | None) -> date | None:
    """The day from which every k-th year is counted: what is held stays, where it is of that year."""
    if year is None:
        return None
    return held if held and held.year == year else date(year, 1, 1)
