"""What goes wrong in the room: two secretaries at once, an act sent twice at the same time, and code that is bypassed."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Meeting, Presence, Treatment
from sagsgang.sittings import actions
from sagsgang.sittings.models import Ballot, Method, Poll, SittingAct, Turn
from sagsgang.sittings.queries.results import result_of
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, poll_at, typed

together = pytest.mark.django_db(transaction=True)
alone = pytest.mark.django_db


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each act in a thread and a connection of its own, all begun together: what they answered, or refused with."""
    begun, said = Barrier(len(acts)), list[object]()

    def run(act: Callable[[], object]) -> None:
        begun.wait()
        try:
            said.append(act())
        except RuleBrokenError as refusal:
            said.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said


def refusals(said: Iterable[object]) -> int:
    return sum(isinstance(one, RuleBrokenError) for one in said)


def voting(method: str = Method.ROLL_CALL) -> tuple[Room, Poll]:
    room = make_room()
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))
    return room, poll_at(room, room.items[0], 2, method)


@together
def test_the_same_act_sent_three_times_at_once_happens_once() -> None:
    room = make_room()
    open_room(room, absent=("M5",))
    act = typed(room, 1)

    said = at_once(*[lambda: actions.note_arrival(room.meeting, person=room.people[4], **act)] * 3)

    assert {one.pk for one in said if isinstance(one, SittingAct)} == {SittingAct.objects.get(key=act["key"]).pk}
    assert len(said) == 3
    assert Presence.objects.filter(person=room.people[4]).count() == 1
    assert AuditEntry.objects.filter(verb="note_arrival").count() == 1


@together
def test_the_same_vote_sent_twice_at_once_counts_once() -> None:
    room, poll = voting()
    act = typed(room, 3)

    said = at_once(*[lambda: actions.enter_roll_call(poll, **act)] * 2)

    assert (refusals(said), Ballot.objects.count()) == (0, 5)
    actions.close_poll(poll, **typed(room, 4))
    assert result_of(poll).counts.in_favour == 5


@together
def test_two_secretaries_open_one_meeting() -> None:
    room = make_room()
    acts = [typed(room, 0), typed(room, 0)]

    said = at_once(
        *(lambda act=act: actions.open_meeting(room.meeting, present=[room.people[0].pk], **act) for act in acts)
    )

    assert (refusals(said), SittingAct.objects.count(), Presence.objects.count()) == (1, 1, 1)


@together
def test_two_secretaries_act_at_once_and_the_line_of_acts_has_no_gap() -> None:
    room = make_room(groups="A" * 12)
    open_room(room, absent=tuple(f"M{number}" for number in range(1, 13)))
    arrivals: list[Callable[[], object]] = [
        lambda person=person: actions.note_arrival(room.meeting, person=person, **typed(room, 1))  # type: ignore[misc]
        for person in room.people
    ]

    said = at_once(*arrivals)

    assert refusals(said) == 0
    assert list(SittingAct.objects.values_list("number", flat=True)) == list(range(1, 14))


@together
def test_two_secretaries_begin_a_vote_and_one_is_told() -> None:
    room = make_room()
    open_room(room)
    item = room.items[0]
    actions.take_up_item(item, **typed(room, 1))

    said = at_once(*[lambda: actions.open_poll(item, method=Method.SHOW, **typed(room, 2))] * 2)

    assert (refusals(said), Poll.objects.count()) == (1, 1)


@together
def test_a_vote_is_closed_while_another_enters_votes() -> None:
    room, poll = voting()
    actions.enter_roll_call(poll, **typed(room, 3))

    at_once(
        lambda: actions.close_poll(poll, **typed(room, 4)),
        lambda: actions.enter_roll_call(poll, everyone="imod", **typed(room, 4)),
    )

    found = result_of(Poll.objects.get(pk=poll.pk))
    assert (found.counts.in_favour, found.counts.against) in ((5, 0), (0, 5))
    assert found.outcome in ("vedtaget", "forkastet")


@together
def test_listeners_are_woken_when_the_act_is_committed_and_not_before() -> None:
    room = make_room()
    settings: dict[str, Any] = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    listener = psycopg.connect(**{name: settings[name] for name in names if settings.get(name)}, autocommit=True)
    with listener:
        listener.execute("LISTEN sitting")
        with pytest.raises(RuntimeError), transaction.atomic():
            actions.open_meeting(room.meeting, present=[], **typed(room, 0))
            raise RuntimeError
        unseen = [note.payload for note in listener.notifies(timeout=0.3)]
        actions.open_meeting(room.meeting, present=[], **typed(room, 0))
        seen = [note.payload for note in listener.notifies(timeout=5, stop_after=1)]

    assert (unseen, seen) == ([], [f"{room.meeting.pk}:1"])


@alone
def test_two_stretches_of_one_person_cannot_overlap() -> None:
    room = make_room()
    open_room(room)

    with pytest.raises(IntegrityError, match="presence_never_overlaps"), transaction.atomic():
        Presence.objects.create(meeting=room.meeting, person=room.people[0], since=room.at(5))
    with pytest.raises(IntegrityError, match="presence_in_order"), transaction.atomic():
        Presence.objects.update(until=room.at(-5))


@alone
def test_two_items_cannot_run_and_two_polls_cannot_be_open() -> None:
    room, poll = voting()

    with pytest.raises(IntegrityError, match="treatment_one_item_at_a_time"), transaction.atomic():
        Treatment.objects.create(meeting=room.meeting, item=room.items[1], began_at=room.at(5))
    with pytest.raises(IntegrityError, match="poll_one_open_a_meeting"), transaction.atomic():
        Poll.objects.create(
            meeting=room.meeting, item=room.items[1], position=1, method=Method.SHOW, opened_at=room.at(5)
        )
    with pytest.raises(IntegrityError, match="poll_in_order"), transaction.atomic():
        Poll.objects.filter(pk=poll.pk).update(closed_at=room.at(0))


@alone
def test_two_cannot_have_the_floor() -> None:
    room = make_room()
    rows = [
        Turn(item=room.items[0], person=person, position=number, began_at=room.at(1))
        for number, person in enumerate(room.people[:2], start=1)
    ]

    with pytest.raises(IntegrityError, match="turn_one_has_the_floor"), transaction.atomic():
        Turn.objects.bulk_create(rows)


@alone
def test_a_closed_poll_takes_no_vote_and_loses_none() -> None:
    room, poll = voting()
    actions.enter_roll_call(poll, exceptions={room.people[4].pk: None}, **typed(room, 3))
    actions.close_poll(poll, **typed(room, 4))

    with pytest.raises(IntegrityError, match="closed poll"), transaction.atomic():
        Ballot.objects.create(poll=poll, person=room.people[4], choice="for")
    with pytest.raises(IntegrityError, match="closed poll"), transaction.atomic():
        Ballot.objects.update(choice="imod")
    with pytest.raises(IntegrityError, match="closed poll"), transaction.atomic():
        Ballot.objects.all().delete()
    with pytest.raises(IntegrityError, match="keeps its item and method"), transaction.atomic():
        Poll.objects.update(closed_at=None)


@alone
@pytest.mark.parametrize("method", [Method.SECRET, Method.SHOW])
def test_a_name_does_not_come_into_a_secret_vote(method: Method) -> None:
    room, poll = voting(method)

    with pytest.raises(IntegrityError, match="does not fit the method"), transaction.atomic():
        Ballot.objects.create(poll=poll, person=room.people[0], choice="for")
    with pytest.raises(IntegrityError, match="does not fit the method"), transaction.atomic():
        Ballot.objects.create(poll=poll, party="A", choice="for", count=3)


@alone
def test_a_member_has_one_vote() -> None:
    room, poll = voting()
    actions.enter_roll_call(poll, **typed(room, 3))

    with pytest.raises(IntegrityError, match="ballot_one_vote_a_member"), transaction.atomic():
        Ballot.objects.create(poll=poll, person=room.people[0], choice="imod")
    with pytest.raises(IntegrityError, match="ballot_a_member_has_one_vote"), transaction.atomic():
        Ballot.objects.filter(person=room.people[0]).update(count=9)


@alone
def test_the_line_of_acts_only_grows() -> None:
    room = make_room()
    open_room(room)

    for change in (SittingAct.objects.all().delete, lambda: SittingAct.objects.update(verb="andet")):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="sitting_act_one_a_number"), transaction.atomic():
        SittingAct.objects.create(meeting=room.meeting, number=1, key=uuid4(), verb="andet", actor=room.secretary)


@alone
def test_an_act_of_a_minute_ahead_is_written_as_now() -> None:
    room = make_room()
    act = typed(room, 0) | {"at": now() + timedelta(minutes=1)}

    actions.open_meeting(room.meeting, present=[], **act)

    opened = Meeting.objects.get().opened_at
    assert opened is not None and opened <= now()


@alone
def test_an_act_takes_few_queries_also_in_a_large_room() -> None:
    room = make_room(groups="A" * 60, items=120)
    open_room(room, absent=("M60",))

    with CaptureQueriesContext(connection) as seen:
        actions.note_arrival(room.meeting, person=room.people[59], **typed(room, 1))

    assert len(seen) < 16
