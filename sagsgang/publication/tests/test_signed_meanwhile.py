"""Who signs between the two persons' parts of a release stops nothing: the line is printed as it is when it goes out."""

from typing import Any

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.actions import amend_protocol, close_item, sign_protocol
from sagsgang.protocols.tests.meetings import held_meeting, made_final, member_user
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.models import Release
from sagsgang.sittings.tests.rooms import Room

CLOSED: dict[str, Any] = {
    "ground": "tender", "closing_reason": "Tilbud.", "change_reason": "Det skulle have været lukket.",
}  # fmt: skip


@pytest.fixture
def held(db: None) -> Room:
    room = held_meeting()
    Body.objects.update(publish_policy="minutes")
    made_final(room)
    return room


def second_of(room: Room) -> User:
    user = User.objects.create_user("anden")
    Appointment.objects.create(user=user, body=room.body, role=Role.SECRETARY)
    return user


def test_a_signature_after_the_preparation_is_in_what_goes_out(held: Room) -> None:
    meeting, member = Meeting.objects.get(pk=held.meeting.pk), member_user(held, 2)
    preparation = prepare_release(meeting, kind="minutes", actor=held.secretary)

    sign_protocol(meeting, actor=member)
    release = release_prepared(preparation, actor=second_of(held))

    record = ReleaseDocument.from_text(release.document or "").meeting.record
    assert record[-1] == "Protokollen er underskrevet af 1 af 8."


def test_an_amendment_after_the_preparation_is_still_another_text(held: Room) -> None:
    meeting = Meeting.objects.get(pk=held.meeting.pk)
    preparation = prepare_release(meeting, kind="minutes", actor=held.secretary)

    amend_protocol(meeting, item=None, words="Mødet begyndte 16.05.", reason="Skrivefejl.", actor=held.secretary)

    with pytest.raises(RuleBrokenError):
        release_prepared(preparation, actor=second_of(held))


def corrected(room: Room) -> None:
    """A correction is out: an item was closed after the protocol was made final."""
    meeting = Meeting.objects.get(pk=room.meeting.pk)
    second = second_of(room)
    release_prepared(prepare_release(meeting, kind="minutes", actor=room.secretary), actor=second)
    close_item(room.items[3], actor=room.secretary, **CLOSED)
    preparation = prepare_release(meeting, kind="minutes", public_reason="Et punkt er lukket.", actor=room.secretary)
    assert (preparation.kind, release_prepared(preparation, actor=second).kind) == ("correction", "correction")


def test_the_same_words_as_a_correction_that_is_out_are_no_new_one(held: Room) -> None:
    corrected(held)

    preparation = prepare_release(Meeting.objects.get(pk=held.meeting.pk), kind="minutes", actor=held.secretary)
    release = release_prepared(preparation, actor=User.objects.get(username="anden"))

    assert (preparation.kind, release.kind, Release.objects.count()) == ("minutes", "correction", 2)


def test_a_signature_after_a_correction_was_prepared_again_is_in_what_goes_out(held: Room) -> None:
    corrected(held)
    preparation = prepare_release(Meeting.objects.get(pk=held.meeting.pk), kind="minutes", actor=held.secretary)

    sign_protocol(held.meeting, actor=member_user(held, 2))
    release = release_prepared(preparation, actor=User.objects.get(username="anden"))

    record = ReleaseDocument.from_text(release.document or "").meeting.record
    assert (release.kind, record[-1]) == ("minutes", "Protokollen er underskrevet af 1 af 8.")


def test_a_signature_while_a_correction_is_prepared_leaves_it_a_correction(held: Room) -> None:
    meeting = Meeting.objects.get(pk=held.meeting.pk)
    second = second_of(held)
    release_prepared(prepare_release(meeting, kind="minutes", actor=held.secretary), actor=second)
    close_item(held.items[3], actor=held.secretary, **CLOSED)
    preparation = prepare_release(meeting, kind="minutes", public_reason="Et punkt er lukket.", actor=held.secretary)

    sign_protocol(meeting, actor=member_user(held, 2))

    assert release_prepared(preparation, actor=second).kind == "correction"
