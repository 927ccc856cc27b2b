"""Headcounts as plain values: what is read from a file, and what the checks and the comparison take in. No rows.

Three levels lead: 1 = topchefer (the directorate), 2 = chefer, 3 = ledere. Figures are heads, never full-time equivalents.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

type Severity = Literal["error", "warning"]

LEVELS = (1, 2, 3)


class Sex(StrEnum):
    """As the payroll has it; OTHER is everything that is neither, also unknown."""

    WOMAN = "k"
    MAN = "m"
    OTHER = "x"


class Status(StrEnum):
    """How a post is filled."""

    PERMANENT = "fast"
    ACTING = "konstitueret"
    LEAVE = "orlov"
    VACANT = "vakant"


@dataclass(frozen=True, slots=True)
class Employee:
    """A row of a payroll extract: `row` as the spreadsheet numbers it, `level` None for who leads nobody.

    `sex` is None in a vacant post alone. `on` is the day that the row says it was counted, if it says one.
    """

    row: int
    key: str
    name: str
    unit: str
    level: int | None
    sex: Sex | None
    status: Status = Status.PERMANENT
    on: date | None = None

    @property
    def is_head(self) -> bool:
        """Is there a person in the post?"""
        return self.status != Status.VACANT


@dataclass(frozen=True, slots=True)
class Figures:
    """Heads by sex. `total` and `percents` are what the source states (None, {}: it does not); `row` is where."""

    women: int
    men: int
    other: int = 0
    total: int | None = None
    row: int | None = None
    percents: tuple[tuple[str, float], ...] = ()

    @property
    def heads(self) -> int:
        """The sum of the three."""
        return self.women + self.men + self.other

    @property
    def share(self) -> float | None:
        """Women per hundred women and men; None where there are neither."""
        return 100 * self.women / (self.women + self.men) if self.women + self.men else None


@dataclass(frozen=True, slots=True)
class Oddity:
    """A place in the file that can be read and is no count of heads: a fraction, or a heading that speaks of årsværk."""

    row: int
    column: str
    words: str
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Headcount:
    """Leaders by level and sex on one day, from employee rows or from a table of sums (then `employees` is empty).

    `leaders` and `staff` are all leaders and all employees, None where the source does not say. `headings` is the heading
    in the file of each known column, `days` the days that the file says it was counted on, each with its first row.
    """

    levels: dict[int, Figures]
    leaders: Figures | None = None
    staff: Figures | None = None
    employees: tuple[Employee, ...] = ()
    headings: dict[str, str] = field(default_factory=dict)
    days: tuple[tuple[date, int], ...] = ()
    oddities: tuple[Oddity, ...] = ()

    def heading(self, column: str) -> str:
        """The heading of a known column as the file writes it; the column's own Danish name where there is none."""
        return self.headings.get(column, COLUMN_NAMES[column])


COLUMN_NAMES = {
    "key": "medarbejdernr", "name": "navn", "unit": "enhed", "level": "niveau", "sex": "køn", "status": "status",
    "on": "dato", "women": "kvinder", "men": "mænd", "other": "andre", "total": "i alt",
    "women_percent": "kvinder %", "men_percent": "mænd %", "other_percent": "andre %",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """One who belongs to the directorate (`level` 1), or a chef of the org chart where the list says so (`level` 2).

    `is_certain` False where nobody can say that she held the post on the day: what follows from it warns and never blocks.
    """

    name: str
    title: str = ""
    level: int = 1
    sex: Sex | None = None
    is_certain: bool = True

    @property
    def words(self) -> str:
        """Title and name."""
        return f"{self.title} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: by which check (1-10 of the domain), at which level and place, and what to do about it."""

    check: int
    level: int | None
    row: int | None
    column: str
    message: str
    proposal: str
    severity: Severity = "error"
