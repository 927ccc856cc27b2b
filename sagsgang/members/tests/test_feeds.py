"""The year behind the secret address of one's calendar: who gets what, and what never stands in it."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, UnitStaff
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.members import actions
from sagsgang.members.tests.factories import Hall, meeting_on, sent_meeting
from sagsgang.wheel.actions import EntryFacts, add_entry, turn_wheel

NAMES = ("wheel-feed", "cycles-feed", "bodies-feed")


def feed(name: str, token: str, query: str = "", **headers: str) -> HttpResponse:
    response = Client().get(reverse(f"members:{name}", args=[token]) + query, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def events(name: str, token: str, query: str = "") -> list[Any]:
    return list(Calendar.from_ical(feed(name, token, query).content).walk("VEVENT"))


def put_on_wheel(hall: Hall) -> None:
    facts = EntryFacts(title="Regnskab", rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", note="En tanke")
    add_entry(hall.town.authority, facts, actor=hall.town.dir_secretary)
    turn_wheel(hall.town.authority, year=2026, actor=hall.town.dir_secretary)


def test_whoever_works_here_has_an_address_that_opens_the_year(hall: Hall) -> None:
    put_on_wheel(hall)
    meeting_on(hall, date(2026, 5, 26), hall.town.kb)
    meeting_on(hall, date(2026, 4, 28))
    token = actions.make_calendar_key(actor=hall.town.writer)

    assert [str(event["summary"]) for event in events("wheel-feed", token)] == ["Regnskab"]
    assert len(events("cycles-feed", token)) == 4  # two meetings, each with its deadline
    assert len(events("cycles-feed", token, "?rul=2026-05")) == 4
    assert events("cycles-feed", token, "?rul=2026-06") == []
    assert events("bodies-feed", token) == []  # she has no body


def test_nothing_of_what_is_on_an_agenda_stands_in_any_of_them(hall: Hall) -> None:
    put_on_wheel(hall)
    sent_meeting(hall, "Ny sti ved åen", closed="Køb af Møllevej 4", day=date(2026, 4, 28))
    meeting_on(hall, date(2026, 5, 26), hall.town.kb)
    token = actions.make_calendar_key(actor=hall.town.secretary)

    said = b"".join(feed(name, token).content for name in NAMES).decode()

    assert len(events("bodies-feed", token)) == 2
    assert [word for word in ("Ny sti", "Møllevej", "Prisen", "En tanke") if word in said] == []


def test_one_body_is_for_who_sees_it(hall: Hall) -> None:
    meeting_on(hall, date(2026, 4, 28))
    token = actions.make_calendar_key(actor=hall.town.secretary)

    def status(body: Body) -> int:
        return feed("bodies-feed", token, f"?organ={body.pk}").status_code

    assert len(events("bodies-feed", token, f"?organ={hall.town.mtu.pk}")) == 1
    assert (status(hall.town.mtu), status(hall.town.hu)) == (200, 404)
    assert feed("bodies-feed", token, "?organ=hest").status_code == 404


def test_a_wrong_secret_opens_none_and_work_that_ends_ends_them(hall: Hall) -> None:
    token = actions.make_calendar_key(actor=hall.town.writer)
    before = [feed(name, token).status_code for name in NAMES]
    UnitStaff.objects.filter(user=hall.town.writer).delete()

    after = [feed(name, token).status_code for name in NAMES]

    assert before == [200, 200, 200]
    assert after == [feed(name, "A" * 43).status_code for name in NAMES] == [404, 404, 404]


def test_what_has_not_changed_is_not_sent_again(hall: Hall) -> None:
    put_on_wheel(hall)
    token = actions.make_calendar_key(actor=hall.town.writer)

    for name in NAMES:
        first = feed(name, token)
        assert feed(name, token, if_none_match=first["ETag"]).status_code == 304


def test_the_page_tells_the_addresses_once(hall: Hall) -> None:
    client = signed_in_as(hall.town.writer)

    made = client.post(reverse("members:make-calendar-key")).content.decode()
    again = client.get(reverse("members:calendar")).content.decode()

    assert [made.count(name) > 0 for name in ("aarshjul.ics", "rul.ics", "organer.ics")] == [True] * 3
    assert "aarshjul.ics" not in again
    assert User.objects.get(pk=hall.town.writer.pk).calendar_keys.count() == 1
