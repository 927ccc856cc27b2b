"""In a real browser: the published calendar has no barrier that axe-core can find, and fits a telephone."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.meetings.models import Meeting
from sagsgang.planning.actions import call_extraordinary, cancel_meeting, move_meeting
from sagsgang.portal.tests.factories import clerk, make_body
from sagsgang.publication.actions import publish_plan
from sagsgang.publication.models import PublicBody
from tests.browsing import BROWSER_TESTS, barriers, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.usefixtures("wall", "short_connections")]
NAME = "Speciallægepraksisplanlægningsstabiliseringsudvalget"


@pytest.fixture
def addresses(live_server: LiveServer) -> dict[str, str]:
    """A month and a body's calendar with meetings that are planned, moved, cancelled and called."""
    body, first = make_body(NAME), (localdate().replace(day=1) + timedelta(days=400)).replace(day=3)
    days = [first + timedelta(days=7 * number) for number in range(4)]
    meetings = [Meeting.objects.create(body=body, held_on=day, place="Rådhuset, mødelokale 2") for day in days]
    move_meeting(meetings[0], to=days[0] + timedelta(days=2), notice="Formanden er på rejse", actor=clerk())
    cancel_meeting(meetings[1], notice="For få sager", actor=clerk())
    call_extraordinary(body, held_on=days[2], reason="Budgettet skal drøftes", actor=clerk())
    publish_plan(body, year=first.year, actor=clerk())
    public = PublicBody.objects.get()
    return {
        "month": f"{live_server.url}/kalender/{first:%Y-%m}/",
        "body-calendar": f"{live_server.url}/organer/{public.pk}/{public.slug}/moedekalender/",
    }


def test_the_calendar_has_no_barrier_and_fits_a_telephone(browser: Browser, addresses: dict[str, str]) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    found = {}
    for name, address in addresses.items():
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            picture(page, f"portal-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
