"""What a maker is asked for, and what it offers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sagsgang.bodies.models import Authority, Body, Role
from sagsgang.publication.figures.tree import FiguresReport


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose figures, of which days. `earlier` is every version of the same report that has been public, oldest first."""

    authority: Authority
    body: Body | None
    period_start: date
    period_end: date
    earlier: tuple[FiguresReport, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """A report that can be made now; `label` is how the page of figures calls it."""

    kind: str
    label: str
    period_start: date
    period_end: date
    body_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Maker:
    """How a kind is made. `make` raises `RuleBrokenError` with a sentence where it cannot be made (any more).

    `preparers` are roles that may prepare figures of a whole authority besides its secretaries.
    """

    kind: str
    offers: Callable[[Authority], list[Offer]]
    make: Callable[[Asked], FiguresReport]
    preparers: tuple[Role, ...] = ()
