"""In a real browser: a release waits for its hour and goes out, is taken back, and its checklist is answered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import House, closed_item, make_house, meeting_with, open_item
from sagsgang.publication.due import release_due
from sagsgang.publication.models import Breach, Preparation, PublicMeeting, Release
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = BROWSER_TESTS


@pytest.fixture
def house(short_connections: None, live_server: LiveServer, transactional_db: None) -> House:
    house = make_house()
    for user in (house.secretary, house.second):
        user.set_password(PASSWORD)
        user.save()
    return house


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


@pytest.mark.long
def test_a_release_at_its_hour_and_back_again(
    browser: Browser, live_server: LiveServer, house: House, meeting: Meeting
) -> None:
    address = reverse("publication:releases", args=[meeting.pk])
    first, second = (browser.new_context(bypass_csp=True).new_page() for _ in range(2))
    for page, user in ((first, house.secretary), (second, house.second)):
        page.set_default_timeout(60_000)
        log_in(page, live_server, user.username, address)

    first.check("[name=kind][value=minutes]")
    first.fill("[name=release_on]", (localdate() + timedelta(days=1)).isoformat())
    first.fill("[name=release_time]", "09:00")
    picture(first, "prepare")
    assert barriers(first) == []
    first.click("form[action$='/prepare/'] button[type=submit]")
    first.wait_for_selector("#prepared-heading")
    second.reload()
    second.click("form[action$='/approve/'] button[type=submit]")
    second.wait_for_selector(".alert-success, [role=status], .alert")
    picture(second, "approved")
    assert barriers(second) == []
    assert (release_due(), PublicMeeting.objects.count()) == (0, 0)

    Preparation.objects.update(release_at=now() - timedelta(seconds=1))
    assert release_due() == 1
    release = Release.objects.get()
    second.goto(live_server.url + reverse("publication:withdraw-release", args=[release.pk]))
    second.fill("[name=reason]", "Et navn skulle ikke stå der.")
    second.click("form[method=post] button.button-warning")
    second.wait_for_url(live_server.url + reverse("publication:answer-breach", args=[release.pk]))
    picture(second, "breach")
    assert barriers(second) == []
    second.check("[name=personal][value=no]")
    second.fill("[name=measures]", "Navnet er rettet.")
    second.click("form:has([name=measures]) button[type=submit]")
    second.wait_for_selector("form[action$='/close/']")
    second.set_viewport_size({"width": 375, "height": 800})
    assert second.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    second.click("form[action$='/close/'] button[type=submit]")
    second.wait_for_selector("pre")
    picture(second, "breach-closed")
    assert barriers(second) == []

    assert Breach.objects.get().closed_by == house.second
    assert PublicMeeting.objects.get().state == "withdrawn"
