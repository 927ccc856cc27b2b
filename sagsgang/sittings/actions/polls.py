"""Votes: open a poll, enter what was voted, close it; or conclude without one. One poll is open at a time."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import Plain
from sagsgang.meetings.actions.schedule import record_both
from sagsgang.meetings.models import AgendaItem, Meeting, own_decision
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act, enter_item_act
from sagsgang.sittings.models import Ballot, Choice, Method, Poll, Proposal, ProposalKind, SittingAct
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import voting
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.substitutes import require_chair


@transaction.atomic
def open_poll(
    item: AgendaItem,
    *,
    method: str,
    proposal: Proposal | None = None,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Begin a vote at the running item, on a proposal or (None) on the recommendation. The poll's id is the key.

    Raises RuleBrokenError: a poll is open, nobody presides (R29), the body is not quorate (R24), amendments come first
    (R26), or it is settled already.
    """
    meeting, done = entering.act_of(item.meeting, "open_poll", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    rules.require_method(fits=method in Method.values and method != Method.NONE)
    moment = _moment_to_decide(item, meeting, proposal, at)
    Poll.objects.create(
        pk=key,
        meeting=meeting,
        item=item,
        proposal=proposal,
        position=_next_position(item),
        method=method,
        opened_at=moment,
    )
    return enter_act(meeting, "open_poll", key=key, actor=actor, item=item)


@transaction.atomic
def adopt_without_vote(
    item: AgendaItem,
    *,
    proposal: Proposal | None = None,
    is_adopted: bool = True,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """The chair concludes, since nobody asks for a vote (R26): adopted, or with `is_adopted` False rejected.

    For a block that is treated together it holds for each of its items. Raises RuleBrokenError like `open_poll`, and
    if the last that was noted in this treatment is the same conclusion: then a button was pressed twice.
    """
    meeting, done = entering.act_of(item.meeting, "adopt_without_vote", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = _moment_to_decide(item, meeting, proposal, at)
    items = [item] if proposal else _treated_together(item, meeting)
    if proposal is None:
        rules.require_new_conclusion(is_noted=_is_concluded(item, meeting, is_adopted=is_adopted))
    for row in items:
        Poll.objects.create(
            pk=key if row.pk == item.pk else entering.row_key(key, row.pk),
            meeting=meeting,
            item=row,
            proposal=proposal,
            position=_next_position(row),
            method=Method.NONE,
            declared=is_adopted,
            opened_at=moment,
            closed_at=moment,
        )
    for row in items:
        if row.pk != item.pk:
            record_both(actor, "adopt_without_vote", row)
    return enter_item_act(item, "adopt_without_vote", key=key, actor=actor, data={"items": len(items)})


def _is_concluded(item: AgendaItem, meeting: Meeting, *, is_adopted: bool) -> bool:
    """Is this very conclusion the last thing that was noted since the item was taken up?"""
    running = entering.running_treatment(meeting)
    last = Poll.objects.filter(item=item, meeting=meeting).order_by("position").last()
    if last is None or running is None or last.opened_at < running.began_at:
        return False
    return (last.proposal_id, last.method, last.declared) == (None, Method.NONE, is_adopted)


def _moment_to_decide(item: AgendaItem, meeting: Meeting, proposal: Proposal | None, at: datetime) -> datetime:
    """The true moment, once all is there that a decision needs."""
    running = entering.require_running(item, meeting)
    entering.require_no_open_poll(meeting)
    last = Poll.objects.filter(meeting=meeting).aggregate(last=Max("closed_at"))["last"]
    moment = entering.running_at(meeting, at, since=max(filter(None, (running.began_at, last))))
    roll = roll_of(meeting)
    require_chair(is_chaired=roll.presides_at(moment, item.pk) is not None)
    quorum = Quorum(len(roll.voters_at(moment, item.pk)), roll.seats)
    rules.require_quorum(quorum.sentence, is_quorate=quorum.is_quorate)
    _require_turn_of(item, meeting, proposal)
    return moment


def _require_turn_of(item: AgendaItem, meeting: Meeting, proposal: Proposal | None) -> None:
    rows = list(Proposal.objects.filter(item=item))
    rules.require_on_agenda(is_there=proposal is None or any(row.pk == proposal.pk for row in rows))
    settled = voting.settled_proposals(
        [(row.pk, row.kind) for row in rows],
        [(one.proposal, one.outcome) for one in poll_results(meeting).values() if one.item == item.pk],
    )
    voting.require_unsettled(is_settled=proposal is not None and proposal.pk in settled)
    waiting = {voting.voting_order(row.kind, row.position) for row in rows if row.pk not in settled}
    kind, position = (proposal.kind, proposal.position) if proposal else (ProposalKind.MAIN, 0)
    voting.require_turn_of_proposal(voting.voting_order(kind, position), waiting)


def _treated_together(item: AgendaItem, meeting: Meeting) -> list[AgendaItem]:
    running = entering.running_treatment(meeting)
    if item.block is None or running is None:
        return [item]
    rows = AgendaItem.objects.filter(
        meeting=meeting, block=item.block, treatments__began_at=running.began_at, withdrawn_at=None
    )
    return list(rows.order_by("position")) or [item]


def _next_position(item: AgendaItem) -> int:
    last = Poll.history.filter(item=item).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


@transaction.atomic
def enter_ballots(
    poll: Poll,
    *,
    votes: Mapping[UUID, str] | None = None,
    groups: Mapping[str, Mapping[str, int]] | None = None,
    counts: Mapping[str, int] | None = None,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Enter what was voted; it takes the place of what was entered before. While the poll is open.

    `votes` {person: choice} for a roll-call; `groups` {party: {choice: number}} by group, with `votes` for members who
    are named for themselves (and counted out of a number that was entered for the whole group);
    `counts` {choice: number} for hands and papers. Raises RuleBrokenError: somebody may not vote, more votes than
    voters, or what does not fit the method.
    """
    meeting, done = entering.act_of(poll.meeting, "enter_ballots", key=key)
    if done is not None:
        return done
    poll, moment = _open_one(poll, meeting, at)
    ballots = _ballots(poll, roll_of(meeting), moment, votes or {}, groups or {}, counts or {})
    return _replace(poll, meeting, ballots, "enter_ballots", key=key, actor=actor)


@transaction.atomic
def enter_roll_call(
    poll: Poll,
    *,
    everyone: str | None = Choice.FOR,
    exceptions: Mapping[UUID, str | None] | None = None,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Enter a roll-call: all who may vote alike, then the exceptions (None = did not vote). As `enter_ballots`."""
    meeting, done = entering.act_of(poll.meeting, "enter_roll_call", key=key)
    if done is not None:
        return done
    poll, moment = _open_one(poll, meeting, at)
    roll = roll_of(meeting)
    voters = list(roll.voters_at(moment, poll.item_id))
    voting.require_known_choices(one for one in (everyone, *(exceptions or {}).values()) if one is not None)
    voting.require_only_voters(list(exceptions or {}), voters, _names(roll))
    votes = voting.roll_call(voters, everyone=everyone, exceptions=exceptions)
    ballots = _ballots(poll, roll, moment, votes, {}, {})
    return _replace(poll, meeting, ballots, "enter_roll_call", key=key, actor=actor)


def _open_one(poll: Poll, meeting: Meeting, at: datetime) -> tuple[Poll, datetime]:
    """The poll as it stands now, and the true moment. Raises RuleBrokenError if it is closed or taken back."""
    found = Poll.history.select_related("item").get(pk=poll.pk)
    rules.require_poll_open(is_open=found.closed_at is None and found.withdrawn_at is None)
    return found, entering.running_at(meeting, at, since=found.opened_at)


def _ballots(
    poll: Poll,
    roll: Roll,
    moment: datetime,
    votes: Mapping[UUID, str],
    groups: Mapping[str, Mapping[str, int]],
    counts: Mapping[str, int],
) -> list[Ballot]:
    """The rows of what was voted, once all of it may stand."""
    rules.require_method(fits=_fits(poll.method, votes, groups, counts))
    voters = _entitled(poll, roll, moment)
    voting.require_known_choices(votes.values())
    voting.require_only_voters(list(votes), voters, _names(roll))
    seats = [voters[person] for person in votes]
    voting.require_one_vote_a_seat(len(seats), len(set(seats)))
    by_group = _by_group(voters, roll)
    named = [(_group(voters[person], roll), choice) for person, choice in votes.items()]
    groups = voting.without_named(groups, named, by_group)
    for group, _choice in named:
        by_group[group] -= 1
    voting.require_groups_within(groups, by_group)
    voting.require_counts_within(counts, len(set(voters.values())))
    return [
        *(Ballot(poll=poll, person_id=person, choice=choice) for person, choice in votes.items()),
        *(
            Ballot(poll=poll, party=party, choice=choice, count=count)
            for party, numbers in groups.items()
            for choice, count in numbers.items()
            if count
        ),
        *(Ballot(poll=poll, choice=choice, count=count) for choice, count in counts.items() if count),
    ]


def _fits(method: str, votes: Mapping[UUID, str], groups: object, counts: object) -> bool:
    if method == Method.ROLL_CALL:
        return not groups and not counts
    if method == Method.GROUPS:
        return not counts
    return not votes and not groups


def _entitled(poll: Poll, roll: Roll, moment: datetime) -> dict[UUID, UUID]:
    """Who may have a vote in the poll: {voter: member}. Who is there now, and who was when it was opened and left since.

    A seat that has ended in the meantime votes no more.
    """
    voters = roll.voters_at(poll.opened_at, poll.item_id) | roll.voters_at(moment, poll.item_id)
    seated = {row.person for row in roll.members if row.is_seated_at(moment)}
    return {voter: member for voter, member in voters.items() if member in seated}


def _by_group(voters: Mapping[UUID, UUID], roll: Roll) -> dict[str, int]:
    found: dict[str, int] = {}
    for member in set(voters.values()):
        group = _group(member, roll)
        found[group] = found.get(group, 0) + 1
    return found


def _group(member: UUID, roll: Roll) -> str:
    row = roll.member(member)
    return row.party if row else ""


def _names(roll: Roll) -> dict[UUID, str]:
    return {row.person: row.name for row in roll.members}


def _replace(
    poll: Poll, meeting: Meeting, ballots: Iterable[Ballot], verb: str, *, key: UUID, actor: User
) -> SittingAct:
    poll.ballots.all().delete()
    rows = Ballot.objects.bulk_create(ballots)
    data: dict[str, Plain] = {"poll": str(poll.pk), "votes": sum(row.count for row in rows)}
    return enter_act(meeting, verb, key=key, actor=actor, item=poll.item, data=data)


@transaction.atomic
def close_poll(poll: Poll, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """End the vote: from now on no vote is changed, and the result is what the rule makes of it (R25).

    Raises RuleBrokenError if it is closed, nothing is entered, or somebody's vote may not stand any more.
    """
    meeting, done = entering.act_of(poll.meeting, "close_poll", key=key)
    if done is not None:
        return done
    poll, moment = _open_one(poll, meeting, at)
    ballots = list(poll.ballots.all())
    rules.require_votes(are_there=bool(ballots))
    roll = roll_of(meeting)
    named = {row.person_id: row.choice for row in ballots if row.person_id}
    voting.require_only_voters(list(named), _entitled(poll, roll, moment), _names(roll))
    poll.closed_at = moment
    poll.save(update_fields=["closed_at", "modified_at"])
    item = entering.item_here(poll.item, meeting)
    return enter_item_act(item, "close_poll", key=key, actor=actor, data={"poll": str(poll.pk)})


@transaction.atomic
def withdraw_poll(poll: Poll, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take a poll back, open or closed, because it was a mistake or is taken anew; its row and votes stay in the table.

    Raises RuleBrokenError if it is closed and the item's decision is recorded.
    """
    meeting, done = entering.act_of(poll.meeting, "withdraw_poll", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    poll = Poll.history.select_related("item").get(pk=poll.pk)
    if poll.withdrawn_at is None:
        decided = own_decision(poll.item.decisions.all(), meeting) is not None
        rules.require_undecided(is_closed=poll.closed_at is not None, is_decided=decided)
        poll.withdrawn_at = now()
        poll.save(update_fields=["withdrawn_at", "modified_at"])
    item = entering.item_here(poll.item, meeting)
    return enter_item_act(item, "withdraw_poll", key=key, actor=actor, data={"poll": str(poll.pk)})
