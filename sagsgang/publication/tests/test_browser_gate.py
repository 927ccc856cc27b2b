"""In a real browser: what the gate found is seen with its picture, masked and accepted, and another person releases."""

from dataclasses import replace

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.meetings.drafts import SectionDraft
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import House, make_house, meeting_with
from sagsgang.publication.actions import prepare_release
from sagsgang.publication.models import Release
from sagsgang.publication.tests.test_gate_release import item_with
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = BROWSER_TESTS


@pytest.fixture
def house(short_connections: None, live_server: LiveServer, transactional_db: None) -> House:
    house = make_house()
    for user in (house.secretary, house.director):
        user.set_password(PASSWORD)
        user.save()
    return house


@pytest.fixture
def meeting(house: House) -> Meeting:
    words = "<p>Spørgsmål til projektlederen på tlf. 20 30 40 50.</p>"
    item = item_with("Stien er 400 m.", "Borgeren 010190-1234 har klaget over støj fra 020290-1235.")
    return meeting_with(house, replace(item, sections=(SectionDraft("presentation", "Sagsfremstilling", words),)))


@pytest.mark.long
def test_what_the_gate_found_is_answered_and_goes_out(
    browser: Browser, live_server: LiveServer, house: House, meeting: Meeting
) -> None:
    preparation = prepare_release(meeting, kind="agenda", actor=house.secretary)
    page = browser.new_context(bypass_csp=True).new_page()
    page.set_default_timeout(60_000)
    address = reverse("publication:gate", args=[preparation.pk])
    log_in(page, live_server, house.secretary.username, address)
    shown = page.locator("img.gate-picture").first
    shown.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].filter(one => one.complete && one.naturalWidth).length > 1")
    picture(page, "gate")
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    picture(page, "gate-narrow")
    page.set_viewport_size({"width": 1280, "height": 900})

    page.click("button[formaction$='/mask/']:not([name])")
    page.wait_for_selector(".alert-success")
    page.click("summary:has-text('Accept'), .gate-kind summary")
    page.fill("textarea[name=reason]", "Projektlederens arbejdstelefon")
    page.click(".gate-kind details button")
    page.wait_for_selector(".gate-kind", state="detached")
    picture(page, "gate-answered")
    assert barriers(page) == []

    second = browser.new_context(bypass_csp=True).new_page()
    second.set_default_timeout(60_000)
    log_in(second, live_server, house.director.username, reverse("publication:releases", args=[meeting.pk]))
    second.wait_for_selector("#prepared-heading")
    picture(second, "gate-release")
    second.click("form[action$='/release/'] button[type=submit]")
    second.wait_for_selector("#released-heading + .table--responsive-scroll")
    assert Release.objects.get().number == 1
