"""A meeting: its head, agenda and presence."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions, queries, rendering
from sagsgang.meetings.forms import AbsenceForm, PresenceForm
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import may_follow_along, may_keep_minutes, may_see_meeting
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.meetings.queries.deadlines import countdown, deadline_of
from sagsgang.meetings.rendering.agenda_table import agenda_table
from sagsgang.meetings.rendering.rolled import roll_people
from sagsgang.meetings.views.reader import reader_at

_ANY = UUID(int=0)


@permitted(Meeting.objects.select_related("body__authority"), may_see_meeting)
@require_safe
def meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    return _page(request, meeting)


@permitted(Meeting.objects.select_related("body__authority"), may_keep_minutes)
@require_http_methods(["GET", "POST"])
def mark_absence(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the form is on the page of the meeting
        return _back(meeting)
    form = AbsenceForm(request.POST, queries.people_of(meeting))
    try:
        if form.is_valid():
            note = form.cleaned_data["note"]
            actions.mark_absence(meeting, item=None, person=form.chosen, note=note, actor=request.user)
            return _done(request, meeting, gettext("{name} is marked absent.").format(name=form.chosen.name))
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _refused(request, meeting, form)


@permitted(Meeting.objects.select_related("body__authority"), may_keep_minutes)
@require_http_methods(["GET", "POST"])
def mark_presence(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return _back(meeting)
    form = PresenceForm(request.POST, queries.people_of(meeting))
    try:
        if form.is_valid():
            actions.mark_presence(meeting, item=None, person=form.chosen, actor=request.user)
            return _done(request, meeting, gettext("{name} is marked present.").format(name=form.chosen.name))
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
    return _refused(request, meeting, form)


def _page(request: StaffRequest, found: Meeting, form: PresenceForm | None = None) -> HttpResponse:
    rows, taken_off = queries.agenda_rows(found)
    reader = reader_at(request.user, rows)
    lines = rendering.agenda_lines(rows, reader)
    if reader.closed_too and rendering.shows_closed(lines):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        actions.log_closed_reading(rows, actor=request.user)
    may_keep = may_keep_minutes(request.user, rows)
    context = _presence(rows, form, may_keep=may_keep) | {
        "meeting": rows,
        "lines": lines,
        "table": agenda_table(lines, _addresses()),
    }
    context |= _ways(request, rows, may_keep=may_keep) | _sending(rows, taken_off if may_keep else [])
    return render(request, "meetings/meeting.html", context, status=422 if form else 200)


def _addresses() -> Callable[[UUID], str]:
    """The address of an item's page, for a table of many: looked up once."""
    before, after = reverse("meetings:item", args=[_ANY]).split(str(_ANY))
    return lambda pk: f"{before}{pk}{after}"


def _ways(request: StaffRequest, rows: Meeting, *, may_keep: bool) -> dict[str, object]:
    """Which ways lead on from here: to the desk, along with the meeting, to its protocol."""
    is_over = rows.adjourned_at is not None
    may_follow = may_follow_along(request.user, rows)
    return {
        "may_keep_meeting": may_keep,
        "to_desk": may_keep and rows.agenda_sent_at is not None and rows.cancelled_at is None and not is_over,
        "to_follow": may_follow and rows.opened_at is not None and not is_over,
        "to_protocol": may_follow and (rows.opened_at is not None or rows.held_on < localdate()),
    }


def _sending(rows: Meeting, taken_off: list[AgendaItem]) -> dict[str, object]:
    """When the agenda must be out; and for the secretary what was taken off and can be put back."""
    found = None if rows.agenda_sent_at else deadline_of(rows)
    return {
        "countdown": countdown(found, localdate()) if found and rows.held_on >= localdate() else None,
        "taken_off": [] if rows.agenda_sent_at else taken_off,
    }


def _presence(
    rows: Meeting, form: PresenceForm | None = None, notice: str = "", *, may_keep: bool = True
) -> dict[str, object]:
    """What the partial `attendance` shows; of a meeting that is run here its roll, which the desk keeps."""
    if rows.opened_at is not None:
        return {"meeting": rows, "people": roll_people(roll_of(rows)), "notice": notice, "refused": form}
    seats = list(queries.seats_on(rows.body, rows.held_on))
    people = rendering.presence_lines([row for row in rows.attendance.all() if row.item_id is None], seats)
    return {
        "meeting": rows,
        "people": people,
        "said_nothing": not any(person.state for person in people) and "attendance" not in rows.stated_none,
        "chair_notice": rendering.acting_chair_notice(people, seats),
        "may_keep": may_keep,
        "refused": form,
        "notice": notice,
        "absence": (form if isinstance(form, AbsenceForm) else AbsenceForm(None, queries.people_of(rows)))
        if may_keep
        else None,
    }


def _done(request: StaffRequest, meeting: Meeting, notice: str) -> HttpResponse:
    if "HX-Request" in request.headers:
        context = _presence(queries.agenda_rows(meeting)[0], notice=notice)
        return render(request, "meetings/meeting.html#attendance", context)
    messages.success(request, notice)
    return _back(meeting)


def _refused(request: StaffRequest, meeting: Meeting, form: PresenceForm) -> HttpResponse:
    if "HX-Request" in request.headers:
        context = _presence(queries.agenda_rows(meeting)[0], form)
        return render(request, "meetings/meeting.html#attendance", context, status=422)
    return _page(request, meeting, form)


def _back(meeting: Meeting) -> HttpResponse:
    return redirect(reverse("meetings:meeting", args=[meeting.pk]) + "#attendance")
