"""The published meeting calendar of a body: a page, and a feed (RFC 5545) that a calendar follows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from sagsgang.core.doors import public
from sagsgang.core.templatetags.look import short_date
from sagsgang.portal import editions
from sagsgang.portal.pages import moved, page
from sagsgang.portal.planned import calendar_lines
from sagsgang.portal.views import body_or_404, shown_meeting_or_404
from sagsgang.publication import queries
from sagsgang.publication.models import PlannedState, PublicBody, PublicMeeting, PublicPlannedMeeting

ICALENDAR = "text/calendar; charset=utf-8"


@public
@require_safe
def body_calendar(request: HttpRequest, pk: UUID, slug: str) -> HttpResponse:
    """A body's planned, moved and cancelled meetings by year, the newest year first."""
    row = body_or_404(pk)
    if slug != row.slug:
        return moved("portal:body-calendar", row.pk, row.slug)

    def load() -> dict[str, Any]:
        planned = queries.planned_of(row)
        ids = {plan.pk for plan in planned}
        released = [meeting for meeting in queries.meetings_of(row) if meeting.pk in ids]
        lines = calendar_lines(released, planned)
        years = [(year, list(found)) for year, found in groupby(lines, key=lambda line: line.held_on.year)]
        return {"authority": row.authority, "body": row, "years": years[::-1], "here": "bodies"}

    return page(request, editions.of_body(row), "portal/body_calendar.html", load)


@public
@require_safe
def calendar_feed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same calendar for a calendar program. The address holds no name, so that a subscription lasts."""
    row = body_or_404(pk)

    def load() -> dict[str, Any]:
        released = {meeting.pk: meeting for meeting in queries.meetings_of(row)}
        return {"calendar": _calendar(row, queries.planned_of(row), released).to_ical().decode()}

    return page(request, editions.of_body(row), "portal/calendar.ics", load, content_type=ICALENDAR)


@public
@require_safe
def meeting_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One released meeting, to be put into one's own calendar."""
    row = shown_meeting_or_404(pk)

    def load() -> dict[str, Any]:
        now = shown_meeting_or_404(pk)
        calendar = _frame(f"{now.body.name}, {now.authority}")
        calendar.add_component(_released_event(now))
        return {"calendar": calendar.to_ical().decode()}

    return page(request, editions.of_meeting(row), "portal/calendar.ics", load, content_type=ICALENDAR)


def _calendar(
    body: PublicBody, planned: Iterable[PublicPlannedMeeting], released: dict[UUID, PublicMeeting]
) -> Calendar:
    calendar = _frame(f"{body.name}, {body.authority}")
    for row in planned:
        calendar.add_component(_event(body, row, released.get(row.pk)))
    return calendar


def _frame(name: str) -> Calendar:
    calendar = Calendar()
    for key, value in (
        ("PRODID", "-//Sagsgang//Meeting calendar//DA"),
        ("VERSION", "2.0"),
        ("METHOD", "PUBLISH"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
    ):
        calendar.add(key, value)
    return calendar


def _released_event(row: PublicMeeting) -> Event:
    """A released meeting. The UID is that of the body's calendar, so that a calendar program knows them for one."""
    event = Event()
    event.add("UID", f"urn:uuid:{row.pk}")
    event.add("SUMMARY", gettext("{body}, meeting").format(body=row.body.name))
    event.add("DTSTAMP", row.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("LAST-MODIFIED", row.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("STATUS", "CONFIRMED")
    event.add("DTSTART", _moment(row.held_on, row.starts) if row.starts else row.held_on)
    if row.starts and row.ends and row.ends > row.starts:
        event.add("DTEND", _moment(row.held_on, row.ends))
    if row.place:
        event.add("LOCATION", row.place)
    event.add("URL", settings.BASE_URL + reverse("portal:meeting", args=[row.pk, row.slug]))
    return event


def _event(body: PublicBody, row: PublicPlannedMeeting, released: PublicMeeting | None) -> Event:
    """One meeting. Its UID is the public id and stays, whatever becomes of the meeting."""
    event = Event()
    is_cancelled = row.state == PlannedState.CANCELLED
    event.add("UID", f"urn:uuid:{row.pk}")
    event.add("SUMMARY", _summary(body, row))
    event.add("DTSTAMP", row.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("LAST-MODIFIED", row.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("SEQUENCE", row.sequence)
    event.add("STATUS", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("DTSTART", _moment(row.held_on, row.starts) if row.starts else row.held_on)
    if row.starts and row.ends and row.ends > row.starts:
        event.add("DTEND", _moment(row.held_on, row.ends))
    if row.place:
        event.add("LOCATION", row.place)
    if words := _description(row):
        event.add("DESCRIPTION", words)
    page = ("meeting", released.pk, released.slug) if released else ("body-calendar", body.pk, body.slug)
    event.add("URL", settings.BASE_URL + reverse(f"portal:{page[0]}", args=page[1:]))
    return event


def _summary(body: PublicBody, row: PublicPlannedMeeting) -> str:
    """Many calendars show a cancelled meeting like any other: the words say it too."""
    words = {
        "extraordinary": gettext("{body}, extraordinary meeting"),
        "ordinary": gettext("{body}, meeting"),
    }[row.kind].format(body=body.name)
    return gettext("CANCELLED: {meeting}").format(meeting=words) if row.state == PlannedState.CANCELLED else words


def _description(row: PublicPlannedMeeting) -> str:
    was = gettext("Moved from {day}.").format(day=short_date(row.moved_from)) if row.moved_from else ""
    return "\n".join(words for words in (was, row.notice) if words)


def _moment(day: date, at: time) -> datetime:
    return make_aware(datetime.combine(day, at)).astimezone(UTC)
