"""A path as plain values: what the rules of the path are asked about, and what they find. No rows, no database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

type Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class PlanBody:
    """A body as the rules need it: `kind` is a `BodyKind` value, days as in its settings; sentences say its `name`."""

    code: str
    kind: str
    agenda_days: int = 4
    protocol_days: int = 1
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step: body by code, its meeting day or None, `purpose` as `cases.Purpose`; parallel to the step before it."""

    body: str
    on: date | None
    purpose: str
    reading: int | None = None
    is_parallel: bool = False


@dataclass(frozen=True, slots=True)
class PlannedHearing:
    """A hearing that was asked for: of whom (`Concern` value), and when it is answered at the latest."""

    concern: str
    answer_by: date
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class PathPlan:
    """Everything that the path's rules look at. `meetings`: the days on which each body (by code) meets."""

    bodies: dict[str, PlanBody]
    meetings: dict[str, tuple[date, ...]]
    steps: tuple[PlanStep, ...]
    closing_days: frozenset[date] = frozenset()
    economy: bool = False
    elderly: bool = False
    disability: bool = False
    budget: bool = False
    hearings: tuple[PlannedHearing, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at a step (its place, from 0), by which rule (R-number), and the nearest day that works."""

    step: int
    rule: str
    severity: Severity
    source: str
    message: str
    nearest: date | None = None
