"""In a real browser: the overview of goals has no barrier that axe-core can find, fits a telephone, and prints."""

import os
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.models import Presentation
from sagsgang.goals import actions
from sagsgang.goals.tests.factories import Town, assess, make_case, make_item, make_town, project
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

DAY = date(2026, 3, 3)
CASES = (
    ("Jordfordeling ved Svanesø", {"6.6": "furthers", "15": "furthers", "8": "counters"}, 3_400_000),
    ("Ny vej til havnen", {"9": "furthers", "11": "furthers", "13": "counters", "15": "counters"}, 12_750_000),
    ("Solceller på skolernes tage", {"7": "furthers", "13": "furthers", "4": "neutral"}, 2_100_000),
    ("Cykelsti mellem Svaneby og Egekøbing", {"11": "furthers", "3": "furthers", "13": "furthers"}, 4_980_000),
    ("Klimatilpasning af Åvej", {"13": "furthers", "11": "furthers", "6": "furthers"}, 1_250_000),
    ("Ferieboliger ved kysten", {"8": "furthers", "15": "counters", "14": "counters"}, 0),
)


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    with time_machine.travel("2026-03-20 12:00"):
        for place, (title, goals, kroner) in enumerate(CASES):
            case = make_case(town, title)
            for goal, direction in goals.items():
                assess(town, case, goal, direction=direction)
            if kroner:
                words = Presentation.objects.create(case=case, body=town.dir)
                words.appropriations.create(position=1, side="grant", account="Anlæg", year=2026, amount=kroner)
            for body in (town.dir, town.mtu, town.authority.bodies.get(code="KB"))[: place % 3 + 1]:
                item = make_item(town, case, DAY, decided=True)
                meeting, _made = body.meetings.get_or_create(held_on=DAY)
                item.meeting = meeting
                item.position = meeting.items.count() + 20
                item.save()
        for name, state in (("Vådområder langs Svaneåen", "delayed"), ("Grøn havn", "running"), ("Skov ved byen", "")):
            work = project(town, name)
            if state:
                actions.add_project_note(work, on=DAY, state=state, words="", actor=town.secretary)
    return town


def test_the_overview_is_read_on_every_screen_and_printed(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    address = reverse("goals:dashboard") + "?from=2026-01-01&to=2026-12-31"
    page = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}).new_page()
    log_in(page, live_server, town.secretary.username, reverse("goals:goals"))
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for name, query in (("maal-overblik", ""), ("maal-overblik-kroner", "&measure=kroner")):
            page.goto(live_server.url + address + query)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert barriers(page) == []
            picture(page, f"{name}-{width}")
        page.locator(".plot-figure svg a:visible").first.click()
        page.wait_for_url("**/raekker/**")
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        picture(page, f"maal-raekker-{width}")
    page.goto(live_server.url + address)
    folder = os.environ.get("SHOTS")
    if folder:
        page.pdf(path=f"{folder}/maal-overblik.pdf", format="A4")
