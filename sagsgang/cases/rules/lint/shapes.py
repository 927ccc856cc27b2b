"""What the lint is asked about, and what it answers: plain values, no rows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sagsgang.documents import richtext

type Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class LintedPoint:
    """A point of a recommendation: `verb` is a `cases.Verb` or empty."""

    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class LintedSection:
    """A section: `kind` is a `cases.SectionKind`, `html` sanitised, `text` the same as plain lines.

    `is_filled` = it says something beside its words (the economy block).
    """

    id: str
    kind: str
    heading: str
    html: str = ""
    is_required: bool = False
    help_text: str = ""
    points: tuple[LintedPoint, ...] = ()
    text: str = ""
    is_filled: bool = False

    def __post_init__(self) -> None:
        if self.html and not self.text:
            object.__setattr__(self, "text", richtext.to_plain(self.html))

    @property
    def is_empty(self) -> bool:
        """Does it say nothing?"""
        return not self.text.strip() and not self.points and not self.is_filled


@dataclass(frozen=True, slots=True)
class LintedAttachment:
    """An attachment that goes with the case; `number` as it is printed."""

    number: int
    title: str


@dataclass(frozen=True, slots=True)
class LintedBody:
    """A body: its code, the names by which a text may call it, and the days of its meeting plan."""

    code: str
    names: tuple[str, ...]
    days: tuple[date, ...] = ()

    @property
    def name(self) -> str:
        """As the house writes it."""
        return self.names[0] if self.names else self.code


@dataclass(frozen=True, slots=True)
class LintedText:
    """A presentation with what it may be held against. `item_kind` B, D, O or empty; `meeting_on` where known."""

    sections: tuple[LintedSection, ...]
    item_kind: str = ""
    attachments: tuple[LintedAttachment, ...] = ()
    bodies: tuple[LintedBody, ...] = ()
    meeting_on: date | None = None
    today: date | None = None

    @property
    def year(self) -> int | None:
        """The year of a date that names none."""
        day = self.meeting_on or self.today
        return day.year if day else None


@dataclass(frozen=True, slots=True)
class Lint:
    """Something to look at once more: where (`place` is a section's id, or empty), what, and why it matters."""

    rule: str
    severity: Severity
    place: str
    heading: str
    quote: str
    message: str
    why: str


def at(section: LintedSection, rule: str, severity: Severity, *, quote: str, message: str, why: str) -> Lint:
    """A finding in a section; a long quotation is cut at a word."""
    return Lint(rule, severity, section.id, section.heading, shortened(quote), message, why)


def shortened(quote: str, signs: int = 160) -> str:
    """The beginning of a passage, whole words."""
    words = " ".join(quote.split())
    return words if len(words) <= signs else words[:signs].rsplit(" ", 1)[0] + " …"
