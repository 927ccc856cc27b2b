"""In a real browser: the pages on which an agenda is made have no barrier that axe-core can find, and fit a telephone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.actions.versions import begin_draft
from sagsgang.cases.models import Section
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.tests.agenda import DIR_DAY, MTU_DAY, approve, approved_case, attach, decide, meeting_of
from sagsgang.meetings.tests.test_browser import violations
from tests.browsing import BROWSER_TESTS, PASSWORD

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    for body in (town.mtu, town.kb):
        Appointment.objects.create(user=town.dir_secretary, body=body, role=Role.SECRETARY)
    town.dir_secretary.set_password(PASSWORD)
    town.dir_secretary.save()
    return town


def addresses(town: Town) -> dict[str, str]:
    """Every page of the way from case to agenda, with something on it."""
    actor = town.dir_secretary
    directorate = meeting_of(town.dir, DIR_DAY)
    meeting_of(town.mtu, MTU_DAY)
    case = approved_case(town, "Ny sti ved åen")
    attach(case, "Kort", on_web=False)
    attach(case, "Tilbud", access="closed", ground="tender", in_packet=False)
    gathering = actions.add_collective_item(directorate, title="Øvrige punkter", actor=actor)
    sub = actions.put_on_agenda(
        approved_case(town, "Sti ved skolen"), meeting=directorate, parent=gathering, late_reason="Haster", actor=actor
    )
    item = actions.put_on_agenda(case, meeting=directorate, late_reason="Tilbuddet udløber.", actor=actor)
    closed = approved_case(town, "Køb af Møllevej 4", access="closed", ground="property")
    closed_item = actions.put_on_agenda(
        closed, meeting=directorate, late_reason="Haster", closing_reason="Pris", actor=actor
    )
    taken_off = actions.put_on_agenda(
        approved_case(town, "Trukket"), meeting=directorate, late_reason="Haster", actor=actor
    )
    actions.take_off_agenda(taken_off, actor=actor)
    wait = make_case(town, "Venter på udvalget")
    add_step(wait, town.mtu, None)
    pages = {
        "meeting-unsent": reverse("meetings:meeting", args=[directorate.pk]),
        "send": reverse("meetings:send-agenda", args=[directorate.pk]),
        "collective": reverse("meetings:add-collective-item", args=[directorate.pk]),
        "waiting": reverse("meetings:waiting-cases", args=[town.mtu.pk]),
        "put": reverse("meetings:put-on-agenda", args=[town.mtu.pk]) + f"?case={wait.pk}",
        "item-unsent": reverse("meetings:item", args=[closed_item.pk]),
        "take-off": reverse("meetings:take-off-agenda", args=[closed_item.pk]),
        "closing": reverse("meetings:state-closing", args=[closed_item.pk]),
        "conflict": reverse("meetings:note-conflict", args=[closed_item.pk]),
        "promote": reverse("meetings:promote-subitem", args=[sub.pk]),
        "sub-items": reverse("meetings:item", args=[gathering.pk]),
    }
    return pages | later_addresses(town, item)


def later_addresses(town: Town, item: AgendaItem) -> dict[str, str]:
    """The item after it was sent, renewed, decided and sent on; on an agenda of its own."""
    actor = town.dir_secretary
    item.refresh_from_db()
    other = meeting_of(town.dir, MTU_DAY)
    case = approved_case(town, "Cykelsti")
    item = actions.put_on_agenda(case, meeting=other, late_reason="Haster", actor=actor)
    actions.send_agenda(other, actor=actor)
    draft = begin_draft(case, actor=town.writer)
    Section.objects.filter(presentation=draft, kind="presentation").update(html="<p>Stien bliver 600 m lang.</p>")
    approve(case, town)
    actions.renew_item(item, reason="Længden var forkert.", actor=actor)
    decide(item, town, dissent="Direktøren for Teknik er imod.")
    committee = meeting_of(town.kb, MTU_DAY)
    carried = actions.carry_forward(item, meeting=committee, late_reason="Haster", actor=actor)
    return {
        "item-renewed": reverse("meetings:item", args=[item.pk]),
        "changes": reverse("meetings:compare-item", args=[item.pk]),
        "carry": reverse("meetings:carry-forward", args=[item.pk]),
        "renew": reverse("meetings:renew-item", args=[item.pk]),
        "item-carried": reverse("meetings:item", args=[carried.pk]),
        "meeting-sent": reverse("meetings:meeting", args=[other.pk]),
    }


def log_in(page: Page, live_server: LiveServer, target: str) -> None:
    page.goto(live_server.url + target)
    page.fill("[name=username]", "dir_secretary")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(live_server.url + target)


def test_every_page_is_clean_and_narrow(browser: Browser, live_server: LiveServer, town: Town) -> None:
    pages = addresses(town)
    context = browser.new_context(bypass_csp=True, viewport={"width": 375, "height": 800})
    page = context.new_page()
    log_in(page, live_server, reverse("meetings:home"))

    found = {name: violations(page, live_server.url + address) for name, address in pages.items()}
    widths = {}
    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        if folder := os.environ.get("SCREENSHOTS"):
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            page.set_viewport_size({"width": 375, "height": 800})
    context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 375)
