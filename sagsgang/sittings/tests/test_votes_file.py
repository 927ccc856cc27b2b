"""Who voted what, as a file: by name or by group, never of a secret ballot, closed items for their readers alone."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest
from sagsgang.sittings import actions
from sagsgang.sittings.models import Method
from sagsgang.sittings.queries.votes import recorded_votes
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, poll_at, typed

pytestmark = pytest.mark.django_db


def voted() -> Room:
    """A roll-call at an open item, one at a closed one, and a secret ballot."""
    room = make_room(groups="AAVV", items=3)
    open_room(room)
    AgendaItem.objects.filter(pk=room.items[1].pk).update(access="closed", ground="tender", title="Lukket køb")
    for place, item in enumerate(room.items):
        actions.take_up_item(item, **typed(room, 1 + 5 * place))
        if place < 2:
            poll = poll_at(room, item, 2 + 5 * place)
            actions.enter_roll_call(poll, exceptions={room.people[3].pk: "imod"}, **typed(room, 3 + 5 * place))
        else:
            poll = poll_at(room, item, 2 + 5 * place, method=Method.SECRET)
            actions.enter_ballots(poll, counts={"for": 4}, **typed(room, 3 + 5 * place))
        actions.close_poll(poll, **typed(room, 4 + 5 * place))
    return room


def reader(room: Room, role: str) -> User:
    user = User.objects.create_user(role)
    Appointment.objects.create(user=user, role=role, body=room.body)
    return user


def test_each_member_with_her_vote(danish: None) -> None:
    room = voted()
    client = Client()
    client.force_login(room.secretary)

    response = client.get(reverse("sittings:votes-file", args=[room.body.pk]))

    assert response.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert len(lines) == 1 + 8  # nothing of the secret ballot
    against = [line for line in lines if line[9] == "imod"]
    assert [(line[0], line[7], line[8]) for line in against] == [("2026-03-09", "M4", "V")] * 2
    assert AuditEntry.objects.filter(verb="read_closed").count() == 1


def test_closed_items_are_left_out_for_who_may_not_read_them() -> None:
    room = voted()
    hr, member = reader(room, Role.HR), reader(room, Role.MEMBER)

    assert {vote.is_closed for vote in recorded_votes(room.body, hr)} == {False}
    assert {vote.is_closed for vote in recorded_votes(room.body, member)} == {False, True}

    room.people[0].user = member
    room.people[0].save()
    ConflictOfInterest.objects.create(item=room.items[1], person=room.people[0], noted_by=room.secretary)
    assert {vote.is_closed for vote in recorded_votes(room.body, member)} == {False}


def test_an_open_poll_says_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    room = make_room(groups="AAVV")
    open_room(room)
    actions.take_up_item(room.items[0], **typed(room, 1))
    poll = poll_at(room, room.items[0], 2)
    actions.enter_roll_call(poll, exceptions={}, **typed(room, 3))

    assert recorded_votes(room.body, room.secretary) == []
    actions.close_poll(poll, **typed(room, 4))
    with django_assert_num_queries(6):
        assert len(recorded_votes(room.body, room.secretary)) == 4
