"""What a poll came to: computed from its ballots and who was there, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils.timezone import now

from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.sittings.models import Ballot, Method, Poll, Proposal
from sagsgang.sittings.rules.quorum import Quorum
from sagsgang.sittings.rules.sentences import NamedVote, sentence_of
from sagsgang.sittings.rules.voting import Counts, Result, Vote, counts_of, result_of_counts, votes_on_the_matter


@dataclass(frozen=True, slots=True)
class PollResult:
    """A poll as it is shown. `outcome`: "vedtaget", "bortfaldet", "forkastet", "ikke beslutningsdygtig"; "" while open.

    `ballots`: {person: choice}, {} where no names are known; `groups`: {party: counts}, of named votes too; both are
    empty of a secret vote. `sentence` is Danish, "" while open. `present` could vote when it was closed.
    """

    pk: UUID
    item: UUID
    proposal: UUID | None
    position: int
    method: str
    method_words: str
    opened_at: datetime
    closed_at: datetime | None
    counts: Counts
    outcome: str
    sentence: str
    present: int
    needed: int
    seats: int
    is_quorate: bool
    ballots: dict[UUID, str]
    groups: dict[str, Counts]

    @property
    def is_open(self) -> bool:
        """Can votes be entered?"""
        return self.closed_at is None


def result_of(poll: Poll) -> PollResult:
    """The result of one poll; three queries, and one for its meeting. Raises KeyError if it is withdrawn."""
    return poll_results(poll.meeting)[poll.pk]


def poll_results(meeting: Meeting) -> dict[UUID, PollResult]:
    """The results of all polls of a meeting that are not withdrawn, by their id, in their order; three queries."""
    return results_from(poll_rows(meeting), roll_of(meeting))


def votes_at(item: AgendaItem) -> list[Vote[UUID]]:
    """The closed votes on the matter at one item, in their order; one query where nothing was voted on."""
    if not Poll.objects.filter(item=item).exists():
        return []
    kinds = dict(Proposal.objects.filter(item=item).values_list("pk", "kind"))
    return votes_of(item.pk, kinds, poll_results(item.meeting).values())


def votes_of(item: UUID, kinds: Mapping[UUID, str], results: Iterable[PollResult]) -> list[Vote[UUID]]:
    """The same of polls and proposals that were read; `kinds` of the proposals at the item, polls in their order."""
    return votes_on_the_matter(kinds, [(poll.proposal, poll.outcome) for poll in results if poll.item == item])


def poll_rows(meeting: Meeting) -> QuerySet[Poll]:
    """The meeting's polls, each with its votes in `entered`; one query."""
    entered = Ballot.objects.filter(poll=OuterRef("pk")).order_by("person", "party", "choice")
    votes = JSONObject(person="person", name="person__name", party="party", choice="choice", count="count")
    rows = Poll.objects.filter(meeting=meeting.pk).annotate(entered=ArraySubquery(entered.values(row=votes)))
    return rows.order_by("opened_at", "position")


def results_from(polls: Iterable[Poll], roll: Roll) -> dict[UUID, PollResult]:
    """The results of polls that were read with `poll_rows`."""
    return {poll.pk: _result(poll, roll) for poll in polls}


def _result(poll: Poll, roll: Roll) -> PollResult:
    votes: list[dict[str, Any]] = getattr(poll, "entered", [])
    voters = roll.voters_at(poll.closed_at or now(), poll.item_id)
    quorum = Quorum(len(voters), roll.seats)
    counts = _count(votes)
    named = {} if poll.method == Method.SECRET else {UUID(row["person"]): row for row in votes if row["person"]}
    groups = _groups(votes, roll) if poll.method != Method.SECRET else {}
    is_closed = poll.closed_at is not None
    names = [NamedVote(row["name"], _party(roll, person), row["choice"]) for person, row in named.items()]
    is_all_named = len(named) == counts.entered
    return PollResult(
        pk=poll.pk,
        item=poll.item_id,
        proposal=poll.proposal_id,
        position=poll.position,
        method=poll.method,
        method_words=poll.get_method_display(),
        opened_at=poll.opened_at,
        closed_at=poll.closed_at,
        counts=counts,
        outcome=_outcome(poll, counts, quorum) if is_closed else "",
        sentence=sentence_of(
            counts,
            quorum,
            method=poll.method,
            declared=poll.declared,
            names=_in_roll_order(names, roll) if is_all_named else (),
            groups=groups,
        )
        if is_closed
        else "",
        present=quorum.present,
        needed=quorum.needed,
        seats=quorum.seats,
        is_quorate=quorum.is_quorate,
        ballots={person: row["choice"] for person, row in named.items()},
        groups=groups,
    )


def _outcome(poll: Poll, counts: Counts, quorum: Quorum) -> str:
    if poll.method == Method.NONE and quorum.is_quorate:
        return Result.ADOPTED if poll.declared else Result.REJECTED
    return result_of_counts(counts, is_quorate=quorum.is_quorate)


def _count(votes: Iterable[Mapping[str, Any]]) -> Counts:
    total = Counts()
    for row in votes:
        total += counts_of({row["choice"]: row["count"]})
    return total


def _groups(votes: Iterable[Mapping[str, Any]], roll: Roll) -> dict[str, Counts]:
    """Votes by group, whether entered for the group or for its members."""
    found: dict[str, Counts] = {}
    for row in votes:
        party = _party(roll, UUID(row["person"])) if row["person"] else row["party"]
        if party:
            found[party] = found.get(party, Counts()) + counts_of({row["choice"]: row["count"]})
    return dict(sorted(found.items()))


def _party(roll: Roll, person: UUID) -> str:
    """The group in which she votes: a substitute in that of the member she sits in for."""
    member = roll.member(person)
    return member.party if member else ""


def _in_roll_order(names: list[NamedVote], roll: Roll) -> list[NamedVote]:
    order = {row.name: place for place, row in enumerate(roll.members)}
    return sorted(names, key=lambda vote: (vote.party, order.get(vote.name, len(order))))
