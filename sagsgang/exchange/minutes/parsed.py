"""What a reader of minutes hands on: a document as plain values, each a value, *stated none* or *unknown*.

Three states, everywhere in this module:

* a value: the source says it;
* ``None``: the source does not say it; for lists ``()`` is *stated none* ("Fraværende: Ingen.");
* ``UNKNOWN``: the source may say it, but it cannot be told what (a two-column cover that lost its columns).

Texts are plain text: paragraphs are separated by a line feed, a list item starts with ``- `` or with its
printed marker (``1. ``, ``a) ``). Nothing is invented, nothing is translated.
"""

import datetime
from dataclasses import dataclass
from enum import Enum


class Unknown(Enum):
    """The one value that says: it may be there, but it cannot be told what it is."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class ParsedPerson:
    """Somebody as printed: ``Kommunaldirektør Pia Holm (formand)`` is title, name and role."""

    name: str
    title: str | None = None
    role: str | None = None
    party: str | None = None
    note: str | None = None
    printed: str | None = None  # the name with its party as printed: "Pia Holm, A", "Pia Holm (A)"


@dataclass(frozen=True, slots=True)
class ParsedSubstitute:
    """`name` sat in for `for_`."""

    name: str
    for_: str


@dataclass(frozen=True, slots=True)
class ParsedPlan:
    """A step that the text foresees: the body as printed ("HU", "Miljø- og Teknikudvalget") and its date."""

    body: str
    date: datetime.date | None


@dataclass(frozen=True, slots=True)
class ParsedVote:
    """One vote: counts, and parties or names as printed; an empty label ("Imod stemte:") is 0."""

    part: str | None = None
    amendment_by: str | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    reserve: int | None = None
    yes_parties: tuple[str, ...] = ()
    no_parties: tuple[str, ...] = ()
    abstain_parties: tuple[str, ...] = ()
    reserve_parties: tuple[str, ...] = ()
    no_names: tuple[str, ...] = ()
    result: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedDecision:
    """One body's decision on the item, in printed order; `body` and `date` are None under a bare heading."""

    body: str | None
    date: datetime.date | None
    text: str
    item_no: str | None = None
    absent: tuple[ParsedPerson, ...] | None = None


@dataclass(frozen=True, slots=True)
class ParsedAttachment:
    """One row under *Bilag*; a closed row has neither id, document number nor mark."""

    title: str
    no: int | None = None
    id: str | None = None
    access: str | None = None  # "open", "closed"
    doc_no: str | None = None
    type: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedSection:
    """A text block under its printed heading; `kind` is the canonical section, "other" if the heading is new."""

    kind: str  # summary, presentation, recommendation, economy, law, hearing, history, consequences, other
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedSubItem:
    """A numbered matter inside an item; `decision` is what the decision says of it, without number and title."""

    no: str
    title: str
    text: str
    planned: tuple[ParsedPlan, ...] = ()
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """One agenda item (punkt)."""

    no: str | None
    title: str | None
    raw_title: str | None = None
    access: str | None = None  # "open", "closed"
    path: tuple[str, ...] | Unknown | None = None
    case_no: str | None = None
    doc_no: str | None = None
    case_officer: str | None = None
    initials: str | None = None
    decided_by: str | None = None
    sections: tuple[ParsedSection, ...] = ()
    recommendation: str | None = None
    decisions: tuple[ParsedDecision, ...] = ()
    absent: tuple[ParsedPerson, ...] | Unknown | None = None
    attachments: tuple[ParsedAttachment, ...] | None = None
    subitems: tuple[ParsedSubItem, ...] = ()
    votes: tuple[ParsedVote, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry of the list of contents."""

    no: str | None
    title: str
    access: str | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that was not understood: its number in the source (from 1) and its words."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A whole document; `kind` is dagsorden, tillægsdagsorden, referat, beslutningsprotokol or "item of a referat"."""

    family: str
    channel: str
    kind: str | None = None
    authority: str | None = None
    body: str | None = None
    date: datetime.date | None = None
    place: str | None = None
    start: datetime.time | None = None
    end: datetime.time | None = None
    access: str | None = None
    meeting: str | None = None
    members: tuple[ParsedPerson, ...] | Unknown | None = None
    absent: tuple[ParsedPerson, ...] | Unknown | None = None
    substitutes: tuple[ParsedSubstitute, ...] = ()
    toc: tuple[ParsedEntry, ...] = ()
    items: tuple[ParsedItem, ...] = ()
    unread: tuple[Unread, ...] = ()
