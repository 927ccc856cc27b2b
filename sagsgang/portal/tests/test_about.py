"""What the site says of itself, and what the municipality has not said."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from sagsgang.portal.tests.factories import make_body, make_draft, make_item, release
from sagsgang.portal.tests.test_meeting_page import words

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def statement(client: Client) -> str:
    return words(client.get("/tilgaengelighed/").content.decode().partition("<main")[2].partition("</main>")[0])


def test_the_statement_says_what_is_not_stated(client: Client, settings: Settings) -> None:
    settings.ACCESSIBILITY_EMAIL = settings.ACCESSIBILITY_PHONE = ""
    settings.ACCESSIBILITY_REVIEWED = None
    release(make_body(), make_draft(make_item()))

    said = statement(client)

    assert "Egekøbing Kommune wants everybody to be able to use this site" in said
    assert "The municipality has not stated when it last reviewed this statement." in said
    assert "The municipality has not stated whom to write to or call about accessibility." in said


def test_a_changed_setting_is_a_new_edition(client: Client, settings: Settings) -> None:
    statement(client)
    settings.ACCESSIBILITY_EMAIL, settings.ACCESSIBILITY_PHONE = "web@egekoebing.example", "12 34 56 78"
    settings.ACCESSIBILITY_REVIEWED = date(2026, 11, 2)

    said = statement(client)

    assert "E-mail: web@egekoebing.example" in said and "Telephone: 12 34 56 78" in said
    assert "The municipality last reviewed this statement on November 2, 2026." in said
    assert "has not stated" not in said


def test_every_page_leads_to_what_the_site_says_of_itself(client: Client) -> None:
    footer = client.get("/").content.decode().partition("<footer")[2]

    assert [address for address in ("/om/", "/foelg/", "/feed.atom", "/statistik/", "/kontrol/", "/tilgaengelighed/")
            if f'href="{address}"' not in footer] == []  # fmt: skip
    assert "There are no cookies, but on the form" in client.get("/om/").content.decode()
