"""A member or a group demands that an item is postponed because of a conflict of interest (R32, KSL § 14)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import Plain
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.actions.returning import wait_again
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Outcome, own_decision
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.actions.motions import conclude_motion
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
    """Postpone the item, with the sentence of it as its decision; its case waits for a later meeting of the body.

    Where two thirds of those present object, or a deadline would be missed, the item is treated: the demand is refused,
    and stands in the protocol with those who objected, as a motion that can be taken back like any other. Raises
    RuleBrokenError without a conflict at the item, while a vote is open, and if the item is decided already.
    """
    meeting, done = entering.act_of(item.meeting, "demand_postponement", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    running = entering.require_running(item, meeting)
    entering.require_no_open_poll(meeting)
    moment = entering.running_at(meeting, at, since=running.began_at)
    conflicted = _conflicted_at(item)
    roll = roll_of(meeting)
    if person is not None:
        rules.require_here(person.name, is_here=person.pk in roll.there_at(moment))
    who = person.name if person is not None else party.strip()
    postponing.require_demander(who)
    present = len(roll.voters_at(moment, item.pk))
    postponing.require_objections(present=present, against=against)
    data: dict[str, Plain] = {"against": against, "present": present}
    if postponing.is_postponed(present=present, against=against, misses_deadline=misses_deadline):
        text = postponing.sentence(who, conflicted, present=present, against=against)
        decision = record_decision(item, text=text, outcome=Outcome.POSTPONED, seen=0, is_procedure=True, actor=actor)
        data["version"] = decision.version
        wait_again(item, actor=actor)
    else:
        rules.require_undecided_item(is_decided=own_decision(item.decisions.all(), meeting) is not None)
        words = postponing.motion(conflicted, misses_deadline=misses_deadline)
        member = roll.member(person.pk) if person is not None else None
        group = member.party if member else party.strip()
        proposal = conclude_motion(
            item, words=words, moved_by=person, party=group, is_adopted=False, against=against, key=key, moment=moment
        )
        data |= {"refused": True, "proposal": str(proposal.pk)}
    return enter_item_act(item, "demand_postponement", key=key, actor=actor, data=data)


def _conflicted_at(item: AgendaItem) -> str:
    """Who has a conflict of interest at the item or the one above it, by name. Raises RuleBrokenError for nobody."""
    rows = ConflictOfInterest.objects.filter(item__in=[item.pk, item.parent_id], withdrawn_at=None)
    names = list(rows.order_by("created_at").values_list("person__name", flat=True))
    postponing.require_conflict(is_noted=bool(names))
    return ", ".join(names)
