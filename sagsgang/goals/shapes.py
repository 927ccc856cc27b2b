"""Plain values of goals: what the pages and files are made of."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Weight:
    """How many assessments a goal has that the reader may see, in all and by direction."""

    furthers: int = 0
    neutral: int = 0
    counters: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.furthers + self.neutral + self.counters

    @property
    def is_conflict(self) -> bool:
        """Some matters further it and others counter it."""
        return bool(self.furthers and self.counters)


@dataclass(frozen=True, slots=True)
class ShownTag:
    """An assessment on a page. `kind` is case, item, project or policy; `address` the page of the matter's goals."""

    key: UUID
    kind: str
    matter: str
    place: str  # of an item: body and day
    is_closed: bool
    address: str
    goal: str  # "3", "3.4", or "" for a local goal
    goal_words: str
    relevance: str
    relevance_words: str
    direction: str
    direction_words: str
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """A case on its way to a body that asks, without an assessment and without the word that none is relevant."""

    case: UUID
    title: str
    is_closed: bool
    unit: str
    caseworker: str
    kind: str
    on: date | None
