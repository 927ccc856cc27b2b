"""In a real browser: the page of prints has no barrier, fits a telephone, and makes the packet as one watches."""

from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sagsgang.documents.tests.files import long_pdf
from sagsgang.meetings.tests.factories import closed_item, make_house, meeting_with
from sagsgang.protocols.models import Packet
from sagsgang.protocols.tasks import make_packet
from sagsgang.protocols.tests.test_print_packets import attached, item_with
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = BROWSER_TESTS


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Any) -> None:
    """The house's files of this test alone, and static files by their plain names."""
    settings.HOUSE_FILES = tmp_path / "house"
    storages = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.STORAGES = {**settings.STORAGES, **storages}


def test_a_member_makes_and_fetches_her_packet_by_keyboard(
    browser: Browser, live_server: LiveServer, short_connections: None
) -> None:
    house = make_house()
    house.member.set_password(PASSWORD)
    house.member.save()
    files = (attached(1, "Kort over stien", long_pdf("Kort")), attached(2, "Tilbud", b"%PDF i stykker"))
    meeting = meeting_with(house, item_with(1, *files), replace(closed_item(), attachments=()))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "medlem", reverse("protocols:prints", args=[meeting.pk]))
    assert barriers(page) == []

    tab_to(page, "#packet button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#packet [role=status]")
    make_packet(Packet.objects.get())
    link = page.wait_for_selector("#packet a.button-primary")

    assert link is not None
    assert barriers(page) == []
    picture(page, "prints-1280")
    page.set_viewport_size({"width": 375, "height": 800})
    picture(page, "prints-375")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_download() as waiting:
        page.click("#packet a.button-primary")
    assert waiting.value.suggested_filename == "MTU-2026-03-09-samlet-dagsorden.pdf"
    context.close()
