"""What the public sees of the planned meetings: by month, by body, and in a calendar of one's own."""

import io
import re
from collections.abc import Iterator
from datetime import date, time, timedelta

import pytest
import time_machine
from dateutil.parser import isoparse
from dateutil.tz import tzical
from django.db import connections
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Body
from sagsgang.meetings.models import Meeting
from sagsgang.planning.actions import call_extraordinary, cancel_meeting, move_meeting
from sagsgang.portal.pages import forget_pages
from sagsgang.portal.tests.factories import clerk, make_body, make_draft, make_item, release
from sagsgang.portal.tests.test_meeting_page import words
from sagsgang.publication.actions import publish_plan, withdraw_plan
from sagsgang.publication.models import PublicBody, PublicPlannedMeeting

pytestmark = [
    pytest.mark.django_db(transaction=True, databases=["default", "public"]),
    pytest.mark.usefixtures("new_year", "wall"),
]
JANUARY, FEBRUARY, MARCH = date(2026, 1, 13), date(2026, 2, 10), date(2026, 3, 10)


@pytest.fixture
def new_year() -> Iterator[None]:
    with time_machine.travel("2026-01-02 10:00+01:00", tick=False):
        yield


def meet(body: Body, *days: date) -> list[Meeting]:
    """Planned meetings, with hour and place."""
    return [Meeting.objects.create(body=body, held_on=day, starts=time(17), place="Rådhuset") for day in days]


def publish(body: Body) -> PublicBody:
    publish_plan(body, year=2026, actor=clerk())
    return PublicBody.objects.get(name=body.name)


def page(client: Client, address: str) -> str:
    return words(client.get(address).content.decode().partition("<main")[2])


def feed(client: Client, body: PublicBody) -> Calendar:
    answer = client.get(f"/organer/{body.pk}/moedekalender.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content)


def test_a_month_shows_planned_moved_and_cancelled_meetings(client: Client) -> None:
    body = make_body()
    first, second, _third = meet(body, JANUARY, date(2026, 1, 20), date(2026, 1, 27))
    move_meeting(first, to=FEBRUARY, notice="Sygdom", actor=clerk())
    cancel_meeting(second, notice="For få sager", actor=clerk())
    publish(body)

    january, february = page(client, "/kalender/2026-01/"), page(client, "/kalender/2026-02/")

    assert "January 13, 2026 Teknik- og Miljøudvalget at 17:00, Rådhuset Moved to February 10, 2026" in january
    assert "at 17:00, Rådhuset For få sager Cancelled" in january
    assert "January 27, 2026 Teknik- og Miljøudvalget at 17:00, Rådhuset Planned" in january
    assert "Sygdom Moved from January 13, 2026" in february
    assert 'href="/kalender/2026-02/"' in client.get("/kalender/2026-01/").content.decode()


def test_a_released_meeting_stands_once_with_what_the_calendar_says_of_it(client: Client) -> None:
    body = make_body()
    released = release(body, make_draft(make_item(), held_on=MARCH))
    publish(body)
    before = client.get("/kalender/2026-03/").content.decode().partition("<main")[2].partition("</main>")[0]
    cancel_meeting(meet(body, FEBRUARY)[0], actor=clerk())
    publish(body)

    assert before.count("<li><a") == before.count(f"/moeder/{released.pk}/")
    assert page(client, "/kalender/2026-03/").count("Minutes") == 1


def test_the_page_of_a_body_lists_its_years(client: Client) -> None:
    body = make_body()
    meet(body, JANUARY, FEBRUARY, date(2027, 1, 12))
    public = publish(body)
    publish_plan(body, year=2027, actor=clerk())
    address = f"/organer/{public.pk}/{public.slug}/moedekalender/"

    found = page(client, address)

    assert [found.index(word) for word in ("2027 ", "January 12, 2027", "January 13, 2026")] == sorted(
        found.index(word) for word in ("2027 ", "January 12, 2027", "January 13, 2026")
    )
    assert address in client.get(f"/organer/{public.pk}/{public.slug}/").content.decode()
    assert client.get(f"/organer/{public.pk}/nix/moedekalender/").headers["Location"] == address


def test_the_feed_keeps_a_meeting_under_its_id_whatever_becomes_of_it(client: Client) -> None:
    body = make_body()
    first, second, third = meet(body, JANUARY, FEBRUARY, MARCH)
    public = publish(body)
    before = {str(event["UID"]): event for event in feed(client, public).events}

    with time_machine.travel("2026-01-05 10:00+01:00", tick=False):
        cancel_meeting(first, notice="For få sager, æøå\nlinje 2", actor=clerk())
        move_meeting(second, to=date(2026, 6, 16), actor=clerk())
        call_extraordinary(body, held_on=third.held_on, reason="Budgettet", actor=clerk())
        publish(body)
    after = {str(event["UID"]): event for event in feed(client, public).events}

    ids = {f"urn:uuid:{row.pk}" for row in PublicPlannedMeeting.objects.all()}
    assert before.keys() < after.keys()
    assert set(after) == ids
    told = sorted(
        (str(event["DTSTART"].to_ical()), str(event["STATUS"]), event["SEQUENCE"], str(event["SUMMARY"]))
        for event in after.values()
    )
    assert told == [
        ("b'20260113T170000'", "CANCELLED", 1, "CANCELLED: Teknik- og Miljøudvalget, meeting"),
        ("b'20260310'", "CONFIRMED", 0, "Teknik- og Miljøudvalget, extraordinary meeting"),
        ("b'20260310T170000'", "CONFIRMED", 0, "Teknik- og Miljøudvalget, meeting"),
        ("b'20260616T170000'", "CONFIRMED", 1, "Teknik- og Miljøudvalget, meeting"),
    ]
    moved = next(event for event in after.values() if event["SEQUENCE"] == 1 and event["STATUS"] == "CONFIRMED")
    assert str(moved["DESCRIPTION"]) == "Moved from February 10, 2026."
    assert str(moved["LOCATION"]) == "Rådhuset"
    assert hours_by_dateutil(client, public) == {"20260113T170000": 1, "20260310T170000": 1, "20260616T170000": 2}


def hours_by_dateutil(client: Client, body: PublicBody) -> dict[str, float]:
    """The hours before UTC of each beginning, as another library reads the zone in the file."""
    said = client.get(f"/organer/{body.pk}/moedekalender.ics").content.decode()
    zones = tzical(io.StringIO(said.replace("\r\n", "\n")))
    found = re.findall(r"DTSTART;TZID=([^:]+):(\w+)", said)
    offsets = {value: isoparse(value).replace(tzinfo=zones.get(name)).utcoffset() for name, value in found}
    return {value: offset.total_seconds() / 3600 for value, offset in offsets.items() if offset}


def test_the_feed_leads_to_the_released_meeting(client: Client) -> None:
    body = make_body()
    released = release(body, make_draft(make_item(), held_on=MARCH))
    public = publish(body)

    event = feed(client, public).events[0]

    assert str(event["URL"]) == f"https://moeder.example/moeder/{released.pk}/{released.slug}/"


def test_no_internal_id_and_no_unpublished_meeting_is_in_the_feed(client: Client) -> None:
    body = make_body()
    meetings = meet(body, JANUARY, FEBRUARY)
    public = publish(body)
    hidden = Meeting.objects.create(body=body, held_on=MARCH, place="Hemmeligt sted")
    forget_pages()

    said = client.get(f"/organer/{public.pk}/moedekalender.ics").content.decode()

    assert "Hemmeligt sted" not in said
    assert [row.pk for row in [*meetings, hidden, body] if str(row.pk) in said] == []


def test_the_calendar_moves_with_its_changes_and_only_then(client: Client) -> None:
    body = make_body()
    meeting = meet(body, JANUARY)[0]
    public = publish(body)
    addresses = [
        f"/organer/{public.pk}/moedekalender.ics", f"/organer/{public.pk}/{public.slug}/moedekalender/",
        "/kalender/2026-01/",
    ]  # fmt: skip
    marks = {address: client.get(address).headers["ETag"] for address in addresses}

    publish(body)
    same = {a: client.get(a, headers={"If-None-Match": mark}).status_code for a, mark in marks.items()}
    cancel_meeting(meeting, actor=clerk())
    publish(body)
    changed = {a: client.get(a, headers={"If-None-Match": mark}).status_code for a, mark in marks.items()}
    withdraw_plan(body, year=2026, actor=clerk())

    assert set(same.values()) == {304}
    assert set(changed.values()) == {200}
    assert feed(client, public).events == []
    assert "has not published a calendar" in client.get(addresses[1]).content.decode()


@pytest.mark.parametrize("count", [3, 60])
def test_the_calendar_costs_the_same_for_three_meetings_and_sixty(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body = make_body()
    meet(body, *(JANUARY + timedelta(days=number) for number in range(count)))
    public = publish(body)

    for address, queries in (
        ("/kalender/2026-01/", 1 + 3 + 4),
        (f"/organer/{public.pk}/{public.slug}/moedekalender/", 1 + 3 + 2),
        (f"/organer/{public.pk}/moedekalender.ics", 1 + 3 + 2),
    ):
        forget_pages()
        with django_assert_num_queries(queries, connection=connections["public"], info=address):
            client.get(address)
