"""Lint: what a presentation should be read through for before it goes on, with the reason for each (domain 3.2, 7).

Every rule is a function of plain values. A finding never forbids anything by itself; who asks decides what follows.
"""

from sagsgang.cases.rules.lint.annexes import check_attachments
from sagsgang.cases.rules.lint.meeting_days import check_days
from sagsgang.cases.rules.lint.recommendation import check_recommendation
from sagsgang.cases.rules.lint.residue import Reading, check_emptiness, check_length, check_residue, reading_of
from sagsgang.cases.rules.lint.shapes import (
    Lint,
    LintedAttachment,
    LintedBody,
    LintedPoint,
    LintedSection,
    LintedText,
    Severity,
)
from sagsgang.cases.rules.lint.tense import check_tense

__all__ = [
    "MOST_PAGES", "Lint", "LintedAttachment", "LintedBody", "LintedPoint", "LintedSection", "LintedText", "Reading",
    "Severity", "lint", "reading_of",
]  # fmt: skip

MOST_PAGES = 4
_ORDER = {"error": 0, "warning": 1, "hint": 2}


def lint(text: LintedText, *, most_pages: int = MOST_PAGES) -> list[Lint]:
    """Everything there is to say of a text: errors first, then warnings, then hints; each in the text's order."""
    place = {section.id: number for number, section in enumerate(text.sections)}
    found = [
        *check_emptiness(text),
        *check_recommendation(text),
        *check_tense(text),
        *check_attachments(text),
        *check_days(text),
        *check_residue(text),
        *check_length(text, most_pages),
    ]
    return sorted(found, key=lambda one: (_ORDER[one.severity], place.get(one.place, len(place))))
