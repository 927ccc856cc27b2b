"""Assess a matter against a goal. The trace stands on the case, the project or the policy, with ids alone."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import GoalTag, LocalGoal, NotRelevant, Project
from sagsgang.goals.rules import require_goal, require_reason
from sagsgang.meetings.models import AgendaItem
from sagsgang.policies.models import Policy

type Matter = Case | AgendaItem | Project | Policy

_COLUMNS: tuple[tuple[type[models.Model], str], ...] = (
    (Case, "case"),
    (AgendaItem, "item"),
    (Project, "project"),
    (Policy, "policy"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One goal of a matter: `goal` with or without `target`, or `local_goal`; how much, which way, why."""

    goal: int | None = None
    target: str = ""
    local_goal: LocalGoal | None = None
    relevance: str
    direction: str
    reason: str = ""


@transaction.atomic
def assess_goal(matter: Matter, facts: Assessment, *, actor: User) -> GoalTag:
    """Write it. Where it was stated that none is relevant, that is taken back. Raises `RuleBrokenError`."""
    column = next(name for kind, name in _COLUMNS if isinstance(matter, kind))
    type(matter)._base_manager.select_for_update(of=("self",)).get(pk=matter.pk)
    _require(facts)
    same = GoalTag.objects.filter(**{column: matter}, goal=facts.goal, target=facts.target, local_goal=facts.local_goal)
    if same.exists():
        raise RuleBrokenError(gettext("The matter is assessed against this goal already: change that assessment."))
    tag = GoalTag.objects.create(**{column: matter}, author=actor, **_columns(facts))
    case = matter.case if isinstance(matter, AgendaItem) else matter
    if isinstance(case, Case):
        NotRelevant.objects.filter(case=case).update(withdrawn_at=now())
    record(actor, "assess_goal", case, tag=str(tag.pk))
    return tag


@transaction.atomic
def edit_assessment(tag: GoalTag, facts: Assessment, *, actor: User) -> None:
    """Write it anew, in the actor's name. Raises `RuleBrokenError`."""
    tag = GoalTag.objects.select_for_update(of=("self",)).get(pk=tag.pk)
    _require(facts)
    of_the_matter = {name: getattr(tag, f"{name}_id") for _kind, name in _COLUMNS}
    same = GoalTag.objects.filter(
        **of_the_matter, goal=facts.goal, target=facts.target, local_goal=facts.local_goal
    ).exclude(pk=tag.pk)
    if same.exists():
        raise RuleBrokenError(gettext("The matter is assessed against this goal already: change that assessment."))
    for name, value in _columns(facts).items():
        setattr(tag, name, value)
    tag.author = actor
    tag.save()
    record(actor, "edit_assessment", _subject(tag), tag=str(tag.pk))


@transaction.atomic
def withdraw_assessment(tag: GoalTag, *, actor: User) -> None:
    """It counts no more; the row stays."""
    GoalTag.objects.filter(pk=tag.pk).update(withdrawn_at=now())
    record(actor, "withdraw_assessment", _subject(tag), tag=str(tag.pk))


def _require(facts: Assessment) -> None:
    require_goal(facts.goal, facts.target, has_local=facts.local_goal is not None)
    require_reason(facts.reason)


def _columns(facts: Assessment) -> dict[str, object]:
    return {name: getattr(facts, name) for name in facts.__slots__}


def _subject(tag: GoalTag) -> models.Model:
    """The row on which the trace stands: the case of an item, so that its history is whole."""
    found = tag.item.case if tag.item else tag.case or tag.project or tag.policy
    assert found is not None  # the database keeps a matter on every row
    return found
