"""The period of a yearly report, and the other bodies it is compared with. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LEAST_OTHERS = 3
"""An average of fewer bodies would tell the figures of one of them."""

PARTS = {"": (1, 12), "h1": (1, 6), "h2": (7, 12), "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12)}
"""The year and its parts: first and last month."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or (`part`, a key of `PARTS`) a half or a quarter of it."""

    year: int
    part: str = ""

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, PARTS[self.part][0], 1)

    @property
    def end(self) -> date:
        """The last day."""
        month = PARTS[self.part][1]
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def before(self) -> "Period":
        """The same part of the year before."""
        return Period(self.year - 1, self.part)

    def holds(self, day: date | None) -> bool:
        """Does the day lie in it?"""
        return day is not None and self.start <= day <= self.end


def average_of(others: Sequence[int]) -> float | None:
    """The mean of the other bodies; None where they are too few to hide one of them."""
    return sum(others) / len(others) if len(others) >= LEAST_OTHERS else None
