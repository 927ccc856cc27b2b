"""Making an agenda: what waits for a body, putting it on, taking it off, and sending the agenda."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case
from sagsgang.meetings import actions
from sagsgang.meetings.forms import ClosingForm, PutForm, ReasonForm, SendForm, TitleForm
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import (
    AgendaRows,
    TakenOffRows,
    may_compose_agenda,
    may_keep_papers,
    may_move_on,
    may_state_closing,
)
from sagsgang.meetings.queries.proposals import waiting_proposals
from sagsgang.meetings.queries.waiting import WaitingLine, places_at, waiting_case_rows, waiting_cases
from sagsgang.meetings.views.acts import (
    Act,
    act_page,
    agenda_address,
    attempted,
    done,
    gap_rows,
    item_address,
    meeting_address,
)


@permitted(Body.objects, may_keep_papers)
@require_safe
def waiting_list(request: StaffRequest, body: Body) -> HttpResponse:
    lines = waiting_cases(body, request.user)
    if any(line.case.is_closed for line in lines):
        actions.log_closed_reading(body, actor=request.user)
    groups = [
        (gettext("Approved"), [line for line in lines if line.standing.is_approved]),
        (gettext("On their way"), [line for line in lines if not line.standing.is_approved]),
    ]
    context = {"body": body, "groups": groups, "count": len(lines), "approved": groups[0][1]}
    if "HX-Request" in request.headers:  # beside the agenda that is composed
        meeting = _composed_meeting(request, body)
        lists = _lists_beside(groups[0][1], meeting) if meeting else ()
        return render(request, "meetings/waiting.html#panel", context | {"meeting": meeting, "lists": lists})
    context["proposals"] = waiting_proposals(body, localdate())
    return render(request, "meetings/waiting.html", context)


def _lists_beside(lines: Sequence[WaitingLine], meeting: Meeting) -> tuple[tuple[str, list[WaitingLine]], ...]:
    """The waiting list of this meeting, by the day that the step of the path wishes; then what waits besides."""
    wished = [line for line in lines if line.step.planned_on == meeting.held_on]
    others = [line for line in lines if line.step.planned_on != meeting.held_on]
    return (gettext("Wished for this meeting"), wished), (gettext("Others that wait") if wished else "", others)


def _composed_meeting(request: StaffRequest, body: Body) -> Meeting | None:
    """The meeting of the body that a request names, from the page on which its agenda is composed."""
    named = request.POST.get("meeting") or request.GET.get("meeting") or ""
    try:
        return Meeting.objects.filter(body=body, pk=UUID(named)).first()
    except ValueError:
        return None


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def put_on_agenda(request: StaffRequest, body: Body) -> HttpResponse:
    case = _named_case(request, body)
    line = next((line for line in waiting_cases(body, request.user) if case and line.case.pk == case.pk), None)
    if case is None or line is None:  # on an agenda since the page was made
        return redirect("meetings:waiting-cases", body.pk)
    if case.is_closed:
        actions.log_closed_reading(body, actor=request.user)
    form = PutForm(
        request.POST if request.method == "POST" else None,
        case,
        places_at(body, localdate()),
        wished=line.step.planned_on,
        at=_composed_meeting(request, body),
        approved=line.standing.is_approved,
    )
    if request.method == "POST" and attempted(form, lambda: _put(form, line, request)):
        notice = gettext("“{title}” is on the agenda.").format(title=case.title)
        meeting = form.chosen.meeting
        composes = _composed_meeting(request, body) == meeting
        return done(request, notice, agenda_address(meeting) if composes else meeting_address(meeting))
    context = {"body": body, "case": case, "line": line, "form": form, "meeting": _composed_meeting(request, body)}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "meetings/put_on_agenda.html", context, status=status)


def _named_case(request: StaffRequest, body: Body) -> Case | None:
    named = request.POST.get("case") or request.GET.get("case") or ""
    try:
        pk = UUID(named)
    except ValueError:
        return None
    return waiting_case_rows(body, request.user).filter(pk=pk).first()


def _put(form: PutForm, line: WaitingLine, request: StaffRequest) -> AgendaItem:
    said = {name: value for name, value in form.cleaned_data.items() if name != "place"}
    place = form.chosen
    return actions.put_on_agenda(
        line.case, meeting=place.meeting, parent=place.parent, step=line.step, actor=request.user, **said
    )


@permitted(Meeting.objects, may_compose_agenda)
@require_http_methods(["GET", "POST"])
def add_collective_item(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = TitleForm(request.POST if request.method == "POST" else None, initial={"title": gettext("Other items")})
    title = form.data.get("title", "")
    if request.method == "POST" and attempted(
        form, lambda: actions.add_collective_item(meeting, title=title, actor=request.user)
    ):
        return done(request, gettext("The item is on the agenda."), agenda_address(meeting))
    act = Act(
        heading=gettext("Add an item that gathers others"),
        words=gettext("Cases are put under it as sub-items. Each keeps its own case and can be sent on by itself."),
        button=gettext("Add the item"),
        back=meeting_address(meeting),
    )
    return act_page(request, act, form, meeting=meeting)


@permitted(AgendaRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def take_off_agenda(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.take_off_agenda(item, actor=request.user)):
        notice = gettext("The item is taken off the agenda. It can be put back below the agenda.")
        return done(request, notice, meeting_address(item.meeting))
    act = Act(
        heading=gettext("Take the item off the agenda"),
        words=gettext("The case waits for the body again, and the items after it move up. It can be put back."),
        button=gettext("Take it off"),
        back=item_address(item),
        is_grave=True,
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(TakenOffRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def put_back_on_agenda(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    if request.method != "POST":  # she logged in on the way here: the button is on the page of the meeting
        return redirect(meeting_address(item.meeting))
    form = forms.Form(request.POST)
    if attempted(form, lambda: actions.put_back_on_agenda(item, actor=request.user)):
        return done(request, gettext("The item is back on the agenda."), meeting_address(item.meeting))
    act = Act(
        heading=gettext("Put the item back on the agenda"),
        words=gettext("It comes back to its place, with the newest words and attachments of its case."),
        button=gettext("Put it back"),
        back=meeting_address(item.meeting),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(Meeting.objects.select_related("body__authority"), may_compose_agenda)
@require_http_methods(["GET", "POST"])
def send_agenda(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = SendForm(request.POST if request.method == "POST" else None)
    anyway = bool(form.data.get("anyway"))
    if request.method == "POST" and attempted(
        form, lambda: actions.send_agenda(meeting, anyway=anyway, actor=request.user)
    ):
        notice = gettext("The agenda is sent. Its words stand fast from now on.")
        return done(request, notice, meeting_address(meeting))
    gaps = [] if meeting.agenda_sent_at else actions.gaps_before_sending(meeting)
    if any(gap.item.is_closed for gap in gaps):
        actions.log_closed_reading(meeting, actor=request.user)
    shown = gap_rows(gaps, meeting, request.user)
    if "HX-Request" in request.headers and request.method == "GET":  # beside the agenda that is composed
        return render(request, "meetings/send_agenda.html#gaps", {"gaps": shown, "meeting": meeting})
    if not any(row.is_error for row in shown):
        del form.fields["anyway"]
    act = Act(
        heading=gettext("Send the agenda"),
        words=gettext(
            "Each item gets the newest approved words and attachments of its case. "
            "From then on they stand fast, and the members can read them."
        ),
        button=gettext("Send the agenda"),
        back=agenda_address(meeting),
    )
    return act_page(request, act, form, meeting=meeting, template="meetings/send_agenda.html", gaps=shown)


@permitted(AgendaRows(), may_move_on)
@require_http_methods(["GET", "POST"])
def renew_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    reason = form.data.get("reason", "")
    if request.method == "POST" and attempted(
        form, lambda: actions.renew_item(item, reason=reason, actor=request.user)
    ):
        return done(request, gettext("The item has the newest words and attachments."), item_address(item))
    act = Act(
        heading=gettext("Renew the item after it was sent"),
        words=gettext(
            "It gets the newest approved words and attachments. The members see that it was changed, and why."
        ),
        button=gettext("Renew the item"),
        back=item_address(item),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)


@permitted(AgendaRows(), may_state_closing)
@require_http_methods(["GET", "POST"])
def state_closing(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    written = {"closing_reason": item.closing_reason, "public_title": item.public_title}
    form = ClosingForm(request.POST if request.method == "POST" else None, initial=written)
    if request.method == "POST" and attempted(
        form, lambda: actions.state_closing(item, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("It is saved."), item_address(item))
    act = Act(
        heading=gettext("Why the item is closed, and what the public may call it"),
        words=gettext("The concrete reason stays inside the house. The public title goes out with the release."),
        button=gettext("Save"),
        back=item_address(item),
    )
    return act_page(request, act, form, meeting=item.meeting, item=item)
