"""The published meeting calendar of a body: a page, and a feed (RFC 5545) that a calendar follows."""

from datetime import time
from itertools import groupby
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.core.calendars import TYPE, Entry, calendar_bytes
from sagsgang.core.doors import public
from sagsgang.core.templatetags.look import short_date
from sagsgang.portal import editions
from sagsgang.portal.pages import moved, page
from sagsgang.portal.planned import calendar_lines
from sagsgang.portal.views import body_or_404, shown_meeting_or_404
from sagsgang.publication import queries
from sagsgang.publication.models import PlannedState, PublicBody, PublicMeeting, PublicPlannedMeeting


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
        entries = [_planned_entry(row, plan, released.get(plan.pk)) for plan in queries.planned_of(row)]
        return {"calendar": calendar_bytes(_named(row, row.authority), entries).decode()}

    return page(request, editions.of_body(row), "portal/calendar.ics", load, content_type=TYPE)


@public
@require_safe
def meeting_calendar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One released meeting, to be put into one's own calendar."""
    row = shown_meeting_or_404(pk)

    def load() -> dict[str, Any]:
        now = shown_meeting_or_404(pk)
        return {"calendar": calendar_bytes(_named(now.body, now.authority), [_released_entry(now)]).decode()}

    return page(request, editions.of_meeting(row), "portal/calendar.ics", load, content_type=TYPE)


def _named(body: PublicBody, authority: str) -> str:
    return f"{body.name}, {authority}"


def _released_entry(row: PublicMeeting) -> Entry:
    """A released meeting. The UID is that of the body's calendar, so that a calendar program knows them for one."""
    return Entry(
        uid=f"urn:uuid:{row.pk}",
        title=gettext("{body}, meeting").format(body=row.body.name),
        on=row.held_on,
        starts=row.starts,
        ends=_end(row.starts, row.ends),
        place=row.place,
        address=settings.BASE_URL + reverse("portal:meeting", args=[row.pk, row.slug]),
        changed=row.changed_at,
        sequence=0,
    )


def _planned_entry(body: PublicBody, row: PublicPlannedMeeting, released: PublicMeeting | None) -> Entry:
    """One meeting. Its UID is the public id and stays, whatever becomes of the meeting."""
    page = ("meeting", released.pk, released.slug) if released else ("body-calendar", body.pk, body.slug)
    return Entry(
        uid=f"urn:uuid:{row.pk}",
        title=_summary(body, row),
        on=row.held_on,
        starts=row.starts,
        ends=_end(row.starts, row.ends),
        place=row.place,
        words=_description(row),
        address=settings.BASE_URL + reverse(f"portal:{page[0]}", args=page[1:]),
        changed=row.changed_at,
        sequence=row.sequence,
        is_cancelled=row.state == PlannedState.CANCELLED,
    )


def _end(starts: time | None, ends: time | None) -> time | None:
    """The end as it was published; one that lies before the beginning is not claimed."""
    return ends if starts and ends and ends > starts else None


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
