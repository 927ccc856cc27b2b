"""A user's meetings as a calendar file (RFC 5545): the body's name and that it meets, the time and the place."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.core import calendars
from sagsgang.core.calendars import Entry, sequence_of
from sagsgang.meetings.models import Meeting


def calendar_bytes(meetings: Iterable[Meeting]) -> bytes:
    """The file: the same bytes for the same meetings. No title of an item stands in it, nor any other word of one."""
    return calendars.calendar_bytes(gettext("My meetings"), map(_entry, meetings))


def _entry(meeting: Meeting) -> Entry:
    return Entry(
        uid=str(meeting.pk),
        title=gettext("{body}, meeting").format(body=meeting.body.name),
        on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=meeting.place,
        address=settings.BASE_URL + reverse("members:material", args=[meeting.pk]),
        changed=meeting.modified_at,
        sequence=sequence_of(meeting.created_at, meeting.modified_at),
        is_cancelled=meeting.cancelled_at is not None,
    )
