"""The committee first, if there is time (R35): who decides alone says why the next meeting could not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from sagsgang.bodies.models import Body, BodyKind, Person
from sagsgang.cases.models import PathStep
from sagsgang.meetings.models import Meeting, UrgentDecision
from sagsgang.meetings.queries.deciding import meeting_to_wait_for
from sagsgang.meetings.tests.factories import House, closed_item, meeting_with, open_item, signed_in_as


@pytest.fixture
def client(house: House) -> Client:
    return signed_in_as(house.secretary)


def test_the_page_shows_the_next_meeting_and_asks_why(client: Client, house: House) -> None:
    case = meeting_with(house, open_item(), closed_item()).items.order_by("position")[0].case
    PathStep.objects.create(case=case, body=house.body, position=1, purpose="decision")
    address = reverse("meetings:record-urgent-decision", args=[house.body.pk])
    chair = Person.objects.get(name="Åse Lund")
    words = {"case": case.pk, "decided_by": chair.pk, "decided_on": "2026-03-09", "ground": "Hast.", "words": "Ja."}
    assert "why_not_first" not in client.get(address).content.decode()

    day = localdate() + timedelta(days=10)
    Meeting.objects.create(body=house.body, held_on=day)
    page = client.get(address).content.decode()
    assert "why_not_first" in page
    assert str(day.year) in page
    assert client.post(address, words).status_code == 422
    assert client.post(address, words | {"why_not_first": "Tilbuddet udløber i morgen."}).status_code == 302
    assert client.post(address, words | {"why_not_first": "Tilbuddet udløber i morgen."}).status_code == 302

    urgent = UrgentDecision.objects.get()
    assert urgent.ground.startswith("Hast.")
    assert urgent.ground.endswith("Tilbuddet udløber i morgen.")


def test_the_mayor_is_not_asked(house: House) -> None:
    today = localdate()
    Meeting.objects.create(body=house.body, held_on=today + timedelta(days=10))
    assert meeting_to_wait_for(house.body, today) is not None
    assert meeting_to_wait_for(Body(pk=house.body.pk, kind=BodyKind.COUNCIL), today) is None
