"""In a real browser: the pages of the plan have no barrier that axe-core can find, and fit a telephone."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from sagsgang.meetings.models import Meeting
from sagsgang.planning.actions import (
    add_rule,
    call_extraordinary,
    cancel_meeting,
    change_rule,
    generate_year,
    move_meeting,
)
from sagsgang.planning.tests.plans import second_tuesdays
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    Appointment.objects.create(user=town.secretary, body=town.kb, role=Role.SECRETARY)
    town.secretary.set_password(PASSWORD)
    town.secretary.save()
    return town


def pages(town: Town) -> dict[str, str]:
    """Next year's plan of a council with something of everything on it, by the names of its pages."""
    year, actor, body = localdate().year + 1, town.secretary, town.kb
    rule = add_rule(body, year=year, facts=second_tuesdays(except_months=(7, 9)), actor=actor)
    generate_year(body, year=year, actor=actor)
    first, second, third = Meeting.objects.filter(body=body).order_by("held_on")[:3]
    move_meeting(first, to=first.held_on + timedelta(days=7), notice="Formanden er på rejse", actor=actor)
    cancel_meeting(second, notice="For få sager", actor=actor)
    call_extraordinary(body, held_on=date(year, 5, 4), reason="Budgettet skal drøftes", actor=actor)
    facts = second_tuesdays(rule="FREQ=MONTHLY;BYDAY=2TU,1TH", except_months=(3, 7, 9), except_days=(third.held_on,))
    rule = change_rule(rule, facts=facts, actor=actor)
    add_step(make_case(town, "Ny sti ved åen"), body, third.held_on)
    return {
        "plan": reverse("planning:plan", args=[body.pk, year]),
        "generate": reverse("planning:generate-year", args=[body.pk, year]),
        "rule": reverse("planning:change-rule", args=[rule.pk]),
        "move": reverse("planning:move-meeting", args=[third.pk]),
        "cancel": reverse("planning:cancel-meeting", args=[third.pk]),
        "extraordinary": reverse("planning:call-extraordinary", args=[body.pk]),
    }


def test_the_pages_of_the_plan_have_no_barrier_and_fit_a_telephone(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    addresses = pages(town)
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "secretary", addresses["plan"])
    found = {}
    for name, address in addresses.items():
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            picture(page, f"plan-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
