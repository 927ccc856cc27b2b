"""What the desk keeps when a login ends, a button is pressed twice, a refresh fails, or the machine's clock is wrong."""

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import localdate, now
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.bodies.models import Body, BodyKind
from sagsgang.meetings.models import Decision, Meeting, Treatment
from sagsgang.sittings.models import Poll, SittingAct
from sagsgang.sittings.tests.rooms import Room, add_item, make_room
from sagsgang.sittings.tests.test_browser_desk import button, desk_of, open_desk, press, saved
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long, pytest.mark.usefixtures("short_connections")]

# Everything that asks what the clock says is ten minutes ahead.
FAST_CLOCK = """(() => { const True = Date; const ahead = 600000;
window.Date = class extends True { constructor(...said) { said.length ? super(...said) : super(True.now() + ahead); }
static now() { return True.now() + ahead; } }; })()"""


@pytest.fixture
def room(transactional_db: None) -> Room:
    """A council of nine that allows remote attendance, today, with three items and three in a block."""
    room = make_room(BodyKind.COUNCIL, "AAAAVVVOO", held_on=localdate())
    room.items += [add_item(room, str(number), block=1) for number in (4, 5, 6)]
    Meeting.objects.update(agenda_sent_at=now())
    Body.objects.update(remote_allowed=True)
    room.secretary.set_password(PASSWORD)
    room.secretary.save()
    return room


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True, locale="da-DK")
    yield made
    made.close()


def test_acts_of_who_is_logged_out_wait_until_she_has_logged_in_again(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    page = open_desk(context, live_server, room)
    press(page, "Åbn mødet")
    press(page, "Tag op: Sag 1")
    page.get_by_label("Beslutningens ordlyd").fill("Godkendt.")
    before = SittingAct.objects.count()

    context.clear_cookies(name="sagsgang_session")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "login")
    button(page, "Tag op: Sag 2").click()
    expect(page.locator("[data-outbox-list] li")).to_have_count(2)
    picture(page, "desk-logged-out-1280")
    assert barriers(page) == []
    assert SittingAct.objects.count() == before
    other = context.new_page()
    log_in(other, live_server, room.secretary.username, "/intern/")
    other.close()
    saved(page)

    expect(page.locator("#item-heading")).to_have_text("2. Sag 2")
    assert (Decision.objects.get().html, SittingAct.objects.count()) == ("<p>Godkendt.</p>", before + 2)

    Session.objects.all().delete()
    button(page, "Tag op: Sag 3").click()
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "login")
    page.locator("[data-outbox-login] a").click()
    page.wait_for_selector("[name=username]:focus")
    page.keyboard.type(room.secretary.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(live_server.url + desk_of(room))
    expect(page.locator("#item-heading")).to_have_text("3. Sag 3")
    assert Treatment.objects.count() == 3


def fits_a_telephone(page: Page, name: str) -> bool:
    """Nothing lies outside a window of 390 px, and nobody is shut out; the window is as wide as before afterwards."""
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, name)
    fits = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    found = barriers(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return bool(fits) and found == []


def take_up_while_the_page_is_lost(page: Page, title: str) -> None:
    """The act goes through, the page that would show it does not at first: the desk says so, and asks again."""
    page.route("**/sitting/", lambda route: route.abort())
    button(page, f"Tag op: {title}").click()
    expect(page.locator(".sitting")).to_have_attribute("data-line", "lost")
    page.unroute("**/sitting/")
    expect(page.locator("#item-heading")).to_contain_text(title)
    expect(page.locator(".sitting")).not_to_have_attribute("data-line", "lost")


def test_a_second_press_is_one_act_and_what_is_typed_stays_with_its_item(
    context: BrowserContext, live_server: LiveServer, room: Room
) -> None:
    context.add_init_script(FAST_CLOCK)
    page = open_desk(context, live_server, room)
    picture(page, "desk-remote-opening-1280")
    page.locator(f"#remote-{room.people[8].pk}").check()
    press(page, "Åbn mødet")
    press(page, "Tag op: Sag 1")
    expect(page.locator("[data-outbox]")).to_have_attribute("data-outbox", "saved")
    page.locator("#move-proposal summary").click()
    page.locator("#proposal-words").fill("At vi venter.")

    context.set_offline(True)
    for _press in range(3):
        button(page, "Vedtaget uden afstemning").click()
    expect(page.locator("[data-outbox-list] li")).to_have_count(1)
    context.set_offline(False)
    saved(page)
    assert Poll.objects.count() == 1

    press(page, "Går: M9")
    picture(page, "desk-remote-1280")
    assert fits_a_telephone(page, "desk-remote-390")
    press(page, "Tag op: Sag 2")
    expect(page.locator("#proposal-words")).to_have_value("")
    press(page, "Tag op igen: Sag 1")
    expect(page.locator("#proposal-words")).to_have_value("At vi venter.")

    take_up_while_the_page_is_lost(page, "Sag 3")

    page.get_by_label("Der stemmes ved").first.select_option("groups")
    press(page, "Sæt til afstemning")
    page.locator("#named-0 summary").click()
    picture(page, "desk-groups-1280")
    assert fits_a_telephone(page, "desk-groups-390")
    press(page, "Tag afstemningen tilbage")

    page.get_by_label("Der stemmes ved").first.select_option("roll_call")
    press(page, "Sæt til afstemning")
    press(page, "Går: M3")
    picture(page, "desk-left-roll-call-1280")
    assert fits_a_telephone(page, "desk-left-roll-call-390")
    button(page, "Gem stemmerne og luk afstemningen").click()
    assert Poll.objects.filter(closed_at=None).exists(), "it is not said yet what M3 voted"
    page.locator(f"#against-{room.people[2].pk}").check(force=True)
    press(page, "Gem stemmerne og luk afstemningen")
    assert Poll.objects.order_by("opened_at").last().ballots.get(person=room.people[2]).choice == "imod"  # type: ignore[union-attr]
