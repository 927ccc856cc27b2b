"""A conflict of interest as one act; substitutes for it, for an absent member of the council and of a committee."""

from uuid import UUID

import pytest

from sagsgang.bodies.models import BodyKind, Person, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import ConflictOfInterest, Presence, Substitution, SubstitutionKind
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings import actions
from sagsgang.sittings.models import SittingAct, Turn
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.tests.rooms import Room, add_item, add_listed, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db

COUNCIL = "A" * 9 + "V" * 8 + "C" * 10


def voters(room: Room, minutes: float, item: int) -> set[str]:
    found = roll_of(room.meeting).voters_at(room.at(minutes), room.items[item].pk)
    names = dict(Person.objects.values_list("pk", "name"))
    return {names[pk] for pk in found}


def seated_council(room: Room, *people: Person, party: str = "A") -> Room:
    """The council of the same municipality, in which these people sit."""
    council = make_room(BodyKind.COUNCIL, "CCC", items=1, authority=room.authority)
    for person in people:
        Seat.objects.create(body=council.body, person=person, party=party)
    return council


def test_it_is_one_act() -> None:
    room = make_room()
    open_room(room)
    item, person = room.items[0], room.people[2]
    actions.take_up_item(item, **typed(room, 10))
    asked = actions.ask_floor(item, person=person, **typed(room, 11))
    actions.give_floor(Turn.objects.get(pk=asked.key), **typed(room, 12))
    before = SittingAct.objects.count()

    actions.declare_conflict(item, person=person, by_self=False, **typed(room, 15))

    conflict = ConflictOfInterest.objects.get()
    assert (conflict.raised_by_self, conflict.left_at, conflict.returned_at) == (False, room.at(15), None)
    assert SittingAct.objects.count() == before + 1
    assert Turn.objects.get().ended_at == room.at(15)
    assert voters(room, 14, 0) == {"M1", "M2", "M3", "M4", "M5"}
    assert voters(room, 16, 0) == {"M1", "M2", "M4", "M5"}
    shown = {row.name: row for row in state_of(room.meeting, at=room.at(16)).members}
    assert (shown["M3"].is_here, shown["M3"].is_out, shown["M3"].votes) == (True, True, False)


def test_ending_the_item_brings_her_back_and_the_protocol_says_it(danish: None) -> None:
    room = make_room()
    open_room(room)
    item, person = room.items[0], room.people[2]
    actions.take_up_item(item, **typed(room, 10))
    actions.declare_conflict(item, person=person, by_self=True, **typed(room, 15))

    actions.take_up_item(room.items[1], **typed(room, 20))

    assert ConflictOfInterest.objects.get().returned_at == room.at(20)
    assert voters(room, 21, 1) == {"M1", "M2", "M3", "M4", "M5"}
    assert [(line.name, line.note) for line in roll_of(room.meeting).absent_at(item.pk)] == [
        ("M3", "deltog ikke i punktet på grund af inhabilitet")
    ]
    assert roll_of(room.meeting).absent_at(None) == ()


def test_noted_before_the_item_she_leaves_when_it_is_taken_up() -> None:
    room = make_room()
    open_room(room)
    actions.declare_conflict(room.items[1], person=room.people[2], by_self=True, **typed(room, 5))
    assert ConflictOfInterest.objects.get().left_at is None

    actions.take_up_item(room.items[1], **typed(room, 10))

    assert ConflictOfInterest.objects.get().left_at == room.at(10)


def test_back_in_the_room_she_still_takes_no_part_in_the_item() -> None:
    room = make_room()
    open_room(room)
    item, person = room.items[0], room.people[2]
    actions.take_up_item(item, **typed(room, 10))
    actions.declare_conflict(item, person=person, by_self=True, **typed(room, 11))

    actions.return_after_conflict(item, person=person, **typed(room, 12))

    assert ConflictOfInterest.objects.get().returned_at == room.at(12)
    assert "M3" not in voters(room, 13, 0)
    with pytest.raises(RuleBrokenError, match="M3"):
        actions.ask_floor(item, person=person, **typed(room, 13))
    with pytest.raises(RuleBrokenError, match="M3"):
        actions.move_proposal(item, words="Afvises.", moved_by=person, **typed(room, 13))


def test_a_conflict_at_an_item_holds_for_its_sub_items() -> None:
    room = make_room(items=1)
    room.items.append(add_item(room, "1", parent=room.items[0]))
    open_room(room)
    actions.declare_conflict(room.items[0], person=room.people[2], by_self=True, **typed(room, 1))
    actions.take_up_item(room.items[1], **typed(room, 2))

    assert "M3" not in voters(room, 3, 1)
    assert ConflictOfInterest.objects.get().left_at == room.at(2)


def test_nothing_of_it_happens_while_a_vote_is_taken() -> None:
    room = make_room()
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))
    poll_at(room, room.items[0], 2)

    with pytest.raises(RuleBrokenError):
        actions.declare_conflict(room.items[0], person=room.people[2], by_self=True, **typed(room, 3))
    assert ConflictOfInterest.objects.count() == 0


def test_a_substitute_sits_in_for_her_at_this_item_alone() -> None:
    room = make_room()
    stand_in = Person.objects.create(authority=room.authority, name="Stina")
    seated_council(room, stand_in)
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 10))

    actions.declare_conflict(room.items[0], person=room.people[2], by_self=True, substitute=stand_in, **typed(room, 11))

    assert voters(room, 12, 0) == {"M1", "M2", "Stina", "M4", "M5"}
    actions.take_up_item(room.items[1], **typed(room, 20))
    assert voters(room, 21, 1) == {"M1", "M2", "M3", "M4", "M5"}
    roll = roll_of(room.meeting)
    assert [line.substitute_for for line in roll.present_at(room.items[0].pk)] == ["", "", "", "", "M3"]
    assert len(roll.present_at(room.items[1].pk)) == 5
    with pytest.raises(RuleBrokenError, match="Stina"):
        actions.name_acting_chair(room.meeting, person=stand_in, **typed(room, 22))


def test_who_is_absent_anyway_gets_no_substitute_for_a_conflict() -> None:
    room = make_room()
    stand_in = Person.objects.create(authority=room.authority, name="Stina")
    seated_council(room, stand_in)
    open_room(room, absent=("M3",))
    actions.take_up_item(room.items[0], **typed(room, 10))

    with pytest.raises(RuleBrokenError, match="M3"):
        actions.declare_conflict(
            room.items[0], person=room.people[2], by_self=True, substitute=stand_in, **typed(room, 11)
        )
    assert (ConflictOfInterest.objects.count(), Substitution.objects.count()) == (0, 0)


@pytest.mark.parametrize(("party", "sits", "fits"), [("A", True, True), ("V", True, False), ("A", False, False)])
def test_a_committees_substitute_sits_in_the_council_in_the_same_group(party: str, sits: bool, fits: bool) -> None:
    room = make_room()
    stand_in = Person.objects.create(authority=room.authority, name="Stina")
    seated_council(room, *([stand_in] if sits else []), party=party)
    open_room(room, absent=("M3",))

    def call() -> None:
        actions.call_substitute(room.meeting, absent=room.people[2], substitute=stand_in, **typed(room, 5))

    if fits:
        call()
        assert voters(room, 6, 0) == {"M1", "M2", "Stina", "M4", "M5"}
        assert Substitution.objects.get().kind == SubstitutionKind.COMMITTEE
    else:
        with pytest.raises(RuleBrokenError, match="Stina"):
            call()


def test_an_approved_substitute_of_the_council_may_sit_in_a_committee() -> None:
    room = make_room()
    council = make_room(BodyKind.COUNCIL, "AAC", items=1, authority=room.authority)
    (listed,) = add_listed(council, "A", "Lis")
    Substitution.objects.create(
        meeting=council.meeting,
        kind="council",
        absent=council.people[0],
        substitute=listed,
        approved_at=council.at(-60),
    )
    open_room(room, absent=("M3",))

    actions.call_substitute(room.meeting, absent=room.people[2], substitute=listed, **typed(room, 5))

    assert "Lis" in voters(room, 6, 0)


def test_the_council_calls_from_the_top_of_the_list_and_approves() -> None:
    room = make_room(BodyKind.COUNCIL, COUNCIL)
    first, second = add_listed(room, "A", "Anna", "Bente")
    open_room(room, absent=("M3",))
    absent = room.people[2]
    with pytest.raises(RuleBrokenError, match="Anna"):
        actions.call_substitute(room.meeting, absent=absent, substitute=second, **typed(room, 1))

    skipped: dict[UUID, str] = {first.pk: "Er selv syg hele måneden"}
    called = actions.call_substitute(
        room.meeting, absent=absent, substitute=second, skipped=skipped, item=room.items[0], **typed(room, 2)
    )

    row = Substitution.objects.get(pk=called.key)
    assert row.skipped == [{"person": str(first.pk), "ground": "Er selv syg hele måneden"}]
    assert "Bente" not in voters(room, 3, 0)
    assert [one.waits for one in state_of(room.meeting, at=room.at(3)).members if one.name == "Bente"] == [True]
    actions.approve_substitutes(room.meeting, **typed(room, 4))
    assert "Bente" in voters(room, 5, 0)
    assert "Bente" not in voters(room, 3, 0)


def test_who_comes_takes_her_seat_back_and_the_substitute_goes() -> None:
    room = make_room(BodyKind.COUNCIL, COUNCIL)
    (listed,) = add_listed(room, "A", "Anna")
    open_room(room, absent=("M3",))
    with pytest.raises(RuleBrokenError, match="M4"):
        actions.call_substitute(room.meeting, absent=room.people[3], substitute=listed, **typed(room, 1))
    called = actions.call_substitute(
        room.meeting, absent=room.people[2], substitute=listed, is_approved=True, **typed(room, 1)
    )
    actions.take_up_item(room.items[0], **typed(room, 2))
    actions.note_arrival(room.meeting, person=room.people[2], **typed(room, 10))
    assert "Anna" not in voters(room, 11, 0)

    actions.dismiss_substitute(Substitution.objects.get(pk=called.key), **typed(room, 12))

    assert Presence.objects.get(person=listed).until == room.at(12)
    assert ("Anna" in voters(room, 5, 0), "Anna" in voters(room, 13, 0)) == (True, False)
    assert [line.name for line in roll_of(room.meeting).present_at(room.items[0].pk) if line.substitute_for] == ["Anna"]


def test_a_seat_has_one_substitute_and_a_substitute_one_seat() -> None:
    room = make_room(BodyKind.COUNCIL, COUNCIL)
    first, second = add_listed(room, "A", "Anna", "Bente")
    open_room(room, absent=("M3", "M4"))
    actions.call_substitute(room.meeting, absent=room.people[2], substitute=first, **typed(room, 1))

    with pytest.raises(RuleBrokenError, match="M3"):
        actions.call_substitute(room.meeting, absent=room.people[2], substitute=second, **typed(room, 2))
    with pytest.raises(RuleBrokenError, match="Anna"):
        actions.call_substitute(room.meeting, absent=room.people[3], substitute=first, **typed(room, 2))
    actions.call_substitute(room.meeting, absent=room.people[3], substitute=second, **typed(room, 2))


def test_a_substitute_may_have_a_conflict_of_interest_too() -> None:
    room = make_room(BodyKind.COUNCIL, COUNCIL)
    (listed,) = add_listed(room, "A", "Anna")
    open_room(room, absent=("M3",))
    actions.call_substitute(room.meeting, absent=room.people[2], substitute=listed, is_approved=True, **typed(room, 1))
    actions.take_up_item(room.items[0], **typed(room, 2))

    actions.declare_conflict(room.items[0], person=listed, by_self=True, **typed(room, 3))

    assert len(voters(room, 4, 0)) == 26
