"""A user's meetings as a calendar file (RFC 5545): the body's name and that it meets, the time and the place."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext
from icalendar import Calendar, Event

from sagsgang.meetings.models import Meeting

ASK_AGAIN = timedelta(hours=6)


def calendar_bytes(meetings: Iterable[Meeting]) -> bytes:
    """The file: the same bytes for the same meetings. No title of an item stands in it, nor any other word of one."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sagsgang//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", gettext("My meetings"))
    calendar.add("refresh-interval", ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", str(meeting.pk))
    event.add("summary", gettext("{body}, meeting").format(body=meeting.body.name))
    event.add("dtstamp", meeting.modified_at.astimezone(UTC))
    event.add("last-modified", meeting.modified_at.astimezone(UTC))
    event.add("sequence", _sequence(meeting))
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    _add_times(event, meeting)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", settings.BASE_URL + reverse("members:material", args=[meeting.pk]))
    return event


def _sequence(meeting: Meeting) -> int:
    """Grows with every change of the meeting: the seconds from when it was planned until it was last changed."""
    return max(0, int((meeting.modified_at - meeting.created_at).total_seconds()))


def _add_times(event: Event, meeting: Meeting) -> None:
    """Without a known hour it fills its day; without a known end none is claimed."""
    if meeting.starts is None:
        event.add("dtstart", meeting.held_on)
        return
    event.add("dtstart", _moment(meeting.held_on, meeting.starts))
    if meeting.ends is not None:
        past_midnight = timedelta(days=1 if meeting.ends <= meeting.starts else 0)
        event.add("dtend", _moment(meeting.held_on + past_midnight, meeting.ends))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=get_default_timezone()).astimezone(UTC)
