"""The secretary runs a meeting at her desk, in a real browser: by keyboard, through a lost network, in two windows."""

from collections.abc import Iterator

import pytest
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import BodyKind, Role
from sagsgang.meetings.models import Decision, Meeting, Presence, Treatment
from sagsgang.sittings.models import Ballot, Poll, SittingAct
from sagsgang.sittings.tests.rooms import Room, make_room
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.usefixtures("short_connections")]


@pytest.fixture
def room(transactional_db: None) -> Room:
    """A council of nine, today, with a sent agenda of three items."""
    room = make_room(BodyKind.COUNCIL, "AAAAVVVOO", held_on=localdate())
    Meeting.objects.update(agenda_sent_at=now())
    room.secretary.set_password(PASSWORD)
    room.secretary.save()
    return room


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="da-DK")
    yield made
    made.close()


def desk_of(room: Room) -> str:
    return f"/intern/meetings/{room.meeting.pk}/sitting/"


def open_desk(context: BrowserContext, live_server: LiveServer, room: Room) -> Page:
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    log_in(page, live_server, room.secretary.username, desk_of(room))
    return page


def saved(page: Page) -> None:
    """All acts have been taken by the house, and the page shows what came of them."""
    expect(page.locator("[data-outbox-list]")).to_have_text("")
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "saved")
    expect(page.locator(".sitting")).not_to_have_attribute("aria-busy", "true")


def button(page: Page, name: str) -> Locator:
    """The button of an act: by its own words, or by those with which it waits to be sent."""
    return (
        page.locator(f'form[data-label="{name}"] button').or_(page.get_by_role("button", name=name, exact=True)).first
    )


def press(page: Page, name: str) -> None:
    button(page, name).click()
    saved(page)


def test_a_meeting_is_run_from_the_opening_to_its_end(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    page = open_desk(context, live_server, room)
    picture(page, "desk-opening-1280")
    page.get_by_label("M9").uncheck()
    press(page, "Åbn mødet")
    expect(page.locator(".quorum")).to_contain_text("Beslutningsdygtig:")
    press(page, "Tag op: Sag 1")
    expect(page.locator("#item-heading")).to_have_text("1. Sag 1")

    page.locator("#move-proposal summary").click()
    page.get_by_label("Forslaget med ord").fill("at arbejdet udsættes til maj")
    press(page, "Skriv forslaget ind")
    page.get_by_label("Der stemmes ved").first.select_option("roll_call")
    press(page, "Sæt til afstemning")
    for name in ("against-", "abstained-"):
        page.locator(f"input[id^={name}]").nth(0 if name == "against-" else 1).check()
    picture(page, "desk-roll-call-1280")
    press(page, "Gem stemmerne og luk afstemningen")
    expect(page.locator(".poll").first).to_contain_text("6 stemmer for og 1 imod")
    page.get_by_label("Beslutningens ordlyd").fill("Godkendt med ændringen.")
    page.keyboard.press("Control+Enter")
    saved(page)
    page.get_by_label("Beder om ordet").select_option(label="M4")
    press(page, "Sæt på listen")
    press(page, "Har ordet: M4")
    expect(page.locator(".clock")).to_contain_text("0.")
    picture(page, "desk-item-1280")
    assert barriers(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "desk-item-390")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    press(page, "Hæv mødet")

    assert [poll.closed_at is not None for poll in Poll.objects.all()] == [True]
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["for"] * 6 + ["imod", "undlod"]
    assert Decision.objects.get().html == "<p>Godkendt med ændringen.</p>"
    assert not Presence.objects.filter(until=None).exists()
    expect(page.get_by_text("Mødet begyndte kl.")).to_be_visible()


def test_what_is_done_without_a_network_is_kept_and_sent_once(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    page = open_desk(context, live_server, room)
    press(page, "Åbn mødet")
    press(page, "Tag op: Sag 1")

    context.set_offline(True)
    button(page, "Går: M3").click()
    page.get_by_label("Beslutningens ordlyd").fill("Godkendt uden net.")
    page.keyboard.press("Control+Enter")
    button(page, "Tag op: Sag 2").click()
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "kept")
    expect(page.locator("[data-outbox-state]")).to_contain_text("Ikke sendt endnu: 3")
    picture(page, "desk-offline-1280")
    before = SittingAct.objects.count()
    context.set_offline(False)
    saved(page)

    expect(page.locator("#item-heading")).to_have_text("2. Sag 2")
    assert SittingAct.objects.count() == before + 3
    assert Decision.objects.get().html == "<p>Godkendt uden net.</p>"
    assert Treatment.objects.count() == 2


def test_a_page_that_was_closed_without_a_network_sends_what_it_kept_when_it_is_opened_again(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    page = open_desk(context, live_server, room)
    press(page, "Åbn mødet")
    context.set_offline(True)
    button(page, "Tag op: Sag 2").click()
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "kept")
    page.close()
    context.set_offline(False)

    again = context.new_page()
    again.goto(live_server.url + desk_of(room))
    expect(again.locator("#item-heading")).to_have_text("2. Sag 2")

    assert Treatment.objects.count() == 1


def test_two_secretaries_see_each_other_and_a_refusal_keeps_what_was_typed(
    browser: Browser, context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    one = open_desk(context, live_server, room)
    press(one, "Åbn mødet")
    press(one, "Tag op: Sag 1")
    press(one, "Sæt til afstemning")
    with browser.new_context(locale="da-DK") as second:
        two = open_desk(second, live_server, room)
        two.get_by_label("For", exact=True).fill("9")
        press(two, "Gem stemmerne og luk afstemningen")

        one.get_by_label("For", exact=True).fill("8")
        button(one, "Gem stemmerne og luk afstemningen").click()

        expect(one.locator("[data-outbox]")).to_have_attribute("data-outbox", "refused")
        expect(one.locator("[data-outbox-list]")).to_contain_text("Afstemningen er afsluttet")
    assert Ballot.objects.get(choice="for").count == 9


def test_a_member_follows_along_without_touching_anything(
    browser: Browser, context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    member = room.secretary.__class__.objects.create(username="medlem")
    member.set_password(PASSWORD)
    member.save()
    member.appointments.create(body=room.body, role=Role.MEMBER)
    page = open_desk(context, live_server, room)
    press(page, "Åbn mødet")
    with browser.new_context(locale="da-DK", viewport={"width": 390, "height": 844}, bypass_csp=True) as other:
        tablet = other.new_page()
        log_in(tablet, live_server, "medlem", f"/intern/meetings/{room.meeting.pk}/follow/")
        press(page, "Tag op: Sag 3")

        expect(tablet.locator("#item-heading")).to_have_text("3. Sag 3", timeout=15_000)
        picture(tablet, "follow-390")
        assert barriers(tablet) == []
        tablet.set_viewport_size({"width": 1280, "height": 900})
        picture(tablet, "follow-1280")
