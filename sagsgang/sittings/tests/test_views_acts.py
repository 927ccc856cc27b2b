"""The acts of the desk as they come in: with a script and without, twice, wrong, and from who may not."""

from http import HTTPStatus
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Role
from sagsgang.cases.models import PathStep
from sagsgang.meetings.models import AgendaItem, Decision, ItemSpeaker, Meeting, PointDecision, Presence
from sagsgang.sittings.models import Ballot, Poll, SittingAct, Turn
from sagsgang.sittings.tests.rooms import Room, add_item, make_room
from sagsgang.sittings.views import follow

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def room() -> Room:
    room = make_room(BodyKind.COUNCIL, "AAAVV", held_on=localdate())
    Meeting.objects.update(agenda_sent_at=now())
    return room


@pytest.fixture
def desk(room: Room) -> Client:
    client = Client()
    client.force_login(room.secretary)
    return client


def opened(desk: Client, room: Room) -> None:
    present = [str(person.pk) for person in room.people]
    desk.post(reverse("sittings:open-meeting", args=[room.meeting.pk]), {"present": present}, headers=JSON)


def test_an_act_by_script_answers_its_number_and_happens_once(desk: Client, room: Room) -> None:
    address = reverse("sittings:open-meeting", args=[room.meeting.pk])
    said = {"present": [str(room.people[0].pk)], "key": str(uuid4()), "at": now().isoformat()}

    first, again = desk.post(address, said, headers=JSON), desk.post(address, said, headers=JSON)

    assert (first.status_code, first.json()) == (HTTPStatus.OK, {"number": 1})
    assert again.json() == {"number": 1}
    assert (SittingAct.objects.count(), Presence.objects.count()) == (1, 1)


def test_a_refused_act_says_why_and_changes_nothing(desk: Client, room: Room) -> None:
    opened(desk, room)

    answer = desk.post(reverse("sittings:end-item", args=[room.items[0].pk]), headers=JSON)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answer.json() == {"message": "Punktet er ikke under behandling. Tag det op først."}


def test_without_a_script_the_secretary_is_led_back_to_the_desk(desk: Client, room: Room) -> None:
    address = reverse("sittings:desk", args=[room.meeting.pk])

    done = desk.post(reverse("sittings:open-meeting", args=[room.meeting.pk]), {"present": [str(room.people[0].pk)]})
    refused = desk.post(reverse("sittings:end-item", args=[room.items[0].pk]), follow=True)

    assert (done.status_code, done.headers["Location"]) == (HTTPStatus.FOUND, address)
    assert "Punktet er ikke under behandling." in refused.content.decode()


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"at": "i går"}, "Tidspunktet kan ikke læses. Hent siden igen."),
        ({"at": "2026-03-09T17:00:00"}, "Tidspunktet kan ikke læses. Hent siden igen."),
        ({"person": "x"}, "Vælg en person fra listen."),
        ({"person": ""}, "Vælg en person."),
        ({"person": str(uuid4())}, "Vælg en person fra listen."),
    ],
)
def test_what_cannot_be_read_gets_a_sentence(desk: Client, room: Room, said: dict[str, str], message: str) -> None:
    opened(desk, room)
    facts = {"person": str(room.people[0].pk)} | said

    answer = desk.post(reverse("sittings:note-departure", args=[room.meeting.pk]), facts, headers=JSON)

    assert (answer.status_code, answer.json()) == (HTTPStatus.UNPROCESSABLE_ENTITY, {"message": message})


@pytest.mark.parametrize(
    ("method", "said", "ballots"),
    [
        ("show", {"count_for": "3", "count_imod": "2"}, [("for", 3), ("imod", 2)]),
        ("secret", {"count_for": "2", "count_imod": "2", "count_blank": "1"}, [("blank", 1), ("for", 2), ("imod", 2)]),
        (
            "groups",
            {"group_0": "A", "count_0_for": "3", "group_1": "V", "count_1_imod": "2"},
            [("for", 3), ("imod", 2)],
        ),
    ],
)
def test_votes_come_in_the_shape_of_their_method(
    desk: Client, room: Room, method: str, said: dict[str, str], ballots: list[tuple[str, int]]
) -> None:
    opened(desk, room)
    desk.post(reverse("sittings:take-up-item", args=[room.items[0].pk]), headers=JSON)
    desk.post(reverse("sittings:open-poll", args=[room.items[0].pk]), {"method": method}, headers=JSON)

    answer = desk.post(reverse("sittings:close-poll", args=[Poll.objects.get().pk]), said, headers=JSON)

    assert answer.status_code == HTTPStatus.OK, answer.json()
    found = Ballot.objects.filter(count__gt=0).order_by("choice").values_list("choice", "count")
    assert list(found) == ballots
    assert Poll.objects.get().closed_at is not None


@pytest.mark.parametrize("odd", ["-1", "tre", "1e3", "99999", "²"])
def test_a_number_of_votes_is_a_number(desk: Client, room: Room, odd: str) -> None:
    opened(desk, room)
    desk.post(reverse("sittings:take-up-item", args=[room.items[0].pk]), headers=JSON)
    desk.post(reverse("sittings:open-poll", args=[room.items[0].pk]), {"method": "show"}, headers=JSON)

    answer = desk.post(reverse("sittings:close-poll", args=[Poll.objects.get().pk]), {"count_for": odd}, headers=JSON)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Poll.objects.get().closed_at is None


@pytest.mark.parametrize("size", ["small", "large"])
def test_the_desk_asks_the_database_as_often_whatever_the_meeting_holds(
    django_assert_num_queries: DjangoAssertNumQueries, size: str
) -> None:
    groups, items = ("AAVV", 3) if size == "small" else ("AAAVVVOOOB" * 6, 120)
    room = make_room(BodyKind.COUNCIL, groups, items=items, held_on=localdate())
    add_item(room, "1.a", parent=room.items[0])
    Meeting.objects.update(agenda_sent_at=now())
    desk = Client()
    desk.force_login(room.secretary)
    opened(desk, room)
    desk.post(reverse("sittings:take-up-item", args=[room.items[0].pk]), headers=JSON)

    with django_assert_num_queries(9):
        desk.get(reverse("sittings:desk", args=[room.meeting.pk]))
    with django_assert_num_queries(7):
        desk.get(reverse("sittings:follow", args=[room.meeting.pk]))
    with django_assert_num_queries(5):
        desk.get(reverse("sittings:line", args=[room.meeting.pk]))


def test_a_talk_has_five_minutes_and_who_is_named_on_the_agenda_comes_on_the_list_with_one_button(
    desk: Client, room: Room
) -> None:
    ItemSpeaker.objects.create(item=room.items[0], name="Bo Friis", role="Teknisk chef", is_talk=True, minutes=7)
    ItemSpeaker.objects.create(item=room.items[0], position=2, name="Eva Eng")
    opened(desk, room)
    desk.post(reverse("sittings:take-up-item", args=[room.items[0].pk]), headers=JSON)
    page, ask = (reverse(f"sittings:{name}", args=[pk]) for name, pk in (
        ("desk", room.meeting.pk), ("ask-floor", room.items[0].pk),
    ))  # fmt: skip
    buttons = ("Sæt Teknisk chef Bo Friis på talerlisten, 7 min.", "Sæt Eva Eng på talerlisten")
    before = [words in desk.get(page).content.decode() for words in buttons]

    desk.post(ask, {"name": "Bo Friis", "kind": "talk", "minutes": "7"}, headers=JSON)
    desk.post(ask, {"person": str(room.people[0].pk), "kind": "talk"}, headers=JSON)

    turns = [(turn.name, turn.kind, turn.seconds) for turn in Turn.objects.order_by("position")]
    assert turns == [("Bo Friis", "talk", 420), ("", "talk", 300)]
    assert (before, [words in desk.get(page).content.decode() for words in buttons]) == ([True, True], [False, True])
    desk.post(reverse("sittings:give-floor", args=[Turn.objects.order_by("position")[0].pk]), headers=JSON)
    assert 'data-clock-seconds="420"' in desk.get(page).content.decode()


def test_what_came_late_and_is_not_sent_is_followed_by_nobody_until_it_is_taken_up(desk: Client, room: Room) -> None:
    member = User.objects.create_user("medlem")
    Appointment.objects.create(user=member, body=room.body, role=Role.MEMBER)
    client = Client()
    client.force_login(member)
    opened(desk, room)
    late = add_item(room, "4")
    AgendaItem.objects.filter(pk=late.pk).update(title="Hastesag om havnen")
    pages = [reverse(f"sittings:{name}", args=[room.meeting.pk]) for name in ("follow", "follow-part")]

    def shown(reader: Client) -> list[bool]:
        follow._shared.clear()
        return ["Hastesag om havnen" in reader.get(page).content.decode() for page in pages]

    assert shown(desk) == [True, True]
    assert shown(client) == [False, False]
    desk.post(reverse("sittings:take-up-item", args=[late.pk]), {}, headers=JSON)
    assert shown(client) == [True, True]


def test_the_desk_shows_decisions_point_by_point_and_the_follow_ups_and_offers_what_was_voted(
    desk: Client, room: Room
) -> None:
    item = room.items[0]
    for position, name in enumerate(("Økonomiudvalget", "Organ council"), start=1):
        is_own = name == room.body.name
        decision = Decision.objects.create(
            item=item, position=position, stated_body=name, body=room.body if is_own else None, html="<p>Se pkt.</p>",
            decided_on=localdate() if is_own else None, all_agreed=True, recorded_by=room.secretary,
        )  # fmt: skip
        PointDecision.objects.create(
            decision=decision, position=1, marker="a)", outcome="rejected", words=f"Nej fra {name}"
        )
    opened(desk, room)
    page = reverse("sittings:desk", args=[room.meeting.pk])
    for row in room.items[:2]:
        desk.post(reverse("sittings:take-up-item", args=[row.pk]), headers=JSON)
        words = desk.get(page).content.decode()
        follow_ups = reverse("followups:at-item", args=[row.pk])
        assert f'<div hx-get="{follow_ups}" hx-trigger="load"><p><a href="{follow_ups}">' in words
        if row == item:
            assert [f"Nej fra {name}" in words for name in ("Økonomiudvalget", "Organ council")] == [True, True]
            assert words.count("Alle tilstedeværende var enige om at træffe beslutning uden for dagsordenen.") == 2
    assert 'value="lapsed" selected' not in words

    desk.post(reverse("sittings:open-poll", args=[row.pk]), {"method": "show"}, headers=JSON)
    close = reverse("sittings:close-poll", args=[Poll.objects.get().pk])
    desk.post(close, {"count_for": "2", "count_imod": "2"}, headers=JSON)
    assert 'value="lapsed" selected' in desk.get(page).content.decode()

    desk.post(reverse("sittings:adopt-without-vote", args=[row.pk]), {"is_adopted": "1"}, headers=JSON)
    step = PathStep.objects.create(case=row.case, body=room.body, purpose="recommendation", position=1)
    AgendaItem.objects.filter(pk=row.pk).update(step=step)
    Poll.objects.filter(declared=None).update(withdrawn_at=now())
    assert 'value="recommended" selected' in desk.get(page).content.decode()
