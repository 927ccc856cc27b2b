"""The material that was sent to her: the agenda of a meeting, one item of it, and the marks of what she has read."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import log_closed_reading
from sagsgang.meetings.actions.receipts import note_opening
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.members import actions
from sagsgang.members.forms import MarkedForm, SeenForm
from sagsgang.members.permissions import MyItems, MyMeetings, may_read_item, may_read_material
from sagsgang.members.queries.material import fetch_words, material_of
from sagsgang.members.rendering.desk import shown_meeting
from sagsgang.members.rendering.material import neighbours, shown_entries, shown_words, shows_closed_titles


@permitted(MyMeetings(), may_read_material)
@require_safe
def material(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    found = material_of(request.user, meeting)
    note_opening(meeting, actor=request.user)  # the first time that she opens it is the receipt (R7)
    if shows_closed_titles(found):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(meeting, actor=request.user)
    marked = MarkedForm(request.GET)
    context = {
        "here": "my-meetings",
        "meeting": meeting,
        "shown": shown_meeting(meeting, found, localdate()),
        "entries": shown_entries(found),
        "first_unread": next((row.pk for row in shown_entries(found) if row.reading in {"unread", "changed"}), None),
        "seen": found.seen,
        "marked_at": request.GET["at"] if marked.is_valid() else "",
    }
    return render(request, "members/material.html", context)


@permitted(MyMeetings(), may_read_material)
@require_http_methods(["GET", "POST"])
def mark_all_read(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = SeenForm(request.POST)
    query: dict[str, str] = {}
    if form.is_valid():
        try:
            at = actions.mark_all_read(meeting, seen=form.cleaned_data["seen"], actor=request.user)
            query = {"at": at.isoformat()}
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return _to_material(meeting.pk, query)


@permitted(MyMeetings(), may_read_material)
@require_http_methods(["GET", "POST"])
def undo_mark_all_read(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = MarkedForm(request.POST)
    if form.is_valid():
        actions.undo_mark_all_read(meeting, at=form.cleaned_data["at"], actor=request.user)
        messages.success(request, gettext("What you had read before is as it was."))
    return _to_material(meeting.pk)


@permitted(MyItems(), may_read_item)
@require_safe
def read_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    found = material_of(request.user, item.meeting)
    note_opening(item.meeting, actor=request.user)
    shown = shown_words(fetch_words(item, request.user), item.meeting, found)
    if shown.has_closed_words or (item.parent is not None and item.parent.is_closed):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(item, actor=request.user)
    entry = found.entry_of(item.pk)
    context = {
        "here": "my-meetings",
        "meeting": item.meeting,
        "item": shown,
        "place": neighbours(found, item.pk),
        "sees_body": item.__dict__["sees_body"],
        "reading": entry.reading if entry else "",
        "has_new_words": entry is not None and entry.has_new_words,
        "seen": entry.seen if entry else "",
        "now": localtime(),
    }
    return render(request, "members/read_item.html", context)


@permitted(MyItems(), may_read_item)
@require_http_methods(["GET", "POST"])
def mark_read(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """Mark the item read; by the other button (`on`) with the next item to read."""
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            actions.mark_read(item, seen=form.cleaned_data["seen"], actor=request.user)
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
            return redirect("members:read-item", item.pk)
        if "on" in request.POST:
            return _onwards(request, item)
    return _to_reading(item)


@permitted(MyItems(), may_read_item)
@require_http_methods(["GET", "POST"])
def mark_unread(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method == "POST":
        actions.mark_unread(item, actor=request.user)
    return _to_reading(item)


def _onwards(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    place = neighbours(material_of(request.user, item.meeting), item.pk)
    if place is None or place.after is None:
        return _to_material(item.meeting_id)
    return redirect("members:read-item", place.after.pk)


def _to_reading(item: AgendaItem) -> HttpResponse:
    return redirect(reverse("members:read-item", args=[item.pk]) + "#reading")


def _to_material(meeting_id: UUID, query: dict[str, str] | None = None) -> HttpResponse:
    address = reverse("members:material", args=[meeting_id])
    return redirect(f"{address}?{urlencode(query)}" if query else address)
