"""The year as plain values: what the rules of the wheel and of the cycles take in, and what they answer. No rows."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

type Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class CycleBody:
    """A body that takes part in a cycle: `kind` is a `BodyKind` value, `meetings` its days in order, cancelled ones left out."""

    code: str
    kind: str
    name: str
    meetings: tuple[date, ...]
    agenda_days: int = 4
    protocol_days: int = 1


@dataclass(frozen=True, slots=True)
class CycleStep:
    """A meeting in a cycle or on a path: where and when, and by when what it shall treat must be handed in."""

    body: str
    on: date
    safe: date
    outer: date


@dataclass(frozen=True, slots=True)
class Cycle:
    """One pass of cases (politisk rul), named by the month of the council meeting that closes it ("2023-05").

    `start` is the meeting of the directorate that opens it; `steps` are in the order of their days.
    """

    id: str
    start: date
    closes: date
    steps: tuple[CycleStep, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the wheel as the rules need it; `key` names it, `path` the codes of the bodies that a matter passes.

    A council that stands twice on the path reads the matter twice; `is_budget`: with three weeks between the readings.
    """

    key: str
    title: str
    rule: str
    starts_on: date | None = None
    relative_to: str = ""
    is_deadline: bool = False
    lead_days: int = 0
    path: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    is_budget: bool = False


@dataclass(frozen=True, slots=True)
class EntryDay:
    """A day on which an entry falls: `lead_on` is when work on it begins, `path` the meetings that it can pass before."""

    entry: str
    on: date
    lead_on: date
    path: tuple[CycleStep, ...] = ()


@dataclass(frozen=True, slots=True)
class YearFinding:
    """What is wrong with the year: by which rule (R-number of the domain, or ""), where, when, and what to do.

    `on`: the meeting, or the entry's day; for a month without a meeting its first day. `source` is the law that the rule
    rests on, `nearest` a day that would do. `entry` is the key of the entry and `cycle` the id of the cycle that it is
    about, if it is about one.
    """

    rule: str
    severity: Severity
    body: str
    on: date | None
    message: str
    source: str = ""
    nearest: date | None = None
    entry: str = ""
    cycle: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year as its rules give it: the cycles that close in it, the days of its entries in order, and what is wrong."""

    cycles: tuple[Cycle, ...]
    days: tuple[EntryDay, ...]
    findings: tuple[YearFinding, ...]
