"""In a real browser: the pages of good practice have no barrier that axe-core can find, and fit a telephone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.goals import actions
from sagsgang.goals.actions.practice import ExampleFacts, mark_example
from sagsgang.goals.tests.factories import Town, make_case, make_town, project
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def addresses(town: Town) -> dict[str, str]:
    """Every page, with something on it."""
    areas = actions.lay_in_areas(town.authority, actor=town.secretary)
    work, other = project(town), project(town, "Skolernes grønne tage")
    made = [
        mark_example(
            matter,
            ExampleFacts(
                title=title, why="Alle 14 lodsejere skrev under, og ingen klagede over planen.",
                learning="Begynd ved køkkenbordet, før kortene er tegnet.\nSæt et halvt år af til at bytte jord.",
                contact_role="Naturchef", areas=areas[:2], goals=(6, 15),
            ),
            actor=town.secretary,
        )
        for matter, title in (
            (work, "Lodsejerne med fra første dag"),
            (make_case(town, access="closed", ground="property"), "Et salg, hvor prisen holdt"),
        )
    ]  # fmt: skip
    return {
        "list": reverse("goals:examples") + "?goal=6",
        "example": reverse("goals:example", args=[made[1].pk]),
        "mark": reverse("goals:mark-project", args=[other.pk]),
        "project": reverse("goals:project", args=[work.pk]),
        "withdraw": reverse("goals:withdraw-example", args=[made[0].pk]),
    }


def test_every_page_is_clean_and_narrow(browser: Browser, live_server: LiveServer, town: Town) -> None:
    pages = addresses(town)
    context = browser.new_context(bypass_csp=True, viewport={"width": 390, "height": 800}, locale="da-DK")
    page = context.new_page()
    log_in(page, live_server, town.secretary.username, pages["list"])
    found, widths = {}, {}
    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        found[name] = barriers(page)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"practice-{name}-{width}")
        page.set_viewport_size({"width": 390, "height": 800})
    context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 390)
