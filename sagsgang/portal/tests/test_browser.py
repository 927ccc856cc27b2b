"""In a real browser: no barrier that axe-core can find, and nothing that is wider than a small telephone."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Body
from sagsgang.meetings.drafts import SectionDraft
from sagsgang.portal.tests.factories import (
    make_body,
    make_draft,
    make_full_item,
    make_item,
    release,
    release_figures_of,
)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
AXE = settings.CHECKOUT / "node_modules/axe-core/axe.min.js"
LONG = "Speciallægepraksisplanlægningsstabiliseringsperioden"
TABLE = "<table><tbody><tr>" + f"<td>{LONG}</td>" * 6 + "</tr></tbody></table>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium: install it, or name it by the variable CHROMIUM"),
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("wall"),
]


@pytest.fixture
def addresses(live_server: LiveServer) -> list[str]:
    """Front, meeting and item page of a meeting that has everything, long words and wide tables too."""
    wide = SectionDraft("presentation", "Sagsfremstilling", TABLE)
    items = (make_full_item(), make_item("2", f"{LONG} {LONG}", sections=(wide,)))
    meeting = release(make_body(f"{LONG}udvalget"), make_draft(*items))
    pages = [f"/punkter/{row.pk}/{row.slug}/" for row in meeting.items.filter(parent=None)]
    figures = release_figures_of(Body.objects.get())
    pages.append(f"/tal/{figures.figures_id}/{figures.slug}/")
    return [live_server.url + path for path in ("/", f"/moeder/{meeting.pk}/{meeting.slug}/", *pages)]


def test_axe_finds_no_barrier(browser: Browser, addresses: list[str]) -> None:
    context = browser.new_context(bypass_csp=True)  # for axe-core, which is not of the page
    found = [violations(context.new_page(), address) for address in addresses]
    context.close()

    assert found == [[], [], [], [], []]


def violations(page: Page, address: str) -> list[str]:
    """What axe-core has against the page."""
    page.goto(address)
    page.add_script_tag(path=Path(AXE))
    return [str(found) for found in page.evaluate("axe.run().then(result => result.violations.map(v => v.id))")]


def test_nothing_is_wider_than_a_small_telephone(browser: Browser, addresses: list[str]) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    found = []
    for address in addresses:
        page.goto(address)
        found.append(page.evaluate("document.body.scrollWidth - document.documentElement.clientWidth"))
    context.close()

    assert found == [0, 0, 0, 0, 0]


def test_pages_load_without_a_refusal_or_a_cookie(browser: Browser, addresses: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    for address in addresses:
        # An icon that is still on its way when the next page is asked for would count as refused.
        page.goto(address, wait_until="networkidle")
    cookies = context.cookies()
    context.close()

    assert (complaints, cookies) == ([], [])


def test_the_focus_is_seen_wherever_the_keyboard_goes(browser: Browser, addresses: list[str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(addresses[1])
    outlines = []
    for _ in range(8):
        page.keyboard.press("Tab")
        outlines.append(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
    context.close()

    assert outlines == ["solid"] * 8
