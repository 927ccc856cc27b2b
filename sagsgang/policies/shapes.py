"""Plain values of policies: what the rules reckon with, and what pages, prints and the command are made of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Approved:
    """Somebody approved a version, or the part of it that `part` names ("" = as a whole).

    `counts` is False where the decision was changed or halted afterwards. `decision` and `item` are None for what
    was approved before this system; `source` says then where it is read. `is_closed`: decided in a closed item.
    """

    on: date
    body: str
    part: str = ""
    counts: bool = True
    key: UUID | None = None
    decision: UUID | None = None
    item: UUID | None = None
    meeting: UUID | None = None
    number: str = ""
    outcome: str = ""
    source: str = ""
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version with what was approved of it; `parts` are the names of its parts, approved or not."""

    number: int
    valid_from: date
    valid_to: date | None = None
    approvals: tuple[Approved, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartInForce:
    """A part of a version that is not approved as a whole."""

    version: VersionFacts
    approved: Approved


@dataclass(frozen=True, slots=True)
class InForce:
    """What held on a day: the version approved as a whole (None = there was none), and newer parts beside it."""

    version: VersionFacts | None
    approved: Approved | None
    parts: tuple[PartInForce, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """The days, both included, on which no version was in force; `until` None = still."""

    since: date
    until: date | None
