"""What a yearly report counts: one plain value for each meeting, item, follow-up, missing signature and presence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Group(StrEnum):
    """Which rows a figure counts; the rows of a group are read together."""

    MEETINGS = "meetings"
    ITEMS = "items"
    FOLLOW_UPS = "follow-ups"
    SIGNATURES = "signatures"
    PRESENCE = "presence"


class Late(StrEnum):
    """How an item came late (R3)."""

    SUPPLEMENT = "supplement"
    DEADLINE = "deadline"


class How(StrEnum):
    """How somebody took part in a meeting. A substitute is who sat in for an absent member."""

    WHOLE = "whole"
    PARTLY = "partly"
    SUBSTITUTED = "substituted"
    ABSENT = "absent"
    SUBSTITUTE = "substitute"


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting. Held: not cancelled, its day has come, and it has an agenda or was opened."""

    pk: UUID
    body: UUID
    held_on: date
    is_held: bool
    is_cancelled: bool
    is_extraordinary: bool


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item or sub-item on the agenda of a meeting whose day has come.

    `outcome` is None where the meeting has not decided, "" where the words alone say it. `days` is how long the case took
    from its first meeting, where this decision was its last; None for others. `late_words` are the printed reason, ""
    of a closed item. `is_shut`: it is closed, or lies under a closed one. `number` is as printed, "4.2" of a sub-item.
    """

    pk: UUID
    meeting: UUID
    body: UUID
    held_on: date
    number: str
    kind: str
    ground: str
    is_shut: bool
    outcome: str | None
    has_extract: bool
    has_reason: bool
    review_on: date | None
    late: Late | None
    late_words: str
    days: int | None

    @property
    def is_closed(self) -> bool:
        """Closed to the public?"""
        return bool(self.ground)

    @property
    def is_decided(self) -> bool:
        """Has its own meeting decided?"""
        return self.outcome is not None


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up by the body that gave it; `done_on` only where it is done, `is_over` also where it was dropped."""

    pk: UUID
    body: UUID
    made_on: date
    due_on: date | None
    done_on: date | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class SignatureRow:
    """Somebody who has not signed a final protocol."""

    meeting: UUID
    body: UUID
    held_on: date
    name: str


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """One member's, or one substitute's, part in one meeting."""

    meeting: UUID
    body: UUID
    held_on: date
    name: str
    how: How


type Row = MeetingRow | ItemRow | FollowUpRow | SignatureRow | PresenceRow
