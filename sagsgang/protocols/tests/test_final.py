"""A protocol made final, signed, approved and amended; and nothing below it changes any more."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Signers
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.models import Decision, Meeting
from sagsgang.protocols import actions
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import ProtocolEntry, ProtocolNote
from sagsgang.protocols.queries.final import final_document
from sagsgang.protocols.queries.standing import standing_of, waiting_for
from sagsgang.protocols.tests.meetings import council_room, held_meeting, made_final, member_user
from sagsgang.sittings import actions as sittings
from sagsgang.sittings.tests.rooms import Room, open_room, typed
from sagsgang.sittings.tests.test_faults import at_once, refusals

alone = pytest.mark.django_db
together = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(db: None) -> Room:
    return held_meeting()


def test_what_was_read_is_made_final_with_who_shall_sign(held: Room) -> None:
    entry = made_final(held)

    said = json.loads(entry.document)
    names = [one["name"] for one in said["signers"]]
    assert names == ["M1", "M2", "M3", "M4", "M5", "M6", "Cilla Carlsen", "Vera Vind"]
    assert (entry.number, entry.previous, len(entry.sha256), said["not_treated"]) == (1, "", 64, [])
    assert final_document(held.meeting) is not None
    assert AuditEntry.objects.get(verb="make_final").data == {"number": 1}


def test_where_the_chair_signs_alone_she_is_the_one(held: Room) -> None:
    held.body.signers = Signers.CHAIR
    held.body.save()

    made_final(held)

    assert [one.name for one in standing_of(held.meeting).signers] == ["M1"]


@alone
def test_a_meeting_that_goes_on_has_no_final_protocol() -> None:
    room = council_room()
    open_room(room)

    with pytest.raises(RuleBrokenError, match="Mødet er ikke slut endnu"):
        made_final(room)


@alone
def test_undecided_items_are_named_and_may_be_left_as_not_treated() -> None:
    room = council_room()
    open_room(room)
    sittings.adjourn_meeting(room.meeting, **typed(room, 5))

    with pytest.raises(RuleBrokenError, match="1, 2, 3, 4"):
        made_final(room)
    entry = actions.make_final(room.meeting, digest=digest_of(room.meeting.pk), anyway=True, actor=room.secretary)

    assert json.loads(entry.document)["not_treated"] == ["1", "2", "3", "4"]


def test_what_has_changed_since_it_was_read_is_read_again(held: Room) -> None:
    digest = digest_of(held.meeting.pk)
    actions.write_note(held.meeting, item=None, place="after", text="Tak.", seen=0, actor=held.secretary)

    with pytest.raises(RuleBrokenError, match="Protokollen er ændret"):
        actions.make_final(held.meeting, digest=digest, actor=held.secretary)

    assert ProtocolEntry.objects.count() == 0


def test_she_signs_once_and_only_for_herself(held: Room) -> None:
    member, absent = member_user(held, 2), member_user(held, 7)
    final = made_final(held)

    first = actions.sign_protocol(held.meeting, actor=member)
    again = actions.sign_protocol(held.meeting, reservation="Punkt 2.", actor=member)
    for stranger in (absent, held.secretary):
        with pytest.raises(RuleBrokenError, match="Du deltog ikke i mødet"):
            actions.sign_protocol(held.meeting, actor=stranger)

    standing = standing_of(held.meeting)
    assert (first.pk, json.loads(first.document)) == (again.pk, {"final": final.sha256})
    assert (standing.signed, len(standing.signers), standing.is_signed) == (1, 8, False)


def test_a_reservation_has_its_words(held: Room) -> None:
    member = member_user(held, 2)
    made_final(held)

    with pytest.raises(RuleBrokenError, match="forbehold"):
        actions.sign_protocol(held.meeting, reservation=" ", actor=member)
    actions.sign_protocol(held.meeting, reservation="Jeg stemte imod.", actor=member)

    signer = next(one for one in standing_of(held.meeting).signers if one.at)
    assert (signer.name, signer.reservation) == ("M2", "Jeg stemte imod.")


def test_it_waits_for_her_and_she_is_reminded_once_a_day(held: Room) -> None:
    member, absent = member_user(held, 2), member_user(held, 7)
    made_final(held)

    first = actions.remind_signers(held.meeting, actor=held.secretary)
    second = actions.remind_signers(held.meeting, actor=held.secretary)
    waiting = waiting_for(member)
    actions.sign_protocol(held.meeting, actor=member)

    assert first == second
    assert [(one.meeting.pk, one.is_reminded) for one in waiting] == [(held.meeting.pk, True)]
    assert (waiting_for(member), waiting_for(absent)) == ([], [])


def test_a_later_meeting_approves_it_once(held: Room) -> None:
    made_final(held)
    later = Meeting.objects.create(body=held.body, held_on=date(2026, 4, 13))
    earlier = Meeting.objects.create(body=held.body, held_on=date(2026, 2, 9))

    with pytest.raises(RuleBrokenError, match="senere møde"):
        actions.approve_protocol(held.meeting, at=earlier, actor=held.secretary)
    first = actions.approve_protocol(held.meeting, at=later, actor=held.secretary)
    again = actions.approve_protocol(held.meeting, at=later, actor=held.secretary)

    assert first == again
    assert standing_of(held.meeting).approved_on == "2026-04-13"


def test_an_amendment_is_added_and_changes_nothing(held: Room) -> None:
    with pytest.raises(RuleBrokenError, match="ikke endelig endnu"):
        actions.amend_protocol(held.meeting, words="Ord.", reason="Fejl.", actor=held.secretary)
    final = made_final(held)
    before = final_document(held.meeting)

    for _time in range(2):
        actions.amend_protocol(
            held.meeting, words="M5 stemte for.", reason="Talt forkert.", item=held.items[1], actor=held.secretary
        )

    said = standing_of(held.meeting).amendments
    assert [(one.words, one.reason, one.item, one.by) for one in said] == [
        ("M5 stemte for.", "Talt forkert.", str(held.items[1].pk), "Sanne Skov")
    ]
    assert final_document(held.meeting) == before
    assert ProtocolEntry.objects.get(number=2).previous == final.sha256


def test_who_signs_was_settled_when_it_was_made_final(held: Room) -> None:
    made_final(held)

    held.body.seats.filter(person=held.people[1]).delete()

    assert len(standing_of(held.meeting).signers) == 8


CHANGES: dict[str, Callable[[Room, User], object]] = {
    "decision": lambda room, by: meetings.record_decision(
        room.items[0], text="Forkastet.", outcome="rejected", seen=1, actor=by
    ),
    "dissent": lambda room, by: meetings.enter_dissent(room.items[0], person=room.people[1], words="Nej.", actor=by),
    "dissent back": lambda room, by: meetings.withdraw_dissent(room.items[2], person=room.people[0], actor=by),
    "conflict": lambda room, by: meetings.note_conflict(room.items[0], person=room.people[1], actor=by),
    "conflict back": lambda room, by: meetings.withdraw_conflict(room.items[1], person=room.people[3], actor=by),
    "return": lambda room, by: meetings.return_item(room.items[0], day=None, actor=by),
    "return back": lambda room, by: meetings.withdraw_return(room.items[0], actor=by),
    "absence": lambda room, by: meetings.mark_absence(
        room.meeting, item=None, person=room.people[1], note="", actor=by
    ),
    "line": lambda room, by: meetings.edit_line(room.items[0], kind="O", block=None, actor=by),
    "off the agenda": lambda room, by: meetings.take_off_agenda(room.items[0], actor=by),
    "note": lambda room, by: actions.write_note(room.meeting, item=None, place="after", text="Ord.", seen=0, actor=by),
    "final": lambda room, by: actions.make_final(room.meeting, digest="", actor=by),
}


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_that_it_states_changes_afterwards(held: Room, act: Callable[[Room, User], object]) -> None:
    made_final(held)
    digest = digest_of(held.meeting.pk)

    with pytest.raises(RuleBrokenError, match="Protokollen er endelig"):
        act(held, held.secretary)

    assert digest_of(held.meeting.pk) == digest


ROOM_ACTS: dict[str, Callable[[Room], object]] = {
    "arrival": lambda room: sittings.note_arrival(room.meeting, person=room.people[6], **typed(room, 50)),
    "conflict": lambda room: sittings.declare_conflict(
        room.items[0], person=room.people[1], by_self=True, **typed(room, 50)
    ),
    "proposal": lambda room: sittings.move_proposal(room.items[0], words="Mere.", **typed(room, 50)),
    "poll back": lambda room: sittings.withdraw_poll(room.items[2].polls.get(), **typed(room, 50)),
    "stretch": lambda room: sittings.undo_stretch(room.meeting.presences.earliest("since"), **typed(room, 50)),
}


@pytest.mark.parametrize("act", ROOM_ACTS.values(), ids=ROOM_ACTS.keys())
def test_the_room_is_closed_when_the_meeting_is_over(held: Room, act: Callable[[Room], object]) -> None:
    digest = digest_of(held.meeting.pk)

    with pytest.raises(RuleBrokenError):
        act(held)

    assert digest_of(held.meeting.pk) == digest


def test_the_database_refuses_a_decision_that_passes_by_the_code(held: Room) -> None:
    old = Decision.objects.get(item=held.items[0])
    made_final(held)

    with pytest.raises(IntegrityError, match="protocol of the meeting is final"), transaction.atomic():
        Decision.objects.create(
            item=old.item, position=old.position, version=2, html="<p>Nej.</p>", recorded_by=held.secretary
        )

    assert Decision.objects.filter(item=held.items[0]).count() == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET document = '{{}}'", "DELETE FROM {}"])
def test_the_chain_only_grows(held: Room, statement: str) -> None:
    made_final(held)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format("protocols_protocolentry"))

    assert ProtocolEntry.objects.count() == 1


@together
def test_two_secretaries_make_it_final_at_once_and_one_does() -> None:
    held = held_meeting()
    digest = digest_of(held.meeting.pk)

    said = at_once(*[lambda: actions.make_final(held.meeting, digest=digest, actor=held.secretary)] * 2)

    assert (refusals(said), ProtocolEntry.objects.count()) == (1, 1)


@together
def test_signing_twice_at_once_is_signing_once() -> None:
    held = held_meeting()
    member = member_user(held, 2)
    made_final(held)

    said = at_once(*[lambda: actions.sign_protocol(held.meeting, actor=member)] * 3)

    assert (refusals(said), ProtocolEntry.objects.filter(kind="signature").count()) == (0, 1)


@together
def test_two_write_in_the_same_place_at_once_and_one_is_told() -> None:
    held = held_meeting()

    def write(text: str) -> Callable[[], object]:
        return lambda: actions.write_note(
            held.meeting, item=None, place="after", text=text, seen=0, actor=held.secretary
        )

    said = at_once(write("Den ene."), write("Den anden."))

    assert (refusals(said), ProtocolNote.objects.count()) == (1, 1)
