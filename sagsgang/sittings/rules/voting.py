"""Votes and what they come to (R25, R26): counts, the result, the order of proposals, and who may enter what.

Only those for and against are cast; a majority of them decides, and a tie lets the proposal lapse. Pure, over any kind
of id.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Outcome
from sagsgang.sittings.models import Choice, ProposalKind


class Result(StrEnum):
    """What became of what was voted on; the words are those of the command `tally`."""

    ADOPTED = "vedtaget"
    LAPSED = "bortfaldet"
    REJECTED = "forkastet"
    NO_QUORUM = "ikke beslutningsdygtig"


@dataclass(frozen=True, slots=True)
class Counts:
    """Votes by choice."""

    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    blank: int = 0

    @property
    def entered(self) -> int:
        """All that was entered, cast or not."""
        return self.in_favour + self.against + self.abstained + self.blank

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.in_favour + other.in_favour,
            self.against + other.against,
            self.abstained + other.abstained,
            self.blank + other.blank,
        )


def counts_of(votes: Mapping[str, int]) -> Counts:
    """Counts from numbers by choice; a choice that is not named is 0."""
    return Counts(*(votes.get(choice, 0) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAINED, Choice.BLANK)))


def count_choices(choices: Iterable[str]) -> Counts:
    """Counts of single votes."""
    found = list(choices)
    return counts_of({choice: found.count(choice) for choice in set(found)})


def result_of_counts(counts: Counts, *, is_quorate: bool) -> Result:
    """The result: more for than against is adopted, fewer rejected, as many (also none) lapsed (R25)."""
    if not is_quorate:
        return Result.NO_QUORUM
    if counts.in_favour > counts.against:
        return Result.ADOPTED
    return Result.REJECTED if counts.in_favour < counts.against else Result.LAPSED


def roll_call[P: Hashable](
    voters: Iterable[P], *, everyone: str | None = Choice.FOR, exceptions: Mapping[P, str | None] | None = None
) -> dict[P, str]:
    """A roll-call as a secretary enters it: all alike, then the exceptions; None = did not vote.

    Raises RuleBrokenError for an exception who may not vote.
    """
    who, exceptions = list(voters), dict(exceptions or {})
    require_only_voters(exceptions, who)
    votes = {one: exceptions.get(one, everyone) for one in who}
    return {one: choice for one, choice in votes.items() if choice is not None}


def require_only_voters[P: Hashable](
    voting: Collection[P], voters: Collection[P], names: Mapping[P, str] | None = None
) -> None:
    """Only who is present, without a conflict of interest, and holds a seat may vote."""
    strangers = [one for one in voting if one not in voters]
    if strangers:
        words = ", ".join(str((names or {}).get(one, one)) for one in strangers)
        raise RuleBrokenError(
            _(
                "Cannot vote: {names}. Only who holds a seat, is present and has no conflict of interest may vote."
            ).format(names=words)
        )


def require_known_choices(choices: Iterable[str]) -> None:
    """A vote is for, against, abstained or blank."""
    for choice in choices:
        if choice not in Choice.values:
            raise RuleBrokenError(_("“{choice}” is no vote.").format(choice=choice))


def require_counts_within(counts: Mapping[str, int], entitled: int) -> None:
    """No more hands, or papers, than those who may vote (numbers of at least 0)."""
    require_known_choices(counts)
    if any(number < 0 for number in counts.values()):
        raise RuleBrokenError(_("A number of votes is 0 or more."))
    total = sum(counts.values())
    if total > entitled:
        raise RuleBrokenError(
            _("{entered} votes are entered, but only {entitled} may vote.").format(entered=total, entitled=entitled)
        )


def require_groups_within(groups: Mapping[str, Mapping[str, int]], entitled: Mapping[str, int]) -> None:
    """No group has more votes than its members who may vote; `entitled` counts them by group."""
    for group, counts in groups.items():
        if group not in entitled:
            raise RuleBrokenError(_("Nobody of “{group}” is present and may vote.").format(group=group))
        require_known_choices(counts)
        if any(number < 0 for number in counts.values()):
            raise RuleBrokenError(_("A number of votes is 0 or more."))
        total = sum(counts.values())
        if total > entitled[group]:
            raise RuleBrokenError(
                _("{entered} votes are entered for “{group}”, but only {entitled} of it may vote.").format(
                    entered=total, group=group, entitled=entitled[group]
                )
            )


def without_named(
    groups: Mapping[str, Mapping[str, int]], named: Iterable[tuple[str, str]], entitled: Mapping[str, int]
) -> dict[str, dict[str, int]]:
    """The numbers of the groups without the members `named` (group, choice), where they were entered for whole groups.

    "A: 4 for" of four, and one of them by name against: then three of A voted for. Of a group that is split, she is taken
    out of those who voted as she did. What can not be told is left, and is too much for `require_groups_within`.
    """
    found = {group: dict(counts) for group, counts in groups.items()}
    by_group: dict[str, list[str]] = {}
    for group, choice in named:
        by_group.setdefault(group, []).append(choice)
    for group, choices in by_group.items():
        counts = found.get(group, {})
        sides = [choice for choice, number in counts.items() if number > 0]
        for choice in choices[: max(sum(counts.values()) + len(choices) - entitled.get(group, 0), 0)]:
            side = sides[0] if len(sides) == 1 else choice
            if counts.get(side, 0) > 0:
                counts[side] -= 1
    return found


# What is voted on first: whether to go on at all, then the amendments, the remotest first, the main proposal last (R26).
_ORDER = (ProposalKind.PROCEDURE, ProposalKind.SUBAMENDMENT, ProposalKind.AMENDMENT, ProposalKind.MAIN)


def voting_order(kind: str, position: int) -> tuple[int, int]:
    """A key that sorts proposals into the order in which they are voted on (R26)."""
    return _ORDER.index(ProposalKind(kind)), position


def ends_the_vote(kind: str, result: str) -> bool:
    """Does this result leave nothing more to vote on? An adopted main proposal does."""
    return kind == ProposalKind.MAIN and result == Result.ADOPTED


def require_turn_of_proposal(place: tuple[int, int], unsettled: Collection[tuple[int, int]]) -> None:
    """Amendments are voted on before what they amend (R26); both as keys of `voting_order`."""
    if any(other[0] < place[0] for other in unsettled):
        raise RuleBrokenError(
            _("Amendments are voted on before the main proposal. Vote on them first, or withdraw them.")
        )


def require_unsettled(*, is_settled: bool) -> None:
    """What has been voted on is not voted on again, and nothing after the main proposal was adopted."""
    if is_settled:
        raise RuleBrokenError(_("This is settled already: it has been voted on, or another proposal was adopted."))


def settled_proposals[P: Hashable](
    proposals: Iterable[tuple[P, str]], results: Iterable[tuple[P | None, str]]
) -> frozenset[P]:
    """The proposals that need no more vote, of (proposal, kind) and (proposal or None, result of its vote).

    Those with a result, and all that are left once a main proposal is adopted. Where the body was not quorate, or the
    vote is still open (result ""), nothing is settled.
    """
    kinds = dict(proposals)
    voted = {one: result for one, result in results if one in kinds and result not in ("", Result.NO_QUORUM)}
    if any(one is not None and ends_the_vote(kinds[one], result) for one, result in voted.items()):
        return frozenset(kinds)
    return frozenset(one for one in voted if one is not None)


type Vote[P] = tuple[P | None, str]  # on which proposal, None = the recommendation; and its result
_ADOPTING = frozenset({Outcome.APPROVED, Outcome.RECOMMENDED})


def votes_on_the_matter[P: Hashable](kinds: Mapping[P, str], results: Iterable[Vote[P]]) -> list[Vote[P]]:
    """The closed votes on the recommendation and on main proposals, in their order; amendments and procedure settle nothing.

    `kinds` are the kinds of the proposals, `results` all votes at the item as they were taken ("" = still open).
    """
    return [(one, result) for one, result in results if result and (one is None or kinds.get(one) == ProposalKind.MAIN)]


def result_of_votes[P: Hashable](votes: Sequence[Vote[P]]) -> str:
    """What the votes on the matter come to, of each proposal the last; "" where there is none, or where the recommendation
    was voted on more than once with different results, as it is when each of its points is voted on.
    """
    if len({result for one, result in votes if one is None}) > 1:
        return ""
    results = list(dict(votes).values())
    return Result.ADOPTED if Result.ADOPTED in results else votes[-1][1] if votes else ""


def contradicted_outcome[P: Hashable](outcomes: Collection[str], votes: Sequence[Vote[P]]) -> str:
    """The outcome that says that the matter was adopted, though the votes on it say otherwise (R25); "" = none does.

    `outcomes`: those of the points and of the whole. Where they differ, the points were decided apart: then one vote that
    adopted is enough.
    """
    adopting = next((outcome for outcome in outcomes if outcome in _ADOPTING), "")
    counted = [result for _one, result in votes] if len(set(outcomes)) > 1 else dict(votes).values()
    return "" if not votes or Result.ADOPTED in counted else adopting


def require_as_voted[P: Hashable](outcomes: Collection[str], votes: Sequence[Vote[P]]) -> None:
    """What was voted down, or lapsed, is neither approved nor recommended."""
    if outcome := contradicted_outcome(outcomes, votes):
        raise RuleBrokenError(
            _(
                "The vote came out as “{result}”, so the decision cannot be “{outcome}”. Choose the outcome of the vote, "
                "or vote again if the vote was wrong."
            ).format(result=votes[-1][1], outcome=Outcome(outcome).label)
        )


def require_one_vote_a_seat(votes: int, seats: int) -> None:
    """A member and her substitute have one vote together."""
    if votes > seats:
        raise RuleBrokenError(_("A member and her substitute cannot both vote."))
