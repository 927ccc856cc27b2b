"""The period of a figure: a year, a half, a quarter, a month or a day, as files and people write it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.documents.tables import day_of

_MONTHS = {
    **{name: at for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"), 1)},
    **{name: at for at, name in enumerate(
        ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
         "december"), 1)},
    "may": 5, "oct": 10, "sept": 9,
}  # fmt: skip
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_QUARTER, _HALF = r"(?:k|q|kv|kvt|kvartal|kv\.|kvt\.)", r"(?:h|halvår|halvaar)"
_FORMS = tuple(
    (kind, re.compile(form, re.ASCII))
    for kind, form in (
        ("year", _YEAR),
        ("quarter", rf"{_YEAR}[ -]?{_QUARTER} ?(?P<part>[1-4])"),
        ("quarter", rf"{_QUARTER} ?(?P<part>[1-4])[ -]?{_YEAR}"),
        ("quarter", rf"(?P<part>[1-4])\. ?{_QUARTER} ?{_YEAR}"),
        ("quarter", rf"{_YEAR},? (?P<part>[1-4])\. ?{_QUARTER}"),
        ("half", rf"{_YEAR}[ -]?{_HALF} ?(?P<part>[12])"),
        ("half", rf"{_HALF} ?(?P<part>[12])[ -]?{_YEAR}"),
        ("half", rf"(?P<part>[12])\. ?{_HALF} ?{_YEAR}"),
        ("month", rf"{_YEAR} ?[m-] ?(?P<part>0?[1-9]|1[0-2])"),
        ("month", rf"(?P<part>0?[1-9]|1[0-2])[-/.]{_YEAR}"),
    )
)
_LENGTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
_NAMED = re.compile(rf"(?P<name>[a-z]{{3,9}})\.?[ -]?(?:{_YEAR}|(?P<short>\d\d))", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`on` is its last day, `since` its first; `code` as Danmarks Statistik writes it: 2023, 2023H1, 2023K1, 2023M01, or a day."""

    on: date
    since: date
    code: str
    kind: str

    @property
    def middle(self) -> date:
        """Where its figure stands on a plot."""
        return self.since + (self.on - self.since) / 2

    @property
    def words(self) -> str:
        """As a page writes it."""
        if self.kind == "year":
            return self.code
        if self.kind == "day":
            return f"{self.on:%d-%m-%Y}"
        if self.kind == "month":
            return date_format(self.on, "F Y")
        words = (
            pgettext("period", "Q{part} {year}") if self.kind == "quarter" else pgettext("period", "half {part} {year}")
        )
        return words.format(part=self.code[-1], year=self.on.year)


def parse_period(words: str) -> Period | None:
    """2023 · 2023K1 · 1. kvartal 2023 · 2023H1 · 2023M01 · 01-2023 · januar 2023 · 31-01-2023 · 2023-01-31; None for anything else."""
    bare = " ".join(words.casefold().split())
    for kind, form in _FORMS:
        if found := form.fullmatch(bare):
            return _period(kind, int(found["year"]), int(found["part"]) if kind != "year" else 1)
    named = _NAMED.fullmatch(bare)
    if named and named["name"] in _MONTHS:
        return _period("month", int(named["year"] or f"20{named['short']}"), _MONTHS[named["name"]])
    day = day_of(bare)
    return None if day is None or day.year < 1900 else Period(day, day, day.isoformat(), "day")


def period_at(kind: str, day: date) -> Period:
    """The period of the kind in which the day lies."""
    if kind == "day":
        return Period(day, day, day.isoformat(), "day")
    months = _LENGTHS[kind]
    return _period(kind, day.year, (day.month - 1) // months + 1)


@cache
def period_of(code: str) -> Period:
    """The period of a code that was stored."""
    found = parse_period(code)
    assert found is not None  # only codes of this module are stored
    return found


def kind_words(kind: str) -> str:
    """What one period of the kind is called."""
    return {
        "year": pgettext("period", "a year"),
        "half": pgettext("period", "half a year"),
        "quarter": pgettext("period", "a quarter"),
        "month": pgettext("period", "a month"),
        "day": pgettext("period", "a day"),
    }[kind]


def period_help() -> str:
    """Which ways of writing a period are read."""
    return gettext("2023, 2023K1, 2023M01, January 2023 or a date.")


def _period(kind: str, year: int, part: int) -> Period:
    months = _LENGTHS[kind]
    last = part * months
    code = {"year": f"{year}", "half": f"{year}H{part}", "quarter": f"{year}K{part}", "month": f"{year}M{part:02}"}
    return Period(
        date(year, last, monthrange(year, last)[1]), date(year, last - months + 1, 1), code[kind], kind
    )  # fmt: skip
