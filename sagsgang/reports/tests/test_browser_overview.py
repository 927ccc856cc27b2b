"""The overview, its figures and the register of duties in a real browser: no barrier, nothing wider than a telephone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.actions.approval import submit_for_approval
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.models import Meeting
from sagsgang.wheel import actions
from sagsgang.wheel.models import Occurrence, WheelEntry
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    """A manager who keeps a committee's papers and the directorate's, with something late of every kind."""
    town = make_town()
    today = localdate()
    for body in (town.mtu, town.dir):
        Appointment.objects.create(user=town.manager, body=body, role=Role.SECRETARY)
    opened = datetime.combine(today - timedelta(days=9), time(14), tzinfo=UTC)
    Meeting.objects.create(body=town.mtu, held_on=today - timedelta(days=9), opened_at=opened, agenda_sent_at=opened)
    for days in (8, 36):
        Meeting.objects.create(body=town.mtu, held_on=today + timedelta(days=days), starts=time(16))
    for title in ("Ny sti ved åen", "Cykelparkering ved stationen"):
        case = make_case(town, title)
        add_step(case, town.mtu, today + timedelta(days=37))
        FollowUp.objects.create(
            case=case, words="Ring til ejeren", owner_role="Leder", unit=town.unit, owner=town.manager,
            due_on=today - timedelta(days=3), given_by=town.writer,
        )  # fmt: skip
        submit_for_approval(case, actor=town.writer)
    actions.seed_duties(town.authority, actor=town.manager)
    WheelEntry.objects.filter(title__startswith="Årsbudget").update(owner_role="Økonomichefen")
    for year in (today.year - 1, today.year):
        actions.turn_wheel(town.authority, year=year, actor=town.manager)
    late = WheelEntry.objects.get(title__startswith="Årsregnskab")
    row = Occurrence.objects.create(entry=late, origin_day=date(today.year - 2, 3, 31), day=date(today.year - 2, 3, 31))
    actions.finish_occurrence(row, on=row.day, evidence="Kommunalbestyrelsen, punkt 7", actor=town.manager)
    Occurrence.objects.create(entry=late, origin_day=today - timedelta(days=20), day=today - timedelta(days=20))
    town.manager.set_password(PASSWORD)
    town.manager.save()
    return town


def test_the_overview_and_the_duties_have_no_barrier_and_fit_a_telephone(
    browser: Browser, live_server: LiveServer, town: Town
) -> None:
    page = browser.new_page(bypass_csp=True)  # for axe-core, which is not of the page
    duty = WheelEntry.objects.get(title__startswith="Årsregnskab")
    addresses = {
        "overview": reverse("reports:overview"),
        "figures": reverse("reports:figures"),
        "duties": reverse("wheel:duties"),
        "duty": reverse("wheel:duty", args=[duty.pk]),
    }
    log_in(page, live_server, "manager", addresses["overview"])
    found = {}
    for name, address in addresses.items():
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(live_server.url + address, wait_until="networkidle")
        picture(page, f"{name}-1280")
        problems = barriers(page)
        page.set_viewport_size({"width": 390, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        picture(page, f"{name}-390")
        found[name] = (problems, wide)

    assert found == dict.fromkeys(addresses, ([], False))
    page.goto(live_server.url + addresses["overview"], wait_until="networkidle")
    assert page.locator("#figures svg.plot").count() == 2
