"""What a member has read, and how far a meeting has come. Pure: no queries, no writes, no user."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


@dataclass(frozen=True, slots=True)
class Part:
    """An item or sub-item as it was sent: which words, and when its attachments last changed.

    `read_version` and `read_at` are of her reading; `read_at` None = she has not read it.
    """

    pk: UUID
    version: UUID | None
    files_at: datetime | None
    read_version: UUID | None = None
    read_at: datetime | None = None

    @property
    def is_read(self) -> bool:
        """Has she read it as it stands now?"""
        if self.read_at is None or self.read_version != self.version:
            return False
        return self.files_at is None or self.files_at <= self.read_at


class Reading(StrEnum):
    """How far she is with an item."""

    UNREAD = "unread"
    READ = "read"
    CHANGED = "changed"


def reading_of(parts: Sequence[Part]) -> Reading:
    """Of an item and its sub-items, the item first: read when all are; changed when one is new or renewed since."""
    if all(part.is_read for part in parts):
        return Reading.READ
    return Reading.UNREAD if parts[0].read_at is None else Reading.CHANGED


def fingerprint(parts: Iterable[Part]) -> str:
    """What stood on the page that she had before her, in 16 characters."""
    words = sorted(f"{part.pk}:{part.version}:{part.files_at and part.files_at.isoformat()}" for part in parts)
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:16]


def require_unchanged(seen: str, current: str) -> None:
    """Nobody has read what came while she was reading."""
    if seen != current:
        raise RuleBrokenError(_("The material was changed while you were reading. Look at it again."))


def require_calendar(*, has_calendar: bool) -> None:
    """A calendar is for who has meetings, or works by the year of the house."""
    if not has_calendar:
        raise RuleBrokenError(
            _("You have no seat in any body and no work in the house, so there is nothing to put in a calendar.")
        )


class MeetingState(StrEnum):
    """How far a meeting has come."""

    PLANNED = "planned"
    SENT = "sent"
    RUNNING = "running"
    HELD = "held"
    TO_SIGN = "to_sign"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the state of a meeting follows from."""

    held_on: date
    is_cancelled: bool = False
    is_sent: bool = False
    is_opened: bool = False
    is_adjourned: bool = False
    is_to_sign: bool = False


def state_of(facts: MeetingFacts, today: date) -> MeetingState:
    """The state on this day. One that nobody opened here is held when its day is over."""
    if facts.is_cancelled:
        return MeetingState.CANCELLED
    if facts.is_to_sign:
        return MeetingState.TO_SIGN
    if facts.is_adjourned or (not facts.is_opened and facts.held_on < today):
        return MeetingState.HELD
    if facts.is_opened:
        return MeetingState.RUNNING
    return MeetingState.SENT if facts.is_sent else MeetingState.PLANNED
