"""Write the local goals, and which goals and targets they serve."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.goals.models import LocalGoal, LocalGoalMapping
from sagsgang.goals.rules import parse_goal, require_free_name, require_period


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalGoalFacts:
    """What is written of a local goal. `serves`: goals and targets as they are written, "3" or "3.4"."""

    name: str
    valid_from: date
    valid_to: date | None = None
    text: str = ""
    serves: Collection[str] = ()


@transaction.atomic
def add_local_goal(authority: Authority, facts: LocalGoalFacts, *, actor: User) -> LocalGoal:
    """One more. Raises `RuleBrokenError`."""
    _require(authority, facts, None)
    goal = LocalGoal.objects.create(
        authority=authority, name=facts.name, text=facts.text, valid_from=facts.valid_from, valid_to=facts.valid_to
    )
    _write_served(goal, facts.serves)
    record(actor, "add_local_goal", goal)
    return goal


@transaction.atomic
def edit_local_goal(goal: LocalGoal, facts: LocalGoalFacts, *, actor: User) -> None:
    """Write it anew; the assessments against it stay. Raises `RuleBrokenError`."""
    goal = LocalGoal.objects.select_for_update(of=("self",)).select_related("authority").get(pk=goal.pk)
    _require(goal.authority, facts, goal)
    for name in ("name", "text", "valid_from", "valid_to"):
        setattr(goal, name, getattr(facts, name))
    goal.save()
    _write_served(goal, facts.serves)
    record(actor, "edit_local_goal", goal)


@transaction.atomic
def withdraw_local_goal(goal: LocalGoal, *, actor: User) -> None:
    """It is chosen no more; what was assessed against it keeps it."""
    LocalGoal.objects.filter(pk=goal.pk).update(withdrawn_at=now())
    record(actor, "withdraw_local_goal", goal)


def _require(authority: Authority, facts: LocalGoalFacts, own: LocalGoal | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    same = LocalGoal.objects.filter(authority=authority, name__iexact=facts.name)
    require_free_name(facts.name, is_taken=(same.exclude(pk=own.pk) if own else same).exists())
    require_period(facts.valid_from, facts.valid_to)


def _write_served(local: LocalGoal, serves: Collection[str]) -> None:
    wanted = {parse_goal(words) for words in serves}
    held = {(row.goal, row.target): row for row in LocalGoalMapping.objects.filter(local_goal=local)}
    gone = [row.pk for key, row in held.items() if key not in wanted]
    LocalGoalMapping.objects.filter(pk__in=gone).update(withdrawn_at=now())
    LocalGoalMapping.objects.bulk_create(
        LocalGoalMapping(local_goal=local, goal=goal, target=target) for goal, target in sorted(wanted - held.keys())
    )
