"""In a real browser: the protocol is written, made final and signed; its pages have no barrier and fit a telephone."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.protocols import actions
from sagsgang.protocols.models import ProtocolEntry
from sagsgang.protocols.tests.meetings import held_meeting, member_user
from sagsgang.sittings.tests.rooms import Room
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long, pytest.mark.usefixtures("short_connections")]


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def looked_at(page: Page, name: str) -> dict[str, object]:
    """What is wrong with the page as it stands, at both widths."""
    found: dict[str, object] = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        picture(page, f"g-{name}-{width}")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found[f"{name} {width}"] = "scrolls sideways"
        if wrong := barriers(page):
            found[f"{name} {width} axe"] = wrong
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def test_it_is_written_made_final_and_signed(browser: Browser, live_server: LiveServer) -> None:
    room = held_meeting()
    with_password(room.secretary)
    member = with_password(member_user(room, 2))
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    address = reverse("protocols:protocol", args=[room.meeting.pk])
    log_in(page, live_server, "sekretær", address)
    note = f"before-{room.items[1].pk}"
    page.locator(f"#{note} summary").press("Enter")
    page.fill(f"[id='text-{note}']", "Teknisk chef fremlagde sagen.")
    page.locator(f"#{note} button").press("Enter")
    page.wait_for_selector("text=Din tekst er gemt.")
    found = looked_at(page, "protocol-written")

    page.click("text=Gør protokollen endelig")
    page.wait_for_selector("text=Nu skal den underskrives.")
    actions.amend_protocol(
        room.meeting, words="M5 stemte for.", reason="Talt forkert.", item=room.items[1], actor=room.secretary
    )
    actions.remind_signers(room.meeting, actor=room.secretary)
    page.reload()
    found |= looked_at(page, "protocol-final")
    page.goto(live_server.url + reverse("meetings:meeting", args=[room.meeting.pk]))
    page.wait_for_load_state("networkidle")
    found |= looked_at(page, "protocol-meeting")
    context.close()
    found |= _signed(browser, live_server, room, member)

    assert found == {}
    kinds = list(ProtocolEntry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["final", "amendment", "reminder", "reservation"]


def _signed(browser: Browser, live_server: LiveServer, room: Room, member: User) -> dict[str, object]:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    log_in(page, live_server, member.username, reverse("protocols:protocol", args=[room.meeting.pk]))
    found = looked_at(page, "protocol-to-sign")
    page.check("[name=with_reservation]")
    page.fill("[name=words]", "Jeg er ikke enig i referatet af punkt 2.")
    page.click("button:has-text('Underskriv')")
    page.wait_for_selector("text=Du har underskrevet protokollen.")
    page.wait_for_load_state("networkidle")
    found |= looked_at(page, "protocol-signed")
    context.close()
    return found
