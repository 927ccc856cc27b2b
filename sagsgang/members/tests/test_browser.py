"""In a real browser: a member's pages have no barrier that axe-core can find, fit a telephone, and work by keyboard."""

from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.cases.actions.versions import begin_draft
from sagsgang.meetings.actions import note_conflict, renew_item
from sagsgang.meetings.actions.absences import report_absence
from sagsgang.meetings.actions.send import send_supplement
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.agenda import approve, attach
from sagsgang.members import actions
from sagsgang.members.queries.material import material_of
from sagsgang.members.tests.factories import (
    KB_DAY,
    MTU_DAY,
    TODAY,
    Hall,
    item_called,
    item_on,
    make_hall,
    meeting_on,
    sent_meeting,
)
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def hall(short_connections: None, live_server: LiveServer, transactional_db: None) -> Iterator[Hall]:
    with time_machine.travel(TODAY):
        hall = make_hall()
        for user in (hall.member, hall.town.secretary):
            user.set_password(PASSWORD)
            user.save()
        yield hall


def addresses(hall: Hall) -> dict[str, str]:
    """Every page, with something of everything on it."""
    meeting = sent_meeting(hall, "Ny sti ved åen", "Cykelparkering ved stationen", closed="Køb af Møllevej 4")
    item, closed = item_called("Ny sti ved åen"), item_called("Køb af Møllevej 4")
    entry = material_of(hall.member, meeting).entry_of(item.pk)
    assert entry is not None
    actions.mark_read(item, seen=entry.seen, actor=hall.member)
    attach(item.case, "Kort over stien og åen")
    begin_draft(item.case, actor=hall.town.writer)
    approve(item.case, hall.town)
    renew_item(item, reason="Ny opmåling af stien.", actor=hall.town.secretary)
    item_on(meeting, hall, "Broen ved Møllevej")
    item_on(meeting, hall, "Rækværk", parent=item)
    send_supplement(meeting, reason="Broen er lukket for trafik.", anyway=True, actor=hall.town.secretary)
    council = meeting_on(hall, KB_DAY, hall.town.kb)
    report_absence(council, person=hall.dina, reason="Tjenesterejse", actor=hall.member)
    shut = sent_meeting(hall, "Ét", closed="Salg af grund", day=MTU_DAY.replace(day=30))
    note_conflict(item_called("Salg af grund"), person=hall.dina, actor=hall.town.secretary)
    cancelled = meeting_on(hall, MTU_DAY.replace(day=29))
    Meeting.objects.filter(pk=cancelled.pk).update(cancelled_at=cancelled.created_at, change_notice="For få sager.")
    meeting_on(hall, MTU_DAY.replace(day=1))
    return {
        "my-meetings": reverse("members:my-meetings"),
        "material": reverse("members:material", args=[meeting.pk]),
        "material-shut": reverse("members:material", args=[shut.pk]),
        "item-changed": reverse("members:read-item", args=[item.pk]),
        "item-closed": reverse("members:read-item", args=[closed.pk]),
        "item-shut": reverse("members:read-item", args=[item_called("Salg af grund").pk]),
        "absence": reverse("members:report-absence", args=[meeting.pk]),
        "absence-reported": reverse("members:report-absence", args=[council.pk]),
        "calendar": reverse("members:calendar"),
    }


def wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def problems(context: BrowserContext, live_server: LiveServer, pages: dict[str, str], username: str) -> list[str]:
    page = context.new_page()
    log_in(page, live_server, username, next(iter(pages.values())))
    found = []
    for name, address in pages.items():
        page.goto(live_server.url + address)
        for width in (1280, 390, 375):
            page.set_viewport_size({"width": width, "height": 900})
            found += [f"{name} {width}: scrolls sideways"] if wider_than_the_screen(page) else []
            picture(page, f"{name}-{width}")
        found += [f"{name}: {barrier}" for barrier in barriers(page)]
    return found


def test_no_page_has_a_barrier(browser: Browser, live_server: LiveServer, hall: Hall) -> None:
    pages = addresses(hall)
    council = Meeting.objects.get(body=hall.town.kb)

    found = problems(browser.new_context(bypass_csp=True), live_server, pages, "member")
    found += problems(
        browser.new_context(bypass_csp=True),
        live_server,
        {"absences": reverse("members:absences", args=[council.pk])},
        "secretary",
    )

    assert found == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_member_reads_on_by_keyboard_and_gets_her_calendar(
    javascript: bool, browser: Browser, live_server: LiveServer, hall: Hall
) -> None:
    meeting = sent_meeting(hall, "Ét", "To")
    page = browser.new_context(java_script_enabled=javascript).new_page()
    log_in(page, live_server, "member", reverse("members:material", args=[meeting.pk]))

    first, last = (reverse("members:read-item", args=[item_called(title).pk]) for title in ("Ét", "To"))

    page.goto(live_server.url + first)
    tab_to(page, "button[name=on]")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + last)
    tab_to(page, "button[name=on]")
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + reverse("members:material", args=[meeting.pk]))
    page.goto(live_server.url + reverse("members:calendar"))
    page.click("main .acts button")
    page.wait_for_selector("#address")
    picture(page, "calendar-made")

    assert material_of(hall.member, meeting).read == 2
    assert page.input_value("#address").endswith(".ics")
