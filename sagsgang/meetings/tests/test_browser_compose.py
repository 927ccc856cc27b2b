"""In a real browser: an agenda is composed by mouse and by keyboard, and two who do it at once are told."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import MTU_DAY, approved_case, attach, meeting_of
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]


@pytest.fixture
def town(short_connections: None, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    Appointment.objects.create(user=town.dir_secretary, body=town.mtu, role=Role.SECRETARY)
    town.dir_secretary.set_password(PASSWORD)
    town.dir_secretary.save()
    return town


@pytest.fixture
def meeting(town: Town) -> Meeting:
    """An agenda with standing items, open and closed ones, and sub-items."""
    actor = town.dir_secretary
    meeting = meeting_of(town.mtu, localdate() + timedelta(days=40))
    actions.use_usual_items(town.mtu, actor=actor)
    for title in ("Ny sti ved åen", "Belysning på Lindevej", "Skolens tag"):
        case = approved_case(town, title)
        attach(case, "Kort")
        actions.put_on_agenda(case, meeting=meeting, actor=actor)
    gathering = actions.add_collective_item(meeting, title="Øvrige punkter", actor=actor)
    for title in ("Asfalt", "Grus"):
        actions.put_on_agenda(approved_case(town, title), meeting=meeting, parent=gathering, actor=actor)
    for title in ("Køb af Møllevej 4", "Salg af Åvej 2"):
        case = approved_case(town, title, access="closed", ground="property")
        actions.put_on_agenda(case, meeting=meeting, closing_reason="Pris", actor=actor)
    approved_case(town, "Venter på et møde")
    actions.edit_line(AgendaItem.objects.get(title="Skolens tag"), kind="B", block=1, actor=actor)
    return meeting


def titles(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.top().filter(meeting=meeting, withdrawn_at=None, standing=None).order_by("position")
    return [row.title for row in rows]


def row_of(title: str) -> str:
    return f".agenda-lines > li:has(> .agenda-row a:text-is('{title}')) > .agenda-row"


def drag(page: Page, title: str, onto: str) -> None:
    """Take the grip of one row, and let go above the other."""
    grip = page.locator(f"{row_of(title)} .grip").bounding_box()
    there = page.locator(row_of(onto)).bounding_box()
    assert grip and there
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(there["x"] + 20, there["y"] + there["height"] / 2, steps=8)
    page.mouse.move(there["x"] + 20, there["y"] + 2, steps=3)
    with page.expect_response(lambda response: "/order/" in response.url):
        page.mouse.up()
    page.wait_for_load_state("networkidle")


def test_dragged_moved_by_keyboard_and_told_of_the_other(
    browser: Browser, live_server: LiveServer, town: Town, meeting: Meeting
) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 1400}).new_page()
    log_in(page, live_server, "dir_secretary", reverse("meetings:compose-agenda", args=[meeting.pk]))
    page.wait_for_load_state("networkidle")

    drag(page, "Skolens tag", "Ny sti ved åen")
    dragged = titles(meeting)
    item = AgendaItem.objects.get(title="Skolens tag")
    page.focus(f"#down-{item.pk}")
    with page.expect_response(lambda response: "/order/" in response.url):
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    moved = titles(meeting)
    focused = page.evaluate("document.activeElement.id")
    actions.take_off_agenda(AgendaItem.objects.get(title="Belysning på Lindevej"), actor=town.dir_secretary)
    drag(page, "Skolens tag", "Ny sti ved åen")
    refusal = page.locator("#composing-place [role=alert]").inner_text()

    assert dragged[:3] == ["Skolens tag", "Ny sti ved åen", "Belysning på Lindevej"]
    assert moved[:3] == ["Ny sti ved åen", "Skolens tag", "Belysning på Lindevej"]
    assert focused == f"down-{item.pk}"
    assert gettext("Nothing was saved") in refusal
    assert titles(meeting)[:2] == ["Ny sti ved åen", "Skolens tag"]
    assert page.locator(row_of("Belysning på Lindevej")).count() == 0
    page.context.close()


def test_every_page_is_clean_and_narrow(
    browser: Browser, live_server: LiveServer, town: Town, meeting: Meeting
) -> None:
    other = meeting_of(town.mtu, MTU_DAY)
    actions.put_on_agenda(approved_case(town, "Sendt"), meeting=other, late_reason="Haster.", actor=town.dir_secretary)
    actions.send_agenda(other, anyway=True, actor=town.dir_secretary)
    for title in ("Sent punkt", "Endnu et"):
        actions.put_on_agenda(
            approved_case(town, title), meeting=other, late_reason="Tilbuddet udløber fredag.", actor=town.dir_secretary
        )
        if title == "Sent punkt":
            actions.send_supplement(other, reason="Et tilbud udløber.", actor=town.dir_secretary)
    pages = {
        "compose": reverse("meetings:compose-agenda", args=[meeting.pk]),
        "compose-sent": reverse("meetings:compose-agenda", args=[other.pk]),
        "versions": reverse("meetings:agenda-versions", args=[other.pk]),
        "supplement": reverse("meetings:send-supplement", args=[other.pk]),
        "send": reverse("meetings:send-agenda", args=[meeting.pk]),
        "late": reverse("meetings:state-late-reason", args=[AgendaItem.objects.get(title="Endnu et").pk]),
        "standing": reverse("meetings:standing-items", args=[town.mtu.pk]),
        "standing-empty": reverse("meetings:standing-items", args=[town.dir.pk]),
        "meeting": reverse("meetings:meeting", args=[other.pk]),
    }
    page = browser.new_context(bypass_csp=True, viewport={"width": 375, "height": 800}).new_page()
    log_in(page, live_server, "dir_secretary", reverse("meetings:home"))

    found, widths = {}, {}
    for name, address in pages.items():
        page.goto(live_server.url + address, wait_until="networkidle")
        widths[name] = page.evaluate("document.documentElement.scrollWidth")
        for width in (1280, 390, 375):
            page.set_viewport_size({"width": width, "height": 900})
            picture(page, f"{name}-{width}")
        found[name] = barriers(page)
    page.context.close()

    assert found == {name: [] for name in pages}
    assert widths == dict.fromkeys(pages, 375)
