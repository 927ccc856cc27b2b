"""Who comes and who goes; who is printed as present and absent; a seat that ends during the meeting."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from sagsgang.bodies.models import Body, BodyKind, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import AbsenceReport, Mode, Presence
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings import actions
from sagsgang.sittings.tests.rooms import OPENED, Room, add_item, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db


def printed(room: Room, item: int | None, *, present: bool) -> list[tuple[str, str, bool]]:
    roll = roll_of(room.meeting)
    pk = None if item is None else room.items[item].pk
    lines = roll.present_at(pk) if present else roll.absent_at(pk)
    return [(line.name, line.note, line.is_partly) for line in lines]


def test_who_comes_late_and_who_goes_early_is_printed_so(danish: None) -> None:
    room = make_room()
    AbsenceReport.objects.create(meeting=room.meeting, person=room.people[4], reported_by=room.secretary)
    open_room(room, absent=("M3", "M4", "M5"))
    first, second, third = room.items
    actions.take_up_item(first, **typed(room, 10))
    actions.note_arrival(room.meeting, person=room.people[2], **typed(room, 20))
    actions.take_up_item(second, **typed(room, 30))
    actions.note_departure(room.meeting, person=room.people[1], **typed(room, 40))
    actions.take_up_item(third, **typed(room, 50))
    actions.adjourn_meeting(room.meeting, **typed(room, 60))

    assert printed(room, None, present=True) == [
        ("M1", "", False), ("M2", "gik kl. 17.40", True), ("M3", "kom kl. 17.20", True),
    ]  # fmt: skip
    assert printed(room, None, present=False) == [("M4", "uden afbud", False), ("M5", "med afbud", False)]
    assert printed(room, 0, present=True) == [("M1", "", False), ("M2", "", False), ("M3", "kom kl. 17.20", True)]
    assert printed(room, 1, present=True) == [("M1", "", False), ("M2", "gik kl. 17.40", True), ("M3", "", False)]
    assert printed(room, 2, present=False) == [
        ("M2", "forlod mødet kl. 17.40", False), ("M4", "uden afbud", False), ("M5", "med afbud", False),
    ]  # fmt: skip


def test_nobody_comes_twice_and_nobody_goes_who_is_not_there() -> None:
    room = make_room()
    open_room(room, absent=("M5",))

    with pytest.raises(RuleBrokenError, match="M1"):
        actions.note_arrival(room.meeting, person=room.people[0], **typed(room, 1))
    with pytest.raises(RuleBrokenError, match="M5"):
        actions.note_departure(room.meeting, person=room.people[4], **typed(room, 1))


def test_all_come_at_once_but_those_who_sent_word() -> None:
    room = make_room()
    AbsenceReport.objects.create(meeting=room.meeting, person=room.people[4], reported_by=room.secretary)
    open_room(room, absent=("M2", "M3", "M4", "M5"))

    actions.note_all_present(room.meeting, **typed(room, 1))

    assert sorted(Presence.objects.values_list("person__name", flat=True)) == ["M1", "M2", "M3", "M4"]


def test_remote_attendance_counts_where_the_body_allows_it() -> None:
    room = make_room()
    open_room(room, absent=("M5",))
    with pytest.raises(RuleBrokenError):
        actions.note_arrival(room.meeting, person=room.people[4], mode=Mode.REMOTE, **typed(room, 1))
    Body.objects.update(remote_allowed=True)

    actions.note_arrival(room.meeting, person=room.people[4], mode=Mode.REMOTE, **typed(room, 2))

    assert len(roll_of(room.meeting).voters_at(room.at(3))) == 5
    Body.objects.update(remote_allowed=False)
    assert len(roll_of(room.meeting).voters_at(room.at(3))) == 4


def test_a_mistaken_stretch_is_taken_back_and_one_with_a_vote_stands() -> None:
    room = make_room()
    open_room(room, absent=("M5",))
    mistaken = actions.note_arrival(room.meeting, person=room.people[4], **typed(room, 1))
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 2))

    actions.undo_stretch(Presence.objects.get(pk=mistaken.key), **typed(room, 3))

    assert room.people[4].pk not in roll_of(room.meeting).there_at(room.at(2))
    assert Presence.history.filter(pk=mistaken.key).count() == 1
    poll = poll_at(room, item, 4)
    actions.enter_roll_call(poll, **typed(room, 5))
    with pytest.raises(RuleBrokenError, match="M1"):
        actions.undo_stretch(Presence.objects.get(person=room.people[0]), **typed(room, 6))


def test_a_seat_that_ends_at_midnight_votes_no_more_and_counts_among_the_seats() -> None:
    room = make_room()
    Seat.objects.filter(person=room.people[4]).update(held_to="2026-03-09")
    open_room(room)
    late = 8 * 60  # 01.00 in Copenhagen
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 5 * 60))
    roll = roll_of(room.meeting)
    assert (len(roll.voters_at(room.at(6 * 60))), roll.seats) == (5, 5)

    actions.note_departure(room.meeting, person=room.people[4], **typed(room, late))

    with pytest.raises(RuleBrokenError, match="M5"):
        actions.note_arrival(room.meeting, person=room.people[4], **typed(room, late + 1))
    roll = roll_of(room.meeting)
    assert (len(roll.voters_at(room.at(late - 10))), roll.seats) == (4, 5)


def test_a_seat_that_is_ended_during_the_meeting_votes_no_more() -> None:
    room = make_room()
    open_room(room)
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 1))
    poll = poll_at(room, item, 2)
    voter = room.people[4]

    Seat.objects.filter(person=voter).update(held_to="2026-03-08")

    with pytest.raises(RuleBrokenError, match="M5"):
        actions.enter_ballots(poll, votes={voter.pk: "for"}, **typed(room, 3))
    actions.enter_roll_call(poll, **typed(room, 3))
    assert sorted(row.person.name for row in poll.ballots.all() if row.person) == ["M1", "M2", "M3", "M4"]
    assert roll_of(room.meeting).seats == 5


def test_an_item_taken_over_the_hour_that_comes_twice(danish: None) -> None:
    """The clock goes back from 3 to 2 on the last Sunday of October."""
    room = make_room(items=1)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02.30 for the first time
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02.30 for the second time
    minutes = (first - OPENED).total_seconds() / 60
    open_room(room)
    actions.note_departure(room.meeting, person=room.people[4], **typed(room, minutes))
    actions.take_up_item(room.items[0], **typed(room, minutes + 20))
    actions.note_departure(room.meeting, person=room.people[3], **typed(room, minutes + 60))
    actions.end_item(room.items[0], **typed(room, minutes + 70))

    roll = roll_of(room.meeting)
    assert [line.name for line in roll.absent_at(room.items[0].pk)] == ["M5"]
    assert {line.name: line.note for line in roll.present_at(room.items[0].pk)}["M4"] == "gik kl. 02.30"
    assert (len(roll.voters_at(first)), len(roll.voters_at(second))) == (4, 3)


def test_an_act_of_the_future_is_refused() -> None:
    room = make_room()
    open_room(room, absent=("M5",))

    with pytest.raises(RuleBrokenError):
        actions.note_arrival(
            room.meeting, person=room.people[4], key=uuid4(), at=datetime(2126, 1, 1, tzinfo=UTC), actor=room.secretary
        )


def test_a_sub_item_shares_the_time_of_its_item() -> None:
    room = make_room(items=1, kind=BodyKind.COMMITTEE)
    sub = add_item(room, "1", parent=room.items[0])
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 10))
    actions.end_item(room.items[0], **typed(room, 20))
    actions.note_departure(room.meeting, person=room.people[4], **typed(room, 5))

    assert [line.name for line in roll_of(room.meeting).absent_at(sub.pk)] == ["M5"]
