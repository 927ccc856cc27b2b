"""A planned meeting changed by hand, each act on a page that says what follows of it."""

from datetime import date
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.core.templatetags.look import long_date
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.views.acts import Act, act_page, attempted, done
from sagsgang.planning import actions
from sagsgang.planning.forms import CancelForm, ChangeForm, ExtraordinaryForm, MoveForm
from sagsgang.planning.permissions import PlanMeetingRows, may_change_meeting, may_edit_plan
from sagsgang.planning.queries.consequences import consequences_of, passed_deadline


@permitted(PlanMeetingRows(), may_change_meeting)
@require_http_methods(["GET", "POST"])
def move_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = MoveForm(data, meeting, ask_anyway=False)
    if form.is_valid() and passed_deadline(meeting, form.cleaned_data["to"], localdate()):
        form = MoveForm(data, meeting, ask_anyway=True)
    if request.method == "POST" and attempted(
        form, lambda: actions.move_meeting(meeting, actor=request.user, **form.cleaned_data)
    ):
        notice = gettext("The meeting is moved to {day}.").format(day=long_date(form.cleaned_data["to"]))
        return done(request, notice, _plan_of(meeting.body, form.cleaned_data["to"]))
    act = Act(
        heading=gettext("Move the meeting on {day}").format(day=long_date(meeting.held_on)),
        words=gettext("Everything on its agenda goes with it. The calendar still says which day it was."),
        button=gettext("Move the meeting"),
        back=_plan_of(meeting.body, meeting.held_on),
    )
    return _page(request, act, form, meeting)


@permitted(PlanMeetingRows(), may_change_meeting)
@require_http_methods(["GET", "POST"])
def change_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = ChangeForm(request.POST if request.method == "POST" else None, meeting)
    if request.method == "POST" and attempted(
        form, lambda: actions.change_meeting(meeting, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("It is saved."), _plan_of(meeting.body, meeting.held_on))
    act = Act(
        heading=gettext("Time and place of the meeting on {day}").format(day=long_date(meeting.held_on)),
        words=gettext("Time and place are public (KSL § 8)."),
        button=gettext("Save"),
        back=_plan_of(meeting.body, meeting.held_on),
    )
    return act_page(request, act, form, meeting=meeting)


@permitted(PlanMeetingRows(), may_change_meeting)
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.cancel_meeting(meeting, actor=request.user, **form.cleaned_data)
    ):
        notice = gettext("The meeting is cancelled. You can take it up again.")
        return done(request, notice, _plan_of(meeting.body, meeting.held_on))
    act = Act(
        heading=gettext("Cancel the meeting on {day}").format(day=long_date(meeting.held_on)),
        words=gettext("It stays in the calendar as cancelled, and can be taken up again."),
        button=gettext("Cancel the meeting"),
        back=_plan_of(meeting.body, meeting.held_on),
        is_grave=True,
    )
    return _page(request, act, form, meeting)


@permitted(PlanMeetingRows(), may_change_meeting)
@require_http_methods(["GET", "POST"])
def undo_cancellation(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.undo_cancellation(meeting, actor=request.user)):
        return done(request, gettext("The meeting is on again."), _plan_of(meeting.body, meeting.held_on))
    act = Act(
        heading=gettext("Take the meeting on {day} up again").format(day=long_date(meeting.held_on)),
        words=gettext("It is held on its day after all, with the agenda that it had."),
        button=gettext("Take it up again"),
        back=_plan_of(meeting.body, meeting.held_on),
    )
    return act_page(request, act, form, meeting=meeting)


@permitted(PlanMeetingRows(), may_change_meeting)
@require_http_methods(["GET", "POST"])
def remove_meeting(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: actions.remove_meeting(meeting, actor=request.user)):
        notice = gettext("The meeting is taken out of the plan.")
        return done(request, notice, _plan_of(meeting.body, meeting.held_on))
    act = Act(
        heading=gettext("Take the meeting on {day} out of the plan").format(day=long_date(meeting.held_on)),
        words=gettext(
            "For a meeting that was made by mistake. If it has been published, cancel it instead: "
            "then the public sees that it is called off."
        ),
        button=gettext("Take it out"),
        back=_plan_of(meeting.body, meeting.held_on),
        is_grave=True,
    )
    return _page(request, act, form, meeting)


@permitted(Body.objects, may_edit_plan)
@require_http_methods(["GET", "POST"])
def call_extraordinary(request: StaffRequest, body: Body) -> HttpResponse:
    form = ExtraordinaryForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.call_extraordinary(body, actor=request.user, **form.cleaned_data)
    ):
        day = form.cleaned_data["held_on"]
        notice = gettext("The extraordinary meeting on {day} is called.").format(day=long_date(day))
        return done(request, notice, _plan_of(body, day))
    today = localdate()
    act = Act(
        heading=gettext("Call an extraordinary meeting"),
        words=gettext("It may lie on any day, also one on which there is an ordinary meeting."),
        button=gettext("Call the meeting"),
        back=_plan_of(body, today),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "body": body, "year": today.year}
    return render(request, "planning/act.html", context, status=status)


def _page(request: StaffRequest, act: Act, form: forms.Form, meeting: Meeting) -> HttpResponse:
    found = consequences_of(meeting, request.user)
    return act_page(request, act, form, meeting=meeting, template="planning/meeting_act.html", consequences=found)


def _plan_of(body: Body, day: date) -> str:
    return reverse("planning:plan", args=[body.pk, day.year])
