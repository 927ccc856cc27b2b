"""Her meetings in her own calendar: the page on which she makes the secret address, and what the address gives."""

import hashlib

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
from sagsgang.core.doors import public
from sagsgang.core.errors import RuleBrokenError
from sagsgang.members import actions
from sagsgang.members.permissions import has_seat
from sagsgang.members.queries.calendar import holder_of, key_of, meetings_in_calendar
from sagsgang.members.rendering.calendar import calendar_bytes

TYPE = "text/calendar; charset=utf-8"


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
    return _page(request, settings.BASE_URL + reverse("members:calendar-feed", args=[token]))


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
    content = calendar_bytes(meetings)
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    changed = max([key.created_at, *(meeting.modified_at for meeting in meetings)]).timestamp()
    response = HttpResponse(content, content_type=TYPE)
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-cache", "noindex"
    # By the ETag alone: who lost a seat has fewer meetings, and none of them has changed.
    return get_conditional_response(request, etag, None, response) or response


def _page(request: StaffRequest, address: str = "") -> HttpResponse:
    context = {
        "here": "my-meetings",
        "address": address,
        "subscription": address.replace("https://", "webcal://").replace("http://", "webcal://"),
        "key": key_of(request.user),
        "has_seat": has_seat(request.user),
    }
    response = render(request, "members/calendar.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
