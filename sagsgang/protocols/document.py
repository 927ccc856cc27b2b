"""The protocol as a tree of plain values: what the house writes from the facts, and the secretary's words around it.

Every line is a finished sentence in Danish. The tree is what is shown, printed, hashed and signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

SCHEMA = "sagsgang.protocol/1"


@dataclass(frozen=True, slots=True)
class VoteLine:
    """A vote: its sentence, and of each named voter ("M1 (A)", "for")."""

    sentence: str
    votes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PointLine:
    """What became of one point of the recommendation."""

    marker: str
    outcome: str
    words: str


@dataclass(frozen=True, slots=True)
class ItemProtocol:
    """What happened at one item or sub-item.

    `ground`: why it is closed; "" = open. `attendance`: who was away, came, left, was out; in sentences. `html` is the
    decision's words, sanitised; `before` and `after` the secretary's.
    """

    item: UUID
    number: str
    title: str
    ground: str
    treated: str
    late_reason: str
    attendance: tuple[str, ...]
    conflicts: tuple[str, ...]
    speakers: tuple[str, ...]
    proposals: tuple[str, ...]
    votes: tuple[VoteLine, ...]
    decision: str
    outcome: str
    points: tuple[PointLine, ...]
    html: str
    remarks: tuple[str, ...]
    dissents: tuple[str, ...]
    halts: tuple[str, ...]
    follow_ups: tuple[str, ...]
    before: str
    after: str
    subitems: tuple[ItemProtocol, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Closed, itself or by the item above."""
        return bool(self.ground)

    @property
    def has_own_decision(self) -> bool:
        """Is there a decision of itself?"""
        return bool(self.html or self.outcome or self.points)

    @property
    def is_decided(self) -> bool:
        """Is there a decision, of itself or of all its sub-items?"""
        return self.has_own_decision or (bool(self.subitems) and all(sub.is_decided for sub in self.subitems))

    @property
    def was_treated(self) -> bool:
        """Was it taken up, or decided?"""
        return bool(self.treated) or self.is_decided or any(sub.was_treated for sub in self.subitems)


@dataclass(frozen=True, slots=True)
class ProtocolDocument:
    """The protocol of a meeting. `head`: when and where; `present`, `absent`: a person a line; `chairing`: sentences."""

    schema: str
    meeting: UUID
    authority: str
    body: str
    held_on: date
    head: tuple[str, ...]
    present: tuple[str, ...]
    absent: tuple[str, ...]
    chairing: tuple[str, ...]
    substitutes: tuple[str, ...]
    before: str
    after: str
    items: tuple[ItemProtocol, ...]

    def all_items(self) -> Iterable[ItemProtocol]:
        """Items and sub-items in printed order."""
        for item in self.items:
            yield item
            yield from item.subitems
