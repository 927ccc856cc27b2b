"""The yearly report of a body: a number and its list are the same rows, few questions, and nothing of what is closed."""

import re
from datetime import UTC, date, datetime, time, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Person, Role, Seat
from sagsgang.cases.models import Case
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.followups.models import FollowUp, FollowUpEvent
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Attendance, Decision, Meeting, Presence, Substitution
from sagsgang.publication.figures.measures import change_words, share_of, spread_of
from sagsgang.reports.queries.year import FIGURES, year_of
from sagsgang.reports.rendering.body_year_words import label_of
from sagsgang.reports.rules import Period, average_of

TODAY = date(2026, 4, 14)
SECRET = "Køb af Møllevej 4"


@pytest.fixture
def town(db: None, settings: Settings) -> Town:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return make_town()


def decide(town: Town, body: Body, on: date, case: Case, outcome: str = "approved", **facts: object) -> AgendaItem:
    """An item of the case at the body's meeting of the day, decided."""
    opened = datetime.combine(on, time(14), tzinfo=UTC)
    sent = opened - timedelta(days=10)
    meeting, _made = Meeting.objects.get_or_create(
        body=body, held_on=on, defaults={"starts": time(16), "agenda_sent_at": sent}
    )
    number = meeting.items.count() + 1
    values: dict[str, object] = {"title": case.title, "kind": "B", "access": "open", "number": str(number)}
    item = AgendaItem.objects.create(meeting=meeting, case=case, position=number, **values | facts)
    if outcome != "-":
        Decision.objects.create(
            item=item, body=body, decided_on=on, version=1, outcome=outcome, recorded_by=town.secretary
        )
    return item


def new_case(town: Town, title: str) -> Case:
    return Case.objects.create(authority=town.authority, title=title)


def a_year(town: Town, user: User) -> None:
    """2025 of MTU: four meetings, a case over two bodies, a closed decision, late items, people and follow-ups."""
    path, closed, late = (new_case(town, title) for title in ("Ny sti", SECRET, "Vintertjeneste"))
    decide(town, town.dir, date(2025, 1, 8), path, "recommended")
    decide(town, town.mtu, date(2025, 2, 10), path)
    decide(town, town.mtu, date(2024, 5, 6), new_case(town, "Gammel sag"), "rejected")
    shut = decide(
        town, town.mtu, date(2025, 2, 10), closed, access="closed", ground="property", review_on=date(2025, 9, 1)
    )
    item = decide(
        town, town.mtu, date(2025, 6, 2), late, "postponed", first_sent_in=2, late_reason="Sagen kan ikke vente."
    )  # fmt: skip
    AgendaVersion.objects.create(
        meeting=item.meeting, number=2, sent_by=user, sent_at=datetime(2025, 6, 1, 9, tzinfo=UTC), reason="Sent."
    )
    Meeting.objects.create(body=town.mtu, held_on=date(2025, 8, 4), cancelled_at=datetime(2025, 7, 1, tzinfo=UTC))
    Meeting.objects.create(body=town.mtu, held_on=date(2025, 10, 6))  # planned, and nothing came of it
    people = [Person.objects.create(authority=town.authority, name=f"Medlem {no}") for no in range(1, 5)]
    for person in people[:3]:
        Seat.objects.create(body=town.mtu, person=person)
    room = item.meeting
    room.opened_at, room.adjourned_at = (datetime(2025, 6, 2, hour, tzinfo=UTC) for hour in (14, 16))
    room.save()
    for person, until in ((people[0], 16), (people[1], 15), (people[3], 16)):
        Presence.objects.create(
            meeting=room, person=person, since=room.opened_at, until=datetime(2025, 6, 2, until, tzinfo=UTC)
        )
    Substitution.objects.create(meeting=room, kind="committee", absent=people[2], substitute=people[3])
    said = {person: "absent" if person == people[0] else "present" for person in people[:2]}
    for position, (person, state) in enumerate(said.items()):
        Attendance.objects.create(meeting=shut.meeting, person=person, position=position, state=state)
    with time_machine.travel("2025-06-03 10:00+02:00"):
        for words, due in (("Ring til ejeren", date(2025, 6, 20)), ("Skriv til naboerne", date(2025, 7, 1))):
            given = FollowUp.objects.create(
                case=closed, item=shut, words=words, owner_role="Leder", due_on=due, given_by=user
            )
        FollowUpEvent.objects.create(follow_up=given, progress="done", by=user)


EXPECTED = {
    "meetings": 2, "meetings-cancelled": 1, "meetings-extraordinary": 0, "items": 3, "items-open": 2, "items-closed": 1,
    "kind-B": 3, "decisions": 3, "outcome-approved": 2, "outcome-postponed": 1, "outcome-rejected": 0, "cases-ended": 2,
    "ground-property": 1, "closed-decisions": 1, "closed-nothing": 1, "closed-extract": 0, "reviews-due": 1, "late": 1,
    "late-supplement": 1, "late-deadline": 0, "presence-whole": 2, "presence-partly": 1, "presence-substituted": 1,
    "presence-absent": 1, "presence-substitute": 1, "follow-ups": 2, "follow-ups-done": 1, "follow-ups-overdue": 1,
}  # fmt: skip


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode())


@time_machine.travel("2026-04-14 10:00+02:00")
def test_every_number_leads_to_the_very_rows_and_none_tells_what_is_closed(town: Town) -> None:
    a_year(town, town.secretary)
    year = year_of(town.mtu, Period(2025), TODAY)
    client, other = Client(), Client()
    client.force_login(town.secretary)
    other.force_login(town.auditor)
    page = reverse("reports:body-year", args=[town.mtu.pk])

    said = text_of(client, f"{page}?year=2025")
    found = re.findall(r'<td><a href="([^"]*/report/rows/[^"]*)">([\d.]+)</a>', said)
    named = ("=meetings&", "=items&", "outcome-approved", "cases-ended", "presence-partly", "overdue", "reviews-due")
    checked = {
        address: number for address, number in found if "year=2025" in address and any(key in address for key in named)
    }
    listed = {address: text_of(client, address) for address in checked}
    told = "".join([said, *listed.values(), text_of(other, f"{page}?year=2025")])
    hidden = ("outcome-approved", "overdue", "=items&")
    hers = {key: text_of(other, next(one for one in checked if key in one)) for key in hidden}
    told += "".join(hers.values())

    assert {key: year.count(key) for key in EXPECTED} == EXPECTED
    assert year.count("outcome-rejected", Period(2024)) == 1
    assert [row.days for row in year.rows_of("cases-ended")] == [33, 0]
    assert len(found) > 40
    for address, number in checked.items():
        body = listed[address].partition("<tbody>")[2].partition("</tbody>")[0]
        assert (address, body.count("<tr>")) == (address, int(number))
    shut = AgendaItem.objects.get(title=SECRET)
    rows = reverse("reports:body-year-rows", args=[town.mtu.pk]) + "?figure=outcome-approved&year=2025"
    one = text_of(other, f"{rows}&meeting={shut.meeting_id}")  # or the meeting would tell which outcome is whose
    assert one.count("<tr>") == text_of(other, rows).count("<tr>")
    assert SECRET not in told
    assert "Sagen kan ikke vente." in said
    assert "Ring til ejeren" not in hers["overdue"]
    secret = reverse("meetings:item", args=[AgendaItem.objects.get(title=SECRET).pk])
    assert secret in next(rows for address, rows in listed.items() if "outcome-approved" in address)
    assert secret not in hers["outcome-approved"]


@time_machine.travel("2026-04-14 10:00+02:00")
def test_files_bad_periods_and_who_gets_in(town: Town) -> None:
    a_year(town, town.secretary)
    Appointment.objects.create(user=town.director, body=town.mtu, role=Role.DIRECTOR)
    named = {name: reverse(f"reports:{name}", args=[town.mtu.pk]) for name in
             ("body-year", "body-year-rows", "print-body-year", "body-year-file")}  # fmt: skip
    client = Client()
    client.force_login(town.secretary)

    assert named["body-year"] in text_of(client, reverse("reports:body-years"))
    sheet = client.get(named["body-year-file"] + "?year=2025").content.decode("utf-8-sig")
    assert len(sheet.splitlines()) > 40
    assert client.get(named["print-body-year"] + "?year=2025&part=h1").content.startswith(b"%PDF")
    assert client.get(named["body-year"] + "?year=1776").status_code == 422
    assert 'name="year" value="2025"' in text_of(
        client, named["body-year"]
    )  # the newest that is over, and has meetings
    assert [client.get(named[name] + wrong).status_code for name, wrong in (
        ("body-year-rows", "?figure=x"), ("body-year-rows", "?meeting=x"), ("body-year-file", "?year=x"),
    )] == [404, 404, 404]  # fmt: skip
    for user, status, pages in (
        (town.director, 200, ("body-year-rows",)), (town.auditor, 200, ("body-year-rows",)), (town.member, 403, named),
        (town.admin, 403, named), (town.stranger, 404, named), (town.dir_secretary, 404, named),
    ):  # fmt: skip
        visitor = Client()
        visitor.force_login(user)
        assert {visitor.get(named[name] + "?year=2025").status_code for name in pages} == {status}


@time_machine.travel("2026-04-14 10:00+02:00")
def test_the_page_costs_the_same_whatever_there_is(town: Town) -> None:
    counts = []
    for rows in (3, 297):
        _many(town, rows)
        client = Client()
        client.force_login(town.secretary)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text_of(client, reverse("reports:body-year", args=[town.mtu.pk]) + "?year=2025")
        listed = []
        for key in ("items", "follow-ups"):
            with CaptureQueriesContext(connection) as asked:
                text_of(client, reverse("reports:body-year-rows", args=[town.mtu.pk]) + f"?year=2025&figure={key}")
            listed.append(len(asked))
        counts.append((len(queries), listed))

    assert counts[0] == counts[1]
    assert counts[0][0] <= 12
    assert max(counts[0][1]) <= 12


def _many(town: Town, number: int) -> None:
    known = Case.objects.count()
    cases = Case.objects.bulk_create(
        Case(authority=town.authority, title=f"Sag {no}") for no in range(known, known + number)
    )
    meetings = [
        Meeting.objects.get_or_create(body=body, held_on=date(2025, month, 3))[0]
        for body in (town.mtu, town.kb)
        for month in range(1, 11)
    ]
    items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meetings[no % 20], case=case, position=known + no, title="P", access="open", kind="B")
        for no, case in enumerate(cases)
    )
    Decision.objects.bulk_create(
        Decision(item=item, body=item.meeting.body, decided_on=item.meeting.held_on, recorded_by=town.secretary)
        for item in items
    )
    FollowUp.objects.bulk_create(
        FollowUp(case=item.case, item=item, words="Gør", owner_role="Leder", due_on=TODAY, given_by=town.secretary)
        for item in items
    )
    people = Person.objects.bulk_create(
        Person(authority=town.authority, name=f"Navn {no}") for no in range(known, known + number)
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meetings[0], person=person, position=no, state="present") for no, person in enumerate(people)
    )


def test_no_per_cent_of_little_and_no_average_of_few() -> None:
    assert [change_words(*pair) for pair in ((8, 5), (3, 4), (5, 5), (4, 8))] == [
        "+3 (+60\xa0%)",
        "−1",
        "0",
        "−4 (−50\xa0%)",
    ]
    assert (share_of(1, 4), share_of(1, 5)) == (None, 20)
    assert (average_of([1, 2]), average_of([1, 2, 6])) == (None, 3.0)
    assert spread_of([]) is None
    spread = spread_of([1, 2, 3, 4, 100])
    assert spread is not None
    assert (spread.first, spread.median, spread.third, spread.longest) == (2.0, 3.0, 4.0, 100)
    assert (Period(2024, "q1").end, Period(2025, "h2").before.start) == (date(2024, 3, 31), date(2024, 7, 1))
    assert all(label_of(key) for key in FIGURES)
