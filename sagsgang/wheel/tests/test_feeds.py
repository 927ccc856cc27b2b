"""The calendar files of the year, read by another hand than the one that writes: lines of our own, zones by dateutil."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from dateutil.parser import isoparse
from dateutil.tz import tzical
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, ClosingDay
from sagsgang.core.calendars import Entry, calendar_bytes
from sagsgang.meetings.models import Meeting
from sagsgang.wheel import actions
from sagsgang.wheel.actions import EntryFacts
from sagsgang.wheel.actions.places import note_cycle_places
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.queries.feeds import cycle_meetings, returns_for
from sagsgang.wheel.rendering.feeds import cycles_calendar, wheel_calendar
from sagsgang.wheel.tests.conftest import Town

MOST_OCTETS = 75
MADE = datetime.fromisoformat("2026-01-02 12:00+01:00")
_ESCAPED = {"n": "\n", "N": "\n"}


@dataclass(frozen=True)
class Line:
    """A line of a calendar file: its name, its parameters and its value, as text."""

    name: str
    about: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value as text: RFC 5545, 3.3.11."""
        return re.sub(r"\\(.)", lambda found: _ESCAPED.get(found[1], found[1]), self.value)


def lines_of(content: bytes) -> list[Line]:
    """The content lines, unfolded; refuses what is folded too late or in the middle of a letter."""
    assert content.endswith(b"\r\n")
    physical = content.split(b"\r\n")[:-1]
    assert max(map(len, physical)) <= MOST_OCTETS
    for line in physical:
        line.decode("utf-8")  # a fold through a letter of two octets is refused here
    logical = content.decode().replace("\r\n ", "").split("\r\n")[:-1]
    found = []
    for text in logical:
        head, _colon, value = text.partition(":")
        name, *about = head.split(";")
        found.append(Line(name, dict(one.split("=", 1) for one in about), value))
    return found


def events_of(content: bytes) -> list[dict[str, Line]]:
    """The events by the names of their lines; what stands in the zone is left out."""
    events: list[dict[str, Line]] = []
    inside = False
    for line in lines_of(content):
        if (line.name, line.value) in (("BEGIN", "VEVENT"), ("END", "VEVENT")):
            inside = line.name == "BEGIN"
            events += [{}] if inside else []
        elif inside:
            assert line.name not in events[-1]
            events[-1][line.name] = line
    return events


def moment(content: bytes, line: Line) -> datetime:
    """A local time of the file as the file's own zone has it, by dateutil's reader of zones."""
    zones = tzical(io.StringIO(content.decode().replace("\r\n", "\n")))
    return isoparse(line.value).replace(tzinfo=zones.get(line.about["TZID"]))


def entry_on(on: date, **facts: object) -> Entry:
    values: dict[str, object] = {"uid": "1", "title": "Møde", "on": on, "changed": MADE, "sequence": 0}
    return Entry(**values | facts)  # type: ignore[arg-type]


def test_titles_with_danish_letters_commas_and_semicolons_come_out_as_they_went_in() -> None:
    title = "Ældre, ørne; ål \\ æblegrød: " * 12 + "\nslut"
    content = calendar_bytes("Årshjul, 2026; alt", [entry_on(date(2026, 4, 1), title=title, place="Råd; sal, 2")])

    [event] = events_of(content)

    assert (event["SUMMARY"].text, event["LOCATION"].text) == (title, "Råd; sal, 2")
    assert next(line for line in lines_of(content) if line.name == "X-WR-CALNAME").text == "Årshjul, 2026; alt"


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 10, 24), 2), (date(2026, 10, 25), 1), (date(2026, 3, 28), 1), (date(2026, 3, 29), 2),
        (date(2024, 2, 29), 1), (date(2026, 12, 31), 1),
    ],
)  # fmt: skip
def test_the_last_sundays_of_march_and_october_change_the_hour(day: date, hours: int) -> None:
    content = calendar_bytes("Møder", [entry_on(day, starts=time(16), ends=time(18))])

    [event] = events_of(content)

    assert event["DTSTART"].about == {"TZID": "Europe/Copenhagen"}
    assert event["DTSTART"].value == f"{day:%Y%m%d}T160000"
    assert moment(content, event["DTSTART"]).utcoffset() == timedelta(hours=hours)


def test_a_meeting_past_midnight_on_the_night_of_summer_time_ends_the_day_after() -> None:
    content = calendar_bytes("Møder", [entry_on(date(2026, 10, 24), starts=time(22), ends=time(3, 30))])

    [event] = events_of(content)

    assert event["DTEND"].value == "20261025T033000"
    assert moment(content, event["DTEND"]).utcoffset() == timedelta(hours=1)


@pytest.fixture
def january(town: Town) -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2023-01-02 12:00+01:00") as clock:
        Body.objects.update(modified_at=now())
        Meeting.objects.update(created_at=now(), modified_at=now(), starts=time(16))
        yield clock


def put(town: Town, title: str = "Regnskab; overførsler, æøå") -> Occurrence:
    facts = EntryFacts(
        title=title, rule="FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=31", is_duty=True, law="§ 45", note="Hemmelig tanke"
    )
    entry = actions.add_entry(town.authority, facts, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)
    return Occurrence.objects.get(entry=entry)


def wheel_event(town: Town) -> dict[str, Line]:
    [event] = events_of(wheel_calendar(returns_for(town.secretary, date(2023, 1, 2))))
    return event


def test_a_return_keeps_its_name_and_grows_with_each_change(town: Town, january: time_machine.Traveller) -> None:
    row = put(town)
    told = [wheel_event(town)]
    entry = WheelEntry.objects.get()
    summer = EntryFacts(title="Regnskabet", rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1")
    for act in (
        lambda: actions.move_occurrence(row, to=date(2023, 4, 4), note="Påsken", actor=town.secretary),
        lambda: actions.edit_entry(entry, summer, actor=town.secretary),
        lambda: actions.drop_occurrence(row, note="", actor=town.secretary),
        lambda: actions.take_up_occurrence(row, actor=town.secretary),
        lambda: actions.withdraw_entry(entry, actor=town.secretary),
        lambda: actions.restore_entry(entry, actor=town.secretary),
    ):
        january.shift(60)
        act()
        told.append(wheel_event(town))

    numbers = [int(event["SEQUENCE"].value) for event in told]
    assert {event["UID"].value for event in told} == {f"{row.pk}@aarshjul"}
    assert numbers == sorted(set(numbers))
    assert [event["DTSTART"].value for event in told[:2]] == ["20230331", "20230404"]
    assert told[0]["SUMMARY"].text == "Regnskab; overførsler, æøå"
    assert [event["STATUS"].value for event in told] == [
        "CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED", "CONFIRMED", "CANCELLED", "CONFIRMED",
    ]  # fmt: skip


def test_a_return_that_no_rule_gives_any_more_is_cancelled(town: Town, january: time_machine.Traveller) -> None:
    put(town)
    before = wheel_event(town)
    facts = EntryFacts(title="Regnskab", rule="FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", valid_to=date(2023, 2, 1))
    january.shift(60)
    actions.edit_entry(WheelEntry.objects.get(), facts, actor=town.secretary)
    actions.turn_wheel(town.authority, year=2023, actor=town.secretary)

    after = wheel_event(town)

    assert (after["UID"], after["STATUS"].value) == (before["UID"], "CANCELLED")
    assert int(after["SEQUENCE"].value) > int(before["SEQUENCE"].value)


def cycle_events(town: Town, cycle: str = "2023-05") -> dict[str, dict[str, Line]]:
    content = cycles_calendar(cycle_meetings(town.secretary, date(2023, 1, 2), cycle), cycle)
    return {event["UID"].value: event for event in events_of(content)}


def test_the_cycle_of_may_has_the_days_of_the_document(town: Town, january: time_machine.Traveller) -> None:
    found = cycle_events(town)

    days = sorted(event["DTSTART"].value for uid, event in found.items() if "@" not in uid)
    deadline = found[f"{town.meeting('KB', date(2023, 5, 23)).pk}@frist"]
    assert days == ["20230412T160000", "20230424T160000", "20230427T160000", "20230516T160000", "20230523T160000"]
    assert deadline["DTSTART"].value == "20230516"


def test_a_meeting_of_a_cycle_that_moves_or_is_cancelled_takes_its_deadline_along(
    town: Town, january: time_machine.Traveller
) -> None:
    meeting = town.meeting("MTU", date(2023, 4, 24))
    told = [cycle_events(town)]
    january.shift(60)
    meeting.held_on = date(2023, 4, 25)
    meeting.save()
    told.append(cycle_events(town))
    january.shift(60)
    ClosingDay.objects.create(authority=town.authority, day=date(2023, 4, 21), name="Lukket")
    told.append(cycle_events(town))
    january.shift(60)
    meeting.cancelled_at = now()
    meeting.save()
    told.append(cycle_events(town))

    meetings = [found[str(meeting.pk)] for found in told]
    deadlines = [found[f"{meeting.pk}@frist"] for found in told]
    assert [event["DTSTART"].value[:8] for event in meetings] == ["20230424", "20230425", "20230425", "20230425"]
    assert [event["STATUS"].value for event in meetings] == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [event["DTSTART"].value for event in deadlines[:3]] == ["20230418", "20230419", "20230418"]
    assert deadlines[3]["STATUS"].value == "CANCELLED"
    numbers = [int(event["SEQUENCE"].value) for event in deadlines]
    assert numbers == sorted(set(numbers))


def test_who_does_not_see_a_body_is_told_its_days_and_no_more(town: Town, january: time_machine.Traveller) -> None:
    Meeting.objects.update(place="Hemmeligt lokale")
    event = cycle_events(town)[str(town.meeting("MTU", date(2023, 4, 24)).pk)]
    own = cycle_events(town)[str(town.meeting("DIR", date(2023, 4, 12)).pk)]

    assert ("LOCATION" in event, "URL" in event) == (False, False)
    assert (own["LOCATION"].text, "URL" in own) == ("Hemmeligt lokale", True)


def test_the_files_are_for_who_works_here_and_hold_no_note_and_no_unknown_cycle(
    town: Town, january: time_machine.Traveller
) -> None:
    put(town)
    client, stranger = Client(), Client()
    client.force_login(town.secretary)
    stranger.force_login(User.objects.create_user("fremmed"))

    whole = client.get(reverse("wheel:wheel-file"))
    body = reverse("wheel:body-file", args=[town.bodies["DIR"].pk])

    assert whole["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Hemmelig tanke" not in whole.content.decode()
    assert events_of(stranger.get(reverse("wheel:wheel-file")).content) == []
    assert events_of(stranger.get(reverse("wheel:cycles-file")).content) == []
    assert (client.get(body).status_code, stranger.get(body).status_code) == (200, 404)
    for cycle in ("2023-13", "0000-01", "9999-01", "hest", "2023-05-05"):
        assert events_of(client.get(reverse("wheel:cycles-file") + f"?cycle={cycle}").content) == []


def test_a_meeting_that_leaves_every_cycle_is_cancelled_and_comes_back(
    town: Town, january: time_machine.Traveller
) -> None:
    meeting = town.meeting("MTU", date(2023, 4, 24))
    note_cycle_places(town.authority, date(2023, 1, 2))
    again = note_cycle_places(town.authority, date(2023, 1, 2))
    told = [cycle_events(town)]
    january.shift(60)
    later = Meeting.objects.create(
        body=town.bodies["MTU"], held_on=date(2023, 4, 28)
    )  # it takes the place of the first
    note_cycle_places(town.authority, date(2023, 1, 2))
    told += [cycle_events(town), cycle_events(town, "")]
    january.shift(60)
    later.cancelled_at = now()
    later.save()
    note_cycle_places(town.authority, date(2023, 1, 2))
    told.append(cycle_events(town))

    for uid in (str(meeting.pk), f"{meeting.pk}@frist"):
        states = [found[uid]["STATUS"].value for found in told]
        numbers = [int(found[uid]["SEQUENCE"].value) for found in told]
        assert states == ["CONFIRMED", "CANCELLED", "CANCELLED", "CONFIRMED"]
        assert numbers[0] < numbers[1] == numbers[2] < numbers[3]
    assert again == 0
    assert [found[str(later.pk)]["STATUS"].value for found in told[1:]] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
