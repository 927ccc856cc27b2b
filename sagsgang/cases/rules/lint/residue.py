"""What a template leaves behind: help texts, placeholders, headings with nothing below, duties not done; and length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.cases.rules.lint.danish import passages, sentences
from sagsgang.cases.rules.lint.shapes import Lint, LintedSection, LintedText, at

WORDS_A_PAGE = 400
WORDS_A_MINUTE = 230

_RESIDUE = re.compile(
    r"\bHUSK\b|\bhjælpetekst\w*|\bx{3,}\b|\bxx[.-]xx\b|\[[^\]\d][^\]]{0,80}\]|\blorem ipsum\b|\bTODO\b|\?{3,}|…{2,}|_{4,}"
    r"|\b(?:indsæt|skriv) her\b|\bindsæt (?:tekst|dato|beløb|navn|link)\b|\btekst mangler\b|\bslettes inden\b|\bskal slettes\b"
    r"|\(\s*\)(?:\s*\(\s*\))?",
    re.IGNORECASE,
)
_CAPITALS_ONLY = ("HUSK", "TODO")
_INNER_HEADING = re.compile(r"<(h3|h4)>(?P<words>.*?)</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_WORD = re.compile(r"[\wæøå]+", re.IGNORECASE)
_SHINGLE = 4  # words in a row that are compared
_FEWEST_HELP_WORDS = 5
_SAME = 0.6  # share of a help sentence's rows of words that stand in the text


@dataclass(frozen=True, slots=True)
class Reading:
    """How long a text is: words, pages of print, minutes to read."""

    words: int
    pages: int
    minutes: int


def reading_of(text: LintedText) -> Reading:
    """Length and reading time of a whole presentation, headings not counted."""
    words = sum(
        len(section.text.split()) + sum(len(p.text.split()) for p in section.points) for section in text.sections
    )
    return Reading(words, -(-words // WORDS_A_PAGE), -(-words // WORDS_A_MINUTE))


def check_length(text: LintedText, most_pages: int) -> Iterator[Lint]:
    """A text that is longer than members read."""
    reading = reading_of(text)
    if reading.pages > most_pages:
        yield Lint(
            "long", "hint", "", "", "",
            _("The text fills about {pages} pages and takes about {minutes} minutes to read.").format(
                pages=reading.pages, minutes=reading.minutes
            ),
            ngettext("No more than {n} page is wished.", "No more than {n} pages are wished.", most_pages).format(n=most_pages)
            + " " + _("What is needed to decide belongs in the text; the rest is an attachment."),
        )  # fmt: skip


def check_emptiness(text: LintedText) -> Iterator[Lint]:
    """Sections that must say something and do not, headings with nothing below them."""
    for section in text.sections:
        if section.is_empty and section.is_required:
            yield at(
                section, "required-empty", "error", quote="",
                message=_("“{heading}” must be filled in.").format(heading=section.heading),
                why=_("The body's template asks for it."),
            )  # fmt: skip
        elif section.is_empty and section.heading:
            yield at(
                section, "empty-heading", "hint", quote="",
                message=_("There is nothing under “{heading}”.").format(heading=section.heading),
                why=_("An empty heading is left out when the agenda is printed."),
            )  # fmt: skip
        for heading in _empty_inner_headings(section.html):
            yield at(
                section, "empty-heading", "warning", quote=heading, message=_("There is nothing under this heading."),
                why=_("It would be printed as it stands."),
            )  # fmt: skip


def _empty_inner_headings(html: str) -> Iterator[str]:
    matches = list(_INNER_HEADING.finditer(html))
    for match, following in zip(matches, [*matches[1:], None], strict=False):
        between = html[match.end() : following.start() if following else len(html)]
        leads_down = following is not None and (match[1], following[1]) == ("h3", "h4")
        if not _TAG.sub("", between).strip() and not leads_down:
            yield _TAG.sub("", match["words"])


def check_residue(text: LintedText) -> Iterator[Lint]:
    """Placeholders, and sentences of a help text that were left or pasted in the words."""
    helps = [(_shingles(sentence), sentence) for s in text.sections for sentence in sentences(s.help_text)]
    helps = [(rows, sentence) for rows, sentence in helps if rows]
    for section in text.sections:
        for sentence in passages(section):
            found = next((m for m in _RESIDUE.finditer(sentence) if _is_residue(m[0])), None)
            if found:
                yield _left_over(
                    section,
                    sentence,
                    _("“{words}” looks like something that was to be filled in.").format(words=found[0]),
                )
            elif _is_help(sentence, helps):
                yield _left_over(section, sentence, _("This is the template's help text."))


def _is_residue(words: str) -> bool:
    capitals = next((known for known in _CAPITALS_ONLY if known.casefold() == words.casefold()), None)
    return capitals is None or words == capitals


def _left_over(section: LintedSection, sentence: str, message: str) -> Lint:
    return at(
        section, "residue", "warning", quote=sentence, message=message,
        why=_("Help texts and placeholders of templates have been printed in public agendas before."),
    )  # fmt: skip


def _shingles(sentence: str) -> frozenset[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(sentence)]
    if len(words) < _FEWEST_HELP_WORDS:
        return frozenset()
    return frozenset(tuple(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))


def _is_help(sentence: str, helps: list[tuple[frozenset[tuple[str, ...]], str]]) -> bool:
    rows = _shingles(sentence)
    return any(len(rows & known) >= _SAME * min(len(known), len(rows)) for known, _sentence in helps if rows)
