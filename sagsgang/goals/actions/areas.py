"""Write the policy areas of an authority, and which goals their matters usually touch."""

from collections.abc import Collection

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.goals.catalogue import starter_areas
from sagsgang.goals.models import AreaGoal, PolicyArea
from sagsgang.goals.rules import require_free_name


@transaction.atomic
def lay_in_areas(authority: Authority, *, actor: User) -> list[PolicyArea]:
    """The usual areas with their usual goals, those that the authority has not; she changes them as she likes."""
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    held = {name.casefold() for name in authority.policy_areas.values_list("name", flat=True)}
    missing = [area for area in starter_areas() if area.name.casefold() not in held]
    return [add_area(authority, name=area.name, goals=area.goals, actor=actor) for area in missing]


@transaction.atomic
def add_area(authority: Authority, *, name: str, goals: Collection[int], actor: User) -> PolicyArea:
    """One more area. Raises `RuleBrokenError` if there is one of the name."""
    _require(authority, name, None)
    area = PolicyArea.objects.create(authority=authority, name=name)
    _write_goals(area, goals)
    record(actor, "add_area", area)
    return area


@transaction.atomic
def edit_area(area: PolicyArea, *, name: str, goals: Collection[int], actor: User) -> None:
    """Write it anew; the cases keep the name that stands on them. Raises `RuleBrokenError` if the name is taken."""
    area = PolicyArea.objects.select_for_update(of=("self",)).select_related("authority").get(pk=area.pk)
    _require(area.authority, name, area)
    area.name = name
    area.save()
    _write_goals(area, goals)
    record(actor, "edit_area", area)


@transaction.atomic
def withdraw_area(area: PolicyArea, *, actor: User) -> None:
    """It is on the list no more; what it stands on keeps it."""
    PolicyArea.objects.filter(pk=area.pk).update(withdrawn_at=now())
    record(actor, "withdraw_area", area)


def _require(authority: Authority, name: str, own: PolicyArea | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    same = PolicyArea.objects.filter(authority=authority, name__iexact=name)
    require_free_name(name, is_taken=(same.exclude(pk=own.pk) if own else same).exists())


def _write_goals(area: PolicyArea, goals: Collection[int]) -> None:
    held = AreaGoal.objects.filter(area=area)
    held.exclude(goal__in=goals).update(withdrawn_at=now())
    known = set(held.values_list("goal", flat=True))
    AreaGoal.objects.bulk_create(AreaGoal(area=area, goal=goal) for goal in sorted(set(goals) - known))
