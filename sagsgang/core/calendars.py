"""Calendar files (RFC 5545) that a calendar program follows: events with a lasting name, in the time of Denmark."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

ZONE = "Europe/Copenhagen"
TYPE = "text/calendar; charset=utf-8"
ASK_AGAIN = timedelta(hours=6)
_NORMAL, _SUMMER = timedelta(hours=1), timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What stands on a day. `uid` lasts whatever becomes of it, and `sequence` grows with each change.

    Without `starts` it fills its day, and takes no time from whoever has it in a calendar if `is_free`; `ends` before
    `starts` is past midnight. `changed`: when it was last another.
    """

    uid: str
    title: str
    on: date
    changed: datetime
    sequence: int
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    words: str = ""
    address: str = ""
    is_cancelled: bool = False
    is_free: bool = False


def calendar_bytes(name: str, entries: Iterable[Entry]) -> bytes:
    """The file: the same bytes for the same entries, folded and escaped, with the rules of summer time in it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Sagsgang//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", ASK_AGAIN)
    calendar.add_component(zone())
    for entry in entries:
        calendar.add_component(event_of(entry))
    return bytes(calendar.to_ical())


def sequence_of(created: datetime, *changes: datetime | None) -> int:
    """Grows with every change: the seconds from when something was made until it was last changed."""
    newest = max([created, *(change for change in changes if change)])
    return int((newest - created).total_seconds())


def event_of(entry: Entry) -> Event:
    """The entry as an event."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstamp", entry.changed.astimezone(UTC))
    event.add("last-modified", entry.changed.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    _add_times(event, entry)
    if entry.place:
        event.add("location", entry.place)
    if entry.words:
        event.add("description", entry.words)
    if entry.address:
        event.add("url", entry.address)
    if entry.is_free:
        event.add("transp", "TRANSPARENT")
    return event


def _add_times(event: Event, entry: Entry) -> None:
    """Without a known hour it fills its day; without a known end none is claimed."""
    if entry.starts is None:
        event.add("dtstart", entry.on)
        return
    event.add("dtstart", _moment(entry.on, entry.starts))
    if entry.ends is not None:
        past_midnight = timedelta(days=1 if entry.ends <= entry.starts else 0)
        event.add("dtend", _moment(entry.on + past_midnight, entry.ends))


def _moment(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=ZoneInfo(ZONE))


def zone() -> Timezone:
    """Danish time: summer time from the last Sunday of March to that of October, as it has been since 1996."""
    timezone = Timezone()
    timezone.add("tzid", ZONE)
    for part, month, name, before, after, first in (
        (TimezoneDaylight(), 3, "CEST", _NORMAL, _SUMMER, datetime(1996, 3, 31, 2)),  # noqa: DTZ001 - local by its nature
        (TimezoneStandard(), 10, "CET", _SUMMER, _NORMAL, datetime(1996, 10, 27, 3)),  # noqa: DTZ001
    ):
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        timezone.add_component(part)
    return timezone
