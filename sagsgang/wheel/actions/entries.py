"""Write the entries of the wheel: what returns, when, whose it is, and which path its matter takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body, Unit
from sagsgang.core.models import Plain, record
from sagsgang.wheel.models import EntryStep, WheelEntry
from sagsgang.wheel.rules import parse_rule
from sagsgang.wheel.rules.acts import require_entry


@dataclass(frozen=True, slots=True)
class StepWish:
    """A step of the path: the body, and what it is asked for (a `Purpose` value)."""

    body: Body
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What can be written of an entry; names as the columns of `WheelEntry`."""

    title: str
    rule: str
    body: Body | None = None
    note: str = ""
    starts_on: date | None = None
    relative_to: WheelEntry | None = None
    is_deadline: bool = False
    is_budget: bool = False
    lead_days: int = 0
    owner_role: str = ""
    unit: Unit | None = None
    opens_case: bool = False
    case_title: str = ""
    kle: str = ""
    policy_area: str = ""
    is_duty: bool = False
    law: str = ""
    source: str = ""
    evidence_wanted: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    steps: Sequence[StepWish] = field(default_factory=tuple)

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column, without the steps."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "steps"}


@transaction.atomic
def add_entry(authority: Authority, facts: EntryFacts, *, actor: User) -> WheelEntry:
    """Put one more thing on the wheel; it has no days before the year is generated. Raises `RuleBrokenError`."""
    _require(facts)
    entry = WheelEntry.objects.create(authority=authority, **facts.columns)
    _write_steps(entry, facts.steps)
    record(actor, "add_entry", entry, steps=len(facts.steps))
    return entry


@transaction.atomic
def edit_entry(entry: WheelEntry, facts: EntryFacts, *, actor: User) -> WheelEntry:
    """Write the facts anew; the days follow when the year is generated again. Raises `RuleBrokenError`."""
    entry = WheelEntry.objects.select_for_update().get(pk=entry.pk)
    _require(facts)
    changed = [name for name, value in facts.columns.items() if getattr(entry, name) != value]
    for name in changed:
        setattr(entry, name, facts.columns[name])
    if _write_steps(entry, facts.steps):
        changed.append("steps")
    if changed:
        entry.save()
        record(actor, "edit_entry", entry, parts=list[Plain](changed))
    return entry


@transaction.atomic
def withdraw_entry(entry: WheelEntry, *, actor: User) -> None:
    """Take it off the wheel: what it has been stays, and the days to come go when the year is generated again."""
    WheelEntry.objects.filter(pk=entry.pk).update(withdrawn_at=now(), modified_at=now())
    record(actor, "withdraw_entry", entry)


@transaction.atomic
def restore_entry(entry: WheelEntry, *, actor: User) -> None:
    """Put it back: the undoing of `withdraw_entry`."""
    WheelEntry.history.filter(pk=entry.pk).update(withdrawn_at=None, modified_at=now())
    record(actor, "restore_entry", entry)


def _require(facts: EntryFacts) -> None:
    parse_rule(facts.rule)
    require_entry(
        title=facts.title,
        is_duty=facts.is_duty,
        law=facts.law,
        valid_from=facts.valid_from,
        valid_to=facts.valid_to,
    )


def _write_steps(entry: WheelEntry, wishes: Sequence[StepWish]) -> bool:
    """The path as wished; answers whether it was another before."""
    held = [(row.body_id, row.purpose) for row in EntryStep.objects.filter(entry=entry).order_by("position")]
    if held == [(wish.body.pk, str(wish.purpose)) for wish in wishes]:
        return False
    EntryStep.objects.filter(entry=entry).update(withdrawn_at=now())
    EntryStep.objects.bulk_create(
        EntryStep(entry=entry, position=position, body=wish.body, purpose=wish.purpose)
        for position, wish in enumerate(wishes, start=1)
    )
    return True
