"""The rules of a plan. A rule that is changed is replaced by a new one, so that a meeting still knows what made it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import record
from sagsgang.planning.actions.lock import lock_plan
from sagsgang.planning.models import PlanRule
from sagsgang.planning.rules.acts import require_new_rule, require_standing_rule
from sagsgang.planning.rules.plan import days_of


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a rule says: an RFC 5545 rule, the months (1–12) and days left out, the hour and the place."""

    rule: str
    except_months: Collection[int] = ()
    except_days: Collection[date] = ()
    starts: time | None = None
    place: str = ""

    def columns(self) -> dict[str, object]:
        """As they are stored."""
        return {
            "rule": self.rule,
            "except_months": sorted(self.except_months),
            "except_days": [day.isoformat() for day in sorted(self.except_days)],
            "starts": self.starts,
            "place": self.place.strip(),
        }


@transaction.atomic
def add_rule(body: Body, *, year: int, facts: RuleFacts, actor: User) -> PlanRule:
    """Write a rule into a body's plan of a year. No meeting comes of it yet. Raises `RuleBrokenError`."""
    lock_plan(body.pk)
    rule = _new_rule(body, year, facts)
    record(actor, "add_plan_rule", body, rule=str(rule.pk), year=year)
    return rule


@transaction.atomic
def change_rule(rule: PlanRule, *, facts: RuleFacts, actor: User) -> PlanRule:
    """Put a new rule in the place of this one. Meetings that are there stay as they are. Raises `RuleBrokenError`."""
    old = _taken_off(rule)
    if {name: getattr(old, name) for name in facts.columns()} == facts.columns():
        PlanRule.history.filter(pk=old.pk).update(withdrawn_at=None, modified_at=now())
        return PlanRule.objects.get(pk=old.pk)
    new = _new_rule(old.body, old.year, facts)
    record(actor, "change_plan_rule", old.body, rule=str(new.pk), replaces=str(old.pk), year=old.year)
    return new


@transaction.atomic
def remove_rule(rule: PlanRule, *, actor: User) -> None:
    """Take a rule out of the plan. Its meetings stay until somebody takes them away. Raises `RuleBrokenError`."""
    old = _taken_off(rule)
    record(actor, "remove_plan_rule", old.body, rule=str(old.pk), year=old.year)


def _new_rule(body: Body, year: int, facts: RuleFacts) -> PlanRule:
    days_of(facts.rule, year)
    same = PlanRule.objects.filter(body=body, year=year, **facts.columns())
    require_new_rule(is_there=same.exists())
    return PlanRule.objects.create(body=body, year=year, **facts.columns())


def _taken_off(rule: PlanRule) -> PlanRule:
    lock_plan(rule.body_id)
    old = PlanRule.history.select_related("body").get(pk=rule.pk)
    require_standing_rule(is_gone=old.withdrawn_at is not None)
    PlanRule.history.filter(pk=old.pk).update(withdrawn_at=now(), modified_at=now())
    return old
