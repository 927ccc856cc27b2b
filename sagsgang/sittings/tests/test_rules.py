"""The rules of the room in tables: presence, quorum, votes, substitutes, times. No database."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.rules.presence import (
    Place,
    Share,
    Span,
    Stretch,
    holders,
    is_quorate,
    is_seated,
    needed_for_quorum,
    present_during,
    there_at,
)
from sagsgang.sittings.models import Choice, ProposalKind
from sagsgang.sittings.rules.acts import true_time
from sagsgang.sittings.rules.substitutes import (
    require_committee_substitute,
    require_grounds_for_skipped,
    require_there_to_be_replaced,
    to_be_skipped,
)
from sagsgang.sittings.rules.voting import (
    Counts,
    Result,
    contradicted_outcome,
    require_counts_within,
    require_turn_of_proposal,
    result_of_counts,
    result_of_votes,
    roll_call,
    settled_proposals,
    votes_on_the_matter,
    voting_order,
)

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SEVEN = datetime(2026, 3, 9, 19, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return SEVEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("since", "until", "share"),
    [
        (-60, None, Share.WHOLE),
        (0, 30, Share.WHOLE),
        (-60, 30, Share.WHOLE),
        (0, 29, Share.PARTLY),
        (1, None, Share.PARTLY),
        (10, 20, Share.PARTLY),
        (-60, 0, Share.NONE),
        (30, None, Share.NONE),
        (10, 10, Share.NONE),
    ],
)
def test_a_stretch_against_an_item(since: float, until: float | None, share: Share) -> None:
    stretch = Stretch("a", at(since), None if until is None else at(until))

    found = present_during([stretch], [Span(at(0), at(30))])

    assert found == ({} if share == Share.NONE else {"a": share})


def test_two_stretches_that_meet_are_the_whole_and_a_gap_is_not() -> None:
    meet = [Stretch("a", at(-5), at(10)), Stretch("a", at(10), at(40))]
    apart = [Stretch("b", at(-5), at(10)), Stretch("b", at(11), at(40))]

    found = present_during([*meet, *apart], [Span(at(0), at(20)), Span(at(25), at(30))])

    assert found == {"a": Share.WHOLE, "b": Share.PARTLY}


def test_an_item_that_still_runs_and_one_that_was_a_moment() -> None:
    here = [Stretch("a", at(0)), Stretch("b", at(0), at(5))]

    assert present_during(here, [Span(at(1))]) == {"a": Share.WHOLE, "b": Share.PARTLY}
    assert present_during(here, [Span(at(5), at(5))]) == {"a": Share.WHOLE}


def test_the_hour_that_comes_twice_in_october() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=COPENHAGEN)
    second = first.replace(fold=1)

    gone = Stretch("a", first - timedelta(hours=1), first)
    came = Stretch("b", second, None)

    assert there_at([gone, came], first) == frozenset()
    assert there_at([gone, came], second) == {"b"}
    assert there_at([Stretch("c", first, second)], first.replace(minute=50)) == {"c"}
    assert there_at([Stretch("c", first, second)], first.replace(minute=10, fold=1)) == {"c"}
    assert present_during([gone], [Span(second, second + timedelta(minutes=5))]) == {}


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        Stretch("a", datetime(2026, 3, 9))  # noqa: DTZ001


def test_remote_counts_where_it_is_allowed() -> None:
    rows = [Stretch("a", at(0)), Stretch("b", at(0), is_remote=True)]

    assert there_at(rows, at(1)) == {"a", "b"}
    assert there_at(rows, at(1), remote_counts=False) == {"a"}


@pytest.mark.parametrize(("seats", "needed"), [(27, 14), (31, 16), (25, 13), (9, 5), (5, 3), (4, 2), (1, 1)])
def test_at_least_half_of_the_seats(seats: int, needed: int) -> None:
    assert needed_for_quorum(seats) == needed
    assert (is_quorate(needed, seats), is_quorate(needed - 1, seats)) == (True, False)


def test_no_seats_no_quorum() -> None:
    assert is_quorate(0, 0) is False


PLACES = [Place("a", ("x",)), Place("b", ("x", "y")), Place("c")]


@pytest.mark.parametrize(
    ("there", "conflicted", "found"),
    [
        ("abc", "", {"a": "a", "b": "b", "c": "c"}),
        ("abcx", "", {"a": "a", "b": "b", "c": "c"}),
        ("bcx", "", {"x": "a", "b": "b", "c": "c"}),
        ("cxy", "", {"x": "a", "y": "b", "c": "c"}),
        ("abcx", "a", {"x": "a", "b": "b", "c": "c"}),
        ("abcx", "ax", {"b": "b", "c": "c"}),
        ("ab", "b", {"a": "a"}),
        ("cx", "", {"x": "a", "c": "c"}),
    ],
)
def test_who_holds_a_seat(there: str, conflicted: str, found: dict[str, str]) -> None:
    assert holders(PLACES, set(there), set(conflicted)) == found


def test_nobody_votes_twice_and_nobody_without_a_seat() -> None:
    chance = Random(1)
    for _ in range(500):
        people = [chr(97 + number) for number in range(12)]
        places = [Place(one, tuple(chance.sample(people, chance.randrange(3)))) for one in people[:6]]
        there = {one for one in people if chance.random() < 0.6}
        out = {one for one in people if chance.random() < 0.2}

        found = holders(places, there, out)

        assert len(set(found.values())) == len(found) <= len(places)
        assert set(found) <= there - out
        assert all(place.member in found for place in places if place.member in there - out)


@pytest.mark.parametrize(
    ("day", "seated"),
    [(date(2026, 3, 8), False), (date(2026, 3, 9), True), (date(2026, 3, 10), True), (date(2026, 3, 11), False)],
)
def test_the_last_day_of_a_seat_counts(day: date, seated: bool) -> None:
    assert is_seated(day, date(2026, 3, 9), date(2026, 3, 10)) is seated


@pytest.mark.parametrize(
    ("for_", "against", "result"),
    [(14, 11, "vedtaget"), (1, 0, "vedtaget"), (11, 14, "forkastet"), (0, 1, "forkastet"), (12, 12, "bortfaldet"),
     (0, 0, "bortfaldet")],
)  # fmt: skip
def test_a_majority_of_those_cast(for_: int, against: int, result: str) -> None:
    assert result_of_counts(Counts(for_, against, 3, 2), is_quorate=True) == result
    assert result_of_counts(Counts(for_, against, 3, 2), is_quorate=False) == Result.NO_QUORUM


def test_a_roll_call_is_all_alike_and_then_the_exceptions() -> None:
    votes = roll_call("abcd", exceptions={"b": Choice.AGAINST, "c": None})

    assert votes == {"a": "for", "b": "imod", "d": "for"}


def test_an_exception_must_be_a_voter() -> None:
    with pytest.raises(RuleBrokenError, match="x"):
        roll_call("abcd", exceptions={"x": Choice.AGAINST})


@pytest.mark.parametrize(
    ("counts", "refused"), [({"for": 10, "imod": 4}, False), ({"for": 15}, True), ({"for": -1}, True)]
)
def test_no_more_hands_than_people(counts: dict[str, int], refused: bool) -> None:
    if refused:
        with pytest.raises(RuleBrokenError):
            require_counts_within(counts, 14)
    else:
        require_counts_within(counts, 14)


def test_amendments_come_before_what_they_amend() -> None:
    order = [("main", 1), ("amendment", 2), ("sub", 1), ("amendment", 1), ("procedure", 1)]

    ordered = sorted(order, key=lambda one: voting_order(*one))

    assert ordered == [("procedure", 1), ("sub", 1), ("amendment", 1), ("amendment", 2), ("main", 1)]


@pytest.mark.parametrize(
    ("results", "result", "whole", "apart"),
    [
        ([], "", "", ""),
        ([("change", "vedtaget")], "", "", ""),
        ([("go on", "forkastet"), ("change", "forkastet"), (None, "vedtaget")], "vedtaget", "", ""),
        ([("change", "vedtaget"), (None, "bortfaldet")], "bortfaldet", "approved", "approved"),
        ([("mine", "forkastet"), ("yours", "bortfaldet")], "bortfaldet", "approved", "approved"),
        ([(None, "vedtaget"), ("mine", "forkastet")], "vedtaget", "", ""),
        ([("mine", "forkastet"), ("yours", "")], "forkastet", "approved", "approved"),
        ([(None, "vedtaget"), (None, "forkastet")], "", "approved", ""),
        ([(None, "bortfaldet"), (None, "vedtaget")], "", "", ""),
        ([(None, "ikke beslutningsdygtig")], "ikke beslutningsdygtig", "approved", "approved"),
    ],
)
def test_the_outcome_follows_the_last_vote_on_the_matter(
    results: list[tuple[str | None, str]], result: str, whole: str, apart: str
) -> None:
    kinds = {"go on": "procedure", "change": "amendment", "mine": "main", "yours": "main"}
    votes = votes_on_the_matter(kinds, results)

    assert result_of_votes(votes) == result
    assert contradicted_outcome({"approved"}, votes) == whole
    assert contradicted_outcome({"approved", "rejected"}, votes) == apart
    assert contradicted_outcome({"rejected"}, votes) == ""


def test_the_main_proposal_waits_for_its_amendments() -> None:
    main, amendment = voting_order("main", 1), voting_order("amendment", 1)

    require_turn_of_proposal(amendment, {main, voting_order("amendment", 2)})
    with pytest.raises(RuleBrokenError):
        require_turn_of_proposal(main, {amendment})


@pytest.mark.parametrize(
    ("results", "settled"),
    [
        ([], ""),
        ([("b", Result.REJECTED)], "b"),
        ([("b", Result.ADOPTED)], "b"),
        ([("a", Result.REJECTED)], "a"),
        ([("a", Result.ADOPTED)], "abc"),
        ([("a", Result.NO_QUORUM), ("b", "")], ""),
        ([(None, Result.ADOPTED)], ""),
    ],
)
def test_what_is_settled(results: list[tuple[str | None, str]], settled: str) -> None:
    proposals = [("a", ProposalKind.MAIN), ("b", ProposalKind.AMENDMENT), ("c", ProposalKind.MAIN)]

    assert settled_proposals(proposals, results) == set(settled)


def test_the_list_is_called_in_its_order() -> None:
    names = {"a": "Åse", "b": "Bo", "c": "Ærø"}

    assert to_be_skipped("abc", "a") == []
    assert to_be_skipped("abc", "c", "b") == ["a"]
    require_grounds_for_skipped(["a"], {"a": "Er syg i to måneder"}, names)
    for ground in ("", "  ", "syg", "forhindret!!"):
        with pytest.raises(RuleBrokenError, match="Åse"):
            require_grounds_for_skipped(["a"], {"a": ground}, names)
    with pytest.raises(RuleBrokenError):
        to_be_skipped("abc", "x")


@pytest.mark.parametrize(
    ("in_council", "same_group", "fits"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_committee_substitute_sits_in_the_council_in_the_same_group(
    in_council: bool, same_group: bool, fits: bool
) -> None:
    if fits:
        require_committee_substitute("Bo", in_council=in_council, same_group=same_group)
    else:
        with pytest.raises(RuleBrokenError, match="Bo"):
            require_committee_substitute("Bo", in_council=in_council, same_group=same_group)


def test_who_is_absent_anyway_gets_no_substitute_for_a_conflict() -> None:
    with pytest.raises(RuleBrokenError, match="Bo"):
        require_there_to_be_replaced("Bo", is_here=False)


@pytest.mark.parametrize(
    ("said", "since", "meant"),
    [(10, 0, 10), (31, 0, 30), (4, 5, 5), (10, None, 10)],
)
def test_a_clock_that_is_a_little_off_is_set_right(said: float, since: float | None, meant: float) -> None:
    found = true_time(at(said), clock=at(30), since=None if since is None else at(since))

    assert found == at(meant)


@pytest.mark.parametrize(("said", "since"), [(33, 0), (2, 5), (-60, 0)])
def test_a_time_that_cannot_be_is_refused(said: float, since: float) -> None:
    with pytest.raises(RuleBrokenError):
        true_time(at(said), clock=at(30), since=at(since))
