"""The year as calendar files (RFC 5545): the wheel, the cycles, and the meetings of bodies."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.core.calendars import Entry, calendar_bytes, sequence_of
from sagsgang.meetings.models import Meeting
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.queries.feeds import CycleMeeting


def wheel_calendar(rows: Iterable[Occurrence]) -> bytes:
    """The returns of the wheel, each filling its day: title, law and owner as the entry has them."""
    return calendar_bytes(gettext("Annual wheel"), map(_return, rows))


def cycles_calendar(rows: Iterable[CycleMeeting], cycle_id: str = "") -> bytes:
    """The meetings of the cycles, and before each the last safe day for its material."""
    name = gettext("Political cycle {id}").format(id=cycle_id) if cycle_id else gettext("Political cycles")
    return calendar_bytes(name, (entry for row in rows for entry in _cycle_entries(row)))


def bodies_calendar(rows: Iterable[Meeting], name: str = "") -> bytes:
    """The meetings of bodies: that they meet, when and where."""
    return calendar_bytes(name or gettext("Meetings of my bodies"), (_meeting(row, is_seen=True) for row in rows))


def _return(row: Occurrence) -> Entry:
    """Its UID is of the entry and of the rule's own day: it lasts when the return is moved."""
    entry = row.entry
    changes = (row.modified_at, row.dropped_at, row.gone_at, entry.modified_at, entry.withdrawn_at)
    is_withdrawn = entry.withdrawn_at is not None and row.done_on is None
    place = f"{entry.body.name}: " if entry.body else ""
    said = [entry.law, entry.owner_role]
    return Entry(
        uid=f"{row.pk}@aarshjul",
        title=place + entry.title,
        on=row.day,
        words="\n".join(words for words in said if words),
        address=settings.BASE_URL + reverse("wheel:entry", args=[entry.pk, row.day.year]),
        changed=max(change for change in changes if change),
        sequence=sequence_of(row.created_at, *changes),
        is_cancelled=row.dropped_at is not None or row.gone_at is not None or is_withdrawn,
        is_free=True,
    )


def _cycle_entries(row: CycleMeeting) -> Iterator[Entry]:
    """The meeting; and its deadline. Both go when it is cancelled, or is no part of the cycle any more."""
    meeting = _meeting(row.meeting, is_seen=row.is_seen, cycle=row.cycle)
    yield replace(
        meeting,
        changed=row.moved,
        sequence=sequence_of(row.meeting.created_at, row.moved),
        is_cancelled=row.safe is None,
    )
    yield Entry(
        uid=f"{row.meeting.pk}@frist",
        title=gettext("Last day for material: {body}").format(body=row.meeting.body.name),
        on=row.safe or row.meeting.held_on,
        words=gettext("Political cycle {id}").format(id=row.cycle),
        changed=row.changed,
        sequence=sequence_of(row.meeting.created_at, row.changed),
        is_cancelled=row.safe is None,
        is_free=True,
    )


def _meeting(row: Meeting, *, is_seen: bool, cycle: str = "") -> Entry:
    """That a body meets. The place and the way to its page are for who sees the body."""
    return Entry(
        uid=str(row.pk),
        title=gettext("{body}, meeting").format(body=row.body.name),
        on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place if is_seen else "",
        words=gettext("Political cycle {id}").format(id=cycle) if cycle else "",
        address=settings.BASE_URL + reverse("meetings:meeting", args=[row.pk]) if is_seen else "",
        changed=row.modified_at,
        sequence=sequence_of(row.created_at, row.modified_at),
        is_cancelled=row.cancelled_at is not None,
    )
