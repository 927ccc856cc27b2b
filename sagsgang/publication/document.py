"""The shape of a meeting that is printed or released: a tree of plain values, no rows, no queries.

`disclosure.py` makes one of what the public may see; `internal.py` makes one of everything. Text, HTML, PDF,
the canonical JSON of a release and the rows of the portal are functions of this tree alone.

``None`` = the source does not say; an empty tuple = stated none. Texts named `html` are the sanitised subset.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person as a protocol prints her: title, name, role, party; `note` is a substitute's or a partial absence."""

    name: str
    title: str = ""
    role: str = ""
    party: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a recommendation; `marker` is the printed one ("1.", "-", "")."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One text block under its heading; a recommendation also carries its points, printed after `html`."""

    kind: str
    heading: str
    html: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionText:
    """One body's decision; `number` is the item's number on that body's agenda."""

    body: str
    decided_on: date | None
    html: str
    outcome: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class VoteText:
    """A vote: its sentence, and how each voted who is known by name ("M1 (A): for")."""

    sentence: str
    votes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A released copy: `sha256` names its bytes; `name` is made from the public title."""

    name: str
    sha256: str
    size: int  # bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One attachment in its place; a closed one has no id, numbers, mark or file, and a title only by its setting."""

    no: int
    access: str  # "open", "closed"
    title: str = ""
    document_id: str = ""
    document_number: str = ""
    mark: str = ""
    public_id: str = ""
    file: FileFacts | None = None


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the path: body code or name as stated, and its date if one is named."""

    body: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a closed item, or its decision, is not shown: the ground, and the public extract or the stated reason."""

    ground: str
    reason: str = ""
    extract: str = ""


@dataclass(frozen=True, slots=True)
class ItemDocument:
    """An agenda item, or a sub-item (`subitems` is then empty).

    `late_reason` is why an open item came after the deadline, or was changed (R3); `supplement` the number of the
    supplementary agenda that brought it, 0 = it came with the agenda. A closed item has neither.
    `record`, `votes` and `after` are what happened at an open item of a meeting that was run here: sentences of its
    protocol before the decision, the votes, and what came of it. In minutes alone; a closed item has none.
    `case_id` is the random public id of the case that an open item is of; `purpose` and `reading` (1, 2, 0 = none) are
    those of its step on the case's path. A closed item has none of them.
    """

    public_id: str
    number: str  # as printed, "" = unnumbered
    title: str
    access: str  # "open", "closed", "" = not stated
    path: tuple[PlannedStep, ...] | None = None
    case_number: str = ""
    sections: tuple[Section, ...] = ()
    decisions: tuple[DecisionText, ...] = ()
    absent: tuple[PersonLine, ...] | None = None
    attachments: tuple[AttachmentLine, ...] | None = None
    subitems: tuple[ItemDocument, ...] = ()
    withheld: Withheld | None = None
    late_reason: str = ""
    supplement: int = 0
    record: tuple[str, ...] = ()
    votes: tuple[VoteText, ...] = ()
    after: tuple[str, ...] = ()
    case_id: str = ""
    purpose: str = ""
    reading: int = 0


@dataclass(frozen=True, slots=True)
class MeetingDocument:
    """A meeting's agenda or minutes.

    `form` is "meeting" (cover and items) or "item" (the source was one item printed alone: no cover is printed).
    `record`: sentences of the protocol of the whole: who presided, substitutes, who has signed.
    """

    kind: str  # "agenda", "minutes"
    form: str
    authority: str
    body: str
    body_code: str
    held_on: date
    public_id: str = ""
    body_id: str = ""
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    number: str = ""
    present: tuple[PersonLine, ...] | None = None
    absent: tuple[PersonLine, ...] | None = None
    items: tuple[ItemDocument, ...] = field(default_factory=tuple)
    record: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A meeting as the published calendar shows it; `state` is planned, moved or cancelled."""

    kind: str
    state: str
    held_on: date
    starts: time | None
    ends: time | None
    place: str
    moved_from: date | None
    notice: str


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Somebody who sits in a body, as its public page names her; `role` is a `MemberRole`."""

    name: str
    role: str
    party: str
    held_from: date | None
    held_to: date | None
