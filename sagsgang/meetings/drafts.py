"""A meeting from outside, as plain values: what importers and the demo hand to `actions.restore_meeting`.

``None`` = the source does not say, an empty tuple = stated none. Texts named `html` are the sanitised subset.
"""

from dataclasses import dataclass, field
from datetime import date, time

from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.models import AttendanceState, Form, MeetingKind


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody as printed; `substitute_for` names whom she sat in for."""

    name: str
    title: str = ""
    role: str = ""
    party: str = ""
    note: str = ""
    substitute_for: str = ""
    state: str = AttendanceState.ABSENT


@dataclass(frozen=True, slots=True)
class PointDraft:
    """One point of a recommendation with its printed marker."""

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """One text block; a recommendation has points."""

    kind: str
    heading: str
    html: str
    points: tuple[PointDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A stated step: code or name, and its date."""

    body: str
    on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """One body's decision as printed, in printed order."""

    body: str
    on: date | None
    html: str
    outcome: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class FileDraft:
    """Bytes that already lie in the house's store."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class AttachmentDraft:
    """One attachment; `title_is_public` tells whether a closed one may show its title."""

    position: int
    title: str
    access: str
    ground: str = ""
    document_id: str = ""
    document_number: str = ""
    mark: str = ""
    title_is_public: bool = False
    file: FileDraft | None = None


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """The matter behind an item. Items with the same `key` in one run share one case; an empty key shares none."""

    title: str
    key: str = ""
    numbers: tuple[str, ...] = ()
    policy_area: str = ""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item or a sub-item."""

    number: str
    title: str
    case: CaseDraft
    kind: str = ""
    access: str = Access.OPEN
    access_stated: bool = True
    ground: str = ""
    closing_reason: str = ""
    public_title: str = ""
    public_extract: str = ""
    withheld_reason: str = ""
    path: tuple[StepDraft, ...] | None = None
    sections: tuple[SectionDraft, ...] = ()
    decisions: tuple[DecisionDraft, ...] = ()
    absent: tuple[PersonDraft, ...] | None = None
    attachments: tuple[AttachmentDraft, ...] | None = None
    subitems: tuple["ItemDraft", ...] = ()


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A meeting of a known body."""

    held_on: date
    kind: str = MeetingKind.ORDINARY
    form: str = Form.MEETING
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    number: str = ""
    attendance: tuple[PersonDraft, ...] | None = None
    items: tuple[ItemDraft, ...] = field(default_factory=tuple)


def ground_of(access: str, ground: str = "") -> str:
    """A closed row's ground, *unknown* where the source gives none; an open row has none."""
    return (ground or Ground.UNKNOWN) if access == Access.CLOSED else ""
