"""The secretary marks who was not there: at the meeting, and at one item."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Person
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import AgendaItem, Attendance, Meeting
from sagsgang.meetings.tests.factories import House, htmx, item_of, meeting_with, open_item, signed_in_as


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item())


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, "1")


def person(name: str) -> str:
    return str(Person.objects.get(name=name).pk)


def presence(meeting: Meeting, item: AgendaItem | None = None) -> list[tuple[str, str, str]]:
    rows = Attendance.objects.filter(meeting=meeting, item=item).select_related("person")
    return [(row.person.name, row.state, row.note) for row in rows]


def test_an_absence_is_marked_with_its_note_and_its_trace(meeting: Meeting, house: House) -> None:
    url = reverse("meetings:mark-absence", args=[meeting.pk])

    response = signed_in_as(house.secretary).post(url, {"person": person("Ærø Holm"), "note": "afbud"})

    assert response["Location"] == reverse("meetings:meeting", args=[meeting.pk]) + "#attendance"
    assert presence(meeting) == [("Ærø Holm", "absent", "afbud")]
    assert AuditEntry.objects.get(verb="mark_absent").actor_id == house.secretary.pk


def test_a_mark_is_taken_back(meeting: Meeting, house: House) -> None:
    client = signed_in_as(house.secretary)
    client.post(reverse("meetings:mark-absence", args=[meeting.pk]), {"person": person("Ærø Holm")})

    client.post(reverse("meetings:mark-presence", args=[meeting.pk]), {"person": person("Ærø Holm")})

    assert presence(meeting) == [("Ærø Holm", "present", "")]


def test_the_absent_chair_calls_for_the_vice_chair(meeting: Meeting, house: House) -> None:
    part = htmx(house.secretary).post(
        reverse("meetings:mark-absence", args=[meeting.pk]), {"person": person("Åse Lund")}
    )

    words = part.content.decode()
    assert gettext("The chair is absent. {name}, vice chair, steps in.").format(name="Bo Friis") in words
    assert words.strip().startswith('<section id="attendance"')
    assert "<h1" not in words


def test_everybody_with_a_seat_stands_there_in_danish_order(meeting: Meeting, house: House) -> None:
    page = signed_in_as(house.member).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()

    places = [page.index(f'class="name">{name}') for name in ("Bo Friis", "Dina Toft", "Ærø Holm", "Åse Lund")]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["mark-absence", "mark-presence"])
def test_nobody_chosen_is_said_and_the_note_stays(name: str, meeting: Meeting, house: House) -> None:
    response = signed_in_as(house.secretary).post(
        reverse(f"meetings:{name}", args=[meeting.pk]), {"person": "", "note": "ringede i går"}
    )

    page = response.content.decode()
    assert (response.status_code, presence(meeting)) == (422, [])
    assert gettext("Nothing was saved") in page
    assert ("ringede i går" in page) == (name == "mark-absence")


def test_a_person_from_elsewhere_is_refused(meeting: Meeting, house: House) -> None:
    other = Person.objects.create(authority=house.body.authority, name="Ukendt Gæst")

    response = htmx(house.secretary).post(reverse("meetings:mark-absence", args=[meeting.pk]), {"person": other.pk})

    assert (response.status_code, presence(meeting)) == (422, [])
    assert gettext("Choose a person from the list.") in response.content.decode()


def test_an_absence_at_one_item_is_no_absence_from_the_meeting(item: AgendaItem, house: House) -> None:
    url = reverse("meetings:mark-absence-at-item", args=[item.pk])

    response = signed_in_as(house.secretary).post(url, {"person": person("Bo Friis"), "note": "inhabil"})

    assert response["Location"] == reverse("meetings:item", args=[item.pk]) + f"#absence-{item.pk}"
    assert presence(item.meeting) == []
    assert presence(item.meeting, item) == [
        ("Dina Toft", "absent", "kom 17.20"),
        ("Bo Friis", "absent", "inhabil"),
    ]


def test_at_an_item_the_mark_is_taken_back_too(item: AgendaItem, house: House) -> None:
    part = htmx(house.secretary).post(
        reverse("meetings:mark-presence-at-item", args=[item.pk]), {"person": person("Dina Toft")}
    )

    assert presence(item.meeting, item) == [("Dina Toft", "present", "")]
    assert part.content.decode().strip().startswith(f'<section id="absence-{item.pk}"')


def test_at_a_sub_item_too_a_wrong_choice_keeps_the_note(item: AgendaItem, house: House) -> None:
    sub = item.subitems.get(number="2")

    for client in (signed_in_as(house.secretary), htmx(house.secretary)):
        response = client.post(
            reverse("meetings:mark-absence-at-item", args=[sub.pk]), {"person": "nej", "note": "gik kl. 17"}
        )

        assert response.status_code == 422
        assert "gik kl. 17" in response.content.decode()
