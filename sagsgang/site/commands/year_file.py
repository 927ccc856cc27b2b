"""The file that `plan` reads: bodies with the rules of their meetings, and entries of the wheel, as TOML.

Whatever is wrong in it is named by its place: `body[0].meetings`, `entry[2].rule`; places count from 0.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import FIRST_YEAR, LAST_YEAR, MOST_DAYS, is_known_year
from sagsgang.bodies.models import BodyKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.plan_file import LARGEST, MOST_PROTOCOL_DAYS, MOST_STEPS, day_from
from sagsgang.wheel.rules import CycleRule, EventRule, days_of_entries, days_of_rule, lacks_start, parse_rule, shown
from sagsgang.wheel.shapes import CycleBody, Entry

MOST_BODIES = 200
MOST_ENTRIES = 500
MOST_LEAD_DAYS = 3650


@dataclass(frozen=True, slots=True)
class YearFile:
    """What the file says: each body with its meetings of the year and of the years beside it; keys of entries are places.

    `guessed`: entries of every second or third year that nobody says the beginning of; they are counted from this year.
    """

    bodies: tuple[CycleBody, ...]
    entries: tuple[Entry, ...]
    closing_days: frozenset[date]
    guessed: tuple[str, ...]


def read_year(path: Path, year: int) -> YearFile:
    """The file read for a year. Raises RuleBrokenError with a sentence for the first thing that is wrong."""
    whole = _document(path)
    closing = frozenset(_day(value, where) for where, value in _entries(whole.get("closing_days"), "closing_days"))
    years = [some for some in (year - 1, year, year + 1) if FIRST_YEAR <= some <= LAST_YEAR]
    bodies: dict[str, CycleBody] = {}
    for where, value in _entries(whole.get("body"), "body", most=MOST_BODIES):
        body = _body(_table(value, where), where, years)
        if body.code in bodies:
            raise _wrong(f"{where}.code", _("“%(name)s” stands there twice.") % {"name": shown(body.code)})
        bodies[body.code] = body
    if not bodies:
        raise _wrong("", _("“%(name)s” is missing.") % {"name": "body"})
    rows = _entries(whole.get("entry"), "entry", most=MOST_ENTRIES)
    entries = tuple(_entry(_table(value, where), where, bodies) for where, value in rows)
    guessed = tuple(entry.key for entry in entries if lacks_start(entry))
    entries = tuple(replace(one, starts_on=date(year, 1, 1)) if one.key in guessed else one for one in entries)
    for entry in entries:
        if entry.relative_to and entry.relative_to not in {other.title for other in entries}:
            raise _wrong(
                f"{entry.key}.after",
                _("There is no entry “{name}” to count from.").format(name=shown(entry.relative_to)),
            )
    for key, refusal in days_of_entries(entries, year, cycles=()).refusals.items():
        raise _wrong(f"{key}.rule", str(refusal)) from refusal
    return YearFile(tuple(bodies.values()), entries, closing, guessed)


def _document(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise RuleBrokenError(_("The file cannot be read.")) from error
    if len(content) > LARGEST:
        raise RuleBrokenError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise _no_toml(error) from error
    except (ValueError, RecursionError) as error:
        raise RuleBrokenError(_("The file is no TOML document.")) from error


def _no_toml(error: tomllib.TOMLDecodeError) -> RuleBrokenError:
    """Says the line, where the reader's sentence does."""
    found = re.search(r"\(at line ([0-9]+)", str(error))
    if found is None:
        return RuleBrokenError(_("The file is no TOML document."))
    return RuleBrokenError(_("line %(line)s: this is no TOML.") % {"line": found[1]})


def _wrong(where: str, what: str) -> RuleBrokenError:
    return RuleBrokenError(f"{where}: {what}" if where else what)


def _table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, _("a table with names and values is expected here."))
    return value


def _entries(value: object, where: str, *, most: int | None = None) -> Iterator[tuple[str, Any]]:
    if value is not None and not isinstance(value, list):
        raise _wrong(where, _("a list is expected here."))
    if most and len(value or ()) > most:
        raise _wrong(where, _("there may be %(most)s of these at the most.") % {"most": most})
    return ((f"{where}[{number}]", entry) for number, entry in enumerate(value or ()))


def _text(row: dict[str, Any], name: str, where: str, *, needed: bool = True) -> str:
    value = row.get(name)
    if value is None and not needed:
        return ""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise _wrong(where, _("“%(name)s” is missing.") % {"name": name})
    if not isinstance(value, str):
        raise _wrong(f"{where}.{name}", _("a text is expected here."))
    return value.strip()


def _whole(row: dict[str, Any], name: str, where: str, *, default: int, most: int) -> int:
    value = row.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise _wrong(
            f"{where}.{name}",
            _("a whole number from %(least)s to %(most)s is expected here.") % {"least": 0, "most": most},
        )
    return value


def _day(value: object, where: str) -> date:
    """A day, as TOML writes one or as a text."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    return day_from(value, where)


def _optional_day(row: dict[str, Any], name: str, where: str) -> date | None:
    return None if row.get(name) is None else _day(row[name], f"{where}.{name}")


def _body(row: dict[str, Any], where: str, years: Sequence[int]) -> CycleBody:
    code, kind = _text(row, "code", where), _text(row, "kind", where)
    if kind not in BodyKind.values:
        words = ", ".join(BodyKind.values)
        raise _wrong(f"{where}.kind", _("one of these is expected here: %(words)s.") % {"words": words})
    if not any(row.get(name) for name in ("meetings", "extra")):
        raise _wrong(where, _("“%(name)s” is missing.") % {"name": "meetings"})
    months, days = _left_out(row.get("except"), f"{where}.except")
    planned = [day for day in _meetings(row.get("meetings"), f"{where}.meetings", years) if day.month not in months]
    extra = [_day(value, place) for place, value in _entries(row.get("extra"), f"{where}.extra")]
    return CycleBody(
        code,
        kind,
        _text(row, "name", where, needed=False) or code,
        tuple(sorted({*(day for day in planned if day not in days), *extra})),
        _whole(row, "agenda_days", where, default=4, most=MOST_DAYS),
        _whole(row, "protocol_days", where, default=1, most=MOST_PROTOCOL_DAYS),
    )


def _meetings(value: object, where: str, years: Sequence[int]) -> list[date]:
    """The days of a rule in these years, or a list of days."""
    if not isinstance(value, str):
        return [_day(entry, place) for place, entry in _entries(value, where)]
    try:
        return [day for year in years for day in days_of_rule(value, year)]
    except RuleBrokenError as refusal:
        raise _wrong(where, str(refusal)) from refusal


def _left_out(value: object, where: str) -> tuple[set[int], set[date]]:
    """Months of every year, and single days."""
    months, days = set(), set()
    for place, entry in _entries(value, where):
        if isinstance(entry, int) and not isinstance(entry, bool):
            if not 1 <= entry <= 12:
                raise _wrong(place, _("a month from 1 to 12 or a date is expected here."))
            months.add(entry)
        else:
            days.add(_day(entry, place))
    return months, days


def _entry(row: dict[str, Any], where: str, bodies: dict[str, CycleBody]) -> Entry:
    title, rule = _text(row, "title", where), _text(row, "rule", where)
    path = tuple(
        _code(value, place, bodies) for place, value in _entries(row.get("path"), f"{where}.path", most=MOST_STEPS)
    )
    start, end = _optional_day(row, "from", where), _optional_day(row, "until", where)
    if start and end and end < start:
        raise _wrong(f"{where}.until", _("this day lies before “%(name)s”.") % {"name": "from"})
    try:
        parsed = parse_rule(rule)
    except RuleBrokenError as refusal:
        raise _wrong(f"{where}.rule", str(refusal)) from refusal
    if isinstance(parsed, CycleRule) and parsed.step and not _has_body(bodies, parsed.step):
        raise _wrong(f"{where}.rule", _("the file has no body “%(body)s”.") % {"body": shown(parsed.step)})
    is_deadline = row.get("deadline", bool(path) and not isinstance(parsed, CycleRule | EventRule))
    if not isinstance(is_deadline, bool):
        raise _wrong(f"{where}.deadline", _("true or false is expected here."))
    is_budget = row.get("budget", False)
    if not isinstance(is_budget, bool):
        raise _wrong(f"{where}.budget", _("true or false is expected here."))
    return Entry(
        key=where,
        title=title,
        rule=rule,
        starts_on=start,
        relative_to=_text(row, "after", where, needed=False),
        is_deadline=is_deadline,
        lead_days=_whole(row, "lead_days", where, default=0, most=MOST_LEAD_DAYS),
        path=path,
        valid_from=start,
        valid_to=end,
        is_budget=is_budget,
    )


def _has_body(bodies: dict[str, CycleBody], code: str) -> bool:
    return code.casefold() in {known.casefold() for known in bodies}


def _code(value: object, where: str, bodies: dict[str, CycleBody]) -> str:
    if not isinstance(value, str) or value not in bodies:
        raise _wrong(where, _("the file has no such body under “body”."))
    return value


def known_year(text: str) -> int:
    """The year that was asked for. Raises RuleBrokenError for one whose holidays are not known."""
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and is_known_year(date(int(text) or 1, 1, 1))):
        raise RuleBrokenError(
            _("--year: a year from %(first)s to %(last)s is expected here.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return int(text)
