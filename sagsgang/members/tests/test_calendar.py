"""The calendar behind a secret address: who gets it, what stands in it, and how it ends."""

import hashlib
import logging
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.timezone import now
from icalendar import Calendar

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role, Seat
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Meeting
from sagsgang.members import actions
from sagsgang.members.models import CalendarKey
from sagsgang.members.tests.factories import TODAY, Hall, meeting_on, sent_meeting

DAY = date(2026, 4, 14)


def feed(token: str, **headers: str) -> HttpResponse:
    response = Client().get(reverse("members:calendar-feed", args=[token]), headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def events(token: str) -> list[Any]:
    response = feed(token)
    assert response.status_code == 200
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_it_says_the_body_the_time_and_the_place_and_no_more(hall: Hall) -> None:
    meeting = sent_meeting(hall, "Ny sti ved åen", closed="Køb af Møllevej 4")
    token = actions.make_calendar_key(actor=hall.member)

    [event] = events(token)
    text = feed(token).content.decode()

    assert str(event["summary"]).startswith("Miljø- og Teknikudvalget")
    assert (event["dtstart"].dt, str(event["location"])) == (datetime(2026, 4, 28, 14, tzinfo=UTC), "Lokale 2")
    assert (str(event["uid"]), str(event["status"])) == (str(meeting.pk), "CONFIRMED")
    assert str(event["url"]) == settings.BASE_URL + reverse("members:material", args=[meeting.pk])
    assert "dtend" not in event
    assert [word for word in ("Ny sti", "Møllevej", "Prisen", "description") if word.lower() in text.lower()] == []


def test_it_holds_three_months_back_and_all_that_comes_of_her_bodies_alone(hall: Hall) -> None:
    days = [DAY - timedelta(days=100), DAY - timedelta(days=80), DAY, DAY + timedelta(days=400)]
    for day in days:
        meeting_on(hall, day)
    meeting_on(hall, DAY, hall.town.hu)
    token = actions.make_calendar_key(actor=hall.member)

    assert [event["dtstart"].dt.date() for event in events(token)] == days[1:]


def test_a_meeting_that_is_moved_or_cancelled_keeps_its_identity_and_grows_in_sequence(hall: Hall) -> None:
    meeting = meeting_on(hall)
    token = actions.make_calendar_key(actor=hall.member)
    [first] = events(token)

    with time_machine.travel(TODAY) as clock:
        clock.shift(60)
        meeting.held_on, meeting.moved_from = DAY + timedelta(days=20), meeting.held_on
        meeting.save()
        [second] = events(token)
        clock.shift(60)
        meeting.cancelled_at = now()
        meeting.save()
        [third] = events(token)

    assert {str(event["uid"]) for event in (first, second, third)} == {str(meeting.pk)}
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert second["dtstart"].dt.date() == DAY + timedelta(days=20)
    assert [str(event["status"]) for event in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_meeting_without_an_hour_fills_its_day_and_one_past_midnight_ends_the_day_after(hall: Hall) -> None:
    Meeting.objects.filter(pk=meeting_on(hall, DAY).pk).update(starts=None)
    Meeting.objects.filter(pk=meeting_on(hall, DAY + timedelta(days=1)).pk).update(ends="00:30")
    token = actions.make_calendar_key(actor=hall.member)

    whole, late = events(token)

    assert whole["dtstart"].dt == DAY
    assert late["dtend"].dt == datetime(2026, 4, 15, 22, 30, tzinfo=UTC)


def test_the_secret_is_kept_as_its_digest_and_told_once(hall: Hall) -> None:
    client = signed_in_as(hall.member)

    made = client.post(reverse("members:make-calendar-key"))
    token = made.context["address"].rpartition("/")[2].removesuffix(".ics")
    again = client.get(reverse("members:calendar"))

    assert len(token) == 43
    assert CalendarKey.objects.get().digest == hashlib.sha256(token.encode()).hexdigest()
    assert token in made.content.decode()
    assert token not in again.content.decode()
    assert (made["Cache-Control"], again["Cache-Control"]) == ("private, no-store", "private, no-store")
    assert token not in str(list(AuditEntry.objects.values()))


def test_a_new_address_ends_the_old_one_and_an_ended_one_is_as_one_that_never_was(hall: Hall) -> None:
    meeting_on(hall)
    old = actions.make_calendar_key(actor=hall.member)
    new = actions.make_calendar_key(actor=hall.member)
    unknown = feed("A" * 43)

    assert [feed(token).status_code for token in (old, new)] == [404, 200]
    actions.revoke_calendar_key(actor=hall.member)
    actions.revoke_calendar_key(actor=hall.member)

    ended = feed(new)
    assert (ended.status_code, ended.content) == (404, unknown.content)
    assert sorted(ended.headers.items()) == sorted(unknown.headers.items())
    verbs = AuditEntry.objects.filter(subject__startswith="members.CalendarKey").values_list("verb", flat=True)
    assert sorted(verbs) == ["make_calendar_key", "make_calendar_key", "revoke_calendar_key"]


def test_it_ends_with_the_login_and_with_the_last_seat(hall: Hall) -> None:
    meeting_on(hall)
    token = actions.make_calendar_key(actor=hall.member)
    before = feed(token).status_code

    hall.member.is_active = False
    hall.member.save()
    without_login = feed(token).status_code
    hall.member.is_active = True
    hall.member.save()
    Seat.objects.filter(person=hall.dina).update(held_to=DAY - timedelta(days=1))

    assert (before, without_login, feed(token).status_code) == (200, 404, 404)


def test_a_body_that_she_may_no_longer_see_leaves_her_calendar(hall: Hall) -> None:
    meeting_on(hall)
    token = actions.make_calendar_key(actor=hall.member)
    tag = feed(token)["ETag"]

    Appointment.objects.filter(user=hall.member, body=hall.town.mtu, role=Role.MEMBER).delete()

    assert events(token) == []
    assert feed(token, if_none_match=tag).status_code == 200


def test_what_has_not_changed_is_not_sent_again(hall: Hall) -> None:
    meeting_on(hall)
    token = actions.make_calendar_key(actor=hall.member)
    first = feed(token)

    second = feed(token, if_none_match=first["ETag"])

    assert (second.status_code, second.content) == (304, b"")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Last-Modified"] != ""
    assert "sagsgang_session" not in first.cookies


def test_nothing_is_logged_of_an_address(hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    token = actions.make_calendar_key(actor=hall.member)
    actions.revoke_calendar_key(actor=hall.member)

    with caplog.at_level(logging.INFO):
        feed(token)

    assert token not in caplog.text


def test_who_has_no_seat_and_no_work_here_gets_no_address(hall: Hall) -> None:
    somebody = User.objects.create_user("nogen")
    with pytest.raises(RuleBrokenError):
        actions.make_calendar_key(actor=somebody)

    client = signed_in_as(somebody)
    assert client.post(reverse("members:make-calendar-key")).status_code == 302
    assert client.get(reverse("members:calendar")).status_code == 200
    assert CalendarKey.objects.count() == 0


def test_a_get_makes_and_ends_nothing(hall: Hall) -> None:
    token = actions.make_calendar_key(actor=hall.member)
    client = signed_in_as(hall.member)

    answers = [
        client.get(reverse(f"members:{name}")).status_code for name in ("make-calendar-key", "revoke-calendar-key")
    ]

    assert answers == [302, 302]
    assert feed(token).status_code == 200


def test_the_public_site_does_not_know_the_address() -> None:
    with pytest.raises(Resolver404):
        resolve("/intern/kalender/x.ics", urlconf="sagsgang.site.urls_portal")
    with pytest.raises(NoReverseMatch):
        reverse("members:calendar-feed", args=["x"], urlconf="sagsgang.site.urls_portal")
