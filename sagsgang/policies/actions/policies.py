"""Write the register: policies, their place among the tiers, their review on the annual wheel."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext, override

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import Plain, record
from sagsgang.policies.models import Policy, Reach
from sagsgang.policies.queries.facts import facts_of
from sagsgang.policies.rules import next_review, review_rule, starts_on
from sagsgang.policies.rules.acts import require_children_fit, require_reach, require_tier_above
from sagsgang.wheel.actions import EntryFacts, StepWish, add_entry, edit_entry, restore_entry, withdraw_entry
from sagsgang.wheel.models import WheelEntry

LEAD_DAYS = 60  # a review is prepared in two months
LANGUAGE = "da"  # what is written on the wheel is the house's own word, whatever language its writer chose


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts:
    """What can be written of a policy; names as the columns of `Policy`."""

    name: str
    tier: str
    parent: Policy | None = None
    unit: Unit | None = None
    reach: str = Reach.OPEN
    ground: str = ""
    owner_role: str = ""
    review_years: int | None = None
    review_on: date | None = None

    @property
    def columns(self) -> dict[str, object]:
        """The facts by column."""
        return {name: getattr(self, name) for name in self.__slots__}


@transaction.atomic
def add_policy(authority: Authority, facts: PolicyFacts, *, actor: User) -> Policy:
    """Enter one in the register; its review goes on the wheel when its day is known. Raises `RuleBrokenError`."""
    _require(authority, facts, None)
    policy = Policy.objects.create(authority=authority, **facts.columns)
    record(actor, "add_policy", policy)
    plan_review(policy, actor=actor)
    return policy


@transaction.atomic
def edit_policy(policy: Policy, facts: PolicyFacts, *, actor: User) -> Policy:
    """Write the facts anew; the wheel follows. Raises `RuleBrokenError`."""
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    _require(policy.authority, facts, policy)
    changed = [name for name, value in facts.columns.items() if getattr(policy, name) != value]
    for name in changed:
        setattr(policy, name, facts.columns[name])
    if changed:
        policy.save()
        record(actor, "edit_policy", policy, parts=list[Plain](changed))
        plan_review(policy, actor=actor)
    return policy


@transaction.atomic
def withdraw_policy(policy: Policy, *, on: date, actor: User) -> None:
    """From that day on nothing of it is in force; its review goes off the wheel, and it stays in the register."""
    policy = Policy.objects.select_for_update(of=("self",)).select_related("wheel_entry").get(pk=policy.pk)
    Policy.objects.filter(pk=policy.pk).update(withdrawn_on=on)
    record(actor, "withdraw_policy", policy, on=on.isoformat())
    if policy.wheel_entry and policy.wheel_entry.withdrawn_at is None:
        withdraw_entry(policy.wheel_entry, actor=actor)


@transaction.atomic
def restore_policy(policy: Policy, *, actor: User) -> None:
    """Take the withdrawal back."""
    policy = Policy.objects.select_for_update().get(pk=policy.pk)
    Policy.objects.filter(pk=policy.pk).update(withdrawn_on=None)
    policy.withdrawn_on = None
    record(actor, "restore_policy", policy)
    plan_review(policy, actor=actor)


def log_policy_reading(policy: Policy, *, actor: User) -> None:
    """Note that she read a closed one (leak rule 12)."""
    record(actor, "read_closed", policy)


def plan_review(policy: Policy, *, actor: User) -> None:
    """Lay the next review on the wheel, move it, or take it off. Without a day it is counted from the newest approval."""
    if policy.review_on is None and policy.review_years:
        set_review_after_approval(policy)
    years, due = policy.review_years, policy.review_on
    # With `history`: the entry may have been taken off the wheel by hand.
    entry = WheelEntry.history.filter(pk=policy.wheel_entry_id).first() if policy.wheel_entry_id else None
    if not years or due is None or policy.withdrawn_on is not None:
        if entry is not None and entry.withdrawn_at is None:
            withdraw_entry(entry, actor=actor)
        return
    with override(LANGUAGE):
        # The wheel is read by all: what is not open to all is not named on it.
        named = gettext("Review of “{name}”").format(name=policy.name)[:300]
        title = named if policy.reach == Reach.OPEN else gettext("Review of a guideline that is not open to all")
    ours: dict[str, Any] = {
        "title": title,
        "rule": review_rule(due, years),
        "starts_on": due,
        "valid_from": due,
        "owner_role": policy.owner_role,
        "unit": policy.unit,
        "case_title": title,
    }
    if entry is None:
        # A unit that owns it gets a draft case when work begins; without one nobody would have it.
        facts = EntryFacts(**ours, lead_days=LEAD_DAYS, opens_case=policy.unit is not None)
        entry = add_entry(policy.authority, facts, actor=actor)
        Policy.objects.filter(pk=policy.pk).update(wheel_entry=entry)
        policy.wheel_entry = entry
        return
    if entry.withdrawn_at is not None:
        restore_entry(entry, actor=actor)
    edit_entry(entry, _as_it_stands(entry, ours), actor=actor)


def _as_it_stands(entry: WheelEntry, ours: dict[str, Any]) -> EntryFacts:
    """The entry with what the policy says of it: its path, lead time and note may have been written on the wheel."""
    names = [field.name for field in fields(EntryFacts) if field.name != "steps"]
    steps = [StepWish(step.body, step.purpose) for step in entry.steps.select_related("body")]
    return EntryFacts(**{name: getattr(entry, name) for name in names} | ours, steps=steps)


def set_review_after_approval(policy: Policy) -> None:
    """The next review counted from the day on which the newest approved version began; never an earlier day than before."""
    begun = [start for one in facts_of([policy])[policy.pk].facts if (start := starts_on(one)) is not None]
    if not policy.review_years or not begun:
        return
    due = next_review(max(begun), policy.review_years)
    if policy.review_on is None or due > policy.review_on:
        policy.review_on = due
        Policy.objects.filter(pk=policy.pk).update(review_on=due)


def _require(authority: Authority, facts: PolicyFacts, policy: Policy | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    require_reach(facts.reach, ground=facts.ground, has_unit=facts.unit is not None)
    require_tier_above(facts.tier, facts.parent.tier if facts.parent else None)
    if policy is not None:
        require_children_fit(facts.tier, set(policy.children.values_list("tier", flat=True)))
    same = Policy.objects.filter(authority=authority, name__iexact=facts.name)
    if (same.exclude(pk=policy.pk) if policy else same).exists():
        raise RuleBrokenError(gettext("There is a policy of this name already."))
