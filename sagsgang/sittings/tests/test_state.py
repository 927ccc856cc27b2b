"""What the session page shows, in a fixed number of queries, and how fast with 60 members and 120 items."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sagsgang.bodies.models import BodyKind
from sagsgang.meetings.models import Meeting
from sagsgang.sittings import actions
from sagsgang.sittings.models import Method
from sagsgang.sittings.queries.results import poll_results
from sagsgang.sittings.queries.state import last_act, state_of
from sagsgang.sittings.tests.rooms import Room, add_item, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db

QUERIES = 2


def queries(room: Room, minutes: float) -> int:
    meeting = Meeting.objects.select_related("body").get(pk=room.meeting.pk)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        state_of(meeting, at=room.at(minutes))
    return len(seen)


def test_the_number_of_queries_does_not_grow() -> None:
    small = make_room(groups="AAV", items=3)
    before = queries(small, 0)
    open_room(small)
    opened = queries(small, 1)
    large = make_room(BodyKind.COUNCIL, "A" * 30 + "V" * 30, items=120, authority=small.authority)
    open_room(large)
    for number, item in enumerate(large.items[:12]):
        actions.take_up_item(item, **typed(large, number * 10 + 1))
        actions.ask_floor(item, person=large.people[number], **typed(large, number * 10 + 2))
        actions.move_proposal(item, words="Godkendes.", **typed(large, number * 10 + 3))
        poll = (
            poll_at(large, item, number * 10 + 4, Method.GROUPS)
            if number % 2
            else poll_at(large, item, number * 10 + 4)
        )
        actions.enter_ballots(poll, votes={one.pk: "for" for one in large.people}, **typed(large, number * 10 + 5))
        actions.close_poll(poll, **typed(large, number * 10 + 6))

    state = state_of(large.meeting, at=large.at(200))

    assert (before, opened, queries(large, 200)) == (QUERIES, QUERIES, QUERIES)
    assert (len(state.members), len(state.lines), len(state.voters)) == (60, 120, 60)
    assert [line.state for line in state.lines[:13]] == ["done"] * 11 + ["running", "waiting"]
    assert state.last_act == last_act(large.meeting) == 12 * 6 + 1
    assert len(poll_results(large.meeting)) == 12


def test_before_and_after_the_meeting() -> None:
    room = make_room()
    planned = state_of(room.meeting, at=room.at(-10))
    open_room(room)
    actions.adjourn_meeting(room.meeting, **typed(room, 30))
    over = state_of(room.meeting, at=room.at(40))

    assert (planned.is_open, planned.needs_acting_chair, planned.current, planned.last_act) == (False, False, None, 0)
    assert (over.is_open, over.needs_acting_chair, [row.is_here for row in over.members]) == (False, False, [False] * 5)


def test_a_closed_item_is_marked_with_its_sub_items() -> None:
    room = make_room(items=2)
    room.items[1].access, room.items[1].ground, room.items[1].public_title = "closed", "personal", "En personsag"
    room.items[1].save()
    sub = add_item(room, "1", parent=room.items[1])
    open_room(room)

    lines = state_of(room.meeting).lines

    assert [(line.pk, line.is_closed, line.public_title) for line in lines] == [
        (room.items[0].pk, False, ""), (room.items[1].pk, True, "En personsag"), (sub.pk, True, ""),
    ]  # fmt: skip
