"""In a real browser: a decision by keyboard alone, with and without JavaScript; no barrier that axe-core can find."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.meetings.tests.factories import closed_item, item_of, make_house, meeting_with, open_item
from tests.browsing import BROWSER_TESTS, PASSWORD

AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"

pytestmark = BROWSER_TESTS


@pytest.fixture
def item(short_connections: None, live_server: LiveServer, transactional_db: None) -> AgendaItem:
    house = make_house()
    house.secretary.set_password(PASSWORD)
    house.secretary.save()
    return item_of(meeting_with(house, open_item(), closed_item()), "1")


def log_in(page: Page, live_server: LiveServer, target: str) -> None:
    """By keyboard: the first field has the focus."""
    page.goto(live_server.url + target)
    page.wait_for_selector("[name=username]:focus")
    page.keyboard.type("sekretær")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + target)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by keyboard")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_decision_is_recorded_by_keyboard_alone(
    javascript: bool, browser: Browser, live_server: LiveServer, item: AgendaItem
) -> None:
    context = browser.new_context(java_script_enabled=javascript)
    page = context.new_page()
    log_in(page, live_server, reverse("meetings:item", args=[item.pk]))
    desk = f"#decision-{item.pk}"

    # Without JavaScript `evaluate` still works: it is the test that looks, not the page.
    tab_to(page, f"{desk} textarea[name=text]")
    page.keyboard.type("Godkendt med bemærkning.")
    tab_to(page, f"{desk} button")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"{desk} .decided >> text=Godkendt med bemærkning.")

    assert page.locator("[role=status]").count() == 1
    own = Decision.objects.get(item=item, body=item.meeting.body)
    assert (own.html, own.recorded_by.username) == ("<p>Godkendt med bemærkning.</p>", "sekretær")
    context.close()


def test_axe_finds_no_barrier(browser: Browser, live_server: LiveServer, item: AgendaItem) -> None:
    context = browser.new_context(bypass_csp=True)  # for axe-core, which is not of the page
    page = context.new_page()
    log_in(page, live_server, reverse("meetings:home"))
    closed = item_of(item.meeting, "2")
    targets = [
        reverse("meetings:home"),
        reverse("meetings:body", args=[item.meeting.body_id]),
        reverse("meetings:meeting", args=[item.meeting_id]),
        reverse("meetings:item", args=[item.pk]),
        reverse("meetings:item", args=[closed.pk]),
        reverse("publication:releases", args=[item.meeting_id]),
    ]

    found = {target: violations(page, live_server.url + target) for target in targets}
    context.close()

    assert found == {target: [] for target in targets}


def violations(page: Page, address: str) -> list[str]:
    page.goto(address, wait_until="networkidle")
    page.add_script_tag(path=AXE)
    found: list[str] = page.evaluate("async () => (await axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html}`)")
    return found


def test_nothing_is_wider_than_a_small_telephone(browser: Browser, live_server: LiveServer, item: AgendaItem) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    log_in(page, live_server, reverse("meetings:home"))

    for target in (
        reverse("meetings:body", args=[item.meeting.body_id]),
        reverse("meetings:meeting", args=[item.meeting_id]),
        reverse("meetings:item", args=[item.pk]),
        reverse("publication:releases", args=[item.meeting_id]),
    ):
        page.goto(live_server.url + target, wait_until="networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") == 375, target
    context.close()


def test_the_page_uses_nothing_that_its_policy_refuses(
    browser: Browser, live_server: LiveServer, item: AgendaItem
) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    log_in(page, live_server, reverse("meetings:home"))

    for target in (
        reverse("meetings:body", args=[item.meeting.body_id]),
        reverse("meetings:meeting", args=[item.meeting_id]),
        reverse("meetings:item", args=[item.pk]),
    ):
        page.goto(live_server.url + target, wait_until="networkidle")
    context.close()

    assert said == []
