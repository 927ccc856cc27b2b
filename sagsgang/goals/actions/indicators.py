"""Enter indicators, and say which decisions, cases and projects were to move them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Unit
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import Indicator, IndicatorGoal, IndicatorLink, LocalGoal, PolicyArea, Project
from sagsgang.goals.rules import parse_goal, require_free_name
from sagsgang.goals.rules.indicators import require_baseline, require_target, require_value
from sagsgang.meetings.models import AgendaItem

type Mover = AgendaItem | Case | Project

_COLUMNS: dict[type[models.Model], str] = {AgendaItem: "item", Case: "case", Project: "project"}


@dataclass(frozen=True, kw_only=True)
class IndicatorFacts:
    """What is written of an indicator. `serves`: goals and targets as they are written ("3", "3.4"); `local_goals` besides."""

    name: str
    source: str
    better: str
    measures: str = ""
    measured_in: str = ""
    decimals: int = 0
    source_address: str = ""
    area: PolicyArea | None = None
    unit: Unit | None = None
    owner_role: str = ""
    baseline_value: Decimal | None = None
    baseline_on: date | None = None
    target_value: Decimal | None = None
    target_on: date | None = None
    is_public: bool = False
    serves: Collection[str] = ()
    local_goals: Collection[LocalGoal] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """The facts by column, without the goals."""
        return {name: value for name, value in vars(self).items() if name not in ("serves", "local_goals")}


@transaction.atomic
def add_indicator(authority: Authority, facts: IndicatorFacts, *, actor: User) -> Indicator:
    """One more. Raises `RuleBrokenError`."""
    _require(authority, facts, None)
    row = Indicator.objects.create(authority=authority, **facts.columns)
    _write_goals(row, facts)
    record(actor, "add_indicator", row)
    return row


@transaction.atomic
def edit_indicator(indicator: Indicator, facts: IndicatorFacts, *, actor: User) -> None:
    """Write it anew; its figures and links stay. Raises `RuleBrokenError`."""
    held = Indicator.objects.select_for_update(of=("self",)).select_related("authority").get(pk=indicator.pk)
    _require(held.authority, facts, held)
    changed = sorted(name for name, value in facts.columns.items() if getattr(held, name) != value)
    for name, value in facts.columns.items():
        setattr(held, name, value)
    held.save()
    _write_goals(held, facts)
    record(actor, "edit_indicator", held, parts=list(changed))


@transaction.atomic
def withdraw_indicator(indicator: Indicator, *, actor: User) -> None:
    """It was entered by mistake, or is followed no more; its figures stay in the table."""
    Indicator.objects.filter(pk=indicator.pk).update(withdrawn_at=now())
    record(actor, "withdraw_indicator", indicator)


@transaction.atomic
def link_indicator(
    indicator: Indicator, to: Mover, *, on: date | None, expected: str = "", actor: User
) -> IndicatorLink:
    """It was to move the indicator. `on` None = the day of the meeting. Raises `RuleBrokenError`.

    The caller has made sure that the actor reads the decision or the case. Of what is closed no word is written here.
    """
    column = _COLUMNS[type(to)]
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if IndicatorLink.objects.filter(indicator=indicator, **{column: to}).exists():
        raise RuleBrokenError(gettext("That link is there already."))
    on = on or (to.meeting.held_on if isinstance(to, AgendaItem) else None)
    if on is None:
        raise RuleBrokenError(gettext("Write from which day it was to move the indicator."))
    if expected and is_shut(to):
        raise RuleBrokenError(gettext("It is closed: what was expected of it stands there, and not here."))
    link = IndicatorLink.objects.create(indicator=indicator, **{column: to}, on=on, expected=expected, author=actor)
    record(actor, "link_indicator", indicator, link=str(link.pk))
    return link


@transaction.atomic
def unlink_indicator(link: IndicatorLink, *, actor: User) -> None:
    """It was not to move it; the row stays."""
    IndicatorLink.objects.filter(pk=link.pk).update(withdrawn_at=now())
    record(actor, "unlink_indicator", link.indicator, link=str(link.pk))


def is_shut(mover: Mover) -> bool:
    """Is the decision or the case closed?"""
    if isinstance(mover, AgendaItem):
        return mover.access == "closed" or (mover.parent is not None and mover.parent.access == "closed")
    return isinstance(mover, Case) and mover.is_closed


def _require(authority: Authority, facts: IndicatorFacts, own: Indicator | None) -> None:
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)  # a name is asked for and taken in one
    same = Indicator.objects.filter(authority=authority, name__iexact=facts.name)
    require_free_name(facts.name, is_taken=(same.exclude(pk=own.pk) if own else same).exists())
    if not facts.source.strip():
        raise RuleBrokenError(gettext("Write where its figures are from."))
    require_baseline(facts.baseline_value, facts.baseline_on)
    require_target(facts.target_value, facts.target_on, facts.baseline_on)
    for value in (facts.baseline_value, facts.target_value):
        if value is not None:
            require_value(value)


def _write_goals(row: Indicator, facts: IndicatorFacts) -> None:
    wanted: dict[tuple[int | None, str, Any], LocalGoal | None] = {}
    for words in facts.serves:
        wanted[(*parse_goal(words), None)] = None
    for local in facts.local_goals:
        wanted[(None, "", local.pk)] = local
    held = {(one.goal, one.target, one.local_goal_id): one for one in IndicatorGoal.objects.filter(indicator=row)}
    gone = [one.pk for key, one in held.items() if key not in wanted]
    IndicatorGoal.objects.filter(pk__in=gone).update(withdrawn_at=now())
    IndicatorGoal.objects.bulk_create(
        IndicatorGoal(indicator=row, goal=goal, target=target, local_goal=local)
        for (goal, target, key), local in wanted.items()
        if (goal, target, key) not in held
    )
