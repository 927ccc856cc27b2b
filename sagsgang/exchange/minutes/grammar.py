"""Dates, times, case numbers and body names as Danish minutes print them (layouts page, sections 2 and 3)."""

import re
from datetime import date, time

MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
ENGLISH = {"may": 5, "oct": 10}
_MONTH = r"(?P<m>jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)(?:[a-zæøå]*|\.)"
_NAMED = rf"(?P<d>\d{{1,2}})(?:\.|-|\s)?\s?{_MONTH}\.?,?(?:\s|-)\s?(?P<y>\d{{4}})(?!\d)"
_ENGLISH = rf"{_MONTH}\s(?P<d>\d{{1,2}}),\s?(?P<y>\d{{4}})(?!\d)"
_NUMBERS = r"(?<![\w/.-])(?P<d>\d{1,2})\s?(?P<s>[-./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<y>\d{4}|\d{2})(?![\d/-])(?!\.\d)"
_SLASH = r"(?<![\w/.-])(?P<d>\d{1,2})/(?P<m>\d{1,2})[ -](?P<y>\d{4})(?!\d)"
_ISO = r"(?<!\d)(?P<y>(?:19|20)\d{2})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)"
DATES = tuple(re.compile(pattern, re.I) for pattern in (_NAMED, _ENGLISH, _ISO, _NUMBERS, _SLASH))
HAS_DIGIT = re.compile(r"[1-9]")
BROKEN_MONTH = re.compile(
    r"\b(jan|feb|sep|ok|okt|no|nov|de|dec)-\s+(uar|ruar|tember|tober|ober|vember|ember|cember)\b", re.I
)
WEEKDAY = re.compile(r"\b(man|tirs|ons|tors|fre|lør|søn)dag(?:en)?\b(?:\s+den\b|\s+d\.|,)?", re.I)

_CLOCK = re.compile(r"(?<![\d.,/-])(?P<h>\d{1,2})\s?[.:]\s?(?P<i>\d{2})(?::\d{2})?(?![\d/-])(?!\.\d)")
_KL = re.compile(r"\bkl\b\.?\s*:?\s*(?P<h>\d{1,2})(?:\s?[.:]\s?(?P<i>\d{2}))?(?::\d{2})?(?![\d/])", re.I)
SPAN = re.compile(r"\s*(?:[-–]|til|og slut)\s*(?:kl\.?\s*)?(?P<h>\d{1,2})\s?[.:]\s?(?P<i>\d{2})(?!\d)", re.I)

_CASES = (
    r"\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2,4}",  # KLE with facet (SBSYS)
    r"\d{2}\.\d{2}\.\d{2}\s?[A-ZÆØÅ]\d{2}\s?-\s?\d{4}/\d{3,7}",  # KLE - year/number
    r"\d{2}\.\d{2}\.\d{2}[A-ZÆØÅ]\d{2}-\d{4}",  # older KLE
    r"\d{2}\.\d{2}[A-ZÆØÅ]\d{2}\s?-\s?\d{4}/\d{3,7}",
    r"\d{2}\.\d{2}\.\d{2}\s?[A-ZÆØÅ]\d{2}(?!-)",  # KLE without a running number
    r"\d{3}-\d{4}-\d{1,7}",  # municipality code first
    r"\d-\d{1,2}-\d{1,2}(?:-\d{1,5}){1,2}",  # region
    r"\d{6}-\d{4}",
    r"(?:19|20)\d{2}[-/]\d{3,7}",
    r"[A-Z]{2} \d{1,4}/\d{2}",
    r"\d{2}/\d{2,6}",
    r"\d{2}-\d{4,7}",
    r"(?:EMN|S|SAG|Sag)-?\d{4}[-/]\d{3,8}",
)
CASE = re.compile(rf"(?<![\w/.-])(?:{'|'.join(_CASES)})(?![\w/])")
LABELLED_CASE = re.compile(r"(?<![\w/.-])(?:\d{4,11}|\d{2}/\d)(?![\w/.-])")
BARE_CASE = re.compile(rf"(?:{'|'.join(c for c in _CASES if not c.startswith('[A-Z]{2}'))})")

_BODY_END = (
    r"[A-Za-zÆØÅæøåé-]*(?i:udvalget|udvalg|rådet|råd|nævnet|nævn|bestyrelsen|bestyrelse|direktionen"
    r"|repræsentationen|kommissionen|forum"
    r"|komit[eé]en|komit[eé]|kollegiet|styregruppen|ledelsen|ledergruppen|gruppen|chefgruppen)"
)
_PREFIX = r"(?:\d{2}-\d{2}\s+)?"
_TERM = r"(?:\s?[_ ]?\(?(?:19|20)?\d{2}\s?[-–]\s?(?:20)?\d{2}\)?)?"
_CODE = r"(?:\s\([A-ZÆØÅ][A-Za-zÆØÅæøå]{1,6}\))?"
BODY = re.compile(
    rf"{_PREFIX}(?:"
    rf"(?:[A-ZÆØÅ][\wæøåé-]*(?:,\s|\sog\s|\s&\s|\s-\s|[-–]\s?og\s|[-–],\s|\s|/)){{0,8}}(?:(?=[A-ZÆØÅ])"
    rf"|(?<=\s)){_BODY_END}"
    r"|(?:Udvalget|Udvalg|Nævnet|Rådet|Bestyrelsen|Underudvalget|§ ?17,? ?stk\.? ?4[- ]?udvalget)"
    r"\s(?:for|vedr\.|vedrørende|om|til)\s[\wæøåÆØÅé ,&/\"”“–-]{3,70}"
    r"|(?:Udvalget|Rådet)\s[\"”“][^\"”“]{3,70}[\"”“]"
    r"|[A-ZÆØÅ][\wæøå]*råd (?:for|i) [\wæøåÆØÅé ,&-]{3,60}"
    r"|[A-ZÆØÅ][\wæøå]*(?:råd|udvalg)(?:et)? [A-ZÆØÅ][\wæøåÆØÅé ]{2,40}"
    rf"){_CODE}{_TERM}{_CODE}",
)
BODY_CAPITALS = re.compile(
    rf"[A-ZÆØÅ][A-ZÆØÅ ,.-]*(?:UDVALGET|UDVALG|RÅDET|RÅD|BESTYRELSEN|NÆVNET|NÆVN|DIREKTIONEN|REPRÆSENTATIONEN){_TERM}"
)


def find_date(text: str) -> tuple[date, int, int] | None:
    """The first full date and where it stands; a date that cannot be is no date."""
    if HAS_DIGIT.search(text) is None:
        return None
    best: tuple[date, int, int] | None = None
    for pattern in DATES:
        for match in pattern.finditer(text[:600]):
            value = _date(match)
            if value and (best is None or match.start() < best[1]):
                best = (value, match.start(), match.end())
                break
    return best


def month_number(word: str) -> int | None:
    """1 to 12 for a Danish or English month, also shortened."""
    start = word[:3].casefold()
    return MONTHS.index(start) + 1 if start in MONTHS else ENGLISH.get(start)


def _date(match: re.Match[str]) -> date | None:
    month = month_number(match["m"]) if match["m"].isalpha() else int(match["m"])
    year = int(match["y"])
    if len(match["y"]) == 2:
        year += 2000 if year < 60 else 1900
    return make_date(year, month, int(match["d"])) if 1900 <= year <= 2100 else None


def make_date(year: int, month: int | None, day: int) -> date | None:
    """A date, or None for the 31st of a month that has thirty days."""
    if month is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def without_dates(text: str) -> str:
    """The text with every full date blanked, so that no part of a date is read as a time."""
    for pattern in DATES:
        text = pattern.sub(" ", text)
    return text


def find_times(text: str, *, loose: bool = False) -> tuple[time | None, time | None]:
    """Start and end; "kl" must stand before a time unless `loose` (the label already says that it is one)."""
    rest = without_dates(text[:600])
    match = _KL.search(rest) or (_CLOCK.search(rest) if loose else None)
    if match is None:
        return None, None
    start = _time(match)
    span = SPAN.match(rest, match.end())
    return start, (_time(span) if span and start else None)


def _time(match: re.Match[str]) -> time | None:
    hour, minute = int(match["h"]), int(match["i"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def find_case(text: str, *, labelled: bool = False) -> str | None:
    """The first case number; a plain number counts only behind a label."""
    match = CASE.search(text[:300]) or (LABELLED_CASE.search(text[:300]) if labelled else None)
    return match.group(0) if match else None


def is_case_line(text: str) -> bool:
    """Whether the line is a case number and nothing else."""
    return len(text) < 60 and BARE_CASE.fullmatch(text) is not None and not _is_year_span(text)


def _is_year_span(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d{2}[-/](?:19|20)?\d{2,4}", text) is not None


def body_name(text: str) -> str | None:
    """The text if it is wholly the name of a body as printed, else None."""
    text = text.strip(" .:,")
    if not 4 <= len(text) <= 110 or any(mark in text for mark in "?!:;"):
        return None
    if BODY.fullmatch(text) or BODY_CAPITALS.fullmatch(text):
        return text
    return None


def mend(text: str) -> str:
    """A month that a flattened line break has split is one word again."""
    return BROKEN_MONTH.sub(r"\1\2", text)
