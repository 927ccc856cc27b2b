"""A policy's versions and approvals as a page shows them to one reader."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sagsgang.meetings.models import Outcome
from sagsgang.policies.models import PolicyVersion
from sagsgang.policies.queries.facts import Held
from sagsgang.policies.rules import in_force, starts_on, superseded_by
from sagsgang.policies.rules.acts import APPROVING
from sagsgang.policies.shapes import Approved, VersionFacts


@dataclass(frozen=True, slots=True)
class ShownApproval:
    """An approval; `item` is None where the reader may not read the item, and `in_closed` says that it was closed."""

    approved: Approved
    item: UUID | None
    in_closed: bool
    outcome: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """What was said of the version as a whole (`name` "") or of one part; of a part perhaps nothing."""

    name: str
    approvals: tuple[ShownApproval, ...]


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version with its state: "in force", "superseded", "coming", "ended", "withdrawn", "parts" or "draft"."""

    row: PolicyVersion
    state: str
    since: date | None
    superseded_by: int | None
    superseded_on: date | None
    changes: tuple[str, ...]
    statements: tuple[ShownPart, ...]

    @property
    def is_approved(self) -> bool:
        """Has anybody approved anything of it?"""
        return any(one.approvals for one in self.statements)


def shown_versions(
    held: Held, today: date, readable: Collection[UUID], withdrawn_on: date | None = None
) -> list[ShownVersion]:
    """The newest first; `readable`: the items whose decision the reader may read."""
    found = in_force(held.facts, today, withdrawn_on)
    now_number = found.version.number if found and found.version else None
    return [_shown(one, held, today, readable, now_number, withdrawn_on) for one in reversed(held.facts)]


def _shown(
    facts: VersionFacts,
    held: Held,
    today: date,
    readable: Collection[UUID],
    now_number: int | None,
    withdrawn_on: date | None,
) -> ShownVersion:
    row, later = held.rows[facts.number], superseded_by(facts, held.facts, today)
    return ShownVersion(
        row=row,
        state=_state(facts, today, later is not None, facts.number == now_number, withdrawn_on),
        since=starts_on(facts),
        superseded_by=later.number if later else None,
        superseded_on=starts_on(later) if later else None,
        changes=tuple(row.changes.splitlines()),
        statements=tuple(
            ShownPart(name, tuple(shown_approval(one, readable) for one in facts.approvals if one.part == name))
            for name in ("", *facts.parts)
        ),
    )


def _state(facts: VersionFacts, today: date, is_over: bool, is_now: bool, withdrawn_on: date | None) -> str:
    start = starts_on(facts)
    if start is None:
        return "parts" if any(one.counts for one in facts.approvals) else "draft"
    if is_now:
        return "in force"
    if is_over:
        return "superseded"
    if start > today:
        return "coming"
    return "withdrawn" if withdrawn_on is not None and withdrawn_on <= today else "ended"


def shown_approval(approved: Approved, readable: Collection[UUID]) -> ShownApproval:
    """With a link to the item for who may read it; without words of a closed decision for everybody."""
    may_read = approved.item is not None and approved.item in readable
    words = ""
    if not approved.counts and (may_read or not approved.is_closed):
        words = str(Outcome(approved.outcome).label) if approved.outcome not in APPROVING else ""
    return ShownApproval(approved, approved.item if may_read else None, approved.is_closed, words)


def items_of(facts: Sequence[VersionFacts]) -> set[UUID]:
    """The items at which anything of them was decided."""
    return {one.item for version in facts for one in version.approvals if one.item is not None}
