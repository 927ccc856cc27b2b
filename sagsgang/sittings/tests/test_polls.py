"""Votes: who may vote, what they come to, in which order; blocks; the list of speakers."""

from typing import Any

import pytest

from sagsgang.bodies.models import BodyKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import PointFacts
from sagsgang.meetings.models import Treatment
from sagsgang.sittings import actions
from sagsgang.sittings.models import Ballot, Method, Poll, Proposal, ProposalKind, Turn
from sagsgang.sittings.queries.results import poll_results, result_of
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.tests.rooms import Room, add_item, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db

COUNCIL = "A" * 9 + "V" * 8 + "C" * 10


def running(kind: str = BodyKind.COMMITTEE, groups: str = "AAAVV", absent: tuple[str, ...] = ()) -> Room:
    room = make_room(kind, groups)
    open_room(room, absent=absent)
    actions.take_up_item(room.items[0], **typed(room, 1))
    return room


def moved(room: Room, kind: str, words: str = "Godkendes.") -> Proposal:
    act = actions.move_proposal(room.items[0], kind=kind, words=words, moved_by=room.people[1], **typed(room, 2))
    return Proposal.objects.get(pk=act.key)


def test_a_roll_call_in_the_council(danish: None) -> None:
    room = running(BodyKind.COUNCIL, COUNCIL)
    poll = poll_at(room, room.items[0], 2)
    against = {one.pk: "imod" for one in room.people[17:27]}

    actions.enter_roll_call(poll, exceptions=against | {room.people[9].pk: "undlod"}, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    found = result_of(Poll.objects.get(pk=poll.pk))
    assert (found.outcome, found.present, found.needed) == ("vedtaget", 27, 14)
    assert found.sentence == (
        "Vedtaget med 16 stemmer for og 10 imod; 1 undlod at stemme. For stemte: A (9), "
        "V (M11, M12, M13, M14, M15, M16, M17). Imod stemte: C (10). Undlod at stemme: V (M10)."
    )


def test_a_tie_lapses(danish: None) -> None:
    room = running(groups="AAVV")
    poll = poll_at(room, room.items[0], 2)

    actions.enter_roll_call(poll, exceptions={one.pk: "imod" for one in room.people[2:]}, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    found = result_of(poll)
    assert (found.outcome, found.sentence) == (
        "bortfaldet",
        "Bortfaldet ved stemmelighed med 2 stemmer for og 2 imod. For stemte: M1 (A), M2 (A). "
        "Imod stemte: M3 (V), M4 (V).",
    )


def test_what_lapsed_is_not_approved_and_the_desk_offers_what_the_vote_says(danish: None) -> None:
    room = running(groups="AAVV")
    item = room.items[0]
    poll = poll_at(room, item, 2, Method.SECRET)
    actions.enter_ballots(poll, counts={"for": 2, "imod": 2}, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))
    facts: dict[str, Any] = {"text": "Godkendt.", "points": (), "seen": 0}
    points = (PointFacts(1, "1.", "approved"), PointFacts(2, "2.", "rejected"))
    agreed = (PointFacts(1, "1.", "recommended"), PointFacts(2, "2.", "recommended"))

    for said in ({"outcome": "approved"}, {"outcome": "", "points": points}, {"outcome": "lapsed", "points": agreed}):
        with pytest.raises(RuleBrokenError, match="Afstemningen endte med »bortfaldet«, så beslutningen kan ikke være"):
            actions.decide_here(item, facts=facts | said, **typed(room, 5))
    assert not item.decisions.exists()
    current = state_of(room.meeting, at=room.at(5)).current
    assert current is not None
    assert current.voted == {item.pk: "bortfaldet"}

    actions.decide_here(item, facts=facts | {"outcome": "lapsed"}, **typed(room, 6))
    assert item.decisions.get().outcome == "lapsed"


def test_groups_with_a_member_named_for_herself(danish: None) -> None:
    room = running(BodyKind.COUNCIL, COUNCIL)
    poll = poll_at(room, room.items[0], 2, Method.GROUPS)
    rebel = {room.people[0].pk: "imod"}
    with pytest.raises(RuleBrokenError):
        actions.enter_ballots(poll, groups={"A": {"for": 10}}, votes=rebel, **typed(room, 3))
    actions.enter_ballots(poll, groups={"A": {"for": 9}}, votes=rebel, **typed(room, 3))
    assert poll.ballots.get(party="A").count == 8

    actions.enter_ballots(
        poll, groups={"A": {"for": 8}, "V": {"for": 8}, "C": {"imod": 10}}, votes=rebel, **typed(room, 3)
    )
    actions.close_poll(poll, **typed(room, 4))

    assert result_of(poll).sentence == (
        "Vedtaget med 16 stemmer for og 11 imod. For stemte: A (8), V (8). Imod stemte: A (1), C (10)."
    )


def test_hands_are_no_more_than_people_and_what_is_entered_again_replaces() -> None:
    room = running(absent=("M5",))
    poll = poll_at(room, room.items[0], 2, Method.SHOW)
    with pytest.raises(RuleBrokenError, match="4"):
        actions.enter_ballots(poll, counts={"for": 3, "imod": 2}, **typed(room, 3))

    actions.enter_ballots(poll, counts={"for": 4}, **typed(room, 3))
    actions.enter_ballots(poll, counts={"for": 1, "imod": 3}, **typed(room, 4))
    actions.close_poll(poll, **typed(room, 5))

    assert (result_of(poll).outcome, result_of(poll).counts.against) == ("forkastet", 3)


def test_a_secret_ballot_has_no_names(danish: None) -> None:
    room = running()
    poll = poll_at(room, room.items[0], 2, Method.SECRET)
    with pytest.raises(RuleBrokenError):
        actions.enter_ballots(poll, votes={room.people[0].pk: "for"}, **typed(room, 3))

    actions.enter_ballots(poll, counts={"for": 3, "blank": 2}, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    found = result_of(poll)
    assert (found.ballots, found.groups) == ({}, {})
    assert found.sentence == "Vedtaget med 3 stemmer for og 0 imod; 2 stemte blankt. Afstemningen var hemmelig."


def test_only_who_is_there_votes() -> None:
    room = running(absent=("M5",))
    poll = poll_at(room, room.items[0], 2)

    with pytest.raises(RuleBrokenError, match="M5"):
        actions.enter_ballots(poll, votes={room.people[4].pk: "for"}, **typed(room, 3))


def test_without_a_quorum_nothing_is_voted_on(danish: None) -> None:
    room = running(absent=("M3", "M4", "M5"))

    with pytest.raises(RuleBrokenError, match="Ikke beslutningsdygtig: 2 af 5 pladser er besat, der kræves 3"):
        actions.open_poll(room.items[0], method=Method.SHOW, **typed(room, 2))


def test_a_quorum_that_is_lost_while_they_vote_decides_nothing() -> None:
    room = running(absent=("M4", "M5"))
    poll = poll_at(room, room.items[0], 2)
    actions.enter_roll_call(poll, **typed(room, 3))
    actions.note_departure(room.meeting, person=room.people[2], **typed(room, 4))

    actions.close_poll(poll, **typed(room, 5))

    assert result_of(poll).outcome == "ikke beslutningsdygtig"


def test_one_vote_at_a_time_and_a_closed_one_stays_closed() -> None:
    room = running()
    poll = poll_at(room, room.items[0], 2)
    with pytest.raises(RuleBrokenError):
        poll_at(room, room.items[0], 3)
    with pytest.raises(RuleBrokenError):
        actions.close_poll(poll, **typed(room, 3))
    actions.enter_roll_call(poll, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    with pytest.raises(RuleBrokenError):
        actions.enter_roll_call(poll, **typed(room, 5))
    with pytest.raises(RuleBrokenError):
        actions.close_poll(poll, **typed(room, 5))


def test_amendments_first_and_an_adopted_main_proposal_ends_it() -> None:
    room = running()
    main = moved(room, ProposalKind.MAIN)
    amendment = moved(room, ProposalKind.AMENDMENT, "Udsættes.")
    other = moved(room, ProposalKind.MAIN, "Noget andet.")
    item = room.items[0]
    with pytest.raises(RuleBrokenError):
        actions.open_poll(item, method=Method.SHOW, proposal=main, **typed(room, 3))
    with pytest.raises(RuleBrokenError):
        actions.adopt_without_vote(item, **typed(room, 3))
    actions.adopt_without_vote(item, proposal=amendment, is_adopted=False, **typed(room, 3))

    actions.adopt_without_vote(item, proposal=main, **typed(room, 4))

    with pytest.raises(RuleBrokenError):
        actions.adopt_without_vote(item, proposal=other, **typed(room, 5))
    current = state_of(room.meeting, at=room.at(6)).current
    assert current is not None
    assert [(one.words, one.is_settled, one.is_next) for one in current.proposals] == [
        ("Udsættes.", True, False), ("Godkendes.", True, False), ("Noget andet.", True, False),
    ]  # fmt: skip
    assert [poll.outcome for poll in current.polls] == ["forkastet", "vedtaget"]


def test_a_proposal_is_taken_back_before_it_is_voted_on() -> None:
    room = running()
    amendment = moved(room, ProposalKind.AMENDMENT)
    voted = moved(room, ProposalKind.AMENDMENT)
    actions.adopt_without_vote(room.items[0], proposal=voted, **typed(room, 3))

    actions.withdraw_proposal(amendment, **typed(room, 4))

    assert list(Proposal.objects.all()) == [voted]
    with pytest.raises(RuleBrokenError):
        actions.withdraw_proposal(voted, **typed(room, 5))


def test_a_vote_is_taken_back_and_taken_anew() -> None:
    room = running()
    poll = poll_at(room, room.items[0], 2)
    actions.enter_roll_call(poll, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    actions.withdraw_poll(poll, **typed(room, 5))

    assert poll_results(room.meeting) == {}
    assert poll_at(room, room.items[0], 6).position == 2
    assert Ballot.objects.filter(poll=poll).count() == 5


def test_a_block_is_taken_up_and_adopted_together() -> None:
    room = make_room()
    room.items = [*room.items, *(add_item(room, str(number), block=1) for number in (4, 5, 6))]
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))

    actions.take_up_block(room.meeting, block=1, **typed(room, 10))
    actions.adopt_without_vote(room.items[4], **typed(room, 11))
    actions.end_item(room.items[3], **typed(room, 12))

    spans = {row.item_id: (row.began_at, row.ended_at) for row in Treatment.objects.all()}
    assert [spans[item.pk] for item in room.items if item.block] == [(room.at(10), room.at(12))] * 3
    assert [poll.outcome for poll in poll_results(room.meeting).values()] == ["vedtaget"] * 3


def test_a_block_with_a_conflict_is_taken_apart() -> None:
    room = make_room(items=0)
    room.items = [add_item(room, str(number), block=1) for number in (1, 2)]
    open_room(room)
    actions.declare_conflict(room.items[1], person=room.people[1], by_self=True, **typed(room, 1))

    with pytest.raises(RuleBrokenError):
        actions.take_up_block(room.meeting, block=1, **typed(room, 2))
    actions.take_up_item(room.items[1], **typed(room, 2))


def test_the_list_of_speakers() -> None:
    room = running()
    item = room.items[0]
    turns = [
        Turn.objects.get(pk=actions.ask_floor(item, person=person, seconds=300, **typed(room, 2)).key)
        for person in room.people[:3]
    ]
    guest = Turn.objects.get(pk=actions.ask_floor(item, name="Gæst Hansen", **typed(room, 3)).key)

    actions.move_turn(guest, position=1, **typed(room, 4))
    actions.give_floor(guest, **typed(room, 5))
    actions.give_floor(turns[0], **typed(room, 8))
    actions.withdraw_turn(turns[2], **typed(room, 9))

    current = state_of(room.meeting, at=room.at(10)).current
    assert current is not None
    assert [(one.who, one.party, one.state, one.seconds) for one in current.turns] == [
        ("Gæst Hansen", "", "done", None), ("M1", "A", "speaking", 300), ("M2", "A", "waiting", 300),
    ]  # fmt: skip
    actions.end_turn(turns[0], **typed(room, 11))
    with pytest.raises(RuleBrokenError):
        actions.end_turn(turns[0], **typed(room, 12))


def test_a_counted_vote_that_a_decision_stands_on_is_not_taken_back() -> None:
    room = running()
    item = room.items[0]
    poll = poll_at(room, item, 2)
    actions.enter_roll_call(poll, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))
    facts = {"text": "Godkendt.", "outcome": "approved", "points": (), "seen": 0}
    actions.decide_here(item, facts=facts, **typed(room, 5))

    with pytest.raises(RuleBrokenError):
        actions.withdraw_poll(poll, **typed(room, 6))

    assert Poll.objects.get(pk=poll.pk).withdrawn_at is None
    assert poll_at(room, item, 7).position == 2
