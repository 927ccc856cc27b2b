"""Access on request (R21): other committees' matters, asking to read one, and the secretary's answers."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Body
from sagsgang.meetings import permissions
from sagsgang.meetings.actions import access as acts
from sagsgang.meetings.actions.reading import log_closed_reading
from sagsgang.meetings.forms.access import AnswerAccessForm, AskAccessForm, CommitteeForm
from sagsgang.meetings.models import AccessRequest, AgendaItem, Meeting
from sagsgang.meetings.permissions import (
    AskableRows,
    RequestRows,
    may_answer_access,
    may_ask_access,
    may_ask_for,
    may_keep_papers,
    may_withdraw_access,
)
from sagsgang.meetings.queries import access as queries
from sagsgang.meetings.queries.access import AskedItem
from sagsgang.meetings.rendering import public_face
from sagsgang.meetings.views.acts import attempted

MEETINGS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Line:
    """An item of another committee by its open face: never a word that is closed."""

    asked: AskedItem
    title: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of another committee with its items."""

    meeting: Meeting
    lines: tuple[Line, ...]


@permitted_to(may_ask_access)
@require_safe
def other_committees(request: StaffRequest) -> HttpResponse:
    bodies = permissions.other_committees(request.user)
    form = CommitteeForm(request.GET, bodies)
    chosen = form.chosen
    asked = bodies.filter(pk=chosen.pk) if chosen else bodies
    page = Paginator(queries.sent_meetings(request.user, asked), MEETINGS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "sittings": [_sitting(meeting) for meeting in page],
        "filters": urlencode({"body": chosen.pk}) if chosen else "",
    }
    return render(request, "meetings/access_committees.html", context)


def _sitting(meeting: Meeting) -> Sitting:
    return Sitting(meeting, tuple(Line(asked, _face(asked.item)) for asked in queries.asked_items(meeting)))


def _face(item: AgendaItem) -> str:
    return public_face(item) if item.is_closed else item.title or gettext("(without title)")


@permitted(AskableRows(), may_ask_for)
@require_http_methods(["GET", "POST"])
def request_access(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    form = AskAccessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: acts.request_access(item, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, gettext("The request is sent to the committee's secretary."))
        return redirect(reverse("meetings:other-committees") + f"#item-{item.pk}")
    known = queries.own_request(request.user, item)
    asked = AskedItem(item, known)
    context = {"asked": asked, "title": _face(item), "item": item, "meeting": item.meeting, "form": form}
    return render(request, "meetings/access_request.html", context, status=_status(form))


@permitted(Body.objects, may_keep_papers)
@require_safe
def access_requests(request: StaffRequest, body: Body) -> HttpResponse:
    rows = queries.requests_of(body)
    if any(row.item.is_closed for row in rows):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        log_closed_reading(body, actor=request.user)
    lines = [(row, queries.state_of(row)) for row in rows]
    return render(request, "meetings/access_requests.html", {"body": body, "lines": lines})


@permitted(RequestRows(), may_answer_access)
@require_http_methods(["GET", "POST"])
def answer_access(request: StaffRequest, access: AccessRequest) -> HttpResponse:
    form = AnswerAccessForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: acts.answer_access(access, actor=request.user, **form.cleaned_data)
    ):
        granted = form.cleaned_data["granted"]
        messages.success(request, gettext("Access is granted.") if granted else gettext("Access is refused."))
        return redirect("meetings:access-requests", access.item.meeting.body_id)
    if access.item.is_closed:
        log_closed_reading(access.item, actor=request.user)
    context = {
        "access": access,
        "item": access.item,
        "meeting": access.item.meeting,
        "state": queries.state_of(access),
        "has_conflict": queries.has_conflict(access),
        "form": form,
    }
    return render(request, "meetings/access_answer.html", context, status=_status(form))


@permitted(RequestRows(), may_withdraw_access)
@require_http_methods(["GET", "POST"])
def withdraw_access(request: StaffRequest, access: AccessRequest) -> HttpResponse:
    is_own = access.user_id == request.user.pk
    back = (
        reverse("meetings:other-committees")
        if is_own
        else reverse("meetings:access-requests", args=[access.item.meeting.body_id])
    )
    if request.method == "POST":
        acts.withdraw_access(access, actor=request.user)
        messages.success(request, gettext("It is taken back."))
        return redirect(back)
    context = {
        "access": access,
        "title": _face(access.item),
        "item": access.item,
        "meeting": access.item.meeting,
        "state": queries.state_of(access),
        "is_own": is_own,
        "back": back,
    }
    return render(request, "meetings/access_withdraw.html", context)


def _status(form: AskAccessForm | AnswerAccessForm) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
