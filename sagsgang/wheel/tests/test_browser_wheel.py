"""In a real browser: the wheel and its form have no barrier that axe-core can find, fit a telephone, and go by keyboard."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, Role
from sagsgang.meetings.models import Meeting
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.tests.conftest import BODIES, DAYS
from tests.browsing import BROWSER_TESTS, PASSWORD, barriers, log_in, picture, tab_to

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

YEARLY = (
    ("Ligestillingsredegørelse", 6, 1, None, True), ("Budgetopfølgning 1", 4, 18, "ØK", False),
    ("Budget, 1. behandling", 9, 12, "KB", False), ("Budget, 2. behandling", 10, 10, "KB", False),
    ("Årsregnskab til revisionen", 4, 30, "KB", True), ("Arbejdsmiljødrøftelse", 2, 1, "HU", True),
    ("Trivselsmåling", 11, 15, "HU", False), ("Lønpolitik", 11, 20, "HU", False), ("Strategidag", 1, 25, "DIR", False),
    ("Kvalitetsrapport for skolerne", 12, 1, None, True), ("Affaldsplan", 3, 15, "MTU", False),
    ("Spildevandsplan", 3, 20, "MTU", True), ("Trafiksikkerhed", 3, 25, "MTU", False), ("Ferieplan", 5, 1, "DIR", False),
    ("Beredskabsøvelse", 10, 3, None, False), ("Direktionens årsplan", 12, 13, "DIR", False),
)  # fmt: skip


def a_year() -> tuple[User, Authority, dict[str, Body]]:
    """This year's wheel with returns in every state, and the meetings of the document in this year."""
    year = localdate().year
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    secretary = User.objects.create_user("secretary", password=PASSWORD)
    bodies = {
        code: Body.objects.create(authority=authority, code=code, name=name, kind=kind) for code, name, kind in BODIES
    }
    Appointment.objects.create(user=secretary, body=bodies["DIR"], role=Role.SECRETARY)
    Meeting.objects.bulk_create(
        Meeting(body=bodies[code], held_on=date(year, month, day)) for code, days in DAYS.items() for month, day in days
    )
    for title, month, day, body, is_duty in YEARLY:
        facts = EntryFacts(
            title=title, rule=f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", body=bodies.get(body or ""), is_duty=is_duty,
            law="Ligestillingslovens § 5 a" if is_duty else "", lead_days=60, owner_role="Sekretariatschef",
            steps=tuple(StepWish(bodies[code], "discussion") for code in ("DIR", "ØK", "KB")) if is_duty else (),
        )  # fmt: skip
        actions.add_entry(authority, facts, actor=secretary)
    actions.add_entry(authority, EntryFacts(title="Månedsgrebet", rule="CYCLE", body=bodies["DIR"]), actor=secretary)
    actions.turn_wheel(authority, year=year, actor=secretary)
    rows = {row.entry.title: row for row in Occurrence.objects.select_related("entry__authority", "entry__unit")}
    actions.finish_occurrence(rows["Strategidag"], on=date(year, 1, 25), evidence="Referat", actor=secretary)
    actions.drop_occurrence(rows["Trivselsmåling"], note="Udskudt", actor=secretary)
    actions.move_occurrence(rows["Affaldsplan"], to=date(year, 3, 22), note="Ferie", actor=secretary)
    actions.open_case_now(rows["Kvalitetsrapport for skolerne"], actor=secretary)
    actions.add_entry(
        authority, EntryFacts(title="Julearrangement", rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=5"), actor=secretary
    )
    return secretary, authority, bodies


@dataclass(frozen=True)
class Walked:
    """What the keyboard met: the name of the drawing's first mark and the heading it led to; the calendar's marks."""

    mark: str
    heading: str
    numbers: list[str]
    day: str


def walked(page: Page, wheel: str) -> Walked:
    """By keyboard from the drawing to an entry, and to the calendar's first day; and the calendar as it prints."""
    focused = "document.activeElement.getAttribute('aria-label')"
    page.goto(wheel)
    tab_to(page, ".wheel-picture a")
    mark = page.evaluate(focused)
    page.keyboard.press("Enter")
    page.wait_for_url("**/wheel-entries/**")
    heading = page.inner_text("h1")
    page.goto(f"{wheel}?show=calendar")
    numbers = page.eval_on_selector_all(".cal-mark[href]", "marks => marks.map(mark => mark.textContent)")
    tab_to(page, ".cal-mark[href]")
    day = page.evaluate(focused)
    page.set_viewport_size({"width": 760, "height": 1000})
    page.emulate_media(media="print")
    picture(page, "wheel-calendar-print")
    page.emulate_media(media="screen")
    return Walked(mark, heading, numbers, day)


def test_the_pages_of_the_wheel_have_no_barrier_and_fit_a_telephone(
    browser: Browser, live_server: LiveServer, short_connections: None, transactional_db: None
) -> None:
    _secretary, authority, bodies = a_year()
    year = localdate().year
    entry = WheelEntry.objects.get(title="Ligestillingsredegørelse")
    wheel = reverse("wheel:wheel", args=[year])
    addresses = {
        "wheel": wheel,
        "months": f"{wheel}?show=months",
        "calendar": f"{wheel}?show=calendar",
        "reminders": reverse("wheel:reminders"),
        "body": reverse("wheel:body-wheel", args=[bodies["KB"].pk, year]),
        "entry": reverse("wheel:entry", args=[entry.pk, year]),
        "form": reverse("wheel:edit-entry", args=[entry.pk]),
        "turn": reverse("wheel:turn-wheel", args=[authority.pk, year + 1]),
    }
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    log_in(page, live_server, "secretary", wheel)
    found = {}
    for name, address in addresses.items():
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(live_server.url + address)
            page.wait_for_load_state("networkidle")
            picture(page, f"wheel-{name}-{width}")
            scrolls = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
            found[name, width] = (barriers(page), scrolls)

    names = walked(page, live_server.url + wheel)
    page.goto(live_server.url + addresses["form"])
    page.check("[name=kind][value=cycle]")
    shown = [page.is_visible(f"[name={field}]") for field in ("step", "offset", "month", "rule")]
    context.close()

    assert {key: value for key, value in found.items() if value != ([], False)} == {}
    assert names.heading in names.mark
    assert names.numbers == [str(number) for number in range(1, len(names.numbers) + 1)]
    assert "1" in names.day
    assert shown == [True, True, False, False]
