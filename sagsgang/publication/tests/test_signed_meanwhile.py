"""Who signs between the two persons' parts of a release stops nothing: the line is printed as it is when it goes out."""

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.actions import amend_protocol, sign_protocol
from sagsgang.protocols.tests.meetings import held_meeting, made_final, member_user
from sagsgang.publication.actions import prepare_release, release_prepared
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.sittings.tests.rooms import Room


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
