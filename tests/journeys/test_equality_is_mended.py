"""In a real browser: figures with levels 1 and 2 swapped reach the directorate; they are found, held, mended, and go on."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Person, Role, Seat, UnitStaff
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.equality.models import Count
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.actions import put_on_agenda, record_decision, send_agenda
from sagsgang.meetings.models import AgendaItem
from sagsgang.wheel.models import EntryStep, Occurrence, WheelEntry
from tests.browsing import BROWSER_TESTS, PASSWORD, log_in, picture

pytestmark = [*BROWSER_TESTS, pytest.mark.long]

DAYS = {"dir": "2023-04-12", "hu": "2023-04-27", "fin": "2023-05-16", "kb": "2023-05-23"}
PURPOSES = {"dir": "discussion", "hu": "discussion", "fin": "recommendation", "kb": "decision"}
DIRECTORATE = (
    ("Kommunaldirektør", "Ida Vang", "k"), ("Velfærdsdirektør", "Per Holm", "m"),
    ("Teknik- og miljødirektør", "Mette Lund", "k"), ("Økonomidirektør", "Ole Krag", "m"),
)  # fmt: skip
HEAD_OF_SECRETARIAT = "Chef for Kommunaldirektørens Sekretariat"


@pytest.fixture
def april(short_connections: None) -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2023, 4, 4, 8, tzinfo=UTC), tick=True) as clock:
        yield clock


@pytest.fixture
def town(april: time_machine.Traveller, live_server: LiveServer, transactional_db: None) -> Town:
    """Egekøbing with its directorate, the year's meetings, and the duty to report, whose path is laid in the wheel."""
    town = make_town()
    for title, name, _sex in DIRECTORATE:
        person = Person.objects.create(authority=town.authority, name=name, title=title)
        Seat.objects.create(body=town.dir, person=person)
    duty = WheelEntry.objects.create(
        authority=town.authority, title="Ligestillingsredegørelse", rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", is_duty=True, is_deadline=True,
        law="Ligestillingsloven §§ 5 og 5 a", opens_case=True, lead_days=90,
    )  # fmt: skip
    for position, (name, day) in enumerate(DAYS.items(), start=1):
        body = getattr(town, name)
        body.meetings.create(held_on=day)
        EntryStep.objects.create(entry=duty, position=position, body=body, purpose=PURPOSES[name])
        Appointment.objects.get_or_create(user=town.dir_secretary, body=body, role=Role.SECRETARY)
    Occurrence.objects.create(entry=duty, origin_day=date(2023, 6, 1), day=date(2023, 6, 1))
    hr = User.objects.create_user("hr", first_name="Hanne", last_name="Riis")
    Appointment.objects.create(user=hr, body=town.dir, role=Role.HR)
    UnitStaff.objects.create(unit=town.unit, user=hr)
    for user in User.objects.all():
        user.set_password(PASSWORD)
        user.save()
    return town


def extract(folder: Path, name: str, *, top: int, below: int) -> str:
    """A payroll extract as a Danish Excel writes it: semicolons, Windows-1252, CRLF."""
    rows = ["Medarbejdernr;Navn;Enhed;Niveau;Køn;Status"]
    rows += [f"{at};{who};Direktionen;{top};{sex};fast" for at, (_t, who, sex) in enumerate(DIRECTORATE, start=100)]
    rows += [f"{200 + at};Chef Nr{at};Område {at};{below};{'kkm'[at % 3]};fast" for at in range(11)]
    rows += [f"{300 + at};Leder Nr{at};Skole {at};3;{'kkkm'[at % 4]};fast" for at in range(48)]
    path = folder / name
    path.write_bytes(("\r\n".join(rows) + "\r\n").encode("cp1252"))
    return str(path)


class Desk:
    """Somebody at her own browser."""

    def __init__(self, browser: Browser, live_server: LiveServer, user: str) -> None:
        self.base = live_server.url
        self.page: Page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        log_in(self.page, live_server, user, reverse("cases:cases"))

    def go(self, name: str, pk: object) -> None:
        self.page.goto(self.base + reverse(name, args=[pk]), wait_until="networkidle")

    def follow(self, name: str, pk: object) -> None:
        self.page.locator(f'main a[href="{reverse(name, args=[pk])}"]').click()
        self.page.wait_for_load_state("networkidle")

    def send(self) -> None:
        self.page.locator("main form button[type=submit]").last.click()
        self.page.wait_for_load_state("networkidle")

    def shoot(self, name: str) -> None:
        picture(self.page, name)
        self.page.set_viewport_size({"width": 390, "height": 844})
        picture(self.page, f"{name}-390")
        self.page.set_viewport_size({"width": 1280, "height": 900})


def bring(desk: Desk, town: Town, file: str) -> Count:
    desk.go("equality:import-count", town.authority.pk)
    desk.page.fill("[name=snapshot_on]", "2023-04-03")
    desk.page.fill("[name=source_system]", "SD Løn")
    desk.page.set_input_files("[name=file]", file)
    desk.send()
    return Count.objects.order_by("-version")[0]


def carry(desk: Desk, item: AgendaItem, town: Town, name: str) -> None:
    """Ask for the next body; what came of it stands on the page."""
    desk.go("meetings:carry-forward", item.pk)
    meeting = getattr(town, name).meetings.get(held_on=DAYS[name])
    desk.page.select_option("[name=meeting]", str(meeting.pk))
    desk.page.fill("[name=late_reason]", "Tallene er rettet efter direktionens møde.")
    desk.send()


def test_swapped_levels_are_found_held_and_mended(
    browser: Browser, live_server: LiveServer, town: Town, april: time_machine.Traveller, tmp_path: Path
) -> None:
    hr = Desk(browser, live_server, "hr")
    secretary = Desk(browser, live_server, "dir_secretary")
    page = hr.page

    # The figures come in with levels 1 and 2 swapped: the check finds it, and names the directorate's members.
    wrong = bring(hr, town, extract(tmp_path, "ledere.csv", top=2, below=1))
    for title, name, _sex in DIRECTORATE:
        expect(page.locator("main")).to_contain_text(f"{title} {name}")
    expect(page.locator("main")).not_to_contain_text("Chef Nr")
    hr.shoot("equality-found")

    # They become a case all the same: with the path of the duty in the annual wheel, its purposes, and its print.
    hr.follow("equality:make-report", wrong.pk)
    page.select_option("[name=duty]", label="Ligestillingsredegørelse")
    hr.shoot("equality-make-case")
    hr.send()
    case = Case.objects.get(equality_report__snapshot_on=date(2023, 4, 3))
    assert [(step.body.code, str(step.planned_on)) for step in case.path.all()] == [
        (getattr(town, name).code, day) for name, day in DAYS.items()
    ]

    # The directorate discusses it.
    meeting = town.dir.meetings.get()
    item = put_on_agenda(case, meeting=meeting, anyway=True, actor=town.dir_secretary)
    send_agenda(meeting, anyway=True, actor=town.dir_secretary)
    april.move_to(datetime(2023, 4, 12, 12, tzinfo=UTC))
    record_decision(item, text="Drøftet.", outcome="discussed", seen=0, actor=town.dir_secretary)
    hr, secretary = Desk(browser, live_server, "hr"), Desk(browser, live_server, "dir_secretary")
    page = hr.page

    # The error is raised, and goes to the head of the secretariat, due before the works council.
    hr.go("equality:count", wrong.pk)
    hr.follow("equality:raise-finding", wrong.findings.filter(is_error=True)[0].pk)
    expect(page.locator("[name=wrong]")).to_have_value(re.compile("Ida Vang"))
    page.fill("[name=owner_role]", HEAD_OF_SECRETARIAT)
    hr.shoot("equality-raise")
    hr.send()
    expect(page.locator("#errors + ol")).to_contain_text(HEAD_OF_SECRETARIAT)
    hr.shoot("equality-held")
    follow_up = FollowUp.objects.get()
    assert follow_up.before_step is not None and follow_up.before_step.body == town.hu
    assert follow_up.due_on is not None and follow_up.due_on < date(2023, 4, 27)

    # Nobody carries it on: the sentence says why, and the case says it too.
    carry(secretary, item, town, "hu")
    expect(secretary.page.locator("main")).to_contain_text("Ida Vang")
    assert not AgendaItem.objects.filter(meeting=town.hu.meetings.get()).exists()
    secretary.shoot("equality-refused")
    secretary.go("cases:case", case.pk)
    expect(secretary.page.locator("main")).to_contain_text("Ida Vang")
    secretary.shoot("equality-case-held")

    # A corrected extract is signed off and laid in the case.
    right = bring(hr, town, extract(tmp_path, "ledere-rettet.csv", top=1, below=2))
    hr.go("equality:sign-off", right.pk)
    hr.send()
    hr.follow("equality:renew-report", right.pk)
    hr.shoot("equality-renew")
    hr.send()
    expect(page.locator("main")).to_contain_text("8 → 2")
    hr.shoot("equality-mended")
    assert FollowUp.objects.with_standing().get().progress == "done"

    # Each body to come gets the right figures, and what changed.
    held = item
    for name in ("hu", "fin", "kb"):
        carry(secretary, held, town, name)
        held = AgendaItem.objects.get(meeting=getattr(town, name).meetings.get(held_on=DAYS[name]))
        version = held.attachments.get().version
        assert version is not None and version.number == 2
        april.move_to(datetime.fromisoformat(f"{DAYS[name]}T12:00:00+00:00"))
        record_decision(held, text="Behandlet.", outcome="approved", seen=0, actor=town.dir_secretary)
        secretary = Desk(browser, live_server, "dir_secretary")
    secretary.go("meetings:item", held.pk)
    expect(secretary.page.locator("main")).to_contain_text("8 → 2")
    expect(secretary.page.locator("table.attachments")).not_to_contain_text("erstattet")
    secretary.shoot("equality-council")

    # The directorate's own attachment says that it has been replaced.
    secretary.go("meetings:item", item.pk)
    expect(secretary.page.locator("table.attachments")).to_contain_text("erstattet")
    secretary.shoot("equality-directorate")
