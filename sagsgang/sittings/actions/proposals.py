"""What is moved at an item, and taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.models import Proposal, ProposalKind, SittingAct
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import voting


@transaction.atomic
def move_proposal(
    item: AgendaItem,
    *,
    words: str,
    kind: str = ProposalKind.MAIN,
    moved_by: Person | None = None,
    party: str = "",
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Somebody, or a group, moves something at an item. Raises RuleBrokenError: no words; the mover is away, holds no
    seat, or has a conflict of interest at the item."""
    meeting, done = entering.act_of(item.meeting, "move_proposal", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = entering.running_at(meeting, at)
    rules.require_words(words)
    if moved_by is not None:
        party = party or _party_of_mover(item, moved_by, moment)
    last = Proposal.history.filter(item=item, kind=kind).aggregate(last=Max("position"))["last"]
    Proposal.objects.create(
        pk=key, item=item, kind=kind, position=(last or 0) + 1, words=words.strip(), moved_by=moved_by, party=party
    )
    return enter_item_act(item, "move_proposal", key=key, actor=actor)


def _party_of_mover(item: AgendaItem, person: Person, moment: datetime) -> str:
    roll = roll_of(item.meeting)
    member = roll.member(person.pk)
    rules.require_seated(person.name, is_seated=member is not None and member.is_seated_at(moment))
    rules.require_here(person.name, is_here=person.pk in roll.there_at(moment))
    rules.require_no_conflict(person.name, has_conflict=person.pk in roll.conflicted_at(item.pk, moment))
    return member.party if member else ""


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take a proposal back before it is voted on; the row stays in the table."""
    meeting, done = entering.act_of(proposal.item.meeting, "withdraw_proposal", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    item = entering.item_here(proposal.item, meeting)
    proposal = Proposal.history.get(pk=proposal.pk)
    voting.require_unsettled(is_settled=proposal.polls.filter(withdrawn_at=None).exists())
    if proposal.withdrawn_at is None:
        proposal.withdrawn_at = now()
        proposal.save(update_fields=["withdrawn_at", "modified_at"])
    return enter_item_act(item, "withdraw_proposal", key=key, actor=actor)
