"""The desk of a council of 60 with 120 items, in a real browser: it opens, is reached by keyboard, and answers at once."""

import time
from collections.abc import Iterator

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import BodyKind
from sagsgang.meetings.models import Meeting, Treatment
from sagsgang.sittings.tests.rooms import Room, make_room
from sagsgang.sittings.tests.test_browser_desk import open_desk, press, saved
from tests.browsing import BROWSER_TESTS, PASSWORD, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long, pytest.mark.usefixtures("short_connections")]

SEEN_WITHIN = 2.0  # seconds, on two free cores
LOADED_WITHIN = 5.0


@pytest.fixture
def room(transactional_db: None) -> Room:
    room = make_room(BodyKind.COUNCIL, "ABCFOV" * 10, items=120, held_on=localdate())
    Meeting.objects.update(agenda_sent_at=now())
    room.secretary.set_password(PASSWORD)
    room.secretary.save()
    return room


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="da-DK")
    yield made
    made.close()


def test_the_desk_of_a_large_meeting_opens_and_answers_at_once(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    page = open_desk(context, live_server, room)
    press(page, "Åbn mødet")

    began = time.monotonic()
    page.reload()
    loaded = time.monotonic() - began
    tab_to(page, 'form[data-label="Tag op: Sag 1"] button', within=400)
    began = time.monotonic()
    page.keyboard.press("Enter")
    expect(page.locator("#item-heading")).to_have_text("1. Sag 1")
    seen = time.monotonic() - began
    saved(page)

    picture(page, "desk-large-1280")
    assert Treatment.objects.count() == 1
    assert (loaded < LOADED_WITHIN, seen < SEEN_WITHIN) == (True, True), f"{loaded:.1f} s, {seen:.1f} s"
