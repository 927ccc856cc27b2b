"""Danish sentences, and the dates and bodies named in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from textwrap import wrap

from sagsgang.cases.rules.lint.shapes import LintedBody, LintedSection

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")

_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, start=1)} | {"sept": 9}
_MONTH = "|".join([*MONTHS, *(f"{short}\\.?(?![a-zæøå])" for short in ("sept", *_SHORT))])
_DATE = re.compile(
    rf"""(?:\b(?P<weekday>{"|".join(WEEKDAYS)})\s+)?(?:\b(?:d\.|den|d)\s*)?
    (?:
      \b(?P<day>\d{{1,2}})\.?\s*(?P<month>{_MONTH})(?:\s*(?P<year>\d{{4}}))?(?![\wæøå])
      | \b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b
      | \b(?P<d2>\d{{1,2}})(?P<sep>[-/.])(?P<m2>\d{{1,2}})(?P=sep)(?P<y2>\d{{4}}|\d{{2}})\b
      | \b(?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})(?![\d/])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ABBREVIATIONS = frozenset(
    [
        *(
            "f.eks",
            "fx",
            "bl.a",
            "bla",
            "jf",
            "jvf",
            "vedr",
            "d",
            "kl",
            "nr",
            "mht",
            "ift",
            "iht",
            "hhv",
            "pct",
            "mio",
            "mia",
        ),
        *(
            "stk",
            "pkt",
            "kr",
            "mv",
            "m.v",
            "m.m",
            "osv",
            "dvs",
            "ca",
            "evt",
            "tlf",
            "s",
            "inkl",
            "ekskl",
            "afd",
            "tidl",
            "sml",
        ),
    ]
)
_LONGEST = 1000  # signs of a sentence
_END = re.compile(r"(?<=[.?!])[\"”»)]?\s+(?=[\"”«»(]?[A-ZÆØÅ])")


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as it stands in a text. `year` None = it was not written; `weekday` 0 = Monday where one was written."""

    start: int
    end: int
    text: str
    day: int
    month: int
    year: int | None
    weekday: int | None

    def in_year(self, year: int) -> date | None:
        """The day, in the written year or else this one; None if there is no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body as it is named in a text."""

    start: int
    end: int
    body: LintedBody
    is_genitive: bool = False


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text; a line is never part of two. Ordinals and abbreviations end none.

    What goes on for longer than anybody writes comes in pieces, so that no rule meets a text without end.
    """
    for sentence in _sentences(text):
        yield from wrap(sentence, _LONGEST, break_on_hyphens=False) if len(sentence) > _LONGEST else [sentence]


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        begun = 0
        for gap in _END.finditer(line):
            last = line[begun : gap.start()].rstrip('.?!"”»)').rsplit(" ", 1)[-1].lstrip('("”«»')
            is_ordinal = last.isdigit() and len(last) <= 2
            if is_ordinal or last.casefold() in _ABBREVIATIONS:
                continue
            yield line[begun : gap.end()].strip()
            begun = gap.end()
        if line[begun:].strip():
            yield line[begun:].strip()


def passages(section: LintedSection) -> Iterator[str]:
    """Everything that a section says, sentence by sentence, its points last."""
    yield from sentences(section.text)
    for point in section.points:
        yield from sentences(point.text)


def dates_in(text: str) -> list[DateMention]:
    """The dates in a text, in order: "27.april", "16 maj", "d. 24. april", "12-04-2023", "2023-04-12", "24/4"."""
    found = []
    for match in _DATE.finditer(text):
        day, month, year = _numbers(match)
        if not (1 <= day <= 31 and 1 <= month <= 12):
            continue
        weekday = match["weekday"]
        number = WEEKDAYS.index(weekday.casefold()) if weekday else None
        found.append(DateMention(match.start(), match.end(), match[0].strip(), day, month, year, number))
    return found


def _numbers(match: re.Match[str]) -> tuple[int, int, int | None]:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return day, month, year
    if match["d2"]:
        year = int(match["y2"])
        return int(match["d2"]), int(match["m2"]), year if year > 99 else 2000 + year
    if match["d3"]:
        return int(match["d3"]), int(match["m3"]), None
    name = match["month"].casefold().rstrip(".")
    month = MONTHS.index(name) + 1 if name in MONTHS else _SHORT[name]
    return int(match["day"]), month, int(match["year"]) if match["year"] else None


class BodyFinder:
    """Finds bodies by name in any letters, and by code in its own."""

    def __init__(self, bodies: tuple[LintedBody, ...]) -> None:
        self._by_name = {name.casefold(): body for body in bodies for name in body.names}
        self._by_code = {body.code: body for body in bodies if body.code}
        names = sorted(self._by_name, key=len, reverse=True)
        self._name = _words_pattern(names, re.IGNORECASE)
        self._code = _words_pattern(sorted(self._by_code, key=len, reverse=True), 0)

    def find(self, text: str) -> list[BodyMention]:
        """The bodies named in a text, in order; "Miljø- og Teknikudvalgets" names one."""
        found = []
        if self._name:
            for match in self._name.finditer(text):
                found.append(_mention(match, self._by_name[match["word"].casefold()]))
        taken = [(mention.start, mention.end) for mention in found]
        if self._code:
            for match in self._code.finditer(text):
                if not any(start <= match.start() < end for start, end in taken):
                    found.append(_mention(match, self._by_code[match["word"]]))
        return sorted(found, key=lambda mention: mention.start)


def _mention(match: re.Match[str], body: LintedBody) -> BodyMention:
    return BodyMention(match.start(), match.end(), body, is_genitive=match.end() > match.end("word"))


def _words_pattern(words: list[str], flags: int) -> re.Pattern[str] | None:
    if not words:
        return None
    inside = "|".join(re.escape(word) for word in words)
    return re.compile(rf"(?<![\w/-])(?P<word>{inside})(?:'?s)?(?![\w/-])", flags)
