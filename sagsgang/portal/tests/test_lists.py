"""The front page, the bodies and the calendar show what is released, in Danish order, and nothing else."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from sagsgang.portal.tests.factories import make_body, make_draft, make_item, release, restore, withdraw

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

LINK = re.compile(r'<li><a href="(/[^"]*)">([^<]*)</a>')


def links(client: Client, address: str, start: str) -> list[str]:
    """The words of the links in lists that lead to addresses below `start`."""
    found = LINK.findall(client.get(address).content.decode())
    return [words for target, words in found if target.startswith(start) and target != start]


def test_bodies_stand_in_danish_order(client: Client) -> None:
    for name in ("Økonomiudvalget", "Aaby Lokalråd", "Børneudvalget", "Ældrerådet", "Byrådet"):
        release(make_body(name, ""), make_draft(make_item()))

    assert links(client, "/organer/", "/organer/") == [
        "Byrådet", "Børneudvalget", "Ældrerådet", "Økonomiudvalget", "Aaby Lokalråd",
    ]  # fmt: skip


def test_a_body_shows_its_released_meetings_by_year(client: Client) -> None:
    body = make_body()
    for day in (date(2025, 12, 9), date(2026, 1, 6), date(2026, 2, 3)):
        meeting = release(body, make_draft(make_item(), held_on=day))
    restore(body, make_draft(make_item(), held_on=date(2026, 3, 3)))
    withdraw(release(body, make_draft(make_item(), held_on=date(2026, 4, 7))))

    address = f"/organer/{meeting.body_id}/{meeting.body.slug}/"

    assert links(client, address, "/moeder/") == [
        "Tuesday, February 3, 2026", "Tuesday, January 6, 2026", "Tuesday, December 9, 2025",
    ]  # fmt: skip
    assert re.findall(r'<h2 id="y\d+">(\d+)</h2>', client.get(address).content.decode()) == ["2026", "2025"]


def test_the_front_page_parts_what_comes_from_what_was(client: Client) -> None:
    today = localdate()
    release(make_body("Byrådet", "BY"), make_draft(make_item(), held_on=today))
    release(make_body("Børneudvalget", "BU"), make_draft(make_item(), held_on=today - timedelta(days=1)))
    restore(make_body("Ældrerådet", "ÆR"), make_draft(make_item(), held_on=today + timedelta(days=1)))

    page = client.get("/").content.decode()
    coming, _, was = page.partition("Latest meetings")

    assert re.findall(r'href="/moeder/[^"]*">([^<]*)<', coming) == ["Byrådet"]
    assert re.findall(r'href="/moeder/[^"]*">([^<]*)<', was) == ["Børneudvalget"]
    assert links(client, "/", "/organer/") == ["Byrådet", "Børneudvalget"]


def test_a_month_shows_its_meetings_and_leads_to_the_nearest_months_that_have_any(client: Client) -> None:
    body = make_body()
    for day in (date(2025, 11, 4), date(2026, 4, 1), date(2026, 4, 30), date(2026, 8, 11)):
        release(body, make_draft(make_item(), held_on=day))
    withdraw(release(body, make_draft(make_item(), held_on=date(2026, 5, 5))))

    page = client.get("/kalender/2026-04/").content.decode()

    assert re.findall(r'<h2 class="day">([^<]*)</h2>', page) == ["Wednesday, April 1, 2026", "Thursday, April 30, 2026"]
    assert re.findall(r'href="(/kalender/2[^"]*)" rel="(\w+)"', page) == [
        ("/kalender/2025-11/", "prev"),
        ("/kalender/2026-08/", "next"),
    ]


def test_the_calendar_opens_at_this_month(client: Client) -> None:
    assert client.get("/kalender/").headers["Location"] == f"/kalender/{localdate():%Y-%m}/"


def test_there_is_no_thirteenth_month(client: Client) -> None:
    assert client.get("/kalender/2026-13/").status_code == 404


def test_an_empty_site_says_that_nothing_is_released_yet(client: Client) -> None:
    for address in ("/", "/organer/"):
        assert "No meeting has been released yet." in client.get(address).content.decode()
