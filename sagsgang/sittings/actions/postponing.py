"""A member or a group demands that an item is postponed because of a conflict of interest (R32, KSL § 14)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Outcome
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import postponing


@transaction.atomic
def demand_postponement(
    item: AgendaItem,
    *,
    person: Person | None = None,
    party: str = "",
    against: int = 0,
    misses_deadline: bool = False,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Postpone the item, with the sentence of it as its decision.

    Raises RuleBrokenError where two thirds of those present object or a deadline would be missed: then it is treated.
    Also without a conflict at the item, while a vote is open, and if the item is decided already.
    """
    meeting, done = entering.act_of(item.meeting, "demand_postponement", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    running = entering.require_running(item, meeting)
    entering.require_no_open_poll(meeting)
    moment = entering.running_at(meeting, at, since=running.began_at)
    conflicts = ConflictOfInterest.objects.filter(item__in=[item.pk, item.parent_id], withdrawn_at=None)
    names = list(conflicts.order_by("created_at").values_list("person__name", flat=True))
    postponing.require_conflict(is_noted=bool(names))
    roll = roll_of(meeting)
    if person is not None:
        rules.require_here(person.name, is_here=person.pk in roll.there_at(moment))
    who = person.name if person is not None else party.strip()
    postponing.require_demander(who)
    present = len(roll.voters_at(moment, item.pk))
    postponing.require_objections(present=present, against=against)
    postponing.require_postponed(present=present, against=against, misses_deadline=misses_deadline)
    text = postponing.sentence(who, ", ".join(names), present=present, against=against)
    decision = record_decision(item, text=text, outcome=Outcome.POSTPONED, seen=0, actor=actor)
    data = {"version": decision.version, "against": against, "present": present}
    return enter_item_act(item, "demand_postponement", key=key, actor=actor, data=data)
