"""The yearly report in a real browser: no barrier, nothing wider than a telephone, and each number leads somewhere."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.reports.tests.test_body_year import a_year, decide, new_case
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]
OUTCOMES = ("approved", "approved", "recommended", "noted", "discussed", "postponed", "rejected")


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    """Two years of a committee, and of three bodies beside it."""
    town = make_town()
    with time_machine.travel("2026-04-14 10:00+02:00"):
        a_year(town, town.secretary)
        for number in range(24):
            case = new_case(town, f"Sag nummer {number}")
            body = (town.mtu, town.mtu, town.kb, town.fin)[number % 4]
            decide(town, town.dir, date(2024 + number % 2, 1, 10), case, "recommended")
            on = date(2024 + number % 2, 2 + number % 9, 12)
            decide(town, body, on, case, OUTCOMES[number % 7])
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def test_the_report_has_no_barrier_and_fits_a_telephone(browser: Browser, live_server: LiveServer, town: Town) -> None:
    assert localdate().year > 2025
    page = browser.new_page(bypass_csp=True)  # for axe-core, which is not of the page
    start = reverse("reports:body-years")
    log_in(page, live_server, "secretary", start)
    body = reverse("reports:body-year", args=[town.mtu.pk])
    rows = reverse("reports:body-year-rows", args=[town.mtu.pk])
    found = {}
    for name, address in {
        "years": start,
        "body-year": f"{body}?year=2025",
        "body-year-wrong": f"{body}?year=1",
        "body-year-items": f"{rows}?year=2025&figure=items",
        "body-year-presence": f"{rows}?year=2025&figure=presence-whole",
    }.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address, wait_until="networkidle")
        picture(page, f"{name}-1280")
        problems = barriers(page)
        page.set_viewport_size({"width": 390, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        picture(page, f"{name}-390")
        found[name] = (problems, wide)

    assert found == dict.fromkeys(found, ([], False))
    page.goto(f"{live_server.url}{body}?year=2025")
    number = page.locator("tr", has=page.locator('a[href*="figure=items&"]')).locator("a").first
    told = number.inner_text()
    number.click()
    assert page.locator("h1 + p strong").inner_text() == told
    assert page.locator("tbody tr").count() == int(told)
