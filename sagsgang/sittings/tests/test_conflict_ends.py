"""When a conflict of interest begins and ends in the room: who leaves, and until when her substitute sits in."""

import pytest

from sagsgang.bodies.models import BodyKind, Person
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import ConflictOfInterest, Presence, Substitution
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings import actions
from sagsgang.sittings.queries.calling import calling_of
from sagsgang.sittings.queries.state import SittingState, state_of
from sagsgang.sittings.tests.rooms import Room, add_item, add_listed, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db


def state_at(room: Room, minutes: float) -> SittingState:
    return state_of(room.meeting, at=room.at(minutes))


def council_with(*names: str, absent: tuple[str, ...] = ()) -> tuple[Room, list[Person]]:
    """An open council meeting of five, with these on the list of party A."""
    room = make_room(BodyKind.COUNCIL, "AAAVV")
    listed = add_listed(room, "A", *names)
    open_room(room, absent=absent)
    return room, listed


def offered(room: Room, minutes: float) -> tuple[list[str], dict[str, list[str]]]:
    """Who may sit in for one item, and who for whom that is away."""
    places = room.body.substitute_places.select_related("person").order_by("position")
    calling = calling_of(room.meeting, state_at(room, minutes), places)
    return [one.name for one in calling.stand_ins], {
        call.absent.name: [one.name for one in call.choices] for call in calling.calls
    }


def test_who_never_comes_has_not_left_the_room() -> None:
    room = make_room()
    open_room(room, absent=("M5",))
    first, second, _third = room.items
    actions.declare_conflict(first, person=room.people[4], by_self=True, **typed(room, 1))
    actions.declare_conflict(first, person=room.people[3], by_self=True, **typed(room, 1))

    actions.take_up_item(first, **typed(room, 2))

    assert dict(ConflictOfInterest.objects.values_list("person__name", "left_at")) == {"M4": room.at(2), "M5": None}
    current = state_at(room, 3).current
    assert current is not None
    assert {one.name: one.has_left for one in current.line.conflicted} == {"M4": True, "M5": False}
    actions.take_up_item(second, **typed(room, 5))
    assert dict(ConflictOfInterest.objects.values_list("person__name", "returned_at")) == {"M4": room.at(5), "M5": None}


def test_a_conflict_noted_once_more_changes_no_vote_that_was_counted() -> None:
    room, (listed,) = council_with("Anna")
    item, person = room.items[0], room.people[2]
    actions.take_up_item(item, **typed(room, 1))
    actions.declare_conflict(item, person=person, by_self=True, **typed(room, 2))

    actions.declare_conflict(item, person=person, by_self=True, substitute=listed, **typed(room, 9))

    assert ConflictOfInterest.objects.get().left_at == room.at(2)
    assert person.pk not in roll_of(room.meeting).voters_at(room.at(5), item.pk)


def test_the_substitute_goes_when_the_item_ends_and_may_be_called_again() -> None:
    room, (listed,) = council_with("Anna")
    first, second, third = room.items
    actions.take_up_item(first, **typed(room, 1))
    actions.declare_conflict(first, person=room.people[2], by_self=True, substitute=listed, **typed(room, 2))
    assert offered(room, 3) == (["Anna"], {})

    actions.take_up_item(second, **typed(room, 10))

    assert Presence.objects.get(person=listed).until == room.at(10)
    assert Substitution.objects.get().withdrawn_at is None  # she reads and signs what she was part of
    assert "Anna" not in {row.name for row in state_at(room, 11).members}
    with pytest.raises(RuleBrokenError, match="Anna"):
        actions.ask_floor(second, person=listed, **typed(room, 11))
    actions.declare_conflict(second, person=room.people[1], by_self=True, substitute=listed, **typed(room, 12))
    assert listed.pk in roll_of(room.meeting).voters_at(room.at(13), second.pk)
    assert listed.pk in roll_of(room.meeting).voters_at(room.at(5), first.pk)
    actions.take_up_item(third, **typed(room, 20))
    actions.note_departure(room.meeting, person=room.people[2], **typed(room, 21))
    assert offered(room, 22) == (["Anna"], {"M3": ["Anna"]})
    actions.call_substitute(room.meeting, absent=room.people[2], substitute=listed, is_approved=True, **typed(room, 23))
    assert offered(room, 24) == ([], {})


def test_one_who_sits_in_for_the_meeting_stays_and_one_for_the_item_above_too() -> None:
    room, (anna, bente) = council_with("Anna", "Bente", absent=("M3",))
    subs = [add_item(room, str(number), parent=room.items[0]) for number in (1, 2)]
    actions.call_substitute(room.meeting, absent=room.people[2], substitute=anna, is_approved=True, **typed(room, 1))
    actions.declare_conflict(room.items[0], person=room.people[1], by_self=True, substitute=bente, **typed(room, 2))
    actions.take_up_item(subs[0], **typed(room, 3))

    actions.take_up_item(subs[1], **typed(room, 4))

    here = {row.name for row in state_at(room, 5).members if row.is_here}
    assert here == {"M1", "M2", "M4", "M5", "Anna", "Bente"}
    actions.end_item(subs[1], **typed(room, 6))
    actions.take_up_item(room.items[1], **typed(room, 7))
    here = {row.name for row in state_at(room, 8).members if row.is_here}
    assert here == {"M1", "M2", "M4", "M5", "Anna"}


def test_a_vote_that_was_counted_stays_what_it_was() -> None:
    """Who was counted at it was there: neither her coming nor her going is moved past it afterwards."""
    room = make_room()
    open_room(room, absent=("M3", "M4", "M5"))
    came = actions.note_arrival(room.meeting, person=room.people[2], **typed(room, 1))
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 2))
    shown = poll_at(room, item, 3, "show")
    actions.enter_ballots(shown, counts={"for": 3}, **typed(room, 4))
    actions.close_poll(shown, **typed(room, 5))

    with pytest.raises(RuleBrokenError, match="M3"):
        actions.undo_stretch(Presence.objects.get(pk=came.key), **typed(room, 6))

    late = actions.note_arrival(room.meeting, person=room.people[3], **typed(room, 7))
    actions.undo_stretch(Presence.objects.get(pk=late.key), **typed(room, 8))
    called = poll_at(room, item, 10)
    actions.enter_roll_call(called, **typed(room, 11))
    actions.close_poll(called, **typed(room, 12))
    with pytest.raises(RuleBrokenError, match="M3"):
        actions.note_departure(room.meeting, person=room.people[2], **typed(room, 9))
    actions.note_departure(room.meeting, person=room.people[2], **typed(room, 13))
