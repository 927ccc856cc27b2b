"""The auditor's pages in a real browser: no barrier that axe-core can find, nothing wider than a phone, keys enough."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.core.models import record
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.factories import make_house
from sagsgang.reports.tests.factories import read_meeting
from tests.browsing import BROWSER_TESTS, PASSWORD

AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"
PICTURES = os.environ.get("PICTURES_OF_TESTS", "")

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def item(short_connections: None, live_server: LiveServer, transactional_db: None) -> AgendaItem:
    house = make_house()
    house.auditor.set_password(PASSWORD)
    house.auditor.save()
    _meeting, item = read_meeting(house)
    for user in (house.secretary, house.director):
        record(user, "read_closed", item)
    return item


def log_in(page: Page, live_server: LiveServer, target: str) -> None:
    page.goto(live_server.url + target)
    page.wait_for_selector("[name=username]:focus")
    page.keyboard.type("revisor")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + target)


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_the_pages_have_no_barrier_and_fit_a_phone(browser: Browser, live_server: LiveServer, item: AgendaItem) -> None:
    page = browser.new_page(bypass_csp=True)  # for axe-core, which is not of the page
    addresses = {
        "readings": reverse("reports:closed-readings"),
        "log": reverse("reports:audit-log"),
        "refused": reverse("reports:audit-log") + "?since=2026-05-02&until=2026-05-01",
        "chain": reverse("reports:subject-chain", args=["meetings.AgendaItem", item.pk]),
    }
    log_in(page, live_server, addresses["readings"])
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address)
        picture(page, f"{name}-1280")
        page.add_script_tag(path=AXE)
        barriers = page.evaluate("async () => (await axe.run()).violations.map(found => found.id)")
        page.set_viewport_size({"width": 375, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        picture(page, f"{name}-375")
        found[name] = (barriers, wide)

    assert found == dict.fromkeys(addresses, ([], False))


def test_a_filter_is_set_by_keyboard(browser: Browser, live_server: LiveServer, item: AgendaItem) -> None:
    page = browser.new_page()
    log_in(page, live_server, reverse("reports:closed-readings"))

    page.focus("[name=who]")
    page.keyboard.type("Sanne")
    page.keyboard.press("Enter")
    page.wait_for_url("**who=Sanne**")

    assert page.locator("tbody tr").count() == 1
