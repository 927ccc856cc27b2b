"""Parties are told before the public (R19): until then a release says that there is a decision, and nothing of it."""

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.meetings.actions import state_parties
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.tests.meetings import held_meeting, made_final
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.document import ItemDocument
from sagsgang.publication.models import Release
from sagsgang.sittings.tests.rooms import Room

TELLING = ("Indstillingen godkendt som ændret.", "Stien gøres bredere.", "imod", "Nyt anlægsskøn.")


@pytest.fixture
def held(db: None) -> Room:
    room = held_meeting()
    Body.objects.update(publish_policy="minutes")
    state_parties(room.items[1], parties="some", told=False, actor=room.secretary)
    made_final(room)
    User.objects.create_user("anden")
    return room


def released(room: Room) -> tuple[Release, ItemDocument]:
    meeting, second = Meeting.objects.get(pk=room.meeting.pk), User.objects.get(username="anden")
    release = release_meeting(meeting, kind="minutes", prepared_by=room.secretary, released_by=second)
    items = ReleaseDocument.from_text(release.document or "").meeting.items
    return release, next(item for item in items if item.title == "Ny cykelsti")


def test_before_the_parties_are_told_nothing_is_said_of_the_decision(held: Room) -> None:
    release, item = released(held)

    [decision] = item.decisions
    assert decision.html == "<p>Beslutningen offentliggøres, når parterne er underrettet.</p>"
    assert (item.record, item.votes, item.after) == ((), (), ())
    words = (release.document or "").partition('"title":"Ny cykelsti"')[2].partition('"title":')[0]
    assert [word in words for word in TELLING] == [False] * 4


def test_when_they_are_told_the_decision_goes_out_and_is_no_correction(held: Room) -> None:
    released(held)

    state_parties(held.items[1], parties="some", told=True, actor=held.secretary)
    release, item = released(held)

    assert release.kind == "minutes"
    assert "Indstillingen godkendt som ændret." in item.decisions[0].html
    assert len(item.votes) > 0
