"""In a real browser: the case, its item, the body with its members and a file as text, wide and narrow."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Body, Person, Seat
from sagsgang.portal.tests.factories import clerk, make_body, make_closed_item, make_draft, make_full_item, release
from sagsgang.portal.tests.test_case_page import CASE, LATER, PATH, at_finance
from sagsgang.publication.actions import publish_plan
from sagsgang.publication.models import PublicCase, PublicFile
from sagsgang.publication.tasks import read_released_files
from tests.browsing import BROWSER_TESTS, barriers, browser, picture

__all__ = ["browser"]

pytestmark = [
    *BROWSER_TESTS[:2],
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("wall"),
]


def pages() -> dict[str, str]:
    """A case that has been at two bodies and goes on to a third, and what hangs on it."""
    body = make_body()
    for name, role, party in (("Anna Æbelø", "chair", "A"), ("Åse Bæk", "member", "V"), ("Karl Bøg", "member", "Ø")):
        person = Person.objects.create(authority=body.authority, name=name)
        Seat.objects.create(body=body, person=person, role=role, party=party)
    publish_plan(Body.objects.get(pk=body.pk), year=2026, actor=clerk())
    item = replace(make_full_item(), case=CASE, path=PATH)
    meeting = release(body, make_draft(item, make_closed_item()))
    read_released_files(str(meeting.release_id))
    release(make_body("Økonomiudvalget", "ØU"), make_draft(at_finance(), held_on=LATER))
    case = PublicCase.objects.get(title="Ny cykelsti og ny bro")
    row = meeting.items.get(number="1", parent=None)
    file = PublicFile.objects.get(item=row, media_type="application/pdf")
    return {
        "case": f"/sager/{case.pk}/{case.slug}/",
        "item": f"/punkter/{row.pk}/{row.slug}/",
        "meeting": f"/moeder/{meeting.pk}/{meeting.slug}/",
        "body": f"/organer/{meeting.body_id}/{meeting.body.slug}/",
        "reading": f"/bilag/{file.pk}/laes/",
    }


def test_the_case_is_without_barriers_and_fits_a_telephone(browser: Browser, live_server: LiveServer) -> None:
    addresses = pages()
    for width in (1280, 375):
        context = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900})
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            picture(page, f"{name}-{width}")
            assert page.evaluate("document.body.scrollWidth - document.documentElement.clientWidth") == 0, name
            assert barriers(page) == [], name
        context.close()


def test_the_link_is_copied(browser: Browser, live_server: LiveServer) -> None:
    address = pages()["case"]
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live_server.url + address)

    page.locator("[data-copy]").click()

    page.wait_for_selector("[data-copy-state]:not(:empty)")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.close()
    assert copied == f"https://moeder.example{address.rpartition('/')[0].rpartition('/')[0]}/"
