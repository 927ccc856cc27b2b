"""The shapes that the demo municipality is made of: frozen values, no behaviour beyond small derived facts.

Codes are the keys between them: a body by its code ("KB"), a person by her key ("p07"), a unit by its code,
a case by its `case_key`. All `html` uses p, ul, li, strong and table tags only.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

BodyKind = Literal["directorate", "works_council", "committee", "finance", "council"]
SeatRole = Literal["chair", "deputy", "member"]
MeetingState = Literal["planned", "agenda", "minutes"]
ItemKind = Literal["B", "D", "O"]  # beslutning, drøftelse, orientering
Access = Literal["open", "closed"]
Ground = Literal["personal", "property", "tender", "security", "internal"]
SectionKind = Literal["summary", "presentation", "economy", "consequences", "law", "hearing"]
FileFormat = Literal["pdf", "docx"]
Outcome = Literal["approved", "recommended", "forwarded", "discussed", "noted", "postponed", "rejected", "halted"]
UserRole = Literal[
    "secretary", "caseworker", "manager", "director", "chair", "member", "hr", "auditor", "administrator"
]


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit (organisatorisk enhed) and the person who leads it."""

    code: str
    name: str
    parent: str | None
    manager: str  # person key


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; `level` is the management level of equality reports (1, 2, 3), or None."""

    key: str
    first_name: str
    last_name: str
    sex: Literal["f", "m"]
    title: str = ""
    party: str = ""  # party letter of a council member or substitute
    unit: str = ""
    level: int | None = None
    email: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class Party:
    """A candidate list (kandidatliste) and its name; seats in the council."""

    letter: str
    name: str
    seats: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A person's place in a body; `until` is None for seats that do not end with the council's term."""

    person: str
    role: SeatRole
    since: date
    until: date | None
    party: str = ""
    title: str = ""  # how the protocol names her: "Borgmester", "Kommunaldirektør", "Tillidsrepræsentant"


@dataclass(frozen=True, slots=True)
class Body:
    """A deciding or advisory body; `numbering` says whether item numbers run through the year or the meeting.

    `substitutes`: person keys in list order (council: those next on the lists).
    """

    code: str
    name: str
    kind: BodyKind
    numbering: Literal["year", "meeting"]
    publishes: bool
    secretary: str  # person key
    seats: tuple[Seat, ...]
    substitutes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Someone who was not there, with or without notice (afbud), and who came instead."""

    person: str
    excused: bool = True
    substitute: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One text block of an item under its heading."""

    kind: SectionKind
    heading: str
    html: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The recommendation (indstilling): an intro line, and points that begin with "at"."""

    heading: str
    intro: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What one body decided; `number` is the item's number on that body's agenda."""

    body_code: str
    held_on: date
    html: str
    outcome: Outcome
    number: int


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the path (sagsgang); the date is that of a generated meeting, None = not settled."""

    body_code: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment (bilag). `file_key` names its content: the same key means the same bytes.

    A closed attachment has neither document id, document number nor mark. `paragraphs` is the file's text
    ("# " begins a heading, "## " one on a new page), `rows` a table at its end, the first row being the head.
    """

    number: int
    title: str
    access: Access
    file_key: str
    file_format: FileFormat
    dated: date
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    document_id: str = ""
    document_number: str = ""
    mark: str = ""
    marker: str = ""  # as `Item.marker`, for closed ones

    @property
    def file_name(self) -> str:
        return f"{self.file_key}.{self.file_format}"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A task that follows from a matter, owned by a role (title), due on a date."""

    text: str
    owner: str  # person key
    owner_role: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item (punkt) or a sub-item; a standing item has `case_key` "" and no case number.

    `decisions` holds those of the bodies before, then the body's own (none while the meeting is to come).
    `public_title` differs from `title` in closed items only. `extract` or `withheld_reason` is set on decided
    closed items: the public extract, or why there is none. A composite item (`subitems`) lists all its
    attachments; each sub-item names those of them that are its own (same number and file_key).
    """

    number: int
    title: str
    public_title: str
    kind: ItemKind
    access: Access
    policy_area: str
    ground: Ground | None = None
    reason: str = ""
    extract: str = ""
    withheld_reason: str = ""
    marker: str = ""  # a word of the closed texts that stands nowhere in the open ones: for tests of leaks
    standing: bool = False
    case_key: str = ""
    case_number: str = ""
    responsible: str = ""  # person key of the caseworker
    path: tuple[Step, ...] = ()
    sections: tuple[Section, ...] = ()
    recommendation: Recommendation | None = None
    decisions: tuple[Decision, ...] = ()
    absent: tuple[Absence, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    followups: tuple[FollowUp, ...] = ()
    subitems: tuple["Item", ...] = ()


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; `present`, `absent` and `chaired_by` are known for held ones only, `ends` likewise."""

    body_code: str
    held_on: date
    starts: time
    ends: time | None
    place: str
    state: MeetingState
    agenda_sent_on: date | None = None
    chaired_by: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[Absence, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class User:
    """Someone who can log in to the demo; `username` is Danish and plain: "sekretær", "borgmester"."""

    username: str
    role: UserRole
    person: str
    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Municipality:
    """The whole of it."""

    name: str
    code: str  # a number that no municipality has
    today: date
    seed: int
    parties: tuple[Party, ...]
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    users: tuple[User, ...]
