"""Her meetings in her own calendar: the page on which she makes the secret address, and what the address gives."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, signed_in
from sagsgang.core.calendars import TYPE
from sagsgang.core.doors import public
from sagsgang.core.errors import RuleBrokenError
from sagsgang.members import actions
from sagsgang.members.permissions import has_calendar, has_seat
from sagsgang.members.queries.calendar import holder_of, key_of, meetings_in_calendar
from sagsgang.members.rendering.calendar import calendar_bytes


@signed_in
@require_safe
def calendar(request: StaffRequest) -> HttpResponse:
    return _page(request)


@signed_in
@require_http_methods(["GET", "POST"])
def make_calendar_key(request: StaffRequest) -> HttpResponse:
    """A new address, told in this answer alone: no redirect, which would have to keep the secret somewhere."""
    if request.method != "POST":
        return redirect("members:calendar")
    try:
        token = actions.make_calendar_key(actor=request.user)
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
        return redirect("members:calendar")
    return _page(request, token)


@signed_in
@require_http_methods(["GET", "POST"])
def revoke_calendar_key(request: StaffRequest) -> HttpResponse:
    if request.method == "POST":
        actions.revoke_calendar_key(actor=request.user)
        messages.success(request, gettext("The address no longer works."))
    return redirect("members:calendar")


@public
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar, for who knows the address; every other address gives the same 404, and none is ever logged."""
    key = holder_of(token)
    if key is None:
        raise Http404
    meetings = list(meetings_in_calendar(key.user, localdate()))
    changed = max([key.created_at, *(meeting.modified_at for meeting in meetings)])
    return fed(request, calendar_bytes(meetings), changed)


def fed(request: HttpRequest, content: bytes, changed: datetime) -> HttpResponseBase:
    """The file for who follows it: not sent again as long as it is the same."""
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    response = HttpResponse(content, content_type=TYPE)
    response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-cache", "noindex"
    # By the ETag alone: who lost a seat has fewer meetings, and none of them has changed.
    return get_conditional_response(request, etag, None, response) or response


def feed_addresses(token: str) -> list[tuple[str, str]]:
    """What the secret opens beside one's own meetings: the words and the address of each calendar."""
    if not token:
        return []
    named = (
        (gettext("Annual wheel"), "wheel-feed"),
        (gettext("Political cycles, with the last days for material"), "cycles-feed"),
        (gettext("Meetings of my bodies"), "bodies-feed"),
    )
    return [(words, settings.BASE_URL + reverse(f"members:{name}", args=[token])) for words, name in named]


def _page(request: StaffRequest, token: str = "") -> HttpResponse:
    address = settings.BASE_URL + reverse("members:calendar-feed", args=[token]) if token else ""
    context = {
        "here": "my-meetings",
        "address": address,
        "subscription": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "key": key_of(request.user),
        "has_seat": has_seat(request.user),
        "has_calendar": has_calendar(request.user),
        "feeds": feed_addresses(token),
    }
    response = render(request, "members/calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
