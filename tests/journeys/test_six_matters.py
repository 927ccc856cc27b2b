"""In a real browser: six matters are written, checked, approved, put on the directorate's agenda and sent on their way."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.models import Case, CaseKind, ChangeTask
from sagsgang.cases.tests.factories import Town, add_step, make_case, make_town
from sagsgang.meetings.actions import put_on_agenda, record_decision, send_agenda
from sagsgang.meetings.models import AgendaItem, Meeting
from tests.browsing import BROWSER_TESTS, PASSWORD, log_in, picture
from tests.journeys.six_matters import DIR, FIN, HELD_ON, HU, KB, MATTERS, MTU, Matter

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

PLAN = {
    DIR: ["2023-04-12", "2023-05-10"], HU: ["2023-04-27"], MTU: ["2023-04-24"],
    FIN: ["2023-05-16", "2023-06-13"], KB: ["2023-05-23", "2023-06-20"],
}  # fmt: skip


@pytest.fixture
def march(short_connections: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2023, 3, 27, 8, tzinfo=UTC), tick=True) as clock:
        yield clock


@pytest.fixture
def town(march: time_machine.Traveller, live_server: LiveServer, transactional_db: None) -> Town:
    town = make_town()
    bodies = {body.name: body for body in (town.dir, town.hu, town.mtu, town.fin, town.kb)}
    for name, days in PLAN.items():
        for day in days:
            bodies[name].meetings.create(held_on=day)
        Appointment.objects.get_or_create(user=town.dir_secretary, body=bodies[name], role=Role.SECRETARY)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return town


class Desk:
    """Somebody at her own browser."""

    def __init__(self, browser: Browser, live_server: LiveServer, user: User) -> None:
        self.base = live_server.url
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        log_in(self.page, live_server, user.username, reverse("cases:cases"))

    def go(self, name: str, pk: object) -> None:
        self.page.goto(self.base + reverse(name, args=[pk]), wait_until="networkidle")

    def press(self, words: str, within: str = "main") -> None:
        self.page.locator(within).get_by_role("button", name=words, exact=True).first.click()
        self.page.wait_for_load_state("networkidle")


def write(desk: Desk, matter: Matter) -> Case:
    """Open the case, lay the directorate's template on it, write both sections, compose the path."""
    page = desk.page
    page.goto(desk.base + reverse("cases:open-case"))
    page.fill("[name=title]", matter.title)
    page.select_option("[name=kind]", CaseKind.ANALYSIS if matter.is_analysis else CaseKind.MATTER)
    if matter.touches_economy:
        page.check("[name=concerns_economy]")
    desk.press("Opret sagen")
    case = Case.objects.get(title=matter.title)

    desk.go("cases:choose-template", case.pk)
    page.select_option("[name=body]", label=DIR)
    page.select_option("[name=item_kind]", matter.kind)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/presentation/"))

    sections = page.locator("[data-section]")
    type_into(page, sections.nth(0), matter.text)
    type_into(page, sections.nth(1), "Direktøren indstiller,")
    point = sections.nth(1).locator("[data-point]").first
    point.locator("select").select_option(matter.verb)
    point.locator("textarea").fill(matter.point)
    point.locator("textarea").blur()
    sections.nth(1).locator("[data-mood=saved]").wait_for()

    desk.go("cases:path", case.pk)
    for number, (body, purpose, day) in enumerate(matter.path):
        page.click("#add-step")
        page.wait_for_selector(f"#composer[data-htmx-powered] #id_s{number}-body")
        page.select_option(f"#id_s{number}-body", label=body)
        offered = f"#composer[data-htmx-powered] #id_s{number}-planned_on option[value='{day}']"
        page.wait_for_selector(offered, state="attached")
        page.select_option(f"#id_s{number}-purpose", purpose)
        page.select_option(f"#id_s{number}-planned_on", day)
        page.wait_for_selector(f"#id_s{number}-planned_on option[value='{day}'][selected]", state="attached")
    page.click("#save-path")
    page.wait_for_selector(".alert-success")
    return case


def type_into(page: Page, section: Locator, words: str) -> None:
    editor = section.locator(".ProseMirror")
    editor.wait_for()
    editor.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
    section.locator("[data-mood=saved]").wait_for()


def approve(case: Case, writer: Desk, approvers: list[Desk]) -> None:
    writer.go("cases:approval", case.pk)
    writer.press("Send til godkendelse")
    for desk in approvers:
        desk.go("cases:approval", case.pk)
        desk.press("Godkend")


def put_on(secretary: Desk, case: Case, meeting: Meeting, under: str = "") -> AgendaItem:
    page = secretary.page
    page.goto(f"{secretary.base}{reverse('meetings:put-on-agenda', args=[meeting.body_id])}?case={case.pk}")
    places = page.locator("[name=place] option")
    wanted = [option for option in places.all() if not under or under in option.inner_text()]
    chosen = wanted[-1] if under else places.nth(1)
    page.select_option("[name=place]", chosen.get_attribute("value"))
    secretary.press("Sæt på dagsorden")
    return AgendaItem.objects.get(case=case, meeting=meeting)


def decide(secretary: Desk, item: AgendaItem, outcome: str, words: str) -> None:
    top = item.parent_id or item.pk
    secretary.go("meetings:item", top)
    page = secretary.page
    desk = page.locator(f"#decision-{item.pk}")
    details = desk.locator("details").last
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    desk.locator("select[name$=outcome]").select_option(outcome)
    desk.locator("textarea[name$=text]").fill(words)
    desk.get_by_role("button", name="Gem beslutningen").click()
    page.wait_for_selector(f"#decision-{item.pk} .decided >> text={words}")


def test_six_matters_go_their_way(
    browser: Browser, live_server: LiveServer, town: Town, march: time_machine.Traveller
) -> None:
    writer = Desk(browser, live_server, town.writer)
    approvers = [Desk(browser, live_server, user) for user in (town.manager, town.director, town.chief)]
    secretary = Desk(browser, live_server, town.dir_secretary)

    # Each is written, checked and approved.
    cases = [write(writer, matter) for matter in MATTERS]
    writer.go("cases:case", cases[0].pk)
    warning = writer.page.locator(".findings li").filter(has_text=KB)
    expect(warning).to_have_count(1)
    expect(warning).to_contain_text("Advarsel")
    for words in ("16. maj", "17. maj", "20. juni 2023"):
        expect(warning).to_contain_text(words)
    picture(writer.page, "journey-case")
    for case in cases:
        approve(case, writer, approvers)
    writer.go("cases:case", cases[0].pk)
    expect(writer.page.locator(".case-head")).to_contain_text("Godkendt")

    # All six come on the directorate's agenda, as sub-items of one item.
    meeting = town.dir.meetings.get(held_on=HELD_ON)
    secretary.go("meetings:add-collective-item", meeting.pk)
    secretary.page.fill("[name=title]", "Øvrige punkter")
    secretary.page.locator("main form button[type=submit]").click()
    secretary.page.wait_for_load_state("networkidle")
    items = [put_on(secretary, case, meeting, under="Øvrige punkter") for case in cases]
    assert [(item.number, item.parent.title if item.parent else "") for item in items] == [
        (str(number), "Øvrige punkter") for number in range(1, 7)
    ]
    secretary.go("meetings:send-agenda", meeting.pk)
    picture(secretary.page, "journey-send")
    if secretary.page.locator("[name=anyway]").count():
        secretary.page.check("[name=anyway]")
    secretary.page.locator("main form button[type=submit]").click()
    secretary.page.wait_for_load_state("networkidle")
    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None
    assert all(item.presentation and not item.presentation.is_draft for item in refreshed(items))

    # The directorate meets.
    march.move_to(datetime(2023, 4, 12, 12, tzinfo=UTC))
    secretary = Desk(browser, live_server, town.dir_secretary)
    outcomes = ("discussed", "noted", "approved", "discussed", "discussed", "discussed")
    for item, outcome in zip(items, outcomes, strict=True):
        decide(secretary, item, outcome, f"Punkt {item.number} blev behandlet.")

    # One is promoted, and goes on to every body of its path without a word typed again.
    secretary.go("meetings:promote-subitem", items[0].pk)
    secretary.page.locator("main form button[type=submit]").click()
    secretary.page.wait_for_load_state("networkidle")
    cases[0].refresh_from_db()
    assert cases[0].parent is None
    follow(secretary, items[0], town, march, (browser, live_server))


def refreshed(items: list[AgendaItem]) -> list[AgendaItem]:
    return list(AgendaItem.objects.filter(pk__in=[item.pk for item in items]).select_related("presentation"))


def follow(
    secretary: Desk, item: AgendaItem, town: Town, clock: time_machine.Traveller, house: tuple[Browser, LiveServer]
) -> None:
    """HU, the finance committee and the council: carried, sent late where the calendar demands it, decided."""
    said = ["Punkt 1 blev behandlet."]
    for body, day, outcome in (
        (town.hu, "2023-04-27", "discussed"),
        (town.fin, "2023-05-16", "recommended"),
        (town.kb, "2023-05-23", "approved"),
    ):
        meeting = body.meetings.get(held_on=date.fromisoformat(day))
        secretary.go("meetings:carry-forward", item.pk)
        secretary.page.select_option("[name=meeting]", str(meeting.pk))
        secretary.page.fill("[name=late_reason]", "Økonomiudvalget mødtes samme dag, som fristen løb ud.")
        secretary.page.locator("main form button[type=submit]").click()
        secretary.page.wait_for_load_state("networkidle")
        item = AgendaItem.objects.get(meeting=meeting)
        assert [re.sub("<.*?>", "", decision.html) for decision in item.decisions.order_by("position")] == said
        clock.move_to(datetime.fromisoformat(f"{day}T15:00:00+00:00"))
        secretary = Desk(*house, town.dir_secretary)
        words = f"Punktet blev behandlet i {body.code}."
        decide(secretary, item, outcome, words)
        said.append(words)
    secretary.go("meetings:item", item.pk)
    picture(secretary.page, "journey-council")
    for words in said:
        expect(secretary.page.locator("main")).to_contain_text(words)


@pytest.fixture
def treated(town: Town, march: time_machine.Traveller) -> Case:
    """The analysis of the fifth matter, as the directorate treated it."""
    matter = MATTERS[4]
    case = make_case(town, matter.title, kind=CaseKind.ANALYSIS)
    add_step(case, town.dir, HELD_ON, "discussion")
    add_step(case, town.mtu, date(2023, 4, 24))
    meeting = town.dir.meetings.get(held_on=HELD_ON)
    item = put_on_agenda(case, meeting=meeting, anyway=True, actor=town.dir_secretary)
    send_agenda(meeting, anyway=True, actor=town.dir_secretary)
    march.move_to(datetime(2023, 4, 12, 12, tzinfo=UTC))
    words = "Analysen justeres på baggrund af bemærkninger."
    record_decision(item, text=words, outcome="discussed", seen=0, actor=town.dir_secretary)
    march.move_to(datetime(2023, 4, 13, 9, tzinfo=UTC))
    return case


def test_a_remark_becomes_a_task_and_a_new_version(
    browser: Browser, live_server: LiveServer, town: Town, treated: Case
) -> None:
    chief, writer = (Desk(browser, live_server, user) for user in (town.chief, town.writer))

    chief.go("cases:approval", treated.pk)
    chief.page.locator("[name=remark-step]").select_option(index=1)
    chief.page.fill("[name=remark-quote]", "400 m lang")
    chief.page.fill("[name=remark-text]", "Tilføj, hvad det koster pr. hektar.")
    chief.press("Gem bemærkningen")
    remark = treated.remarks.get()
    assert remark.step is not None and remark.step.body == town.dir

    writer.page.goto(f"{writer.base}{reverse('cases:approval', args=[treated.pk])}?task={remark.pk}")
    writer.page.select_option("[name=task-owner]", str(town.writer.pk))
    assert writer.page.input_value("[name=task-due_on]") == "2023-04-18"  # the safe deadline of MTU 24-04
    writer.press("Giv opgaven")
    writer.page.goto(writer.base + reverse("cases:tasks"))
    expect(writer.page.locator("main")).to_contain_text(treated.title)

    writer.go("cases:choose-template", treated.pk)
    writer.page.select_option("[name=body]", label=MTU)
    writer.page.locator("main form button[type=submit]").last.click()
    writer.page.wait_for_url(re.compile(r"/presentation/"))
    type_into(writer.page, writer.page.locator("[data-section]").first, "En hektar koster 100.000 kr.")
    picture(writer.page, "journey-editor")
    writer.page.goto(f"{writer.base}{reverse('cases:approval', args=[treated.pk])}?finish={remark.pk}")
    writer.page.fill("[name=finish-note]", "Prisen er skrevet ind.")
    writer.press("Opgaven er udført")

    task = ChangeTask.objects.get()
    assert task.done_in is not None and task.done_in.number == 2
    writer.go("cases:versions", treated.pk)
    expect(writer.page.locator("main")).to_contain_text("ændret efter mødet i DIR 12-04-2023", ignore_case=True)
    picture(writer.page, "journey-versions")
    writer.go("cases:analysis", treated.pk)
    expect(writer.page.locator("main")).to_contain_text("Tilføj, hvad det koster pr. hektar.")
    picture(writer.page, "journey-analysis")
