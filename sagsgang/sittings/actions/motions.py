"""A procedural motion with what became of it, written in one: of an act that the body itself decides, or refuses."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from sagsgang.bodies.models import Person
from sagsgang.meetings.models import AgendaItem
from sagsgang.sittings.actions import entering
from sagsgang.sittings.models import Ballot, Choice, Method, Poll, Proposal, ProposalKind


def conclude_motion(
    item: AgendaItem,
    *,
    words: str,
    is_adopted: bool,
    moved_by: Person | None = None,
    party: str = "",
    against: int = 0,
    key: UUID,
    moment: datetime,
) -> Proposal:
    """A part of other acts: the motion at the item, and the chair's conclusion on it without an ordinary vote.

    `against` objected: where the law asks for that alone (KSL § 14). Desk and protocol show it as what is moved and
    voted on, and it is taken back in the same way.
    """
    kind = ProposalKind.PROCEDURE
    last = Proposal.history.filter(item=item, kind=kind).aggregate(last=Max("position"))["last"]
    proposal = Proposal.objects.create(
        pk=entering.row_key(key, "motion"),
        item=item,
        kind=kind,
        position=(last or 0) + 1,
        words=words,
        moved_by=moved_by,
        party=party,
    )
    last = Poll.history.filter(item=item).aggregate(last=Max("position"))["last"]
    poll = Poll.objects.create(
        pk=entering.row_key(key, "conclusion"),
        meeting=item.meeting,
        item=item,
        proposal=proposal,
        position=(last or 0) + 1,
        method=Method.NONE,
        declared=is_adopted,
        opened_at=moment,
    )
    if against:  # before it is closed: a closed one takes no votes
        Ballot.objects.create(poll=poll, choice=Choice.AGAINST, count=against)
    poll.closed_at = moment
    poll.save(update_fields=["closed_at", "modified_at"])
    return proposal
