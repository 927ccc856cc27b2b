"""Open the meeting, name who presides, adjourn it; what happens twice happens once."""

import pytest

from sagsgang.bodies.models import Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.meetings.models import Meeting, Presence, Treatment
from sagsgang.sittings import actions
from sagsgang.sittings.models import SittingAct, Turn
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.tests.rooms import OPENED, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db


def test_a_meeting_is_opened_with_those_who_are_there() -> None:
    room = make_room()
    act = typed(room, 0)

    done = actions.open_meeting(room.meeting, present=[one.pk for one in room.people[:4]], **act)

    meeting = Meeting.objects.select_related("body").get()
    assert (meeting.opened_at, meeting.adjourned_at) == (OPENED, None)
    assert (done.number, done.verb, done.key) == (1, "open_meeting", act["key"])
    assert {row.since for row in Presence.objects.all()} == {OPENED}
    state = state_of(meeting, at=room.at(1))
    assert [row.name for row in state.members if row.is_here] == ["M1", "M2", "M3", "M4"]
    assert (state.quorum.present, state.quorum.needed, state.quorum.seats) == (4, 3, 5)
    assert (state.chair.name if state.chair else None, state.last_act) == ("M1", 1)
    assert AuditEntry.objects.get(subject=subject_of(meeting), verb="open_meeting").data == {"people": 4}


def test_the_same_act_sent_again_answers_the_first() -> None:
    room = make_room()
    act = typed(room, 0)
    first = actions.open_meeting(room.meeting, present=[], **act)

    again = actions.open_meeting(room.meeting, present=[room.people[0].pk], **act)

    assert again == first
    assert (SittingAct.objects.count(), Presence.objects.count(), AuditEntry.objects.filter(verb="open_meeting").count()) == (
        1, 0, 1,
    )  # fmt: skip


def test_a_key_belongs_to_one_act() -> None:
    room = make_room()
    act = typed(room, 0)
    actions.open_meeting(room.meeting, present=[], **act)

    with pytest.raises(RuleBrokenError):
        actions.adjourn_meeting(room.meeting, **act)


def test_without_a_sent_agenda_there_is_no_meeting() -> None:
    room = make_room()
    Meeting.objects.update(agenda_sent_at=None)

    with pytest.raises(RuleBrokenError):
        actions.open_meeting(room.meeting, present=[], **typed(room, 0))


def test_a_meeting_is_opened_once() -> None:
    room = make_room()
    open_room(room)

    with pytest.raises(RuleBrokenError):
        actions.open_meeting(room.meeting, present=[], **typed(room, 1))


def test_whose_seat_has_ended_is_not_there_from_the_beginning() -> None:
    room = make_room()
    Seat.objects.filter(person=room.people[4]).update(held_to="2026-03-08")

    with pytest.raises(RuleBrokenError, match="M5"):
        actions.open_meeting(room.meeting, present=[room.people[4].pk], **typed(room, 0))
    assert Meeting.objects.get().opened_at is None


def test_without_the_chair_somebody_is_named_before_an_item_is_decided() -> None:
    room = make_room()
    open_room(room, absent=("M1",))
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 1))
    state = state_of(room.meeting, at=room.at(2))
    assert (state.needs_acting_chair, state.chair, state.proposed_chair.name if state.proposed_chair else "") == (
        True, None, "M2",
    )  # fmt: skip
    with pytest.raises(RuleBrokenError):
        actions.adopt_without_vote(item, **typed(room, 2))

    actions.name_acting_chair(room.meeting, person=room.people[2], **typed(room, 3))

    actions.adopt_without_vote(item, **typed(room, 4))
    chair = state_of(room.meeting, at=room.at(5)).chair
    assert chair is not None and chair.name == "M3"


def test_who_is_absent_does_not_take_the_chair() -> None:
    room = make_room()
    open_room(room, absent=("M1", "M2"))

    with pytest.raises(RuleBrokenError, match="M2"):
        actions.name_acting_chair(room.meeting, person=room.people[1], **typed(room, 1))


def test_the_end_of_the_meeting_ends_item_turn_and_presence() -> None:
    room = make_room()
    open_room(room)
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 1))
    asked = actions.ask_floor(item, person=room.people[1], **typed(room, 2))
    actions.give_floor(Turn.objects.get(pk=asked.key), **typed(room, 3))

    actions.adjourn_meeting(room.meeting, **typed(room, 60))

    ended = room.at(60)
    assert Meeting.objects.get().adjourned_at == ended
    assert Treatment.objects.get().ended_at == ended
    assert Turn.objects.get().ended_at == ended
    assert {row.until for row in Presence.objects.all()} == {ended}
    with pytest.raises(RuleBrokenError):
        actions.take_up_item(item, **typed(room, 61))


def test_a_meeting_does_not_end_while_a_vote_is_taken() -> None:
    room = make_room()
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))
    poll_at(room, room.items[0], 2)

    with pytest.raises(RuleBrokenError):
        actions.adjourn_meeting(room.meeting, **typed(room, 3))
