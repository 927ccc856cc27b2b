"""A procedural motion with what became of it, written in one: of an act that the body itself decides, or refuses."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from sagsgang.bodies.models import Person
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.models import Ballot, Choice, Method, Poll, Proposal, ProposalKind
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.queries.state import SittingState
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import doors
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.substitutes import require_chair
from sagsgang.sittings.rules.voting import Result


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


def moment_to_decide(item: AgendaItem, meeting: Meeting, at: datetime) -> datetime:
    """A part of other acts: the true moment, once there is a chair and a quorum; the item itself need not be treated yet."""
    entering.require_no_open_poll(meeting)
    running = entering.running_treatment(meeting)
    moment = entering.running_at(meeting, at, since=running.began_at if running else None)
    roll = roll_of(meeting)
    require_chair(is_chaired=roll.presides_at(moment) is not None)
    quorum = Quorum(len(roll.voters_at(moment, item.pk)), roll.seats)
    rules.require_quorum(quorum.sentence, is_quorate=quorum.is_quorate)
    return moment


def enter_motion(
    item: AgendaItem, state: SittingState, words: str, *, is_voted: bool, key: UUID, moment: datetime
) -> None:
    """What the protocol says of an act of the body; where it was voted on, that motion says it. Raises RuleBrokenError."""
    if not is_voted:
        conclude_motion(item, words=words, is_adopted=True, key=key, moment=moment)
        return
    places = [item.pk, *([state.current.line.pk] if state.current else [])]
    motions = set(Proposal.objects.filter(item__in=places, kind=ProposalKind.PROCEDURE).values_list("pk", flat=True))
    adopted = (row for row in poll_results(item.meeting).values() if row.outcome == Result.ADOPTED)
    doors.require_adopted_motion(is_there=any(row.proposal in motions for row in adopted))
