"""Composing an agenda: its order, its kinds and blocks, the standing items, the supplement, and what went out."""

from collections.abc import Iterable
from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions, queries
from sagsgang.meetings.forms.arrange import LateReasonForm, LineForm, OrderForm, SupplementForm
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import (
    AgendaRows,
    may_compose_agenda,
    may_move_on,
    may_see_meeting,
    may_state_late_reason,
    shut_out,
)
from sagsgang.meetings.queries.agenda_versions import named_in, versions_of
from sagsgang.meetings.queries.arranging import arranged_items, composed_items, placed_rows
from sagsgang.meetings.queries.deadlines import countdown, deadlines_of
from sagsgang.meetings.queries.receipts import recipients_of
from sagsgang.meetings.queries.standing import missing_standing_items
from sagsgang.meetings.rendering.agenda_comparison import Sources, agenda_changes, shows_closed
from sagsgang.meetings.rendering.composing import composing
from sagsgang.meetings.rendering.shown import Reader
from sagsgang.meetings.rules.agenda import AgendaChangedError, merged_order, moved
from sagsgang.meetings.views.acts import Act, act_page, agenda_address, attempted, done, gap_rows, meeting_address
from sagsgang.meetings.views.reader import reader_at


@permitted(Meeting.objects.select_related("body__authority"), may_compose_agenda)
@require_safe
def compose_agenda(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    today = localdate()
    is_ahead = meeting.held_on >= today
    agenda, material = deadlines_of(meeting) if is_ahead else (None, None)
    context = _composing(request, meeting) | {
        "agenda_countdown": countdown(agenda, today) if agenda else None,
        "material_countdown": countdown(material, today) if material else None,
        "missing": [] if meeting.agenda_sent_at else missing_standing_items(meeting),
        "taken_off": [] if meeting.agenda_sent_at else queries.taken_off(meeting),
    }
    return render(request, "meetings/compose.html", context)


def _composing(request: StaffRequest, meeting: Meeting, **more: object) -> dict[str, object]:
    """What the partial `composing` shows."""
    # She is the body's secretary, and reads its closed material where she has no conflict of interest.
    reader = Reader(closed_too=True, shut_out=shut_out(request.user, meeting))
    found = composing(meeting, composed_items(meeting), reader)
    if found.shows_closed:
        actions.log_closed_reading(meeting, actor=request.user)
    return {"meeting": meeting, "agenda": found, "kinds": LineForm().fields["kind"].choices, **more}  # type: ignore[attr-defined]


@permitted(Meeting.objects.select_related("body__authority"), may_compose_agenda)
@require_http_methods(["GET", "POST"])
def reorder_agenda(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the form is on the page
        return redirect(agenda_address(meeting))
    form = OrderForm(request.POST)
    if not form.is_valid():
        return _answer(request, meeting, HTTPStatus.UNPROCESSABLE_ENTITY, refused=_first_error(form))
    try:
        snapped = actions.reorder_agenda(
            meeting, order=_wanted(form, meeting), seen=form.cleaned_data["seen"], actor=request.user
        )
    except AgendaChangedError as refusal:
        mine = merged_order(form.cleaned_data["order"], placed_rows(meeting, arranged_items(meeting)))
        is_dragged = form.cleaned_data["move"] is None
        return _answer(request, meeting, HTTPStatus.CONFLICT, refused=str(refusal), mine=mine if is_dragged else ())
    except RuleBrokenError as refusal:
        return _answer(request, meeting, HTTPStatus.UNPROCESSABLE_ENTITY, refused=str(refusal))
    notice = gettext("The order is saved.")
    if snapped:
        notice = gettext("The order is saved. Closed items stand behind the open ones, and signing stands last.")
    return _answer(request, meeting, HTTPStatus.OK, notice=notice)


def _wanted(form: OrderForm, meeting: Meeting) -> list[UUID]:
    """The order as it was dragged, or as one button makes it of the present one."""
    if form.cleaned_data["move"] is None:
        return list(form.cleaned_data["order"])
    pk, way = form.cleaned_data["move"]
    return [row.pk for row in moved(placed_rows(meeting, arranged_items(meeting)), pk, way)]


def _first_error(form: OrderForm | LineForm) -> str:
    return next(str(error) for errors in form.errors.values() for error in errors)


def _answer(
    request: StaffRequest,
    meeting: Meeting,
    status: HTTPStatus,
    *,
    notice: str = "",
    refused: str = "",
    mine: Iterable[UUID] = (),
) -> HttpResponse:
    """The agenda as it is now: the list alone for htmx; else the page, or back to it when all went well.

    `mine` is the order that she wanted, where somebody else was first: it can be used all the same.
    """
    offered = ",".join(map(str, mine))
    if "HX-Request" in request.headers:
        context = _composing(request, meeting, notice=notice, refused=refused, mine=offered)
        return render(request, "meetings/compose.html#composing", context, status=status)
    if status == HTTPStatus.OK:
        return done(request, notice, agenda_address(meeting))
    context = _composing(request, meeting, refused=refused, mine=offered)
    return render(request, "meetings/compose.html", context, status=status)


@permitted(AgendaRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def edit_line(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":
        return redirect(agenda_address(item.meeting))
    form = LineForm(request.POST)
    if not form.is_valid():
        return _answer(request, item.meeting, HTTPStatus.UNPROCESSABLE_ENTITY, refused=_first_error(form))
    try:
        actions.edit_line(item, actor=request.user, **form.cleaned_data)
    except RuleBrokenError as refusal:
        return _answer(request, item.meeting, HTTPStatus.UNPROCESSABLE_ENTITY, refused=str(refusal))
    return _answer(request, item.meeting, HTTPStatus.OK, notice=gettext("It is saved."))


@permitted(Meeting.objects, may_compose_agenda)
@require_http_methods(["GET", "POST"])
def put_standing_items(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return redirect(agenda_address(meeting))
    try:
        count = actions.put_standing_items(meeting, actor=request.user)
    except RuleBrokenError as refusal:
        return _answer(request, meeting, HTTPStatus.UNPROCESSABLE_ENTITY, refused=str(refusal))
    words = ngettext("{count} standing item came on the agenda.", "{count} standing items came on the agenda.", count)
    return done(request, words.format(count=count), agenda_address(meeting))


@permitted(AgendaRows(), may_state_late_reason)
@require_http_methods(["GET", "POST"])
def state_late_reason(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    written = {"reason": item.late_reason}
    form = LateReasonForm(request.POST if request.method == "POST" else None, initial=written)
    reason = form.data.get("reason", "")
    if request.method == "POST" and attempted(
        form, lambda: actions.state_late_reason(item, reason=reason, actor=request.user)
    ):
        return done(request, gettext("It is saved."), agenda_address(item.meeting))
    act = Act(
        heading=gettext("Why the item comes late"),
        words=gettext("A late item may be decided only if it cannot wait, and the agenda says why."),
        button=gettext("Save"),
        back=agenda_address(item.meeting),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(Meeting.objects.select_related("body__authority"), may_compose_agenda)
@require_http_methods(["GET", "POST"])
def send_supplement(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = SupplementForm(request.POST if request.method == "POST" else None)
    reason, anyway = form.data.get("reason", ""), bool(form.data.get("anyway"))
    if request.method == "POST" and attempted(
        form, lambda: actions.send_supplement(meeting, reason=reason, anyway=anyway, actor=request.user)
    ):
        notice = gettext("The supplementary agenda is sent. Its words stand fast from now on.")
        return done(request, notice, meeting_address(meeting))
    gaps = actions.gaps_before_sending(meeting) if meeting.agenda_sent_at else []
    if any(gap.item.is_closed for gap in gaps):
        actions.log_closed_reading(meeting, actor=request.user)
    shown = gap_rows(gaps, meeting, request.user)
    if not any(row.is_error for row in shown):
        del form.fields["anyway"]
    act = Act(
        heading=gettext("Send the supplementary agenda"),
        words=gettext("What came on the agenda after it was sent goes out now, with its reasons."),
        button=gettext("Send the supplementary agenda"),
        back=agenda_address(meeting),
    )
    return act_page(request, act, form, meeting=meeting, template="meetings/send_agenda.html", gaps=shown)


@permitted(Meeting.objects.select_related("body"), may_see_meeting)
@require_safe
def agenda_versions(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    versions = versions_of(meeting)
    by_number = {str(version.number): version for version in versions}
    new = by_number.get(request.GET.get("new", ""), versions[-1] if versions else None)
    old = by_number.get(request.GET.get("old", ""), versions[-2] if len(versions) > 1 else None)
    changes = []
    if old is not None and new is not None and old != new:
        named, reader = named_in([old, new]), reader_at(request.user, meeting)
        changes = agenda_changes(old.lines, new.lines, Sources(named.items, named.attachments, reader))
        if shows_closed(changes, reader):
            # The one write that a GET does: every reading of closed material is logged (leak rule 12).
            actions.log_closed_reading(meeting, actor=request.user)
    context = {
        "meeting": meeting,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": [change for change in changes if change.state != "same"],
        "same": sum(change.state == "same" for change in changes),
    }
    if may_compose_agenda(request.user, meeting):
        context["recipients"] = recipients_of(meeting)
    return render(request, "meetings/agenda_versions.html", context)
