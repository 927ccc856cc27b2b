"""The pages speak Danish: the sentences as a secretary reads them."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Person
from sagsgang.meetings.tests.factories import (
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    signed_in_as,
)


@pytest.fixture(autouse=True)
def catalogue() -> None:
    if gettext("My bodies") == "My bodies":
        pytest.skip("the Danish catalogue (locale/da) is not compiled: make messages")


def test_the_login_is_danish() -> None:
    page = Client().get(reverse("accounts:login")).content.decode()

    assert '<html lang="da">' in page
    assert [word for word in ("<h1>Log på</h1>", "Brugernavn", "Adgangskode") if word not in page] == []


def test_the_words_of_an_item_are_danish(house: House) -> None:
    item = item_of(meeting_with(house, open_item()), "1")

    page = signed_in_as(house.secretary).get(reverse("meetings:item", args=[item.pk])).content.decode()

    words = (
        "Mine udvalg", "Log af", "Åbent punkt", "Sagsgang", "Beslutning i Direktionen den 25. februar 2026",
        "Udfald", "Gem beslutningen", "Fraværende ved dette punkt", "Bilag", "Delpunkter",
    )  # fmt: skip
    assert [word for word in words if word not in page] == []


def test_a_refusal_is_a_danish_sentence(house: House) -> None:
    item = item_of(meeting_with(house, open_item()), "1")
    client = signed_in_as(house.secretary)

    empty = client.post(reverse("meetings:record-decision", args=[item.pk]), {"seen": 0}).content.decode()
    nobody = client.post(reverse("meetings:mark-absence-at-item", args=[item.pk]), {"person": "x"}).content.decode()

    assert "Skriv beslutningen, eller vælg et udfald." in empty
    assert "Vælg en person fra listen." in nobody


def test_without_the_right_to_it_a_closed_item_says_so_in_danish(house: House) -> None:
    item = item_of(meeting_with(house, closed_item()), "2")

    page = signed_in_as(house.hr).get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert "Lukket punkt" in page
    assert "køb eller salg af ejendom" in page
    assert "Punktet er lukket, og du har ikke adgang til udvalgets lukkede materiale." in page


def test_the_absent_chair_is_said_in_danish(house: House) -> None:
    meeting = meeting_with(house)
    client = signed_in_as(house.secretary)
    chair = Person.objects.get(name="Åse Lund")

    client.post(reverse("meetings:mark-absence", args=[meeting.pk]), {"person": chair.pk})
    page = client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()

    assert "Åse Lund er registreret som fraværende." in page
    assert "Formanden er fraværende. Næstformand Bo Friis træder i stedet." in page
