"""The rows of the desk are kept between two showings: each says what holds now, in the reader's language, with her token."""

import re
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Role
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.pages import meeting_rows
from sagsgang.meetings.rendering import Reader
from sagsgang.sittings import actions, rendering
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Room:
    room = make_room(BodyKind.COUNCIL, "AAVVV", items=3)
    Meeting.objects.update(agenda_sent_at=now())
    open_room(room)
    return room


def agenda(room: Room, *, token: str = "token", closed_too: bool = True) -> list[str]:
    state = state_of(meeting_rows(room.meeting.pk), at=room.at(30))
    reader = Reader(closed_too=closed_too)
    html = rendering.agenda_rows(
        rendering.shown_agenda(state, reader), is_open=state.is_open, is_beginning=False, token=token
    )
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in html.split("</li>")][:-1]


def test_a_row_says_what_holds_now(room: Room) -> None:
    before = agenda(room)

    actions.take_up_item(room.items[0], **typed(room, 5))
    AgendaItem.objects.filter(pk=room.items[1].pk).update(title="Et <andet> navn")

    assert before[0] == "1 Sag 1 Tag op : Sag 1"
    assert agenda(room) == [
        "1 Sag 1 siden kl. 17.05",
        "2 Et &lt;andet&gt; navn Tag op : Et &lt;andet&gt; navn",
        before[2],
    ]


def test_who_is_not_let_in_gets_another_row(room: Room) -> None:
    AgendaItem.objects.filter(pk=room.items[0].pk).update(
        access="closed", ground="tender", closing_reason="Tilbud", public_title="En handel"
    )

    assert [agenda(room, closed_too=right)[0].split(" Lukket")[0] for right in (True, False, True)] == [
        "1 Sag 1",
        "1 En handel",
        "1 Sag 1",
    ]


def test_language_and_clock_are_those_of_the_reader(room: Room) -> None:
    actions.take_up_item(room.items[0], **typed(room, 5))
    danish = agenda(room)

    with translation.override("en"), timezone.override("UTC"):
        english = agenda(room)

    assert (danish[0], english[0], agenda(room)) == ("1 Sag 1 siden kl. 17.05", "1 Sag 1 since 16.05", danish)


def test_a_member_s_row_follows_her(room: Room) -> None:
    def row(**facts: object) -> str:
        state = state_of(meeting_rows(room.meeting.pk), at=room.at(30))
        member = replace(state.members[0], **facts)  # type: ignore[arg-type]
        html = rendering.member_rows([member], state, token="token")
        return " ".join(re.sub(r"<[^>]+>", " ", html).split())

    assert "Går" in row()
    assert "Kommer" in row(is_here=False, presence=None)
    assert "inhabil" in row(is_out=True)
    assert "Går" in row()


def test_each_reader_s_forms_have_her_own_token() -> None:
    room = make_room(BodyKind.COUNCIL, "AAV", held_on=localdate())
    Meeting.objects.update(agenda_sent_at=now())
    other = User.objects.create_user("afløser")
    Appointment.objects.create(user=other, body=room.body, role=Role.SECRETARY)
    clients = [Client(enforce_csrf_checks=True) for _ in range(2)]
    pages: list[str] = []
    for client, user in zip(clients, (room.secretary, other), strict=True):
        client.force_login(user)
        open_room(room) if not pages else None
        pages.append(client.get(reverse("sittings:desk", args=[room.meeting.pk])).content.decode())

    tokens = [set(re.findall(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)) for page in pages]
    action = reverse("sittings:take-up-item", args=[room.items[0].pk])
    answers = [
        client.post(action, {"csrfmiddlewaretoken": token}, headers={"Accept": "application/json"}).status_code
        for client, own in zip(clients, tokens, strict=True)
        for token in (*own, "a" * 64)
    ]

    assert not tokens[0] & tokens[1]
    assert [status == 403 for status in answers] == [
        *([False] * len(tokens[0])),
        True,
        *([False] * len(tokens[1])),
        True,
    ]
