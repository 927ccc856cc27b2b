"""The language in which an entry of the wheel says when it returns, read into values. Pure.

- An RFC 5545 rule for days: "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", with "RRULE:" before it or a line "DTSTART:20200601".
- "CYCLE": the start of each political cycle; ";STEP=HU": that body's meeting in it; ";DAYS=-7": so many days later.
- "EVENT=Budget, 2. behandling;DAYS=-21": so many days from each day of another entry, named by key or title; without a
  name the entry that `Entry.relative_to` names.
- "PERIOD;YEAR=4;BYMONTH=12;BYMONTHDAY=1": that day in that year of each election period.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

MOST_OFFSET = 366
_LEAP_YEAR = 2024
_LONGEST_QUOTE = 120
_DTSTART = re.compile(r"DTSTART(?:;[^:\s]*)?:(\d{8})(?:T\d{6}Z?)?[\s;]*", re.IGNORECASE)
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+-]+)")
_WHOLE = re.compile(r"[+-]?[0-9]{1,4}")
_WEEKDAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(T[0-9]{6}Z?)?")
_EVENT = re.compile(r"EVENT(?:=(.*?))?(?:;\s*DAYS=([^;=]*))?", re.IGNORECASE | re.DOTALL)
_MOST = {"BYMONTHDAY": 31, "BYWEEKNO": 53, "BYYEARDAY": 366, "BYSETPOS": 366}  # each also counted from the end
_MOST_FORWARD = {"INTERVAL": 999, "BYMONTH": 12}
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}


@dataclass(frozen=True, slots=True)
class DayRule:
    """An RFC 5545 rule in its parts. `start` and `until` as the rule itself says, `count` 0 if it does not say."""

    parts: tuple[tuple[str, str], ...]
    start: date | None = None
    until: date | None = None
    count: int = 0

    def part(self, name: str) -> str:
        """A part by its name; "" if the rule has none."""
        return dict(self.parts).get(name, "")

    @property
    def interval(self) -> int:
        """Every so many years, months, weeks or days."""
        return int(self.part("INTERVAL") or 1)


@dataclass(frozen=True, slots=True)
class CycleRule:
    """Each cycle's start, or its meeting of the body `step`, and so many days later."""

    step: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class EventRule:
    """So many days after another entry; `event` is its key or title, "" for the one that the entry names."""

    event: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """A day in the first to fourth year of each election period; negative days count from the month's end."""

    year: int
    month: int
    day: int


type EntryRule = DayRule | CycleRule | EventRule | PeriodRule


@lru_cache(maxsize=1024)
def parse_rule(rule: str) -> EntryRule:
    """The rule read. Raises `RuleBrokenError`, with a sentence for whoever wrote it, for a text that is none."""
    kind = re.split("[;=]", rule.strip(), maxsplit=1)[0].strip().upper()
    if kind == "CYCLE":
        return _cycle_rule(rule)
    if kind == "EVENT":
        return _event_rule(rule)
    if kind == "PERIOD":
        return _period_rule(rule)
    return _day_rule(rule)


def no_rule(rule: str) -> RuleBrokenError:
    """What is said about a text that is no rule."""
    return RuleBrokenError(_("“{rule}” is no rule for days of the year.").format(rule=shown(rule)))


def shown(text: str) -> str:
    """A rule or a name as a sentence quotes it: on one line, and no longer than anybody reads."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


def _named(rule: str, allowed: set[str]) -> dict[str, str]:
    """The named parts that follow the first word."""
    parts: dict[str, str] = {}
    for text in rule.strip().split(";")[1:]:
        name, sign, value = (part.strip() for part in text.partition("="))
        if not sign or not value or name.upper() not in allowed or name.upper() in parts:
            raise no_rule(rule)
        parts[name.upper()] = value
    return parts


def _number(rule: str, text: str, least: int, most: int) -> int:
    if not _WHOLE.fullmatch(text) or not least <= int(text) <= most:
        raise no_rule(rule)
    return int(text)


def _offset(text: str) -> int:
    if not _WHOLE.fullmatch(text) or abs(int(text)) > MOST_OFFSET:
        raise RuleBrokenError(
            _("DAYS=%(text)s: a whole number from -%(most)s to %(most)s is expected here.")
            % {"text": shown(text), "most": MOST_OFFSET}
        )
    return int(text)


def _cycle_rule(rule: str) -> CycleRule:
    if "=" in rule.strip().split(";")[0]:
        raise no_rule(rule)
    parts = _named(rule, {"STEP", "DAYS"})
    return CycleRule(parts.get("STEP", ""), _offset(parts.get("DAYS", "0")))


def _event_rule(rule: str) -> EventRule:
    found = _EVENT.fullmatch(rule.strip())
    if not found or found[1] == "":
        raise no_rule(rule)
    return EventRule((found[1] or "").strip(), _offset("0" if found[2] is None else found[2].strip()))


def _period_rule(rule: str) -> PeriodRule:
    parts = _named(rule, {"YEAR", "BYMONTH", "BYMONTHDAY"})
    month = _number(rule, parts.get("BYMONTH", "1"), 1, 12)
    longest = monthrange(_LEAP_YEAR, month)[1]
    day = _number(rule, parts.get("BYMONTHDAY", "1"), -longest, longest)
    if "=" in rule.strip().split(";")[0] or day == 0:
        raise no_rule(rule)
    return PeriodRule(_number(rule, parts.get("YEAR", "1"), 1, 4), month, day)


def _day_rule(rule: str) -> DayRule:
    text = rule.strip()
    start = None
    if found := _DTSTART.search(text):
        start = _day(rule, found[1])
        text = (text[: found.start()] + text[found.end() :]).strip()
    text = re.sub(r"\ARRULE:", "", text, flags=re.IGNORECASE).strip().rstrip(";").upper()
    matches = [_PART.fullmatch(part.strip()) for part in text.split(";")]
    pairs = [(match[1], match[2]) for match in matches if match]
    parts = dict(pairs)
    if len(parts) != len(matches) or parts.get("FREQ") not in _FREQUENCIES:
        raise no_rule(rule)
    until, count = parts.pop("UNTIL", ""), parts.pop("COUNT", "")
    for name, value in parts.items():
        _require_part(rule, name, value)
    found_until = _UNTIL.fullmatch(until)
    if (until and not found_until) or (until and count):
        raise no_rule(rule)
    _require_readable(rule, parts)
    return DayRule(
        tuple(parts.items()),
        start,
        _day(rule, found_until[1]) if found_until else None,
        _number(rule, count, 1, 9999) if count else 0,
    )


def _require_part(rule: str, name: str, value: str) -> None:
    if name == "FREQ":
        return
    for text in value.split(","):
        if name in _MOST:
            is_fit = _number(rule, text, -_MOST[name], _MOST[name]) != 0
        elif name in _MOST_FORWARD:
            is_fit = _number(rule, text, 1, _MOST_FORWARD[name]) > 0
        else:
            found = _WEEKDAY.fullmatch(text) if name in ("BYDAY", "WKST") else None
            is_fit = found is not None and found[1] not in ("0", "00")
        if not is_fit:
            raise no_rule(rule)


def _require_readable(rule: str, parts: dict[str, str]) -> None:
    """What the library cannot read either is no rule."""
    try:
        rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=datetime(_LEAP_YEAR, 1, 1))  # noqa: DTZ001 - days only
    except ValueError as error:
        raise no_rule(rule) from error


def _day(rule: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise no_rule(rule) from error
