"""An item's page has everything of one item, and the way to its neighbours."""

import re

import pytest
from django.test import Client

from sagsgang.portal.tests.factories import make_body, make_closed_item, make_draft, make_full_item, make_item, release
from sagsgang.portal.tests.test_meeting_page import words
from sagsgang.publication.models import PublicItem, PublicMeeting

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def item_of(meeting: PublicMeeting, number: str) -> PublicItem:
    """The top item of this number."""
    return meeting.items.get(parent=None, number=number)


def page_of(client: Client, item: PublicItem) -> str:
    """The whole page."""
    return client.get(f"/punkter/{item.pk}/{item.slug}/").content.decode()


def test_everything_of_the_item_stands_in_order(client: Client) -> None:
    page = page_of(client, item_of(release(make_body(), make_draft()), "1"))

    assert words(page.partition('<div class="two-thirds">')[2].partition("<aside")[0]) == (
        "Sagsfremstilling Stien er 400 m lang. Sub-items 1. Belægning Asfalt. "
        "2. Køb af jord Closed because of: purchase or sale of property. Forhandling er i gang. "
        "Indstilling Det indstilles, 1. at stien anlægges "
        "Decision in Teknik- og Miljøudvalget on April 14, 2026 Godkendt. 1. Belægning Asfalt valgt. "
        "Absent: Karl Bøg (A) Attachments "
        "Kort over stien (PDF, 728 bytes, document id 100001, document no. 7) Read as text Closed attachment Høringssvar (closed) "
        "Notat (document no. 8) Æbletræer i vejkanten (TXT, 9 bytes)"
    )


def test_the_path_is_drawn_as_far_as_it_is_stated(client: Client) -> None:
    page = page_of(client, item_of(release(make_body(), make_draft()), "1"))

    path = page.partition('<ol class="path">')[2].partition("</ol>")[0]
    assert [(words(step), "aria-current" in step) for step in re.findall(r"<li.*?</li>", path, re.DOTALL)] == [
        ("Teknik- og Miljøudvalget April 14, 2026 (this meeting)", True),
        ("Økonomiudvalget April 21, 2026", False),
        ("Byrådet", False),
    ]


def test_an_item_without_a_stated_path_draws_none(client: Client) -> None:
    assert "Path of the case" not in page_of(client, item_of(release(make_body(), make_draft(make_item())), "1"))


def test_a_sub_item_is_a_place_on_its_items_page(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    item = item_of(meeting, "1")

    answer = client.get(f"/punkter/{item.subitems.get(position=2).pk}/")

    assert (answer.status_code, answer.headers["Location"]) == (301, f"/punkter/{item.pk}/{item.slug}/#delpunkt-2")
    assert 'id="delpunkt-2"' in page_of(client, item)


def test_the_neighbours_are_those_of_the_agenda(client: Client) -> None:
    items = [make_item(str(number), f"Sag {number}") for number in (1, 2, 3)]
    meeting = release(make_body(), make_draft(*items))

    found = [
        re.findall(r'rel="(\w+)">.*?<span>([^<]*)</span>', page_of(client, item_of(meeting, number)))
        for number in "123"
    ]

    assert found == [[("next", "2. Sag 2")], [("prev", "1. Sag 1"), ("next", "3. Sag 3")], [("prev", "2. Sag 2")]]


def test_a_closed_item_shows_its_public_face_alone(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_full_item(), make_closed_item()))

    page = page_of(client, item_of(meeting, "9"))

    text = words(page.partition('<div class="two-thirds">')[2].partition("<aside")[0])
    assert text == "Closed because of: personal matters. Sagen blev afgjort."
    assert words(page.partition("<h1>")[2].partition('<p class="actions')[0]) == "9. Personalesag Closed item"
