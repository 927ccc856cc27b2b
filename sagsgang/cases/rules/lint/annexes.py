"""Attachments that the text speaks of and that are not there, and the other way round."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.cases.rules.lint.danish import passages
from sagsgang.cases.rules.lint.shapes import Lint, LintedSection, LintedText, at

_NUMBERED = re.compile(
    r"\bbilag(?:ene)?\s+(?:nr\.?\s*)?(?P<numbers>\d{1,2}(?!\d|[./]\d)(?:\s*(?:,|-|–|og|samt|til)\s*\d{1,2}(?![\d/]))*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,2})\s*(?:-|–|til)\s*(\d{1,2})")
_ENCLOSED = re.compile(
    r"\b(?:vedlagt(?:e)?|vedlægges|vedhæft\w*|bilagt|(?:jf|jvf|se|i|af|som|sagens|følgende|fremgår af)\.?\s+(?:også\s+)?bilag(?:et|ene)?"
    r"|bilag(?:et|ene)? (?:er|viser|indeholder|beskriver))\b",
    re.IGNORECASE,
)
_NONE = re.compile(r"\b(?:ingen|uden|ikke|intet)\s+(?:yderligere\s+)?(?:bilag|vedlagt)", re.IGNORECASE)
# "bilag 2 til lokalplanen", "lovens bilag 1": an attachment of something else.
_ELSEWHERE = re.compile(r"(?:\b\w+(?:ens|ets|ernes|tens)\s+|\b(?:EU|VVM|habitat|lov)\w*s?\s+)$", re.IGNORECASE)
_ELSEWHERE_AFTER = re.compile(
    r"^\s*(?:til|i)\s+(?:[\w-]*(?:lov|direktiv|bekendtgørelse|forordning|plan|aftale|vedtægt)\w*)", re.IGNORECASE
)
_NAMED = re.compile(r"\bvedlagte?\s+(?:bilag\s+)?(?P<noun>[a-zæøå-]{6,})", re.IGNORECASE)
_SIGNIFICANT = re.compile(r"[a-zæøå]{5,}", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\(\s*\)")
_STEM = 6  # letters by which "budgetanalysen" and "Budgetanalyse" are the same word
_NO_TITLES = frozenset(
    ["bilaget", "dokument", "dokumenter", "materiale", "materialet", "fil", "filer", "følgende", "bilagene", "notat"]
)


def check_attachments(text: LintedText) -> Iterator[Lint]:
    """Each attachment that is mentioned and missing, then each that is there and never mentioned."""
    spoken: set[int] = set()
    is_spoken_of = False
    for section in text.sections:
        for sentence in passages(section):
            numbers = numbers_in(sentence)
            spoken |= numbers
            enclosed = _ENCLOSED.search(sentence) and not _NONE.search(sentence)
            is_spoken_of = is_spoken_of or bool(enclosed)
            yield from _check_sentence(text, section, sentence, numbers, bool(enclosed))
    yield from _unmentioned(text, spoken, is_spoken_of)


def numbers_in(sentence: str) -> set[int]:
    """The numbers of attachments that a sentence names: "bilag 1-3 og 5" are four."""
    found: set[int] = set()
    for match in _NUMBERED.finditer(sentence):
        if _ELSEWHERE.search(sentence[: match.start()]) or _ELSEWHERE_AFTER.match(sentence[match.end() :]):
            continue
        numbers = match["numbers"]
        for first, last in _RANGE.findall(numbers):
            found |= set(range(int(first), min(int(last), int(first) + 60) + 1))
        found |= {int(number) for number in re.findall(r"\d+", numbers)}
    return found


def _check_sentence(
    text: LintedText, section: LintedSection, sentence: str, numbers: set[int], enclosed: bool
) -> Iterator[Lint]:
    there = {attachment.number for attachment in text.attachments}
    missing = sorted(numbers - there)
    if missing:
        shown = ", ".join(str(number) for number in missing)
        yield _missing(
            section, sentence,
            ngettext("There is no attachment {numbers}.", "There are no attachments {numbers}.", len(missing)).format(
                numbers=shown
            ),
        )  # fmt: skip
    elif enclosed and not text.attachments:
        yield _missing(section, sentence, _("An attachment is mentioned, but the case has none."))
    elif enclosed:
        yield from _check_title(text, section, sentence)


def _missing(section: LintedSection, sentence: str, message: str) -> Lint:
    return at(
        section, "attachment-missing", "warning", quote=sentence, message=message,
        why=_("The members must be able to read what the text leans on (the material goes out with the agenda)."),
    )  # fmt: skip


def _check_title(text: LintedText, section: LintedSection, sentence: str) -> Iterator[Lint]:
    """ "Vedlagte budgetanalyse": one of the titles should say so."""
    for match in _NAMED.finditer(sentence):
        noun = match["noun"].casefold()
        if noun in _NO_TITLES or noun.startswith("bilag"):
            continue
        if not any(noun[:_STEM] in attachment.title.casefold() for attachment in text.attachments):
            yield at(
                section, "attachment-missing", "hint", quote=sentence,
                message=_("No attachment is called “{noun}” or the like.").format(noun=match["noun"]),
                why=_("Readers look for the attachment by the name that the text gives it."),
            )  # fmt: skip


def _unmentioned(text: LintedText, spoken: set[int], is_spoken_of: bool) -> Iterator[Lint]:
    everything = " ".join([*(s.text for s in text.sections), *(p.text for s in text.sections for p in s.points)])
    stems = {word[:_STEM].casefold() for word in _SIGNIFICANT.findall(everything)}
    for attachment in text.attachments:
        words = {word[:_STEM].casefold() for word in _SIGNIFICANT.findall(attachment.title)}
        is_named = bool(words) and len(words & stems) * 2 > len(words)
        is_the_only = is_spoken_of and len(text.attachments) == 1
        label = f"{attachment.number}. {attachment.title}"
        if not is_named and not is_the_only and attachment.number not in spoken:
            yield Lint(
                "attachment-unmentioned", "hint", "", "", label, _("The attachment is never mentioned in the text."),
                _("The text should tell the members why they are to read it."),
            )  # fmt: skip
        if _PLACEHOLDER.search(attachment.title):
            yield Lint(
                "placeholder", "hint", "", "", label, _("The title has empty brackets."),
                _("Empty brackets come from a template, and would be printed."),
            )  # fmt: skip
