"""Decide an item in the room: the decision itself is written as everywhere, and those who follow along are told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.rules.deciding import outcome_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.queries.results import votes_at
from sagsgang.sittings.rules import voting


@transaction.atomic
def decide_here(item: AgendaItem, *, facts: dict[str, Any], key: UUID, at: datetime, actor: User) -> SittingAct:
    """Record the decision on an item of a meeting that runs; `facts` are those of `record_decision`.

    Raises RuleBrokenError: the meeting does not run, a vote is open, the votes say otherwise (R25), or what
    `record_decision` refuses.
    """
    meeting, done = entering.act_of(item.meeting, "decide_here", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    entering.running_at(meeting, at)
    entering.require_no_open_poll(meeting)
    voting.require_as_voted(_outcomes(facts), votes_at(item))
    decision = record_decision(item, actor=actor, **facts)
    return enter_item_act(item, "decide_here", key=key, actor=actor, data={"version": decision.version})


def _outcomes(facts: dict[str, Any]) -> set[str]:
    """The outcomes of the points, and of the whole as they make it."""
    points = [point.outcome for point in facts.get("points", ()) if point.outcome or point.words.strip()]
    return {outcome for outcome in (*points, outcome_of(points, facts["outcome"])) if outcome}
