"""Targets (måltal): set, changed, taken off; each by the council's decision, or as it was decided before this system."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.equality.models import Target
from sagsgang.meetings.models import AgendaItem, Decision, own_decision
from sagsgang.policies.models import PolicyVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """What is said of a target; names as the columns of `Target`, and `item`: whose decision set it."""

    level: int
    sex: str
    number: int
    share: int
    due_on: date
    status: str = ""
    policy_version: PolicyVersion | None = None
    item: AgendaItem | None = None
    decided_words: str = ""
    submitted_on: date | None = None
    receipt: str = ""


@transaction.atomic
def set_target(authority: Authority, facts: TargetFacts, *, actor: User) -> Target:
    """Set one; of a level and a day there is one. The caller has made sure that the actor reads item and policy.

    Raises `RuleBrokenError`.
    """
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    target = Target(authority=authority, recorded_by=actor)
    _write(target, facts)
    record(actor, "set_equality_target", target, level=target.level)
    return target


@transaction.atomic
def change_target(target: Target, facts: TargetFacts, *, actor: User) -> Target:
    """Change it: its status, its receipt, or what was wrong; the log names what was changed. Raises `RuleBrokenError`."""
    Authority.objects.select_for_update(no_key=True).get(pk=target.authority_id)
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    names = [field.attname for field in Target._meta.concrete_fields if field.attname != "modified_at"]
    before = {name: getattr(target, name) for name in names}
    _write(target, facts)
    changed = sorted(name for name in names if getattr(target, name) != before[name])
    record(actor, "change_equality_target", target, changed=[*changed])
    return target


@transaction.atomic
def withdraw_target(target: Target, *, actor: User) -> None:
    """Take it off the list; the row stays."""
    target = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
    target.withdrawn_at = now()
    target.save(update_fields=["withdrawn_at", "modified_at"])
    record(actor, "withdraw_equality_target", target)


def _write(target: Target, facts: TargetFacts) -> None:
    decision = _decision(facts.item)
    _require(target, facts, decision)
    target.level, target.sex, target.number = facts.level, facts.sex, facts.number
    target.share, target.due_on, target.status = facts.share, facts.due_on, facts.status.strip()
    target.policy_version, target.decision = facts.policy_version, decision
    target.decided_words = "" if decision else facts.decided_words.strip()
    target.submitted_on, target.receipt = facts.submitted_on, facts.receipt.strip()
    target.save()


def _decision(item: AgendaItem | None) -> Decision | None:
    if item is None:
        return None
    decision = own_decision(item.decisions.all(), item.meeting)
    if decision is None:
        raise RuleBrokenError(_("Nothing is decided on this item yet."))
    return decision


def _require(target: Target, facts: TargetFacts, decision: Decision | None) -> None:
    same = Target.objects.filter(authority=target.authority_id, level=facts.level, due_on=facts.due_on)
    if same.exclude(pk=target.pk).exists():
        raise RuleBrokenError(_("This level has a target by that day already. Change that one."))
    if facts.submitted_on and facts.submitted_on > localdate():
        raise RuleBrokenError(_("The day of the report to the ministry lies ahead."))
    if facts.receipt.strip() and facts.submitted_on is None:
        raise RuleBrokenError(_("Give the day of the report that the receipt is for."))
    if facts.submitted_on and decision is None and not facts.decided_words.strip():
        raise RuleBrokenError(_("What is reported has been decided: choose the item, or write who decided it when."))
