"""In a real browser: every type of page without barriers, 320 pixels wide too, and by keyboard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Body, Person, Seat
from sagsgang.meetings.drafts import SectionDraft
from sagsgang.portal.tests.factories import (
    DAY,
    clerk,
    make_body,
    make_closed_item,
    make_draft,
    make_full_item,
    make_item,
    release,
    withdraw,
)
from sagsgang.portal.tests.test_browser import LONG, TABLE
from sagsgang.portal.tests.test_case_page import CASE, PATH
from sagsgang.publication.actions import publish_plan
from sagsgang.publication.models import PublicCase, PublicFile, PublicMeeting
from sagsgang.publication.tasks import read_released_files
from tests.browsing import BROWSER_TESTS, barriers, browser, picture

__all__ = ["browser"]

pytestmark = [
    *BROWSER_TESTS[:2],
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("wall"),
]
NARROW, ZOOMED, WIDE = 320, 640, 1280  # CSS pixels; a window of 1280 at 200 % has 640
FEW = ("front", "item", "found", "statistics", "missing")


def meetings() -> tuple[PublicMeeting, PublicMeeting]:
    """A full meeting with long words and wide tables, and one that is withdrawn; others for the statistics."""
    body = make_body()
    for name, role, party in (("Anna Æbelø", "chair", "A"), ("Åse Bæk", "member", "V")):
        person = Person.objects.create(authority=body.authority, name=name)
        Seat.objects.create(body=body, person=person, role=role, party=party)
    publish_plan(Body.objects.get(pk=body.pk), year=2026, actor=clerk())
    item = replace(make_full_item(), case=CASE, path=PATH)
    wide = make_item("2", f"{LONG} {LONG}", sections=(SectionDraft("presentation", "Sagsfremstilling", TABLE),))
    meeting = release(body, make_draft(item, wide, make_closed_item()))
    read_released_files(str(meeting.release_id))
    for weeks in (1, 2, 60):
        release(body, make_draft(make_full_item(), held_on=DAY + timedelta(weeks=weeks)))
    gone = release(make_body(f"{LONG}udvalget", "LU"), make_draft(make_item(), held_on=DAY))
    withdraw(gone)
    return meeting, gone


def pages() -> dict[str, str]:
    """An address of each type of page."""
    meeting, gone = meetings()
    row = meeting.items.get(number="1", parent=None)
    wide = meeting.items.get(number="2", parent=None)
    case = PublicCase.objects.get(title="Ny cykelsti ved Åvej")
    file = PublicFile.objects.get(item=row, media_type="application/pdf")
    body = f"/organer/{meeting.body_id}/{meeting.body.slug}/"
    own = f"/moeder/{meeting.pk}/{meeting.slug}/"
    return {
        "front": "/", "bodies": "/organer/", "body": body, "body-calendar": f"{body}moedekalender/",
        "month": "/kalender/2026-04/", "meeting": own, "print": f"{own}udskriv/",
        "item": f"/punkter/{row.pk}/{row.slug}/", "wide": f"/punkter/{wide.pk}/{wide.slug}/",
        "case": f"/sager/{case.pk}/{case.slug}/", "reading": f"/bilag/{file.pk}/laes/",
        "search": "/soeg/", "found": "/soeg/?q=cykelsti", "not-found": "/soeg/?q=zzzz", "follow": "/foelg/",
        "follow-asked": "/foelg/sendt/", "statistics": "/statistik/", "about": "/om/",
        "accessibility": "/tilgaengelighed/", "verify": "/kontrol/", "unknown": f"/kontrol/{'0' * 64}/",
        "missing": "/findes/ikke/", "tombstone": f"/moeder/{gone.pk}/{gone.slug}/", "pending": f"/moeder/{meeting.pk}/referat.pdf",
        "english": f"/en{own}", "english-item": f"/en/punkter/{row.pk}/{row.slug}/", "english-search": "/en/soeg/?q=cykelsti",
    }  # fmt: skip


def faults(page: Page, width: int) -> list[str]:
    """What is wrong with the page as it stands: too wide, or a barrier."""
    wider = page.evaluate("Math.max(document.body.scrollWidth, document.documentElement.scrollWidth) - innerWidth")
    found = [f"{wider} px too wide: {page.evaluate(_WIDEST)}"] if wider > 0 else []
    return found if width == ZOOMED else found + barriers(page)


_WIDEST = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
    .slice(0, 3).map(e => `${e.tagName}.${e.className}`).join(' ')"""


def keyboard_faults(page: Page) -> list[str]:
    """The way in by keyboard: the skip link comes first and leads to the content, and the focus is seen on the way."""
    found = []
    page.keyboard.press("Tab")
    if not page.evaluate("document.activeElement.matches('.skipnav')"):
        found.append("the skip link is not first")
    page.keyboard.press("Enter")
    if page.evaluate("document.activeElement.id") != "main-content":
        found.append("the skip link does not lead to the content")
    page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
    for _ in range(12):
        page.keyboard.press("Tab")
        if not page.evaluate(_IS_SEEN):
            found.append(f"focus not seen: {page.evaluate('document.activeElement.outerHTML.slice(0, 80)')}")
    return found


_IS_SEEN = """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
    return e === document.body || (b.width > 0 && b.height > 0 && (s.outlineStyle !== 'none' || s.boxShadow !== 'none')); }"""


def looked_at(
    browser: Browser, live_server: LiveServer, addresses: dict[str, str], *widths: int
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for width in widths:
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 800})
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            picture(page, f"{name}-{width}")
            if wrong := faults(page, width):
                found[f"{name} {width}"] = wrong
            if width == NARROW and (wrong := keyboard_faults(page)):
                found[f"{name} by keyboard"] = wrong
        context.close()
    return found


def test_the_main_pages_fit_and_have_no_barrier(browser: Browser, live_server: LiveServer) -> None:
    addresses = pages()

    assert looked_at(browser, live_server, {name: addresses[name] for name in FEW}, NARROW) == {}


@pytest.mark.long
def test_every_page_fits_and_has_no_barrier(browser: Browser, live_server: LiveServer) -> None:
    assert looked_at(browser, live_server, pages(), NARROW, ZOOMED, WIDE) == {}
