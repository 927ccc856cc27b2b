"""The year 2023 of the source document, planned from rules: meeting plan, cycle, wheel, warnings and månedsgrebet."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat
from sagsgang.cases.models import Case
from sagsgang.meetings.models import AgendaItem
from sagsgang.planning.actions import RuleFacts, add_rule, generate_year
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts, StepWish
from sagsgang.wheel.actions.wishes import YearWishes, wish_body_year
from sagsgang.wheel.due import briefings_due, wheel_cases_due
from sagsgang.wheel.models import BriefingCard, CycleBriefing, Occurrence, WheelEntry
from sagsgang.wheel.queries.year import Year, year_of

BODIES = (
    ("DIR", "Direktionen", BodyKind.DIRECTORATE, "FREQ=MONTHLY;BYDAY=2WE"),
    ("MTU", "Miljø- og Teknikudvalget", BodyKind.COMMITTEE, "FREQ=MONTHLY;BYDAY=4MO"),
    ("HU", "Hovedudvalget", BodyKind.WORKS_COUNCIL, "FREQ=MONTHLY;BYDAY=-1TH"),
    ("ØK", "Økonomiudvalget", BodyKind.FINANCE, "FREQ=MONTHLY;BYDAY=3TU"),
    ("KB", "Kommunalbestyrelsen", BodyKind.COUNCIL, "FREQ=MONTHLY;BYDAY=4TU"),
)
# Body, meeting, safe and outer deadline (domain 3.4).
CALENDAR = [
    ("DIR", "2023-04-12", "2023-04-03", "2023-04-04"),
    ("MTU", "2023-04-24", "2023-04-18", "2023-04-19"),
    ("HU", "2023-04-27", "2023-04-21", "2023-04-22"),
    ("ØK", "2023-05-16", "2023-05-10", "2023-05-11"),
    ("KB", "2023-05-23", "2023-05-16", "2023-05-17"),
]
REPORT = "Ligestillingsredegørelse"

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary() -> User:
    return User.objects.create_user("direktionssekretær")


@pytest.fixture
def authority(secretary: User) -> Authority:
    """Five bodies whose year 2023 is made from one rule each, on a day before it begins."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    with time_machine.travel("2022-12-01 12:00"):
        for code, name, kind, rule in BODIES:
            body = Body.objects.create(authority=authority, code=code, name=name, kind=kind)
            Appointment.objects.create(user=secretary, body=body, role=Role.SECRETARY)
            add_rule(body, year=2023, facts=RuleFacts(rule=rule, except_months=(7,)), actor=secretary)
            generate_year(body, year=2023, actor=secretary)
    return authority


def body(code: str) -> Body:
    return Body.objects.get(code=code)


def planned(authority: Authority, secretary: User) -> Year:
    """With the report of the document on the wheel: every third year, handed in before 1 June, by DIR, HU, ØK and KB."""
    path = ("DIR", "discussion"), ("HU", "discussion"), ("ØK", "recommendation"), ("KB", "decision")
    facts = EntryFacts(
        title=REPORT,
        rule="FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1",
        starts_on=date(2020, 6, 1),
        is_deadline=True,
        lead_days=90,
        opens_case=True,
        is_duty=True,
        law="Ligestillingslovens §§ 5 og 5 a",
        valid_to=date(2024, 12, 31),
        steps=tuple(StepWish(body(code), purpose) for code, purpose in path),
    )
    actions.add_entry(authority, facts, actor=secretary)
    with time_machine.travel("2023-01-02 12:00"):
        actions.turn_wheel(authority, year=2023, actor=secretary)
    return year_of(authority, 2023)


def test_the_cycle_of_april_and_may_has_the_days_and_deadlines_of_the_document(authority: Authority) -> None:
    cycle = next(one for one in year_of(authority, 2023).plan.cycles if one.id == "2023-05")

    steps = [(one.body, one.on.isoformat(), one.safe.isoformat(), one.outer.isoformat()) for one in cycle.steps]
    assert steps == CALENDAR
    assert (cycle.closes - cycle.start).days == 41


def test_the_wheel_shows_the_report_with_its_path_and_the_warnings(authority: Authority, secretary: User) -> None:
    year = planned(authority, secretary)
    row = Occurrence.objects.get()
    day = year.day_of(row.entry, row.day)
    about = [found for found in year.plan.findings if found.entry == str(row.entry_id)]

    assert row.day == date(2023, 6, 1)
    assert [(step.body, step.on.isoformat()) for step in day.path] == [
        ("DIR", "2023-04-12"), ("HU", "2023-04-27"), ("ØK", "2023-05-16"), ("KB", "2023-05-23"),
    ]  # fmt: skip
    # ØK's protocol can be with KB on the outer deadline alone: the safe one is the very day of ØK's meeting.
    assert [(found.rule, found.severity) for found in about if found.body == "KB" and found.rule] == [("R6", "warning")]
    # From KB to the day there are eight days, with Whit Monday among them; the lead time is too short for DIR's material.
    words = " ".join(found.message for found in about)
    assert "8 dage" in words or "8 days" in words
    assert "29. maj" in words or "May 29" in words or "29 May" in words
    # The law was abolished in 2024: the report does not come back.
    assert year_of(authority, 2026).plan.days == ()


def test_the_report_becomes_a_case_and_stands_at_maanedsgrebet(
    authority: Authority, secretary: User, client: Client
) -> None:
    planned(authority, secretary)
    wish_body_year(body("DIR"), YearWishes(briefs_cycles=True), actor=secretary)
    vera = Person.objects.create(authority=authority, name="Vera Holm", title="Velfærdsdirektør")
    Seat.objects.create(body=body("DIR"), person=vera)

    with time_machine.travel("2023-03-20 12:00"):
        cases = [wheel_cases_due(), wheel_cases_due()]
        put = [briefings_due(), briefings_due()]
    briefing = CycleBriefing.objects.get(cycle="2023-05")
    client.force_login(secretary)
    with time_machine.travel("2023-04-03 12:00"):
        laid = client.post(
            reverse("wheel:add-card", args=[briefing.pk]),
            {"director": vera.pk, "theme": "Ligestilling", "why_now": "Fristen er 1. juni", "committee": body("ØK").pk},
        )
        card = BriefingCard.objects.get()
        page = client.get(reverse("wheel:briefing", args=[briefing.pk])).content.decode()
        lists = client.get(reverse("wheel:briefing-lists", args=[briefing.pk])).content.decode()
        cycle = client.get(reverse("wheel:cycle", args=["2023-05"])).content.decode()

    assert (cases, put, briefing.item.meeting.held_on) == ([1, 0], [1, 0], date(2023, 4, 12))
    assert laid.headers["Location"].endswith(f"/briefings/{briefing.pk}/")
    assert Case.objects.filter(title=f"{REPORT} 2023").exists()
    for said in ("Ligestilling", "Vera Holm", "Fristen er 1. juni", reverse("wheel:open-case-of-card", args=[card.pk])):
        assert said in page
    assert f"{REPORT} 2023" in lists  # a case of the cycle
    assert WheelEntry.objects.get().title in lists  # and its day on the wheel
    for on in ("12. april 2023", "24. april 2023", "27. april 2023", "16. maj 2023", "23. maj 2023"):
        assert on in cycle
    assert "R6" in cycle
    assert AgendaItem.objects.get(briefing=briefing).kind == "D"
