"""In a real browser: search by a compound word, by keyboard, with what is offered while one types, and without it."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.documents.access import Access
from sagsgang.documents.tests.files import long_pdf
from sagsgang.meetings.drafts import AttachmentDraft
from sagsgang.portal.tests.factories import make_body, make_closed_item, make_draft, make_file, make_item, release
from sagsgang.publication.models import PublicMeeting
from sagsgang.publication.tasks import index_released_files
from tests.browsing import BROWSER_TESTS, barriers, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.usefixtures("wall", "short_connections")]


@pytest.fixture
def shown() -> PublicMeeting:
    """Items about day care, one with a PDF of two pages."""
    file = make_file(long_pdf("Forside", "Nye pladser i dagtilbud fra august"))
    items = [
        make_item("1", "Takster i dagtilbud", attachments=(AttachmentDraft(1, "Kapacitet", Access.OPEN, file=file),)),
        make_item("2", "Kvalitet i dagtilbuddene"),
        *(make_item(str(number), f"Havneplads {number}") for number in range(3, 28)),
        make_closed_item(),
    ]
    meeting = release(make_body(), make_draft(*items))
    index_released_files(str(meeting.release_id))
    return meeting


def test_it_is_searched_by_keyboard_and_without_the_script(
    browser: Browser, live_server: LiveServer, shown: PublicMeeting
) -> None:
    context = browser.new_context(bypass_csp=True, locale="da-DK")
    page = context.new_page()
    found = {}
    for name, address in {
        "search": "/soeg/",
        "search-hits": "/soeg/?q=dagtilbud",
        "search-pages": "/soeg/?q=havneplads",
        "search-nothing": "/soeg/?q=dagtilbdu",
        "search-header": "/",
    }.items():
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            picture(page, f"s-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(live_server.url + "/")
    page.focus("#header-search")
    page.keyboard.type("dagt")
    expect(page.get_by_role("option").first).to_have_text("dagtilbud")
    picture(page, "s-search-offers-1280")
    offered = barriers(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#header-search")).to_have_value("dagtilbud")
    page.keyboard.press("Enter")
    page.wait_for_url("**/soeg/?q=dagtilbud")
    with_script = page.get_by_role("main").inner_text()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(live_server.url + "/")
    plain.fill("#header-search", "dagtilbud")
    plain.press("#header-search", "Enter")
    plain.wait_for_url("**/soeg/?q=dagtilbud")
    without = plain.get_by_role("main").inner_text()
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
    assert offered == []
    assert with_script == without
    assert "Kapacitet" in without
