"""In a real browser: what the public is told of a meeting run here, and the answer to whoever holds its PDF."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.documents import storage
from sagsgang.protocols.tests.meetings import held_meeting, made_final
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicItem, PublicMeeting
from sagsgang.publication.tasks import render_meeting_pdf
from tests.browsing import BROWSER_TESTS, barriers, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.usefixtures("wall", "short_connections")]


@pytest.fixture
def shown(settings: Settings) -> PublicMeeting:
    """The released minutes of a meeting run here, with their PDF."""
    room = held_meeting()
    made_final(room)
    chief = User.objects.create_user("chef")
    release = release_meeting(room.meeting, kind="minutes", prepared_by=room.secretary, released_by=chief)
    render_meeting_pdf(str(release.pk))
    return PublicMeeting.objects.get()


def test_it_reads_well_and_the_file_is_known(
    browser: Browser, live_server: LiveServer, shown: PublicMeeting, tmp_path: Path
) -> None:
    file = tmp_path / "referat.pdf"
    file.write_bytes(storage.released().get(shown.pdf_sha256))
    item = PublicItem.objects.get(title="Ny cykelsti")
    addresses = {
        "meeting": reverse("portal:meeting", args=[shown.pk, shown.slug]),
        "item": reverse("portal:item", args=[item.pk, item.slug]),
        "print": reverse("portal:print-meeting", args=[shown.pk, shown.slug]),
        "verify": reverse("portal:verify-print"),
        "verified": reverse("portal:verified-print", args=[shown.pdf_sha256]),
        "unknown": reverse("portal:verified-print", args=["0" * 64]),
    }
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    found = {}
    for name, address in addresses.items():
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            picture(page, f"g-public-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(live_server.url + addresses["verify"])
    page.set_input_files("[name=file]", file)
    page.wait_for_url(live_server.url + addresses["verified"])
    page.wait_for_load_state("networkidle")
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
    assert set(sent) == {"GET"}
