"""Decisions told before the meeting: words in the past tense that only the minutes may say."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from sagsgang.cases.models import SectionKind
from sagsgang.cases.rules.lint.danish import BodyFinder, dates_in, passages
from sagsgang.cases.rules.lint.shapes import Lint, LintedSection, LintedText, Severity, at

_TO_NOTICE = r"til (?:efterretning|orientering|underretning)"
_ACTIVE = re.compile(
    rf"\b(?P<verb>besluttede|godkendte|drøftede|vedtog|anbefalede|tiltrådte|afviste|bevilgede|udsatte|forkastede"
    rf"|behandlede|tog\b[^.;]{{0,160}}?\b{_TO_NOTICE}|indstillede)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"\bblev\b(?:\s+(?:ikke|også|derfor|enstemmigt|herefter))?\s+(?:godkendt|drøftet|vedtaget|besluttet|anbefalet|tiltrådt|udsat"
    rf"|afvist|bevilget|behandlet|taget\b[^.;]{{0,80}}?\b{_TO_NOTICE})\b|\b(?P<s>godkendtes|drøftedes|vedtoges|besluttedes)\b",
    re.IGNORECASE,
)
_INFORMED = re.compile(r"\b(?:orienterede|blev orienteret)\b", re.IGNORECASE)
# "den godkendte plan", "de tidligere vedtagne mål": an adjective, no deed.
_ARTICLE = re.compile(
    r"\b(?:den|det|de|en|et|disse|denne|dette|af|som|ved|tidligere|senest|allerede|endeligt|nye?|politisk)\s+$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:som|hvilket|da|fordi|efter at|siden)\s+$", re.IGNORECASE)
_BODY_WORD = re.compile(
    r"\b(?:direktionen|byrådet|kommunalbestyrelsen|regionsrådet|rådet|[a-zæøå]*udvalget|punktet|hoved-?med)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(r"^[^.;]{0,60}?\baf\s+(?P<who>[^.;,]+)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:i|fra|ultimo|primo|medio)\s+(?:\w+\s+)?(?P<year>(?:19|20)\d{2})\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:tidligere|oprindelig\w*|i sin tid|sidste (?:år|møde|gang)|forrige|seneste møde|dengang|ved (?:sidste )?budget\w*|allerede"
    r"|ved sin behandling|i (?:foråret|sommeren|efteråret|vinteren))\b",
    re.IGNORECASE,
)
_REACH = 70  # letters between the body and its deed
_NEAR = 25  # letters between a deed and the body behind it


def check_tense(text: LintedText) -> Iterator[Lint]:
    """A body's deed in the past tense; a hint only where the sentence tells an earlier day, or the section the history."""
    finder = BodyFinder(text.bodies)
    for section in text.sections:
        for sentence in passages(section):
            if _tells_a_deed(sentence, finder):
                yield _finding(text, section, sentence)


def _tells_a_deed(sentence: str, finder: BodyFinder) -> bool:
    bodies = _bodies(sentence, finder)
    return (
        any(_is_deed(sentence, match, bodies) for match in _ACTIVE.finditer(sentence))
        or any(_is_passive_deed(sentence, match, bodies) for match in _PASSIVE.finditer(sentence))
        or any(_is_informing(match, bodies) for match in _INFORMED.finditer(sentence))
    )


def _bodies(sentence: str, finder: BodyFinder) -> list[tuple[int, int]]:
    places = [(mention.start, mention.end) for mention in finder.find(sentence) if not mention.is_genitive]
    return places + [match.span() for match in _BODY_WORD.finditer(sentence)]


def _is_deed(sentence: str, verb: re.Match[str], bodies: list[tuple[int, int]]) -> bool:
    before = sentence[: verb.start()]
    if _ARTICLE.search(before) and not _RELATIVE.search(before):
        return False
    # "Direktionen drøftede …", not "Direktionen får forelagt, hvad ministeriet besluttede"
    subjects = (sentence[end : verb.start()] for _start, end in bodies if end <= verb.start() <= end + _REACH)
    if any(_is_subject(between) for between in subjects):
        return True
    return any(
        verb.end() <= start <= verb.end() + _NEAR and _follows(sentence[verb.end() : start]) for start, _e in bodies
    )


def _is_subject(between: str) -> bool:
    """Nothing between body and verb that gives the verb another subject or makes the body's noun part of a phrase."""
    words = between.split()
    return (
        not re.search(r"[;:(]|\b(?:at|hvad|når|hvis|om|af|for|til|er|har|kan|skal|vil|får|bliver)\b", between)
        and len(words) <= 8
    )


def _follows(between: str) -> bool:
    """ "På mødet godkendte udvalget …": the body stands right behind its deed."""
    return len(between.split()) <= 1 and not re.search(r"\b(?:af|for|i|til|over)\b", between)


def _is_passive_deed(sentence: str, verb: re.Match[str], bodies: list[tuple[int, int]]) -> bool:
    """ "Punktet blev drøftet" is a deed of the meeting; "blev vedtaget af Folketinget" is somebody else's."""
    by = _BY_OTHERS.match(sentence[verb.end() :])
    if not by:
        return True
    place = verb.end() + by.start("who")
    return any(start <= place + 4 and end > place for start, end in bodies)


def _is_informing(verb: re.Match[str], bodies: list[tuple[int, int]]) -> bool:
    """ "Direktøren orienterede direktionen": what happens at the meeting, told as done."""
    return any(verb.end() <= start <= verb.end() + _NEAR or end + 1 >= verb.start() >= end for start, end in bodies)


def _finding(text: LintedText, section: LintedSection, sentence: str) -> Lint:
    earlier = _earlier_day(text, sentence)
    is_history = earlier is not None or bool(_BEFORE.search(sentence)) or section.kind == SectionKind.HISTORY
    severity: Severity = "hint" if is_history and not _is_of_the_meeting(text, sentence) else "warning"
    if severity == "hint":
        message = _("Reads as something decided earlier. Is it history?")
    else:
        message = _("Tells a decision before the meeting has taken it.")
    return at(
        section, "past-tense", severity, quote=sentence, message=message,
        why=_("The presentation says what is put before the body; what was decided stands in the minutes alone."),
    )  # fmt: skip


def _is_of_the_meeting(text: LintedText, sentence: str) -> bool:
    """Does the sentence name no day but the meeting's own or a later one?"""
    days = _days(text, sentence)
    return bool(days) and text.meeting_on is not None and all(day >= text.meeting_on for day in days)


def _earlier_day(text: LintedText, sentence: str) -> date | None:
    now = text.meeting_on or text.today
    if now is None:
        return None
    earlier = [day for day in _days(text, sentence) if day < now and day != text.meeting_on]
    years = [int(match["year"]) for match in _YEAR.finditer(sentence)]
    earlier += [date(year, 1, 1) for year in years if year < now.year]
    return min(earlier, default=None)


def _days(text: LintedText, sentence: str) -> list[date]:
    year = text.year
    days = [mention.in_year(year) for mention in dates_in(sentence)] if year else []
    return [day for day in days if day is not None]
