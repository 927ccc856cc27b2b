"""Dates that the text names for a body: are they meetings of its plan?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.cases.rules.lint.danish import WEEKDAYS, BodyFinder, BodyMention, DateMention, dates_in, passages
from sagsgang.cases.rules.lint.shapes import Lint, LintedBody, LintedSection, LintedText, at

_REACH = 60  # letters between a body and the day behind it
_BEHIND = re.compile(r"^\s*(?:,?\s*(?:i|hos|på|til|ved|for|af)\s+|\()(?:\w+\s+)?$", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:,|og|samt|eller|/)\s*(?:igen\s+)?$", re.IGNORECASE)
_DEADLINE = re.compile(
    r"\b(?:frist\w*|\w+frist(?:en)?|senest|inden|før|siden|fra|efter|udsend\w*|gælde\w*|træder i kraft|startede|udløb\w*|\w+skrivelse\w*"
    r"|brev\w*|notat\w*|mail\w*|høringssvar\w*|beslutning\w*)\b[^.]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A day that is said to be a body's."""

    body: LintedBody
    day: DateMention


def check_days(text: LintedText) -> Iterator[Lint]:
    """Each day named for a body on which it does not meet, and each day under the wrong weekday."""
    finder = BodyFinder(text.bodies)
    for section in text.sections:
        for sentence in passages(section):
            days = dates_in(sentence)
            for said in _said(sentence, days, finder.find(sentence)):
                yield from _check_meeting(text, section, sentence, said)
            for day in days:
                yield from _check_weekday(text, section, sentence, day)


def _said(sentence: str, days: list[DateMention], bodies: list[BodyMention]) -> Iterator[_Said]:
    """The pairs that a sentence makes: "HU 27. april", "24. april i MTU", "MTU d. 24. april og 8. maj"."""
    last: tuple[int, LintedBody] | None = None
    for day in days:
        before = [body for body in bodies if body.end <= day.start]
        behind = [body for body in bodies if body.start >= day.end]
        if last and _LIST.match(sentence[last[0] : day.start]):
            found = last[1]
        elif behind and _BEHIND.match(sentence[day.end : behind[0].start]):
            found = behind[0].body
        elif before and _belongs(sentence[before[-1].end : day.start], before[-1].end, day, days):
            found = before[-1].body
        else:
            last = None
            continue
        last = (day.end, found)
        if not _DEADLINE.search(sentence[before[-1].end if before else 0 : day.start]) and not _DEADLINE.search(
            sentence[max(0, day.start - 25) : day.start]
        ):
            yield _Said(found, day)


def _belongs(between: str, start: int, day: DateMention, days: list[DateMention]) -> bool:
    """Is the body the nearest thing before the day, with no other day between?"""
    has_other = any(start <= other.start < day.start for other in days)
    return len(between) <= _REACH and not has_other and not re.search(r"[.;:]\s", between)


def _check_meeting(text: LintedText, section: LintedSection, sentence: str, said: _Said) -> Iterator[Lint]:
    year = said.day.year or text.year
    if year is None:
        return
    # A day without a year is this year's; late in the year it may be the next one's.
    wished = [day for day in {said.day.in_year(year), said.day.in_year(year + 1)} if day is not None]
    planned_years = {day.year for day in said.body.days}
    first = said.day.in_year(year)
    if first is None or first.year not in planned_years or set(wished) & set(said.body.days):
        return
    yield at(
        section, "date-no-meeting", "warning", quote=sentence,
        message=_("{body} does not meet on {day}. Nearest: {nearest}.").format(
            body=said.body.name, day=date_format(first, "j. F Y"), nearest=_nearest(first, said.body.days)
        ),
        why=_("A day that is named for a body must be a meeting of its plan; readers rely on it."),
    )  # fmt: skip


def _nearest(day: date, days: tuple[date, ...]) -> str:
    """The meeting before and the one after."""
    earlier = [known for known in days if known < day]
    later = [known for known in days if known > day]
    near = [*([max(earlier)] if earlier else []), *([min(later)] if later else [])]
    return _(" and ").join(date_format(known, "j. F Y") for known in near)


def _check_weekday(text: LintedText, section: LintedSection, sentence: str, day: DateMention) -> Iterator[Lint]:
    real = day.in_year(text.year) if text.year else None
    if day.weekday is None or real is None or real.weekday() == day.weekday:
        return
    yield at(
        section, "weekday", "hint" if day.year is None else "warning", quote=sentence,
        message=_("{day} is a {weekday}.").format(day=date_format(real, "j. F Y"), weekday=date_format(real, "l")),
        why=_("“{stated}” and the date contradict each other.").format(stated=WEEKDAYS[day.weekday]),
    )  # fmt: skip
