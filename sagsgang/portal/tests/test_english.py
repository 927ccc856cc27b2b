"""Every public page in English under /en/: by its address alone, and the same content."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.urls import get_resolver
from django.utils import translation
from django.utils.encoding import escape_uri_path
from django.utils.formats import date_format
from pytest_django import Settings

from sagsgang.portal.languages import ONE_ADDRESS
from sagsgang.portal.tests.factories import addresses, make_body, make_draft, release, withdraw
from sagsgang.publication.models import PublicMeeting
from sagsgang.publication.tasks import read_released_files, render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]
BASE = "https://moeder.example"
OTHERS = ["/om/", "/tilgaengelighed/", "/statistik/", "/kontrol/", "/foelg/", "/soeg/", "/soeg/?q=cykelsti"]


@pytest.fixture(autouse=True)
def danish(portal: None) -> None:
    """As in the house: Danish, until an address says otherwise."""
    translation.activate("da")


def everything() -> PublicMeeting:
    meeting = release(make_body(), make_draft())
    read_released_files(str(meeting.release_id))
    render_meeting_pdf(str(meeting.release_id))
    return PublicMeeting.objects.get(pk=meeting.pk)


def is_page(address: str) -> bool:
    return address.endswith("/") or "?" in address


def pages_of(client: Client, meeting: PublicMeeting) -> list[str]:
    """The addresses of pages; a sub-item is a place on its item's page."""
    found = [address for address in addresses(meeting) if is_page(address)] + OTHERS
    return [address for address in found if client.get(address).status_code == 200]


def test_every_page_is_answered_in_both_languages_without_a_cookie(client: Client) -> None:
    pages = pages_of(client, everything())

    for address in pages:
        danish, english = client.get(address), client.get(f"/en{address}")

        assert (danish.status_code, english.status_code) == (200, 200), address
        assert 'lang="da">' in danish.content.decode().partition("<head>")[0]
        assert 'lang="en">' in english.content.decode().partition("<head>")[0]
        path = address.partition("?")[0]
        for answer in (danish, english):
            html = answer.content.decode()
            assert f'hreflang="da" href="{BASE}{path}' in html, address
            assert f'hreflang="en" href="{BASE}/en{path}' in html, address
        assert danish.headers.get("ETag") != english.headers.get("ETag") or "ETag" not in danish.headers
        assert bool(english.cookies) == ("/foelg/" in address), address


def test_the_links_of_an_english_page_stay_english(client: Client) -> None:
    pages = pages_of(client, everything())
    danish_only = re.compile(r"/(static|bilag/[0-9a-f-]+/[^/]+\.\w+|.*\.(atom|ics|pdf|csv))")

    for address in pages:
        html = client.get(f"/en{address}").content.decode()
        without = re.sub(r'<a class="language"[^>]*>', "", html)
        links = set(re.findall(r'(?:href|action|data-offers|data-answers)="(/[^"]*)"', without))

        assert {link for link in links if not link.startswith("/en/") and not danish_only.match(link)} == set(), address


def test_the_two_pages_lead_to_each_other(client: Client) -> None:
    meeting = everything()
    address = f"/moeder/{meeting.pk}/{meeting.slug}/"

    danish, english = client.get(address).content.decode(), client.get(f"/en{address}").content.decode()

    assert f'<a class="language" href="/en{address}" lang="en" hreflang="en">English</a>' in danish
    assert f'<a class="language" href="{address}" lang="da" hreflang="da">Dansk</a>' in english


def test_what_is_danish_is_said_to_be(client: Client) -> None:
    meeting = everything()
    item = meeting.items.get(number="1", parent=None)
    address = f"/punkter/{item.pk}/{item.slug}/"

    danish, english = client.get(address).content.decode(), client.get(f"/en{address}").content.decode()

    assert '<h1 lang="da">1. Ny cykelsti ved Åvej</h1>' in english and "Decision in" in english
    assert "Tuesday, April 14, 2026" in english and "tirsdag den 14. april 2026" in danish
    main = danish.partition("<main")[2].partition("</main>")[0]
    assert "<h1>1. Ny cykelsti ved Åvej</h1>" in main and "lang=" not in main


def test_the_clock_and_the_month_are_written_as_in_english(client: Client) -> None:
    meeting = everything()

    html = client.get(f"/en/moeder/{meeting.pk}/{meeting.slug}/").content.decode()

    assert "16:00–18:30" in html
    with translation.override("en"):
        assert date_format(date(2026, 9, 3), "DATE_FORMAT") == "September 3, 2026"


def test_files_feeds_and_sitemaps_have_one_address(client: Client) -> None:
    found = [address for address in addresses(everything()) if not is_page(address)] + ["/statistik/statistik.csv"]

    answers = {address: client.get(f"/en{address}?x=1") for address in found}

    assert {address: (answer.status_code, answer.headers["Location"]) for address, answer in answers.items()} == {
        address: (301, f"{escape_uri_path(address)}?x=1") for address in found
    }
    assert {pattern.name for pattern in get_resolver("sagsgang.portal.urls").url_patterns} >= ONE_ADDRESS  # type: ignore[union-attr]


def test_one_404_in_english_too(client: Client, settings: Settings) -> None:
    meeting = everything()
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"
    asked = [
        f"/en/moeder/{uuid4()}/", f"/en/punkter/{uuid4()}/x/", "/en/findes/ikke/", "/en/en/", "/en/intern/",
        "/en/intern/log-ind/", f"/en/en/moeder/{meeting.pk}/",
    ]  # fmt: skip

    answers = [client.get(address) for address in asked]

    assert {(answer.status_code, answer.content, str(sorted(answer.headers.items()))) for answer in answers} == {
        (404, answers[0].content, str(sorted(answers[0].headers.items())))
    }
    assert b'<html lang="en">' in answers[0].content and b'href="/en/"' in answers[0].content


def test_a_tombstone_does_not_repeat_the_words_of_its_address(client: Client) -> None:
    meeting = everything()
    withdraw(meeting)

    answers = [client.get(f"/en/moeder/{meeting.pk}/{tail}") for tail in ("", f"{meeting.slug}/", "hemmelig/udskriv/")]

    assert {(answer.status_code, answer.content) for answer in answers} == {(410, answers[0].content)}
    assert f'href="/moeder/{meeting.pk}/"' in answers[0].content.decode()


def test_the_search_keeps_its_question_in_the_other_language(client: Client) -> None:
    everything()

    html = client.get("/soeg/?q=cykelsti&ukendt=1").content.decode()

    assert '<a class="language" href="/en/soeg/?q=cykelsti"' in html


def test_the_language_is_gone_with_the_request(client: Client) -> None:
    everything()

    client.get("/en/")

    assert translation.get_language() == "da"
    assert client.get("/en").headers["Location"] == "/en/"
    assert "sagsgang.portal.languages.BothLanguages" in site_settings.MIDDLEWARE
    assert 'href="/organer/"' in client.get("/").content.decode()
