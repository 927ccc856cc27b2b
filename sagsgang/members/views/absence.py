"""Report absence: a member for herself, the secretary for any of them."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Person
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions.absences import report_absence as report
from sagsgang.meetings.actions.absences import withdraw_absence as withdraw
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import may_keep_minutes
from sagsgang.meetings.queries import seats_on
from sagsgang.meetings.queries.absences import absences_of, consequence_of, report_of
from sagsgang.meetings.rules.absences import is_absence_open
from sagsgang.members.forms import AbsenceReportForm, MemberAbsenceForm, PersonForm
from sagsgang.members.permissions import MyMeetings, may_report_absence
from sagsgang.members.queries.desk import person_of
from sagsgang.members.rendering.calls import RefusedCall, shown_calls
from sagsgang.sittings.actions.calling import call_ahead as call
from sagsgang.sittings.actions.calling import cancel_call as cancel
from sagsgang.sittings.forms.acts import SubstituteForm
from sagsgang.sittings.queries.calling import calls_ahead


@permitted(MyMeetings(), may_report_absence)
@require_http_methods(["GET", "POST"])
def report_absence(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    person = _herself(request)
    known = report_of(meeting, person)
    form = AbsenceReportForm(
        request.POST if request.method == "POST" else None, initial={"reason": known.reason if known else ""}
    )
    if request.method == "POST" and _is_done(form, meeting, person, request):
        messages.success(request, gettext("You have reported that you will not come. The secretary can see it."))
        return redirect("members:my-meetings")
    context = {
        "here": "my-meetings",
        "meeting": meeting,
        "form": form,
        "known": known,
        "is_open": _is_open(meeting),
        "consequence": consequence_of(meeting, person),
    }
    return render(request, "members/report_absence.html", context, status=_status(form))


@permitted(MyMeetings(), may_report_absence)
@require_http_methods(["GET", "POST"])
def withdraw_absence(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return redirect("members:report-absence", meeting.pk)
    try:
        withdraw(meeting, person=_herself(request), actor=request.user)
        messages.success(request, gettext("Your report of absence is taken back: you come to the meeting."))
    except RuleBrokenError as refusal:
        messages.error(request, str(refusal))
    return redirect("members:my-meetings")


@permitted(Meeting.objects, may_keep_minutes)
@require_http_methods(["GET", "POST"])
def absences(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = MemberAbsenceForm(request.POST if request.method == "POST" else None, _expected(meeting))
    if request.method == "POST" and form.is_valid() and _is_done(form, meeting, form.chosen, request):
        messages.success(request, gettext("{name} is reported absent.").format(name=form.chosen.name))
        return redirect("members:absences", meeting.pk)
    return _absences_page(request, meeting, form)


def _absences_page(
    request: StaffRequest, meeting: Meeting, form: MemberAbsenceForm, refused: RefusedCall | None = None
) -> HttpResponse:
    is_open = _is_open(meeting)
    calls = shown_calls(calls_ahead(meeting) if is_open else {}, refused)
    lines = [(line, calls.get(line.person.pk)) for line in absences_of(meeting)]
    context = {"meeting": meeting, "form": form, "lines": lines, "is_open": is_open}
    template = "members/absences.html#lines" if "HX-Request" in request.headers else "members/absences.html"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else _status(form)
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@permitted(Meeting.objects, may_keep_minutes)
@require_http_methods(["GET", "POST"])
def call_ahead(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    if request.method != "POST":
        return redirect("members:absences", meeting.pk)
    form = SubstituteForm(request.POST, meeting)
    if not form.is_valid():
        words = " ".join(str(one) for errors in form.errors.values() for one in errors)
        refused = RefusedCall(words, request.POST)
        return _absences_page(request, meeting, MemberAbsenceForm(None, _expected(meeting)), refused)
    facts = {name: form.cleaned_data[name] for name in ("absent", "substitute", "skipped")}
    try:
        call(meeting, actor=request.user, **facts)
    except RuleBrokenError as refusal:
        refused = RefusedCall(str(refusal), request.POST)
        return _absences_page(request, meeting, MemberAbsenceForm(None, _expected(meeting)), refused)
    said = gettext("{name} is called, and gets the agenda with the members.")
    messages.success(request, said.format(name=form.cleaned_data["substitute"].name))
    return redirect("members:absences", meeting.pk)


@permitted(Meeting.objects, may_keep_minutes)
@require_http_methods(["GET", "POST"])
def cancel_call(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = PersonForm(request.POST, [line.person for line in absences_of(meeting)])
    if request.method == "POST" and form.is_valid():
        try:
            cancel(meeting, absent=form.chosen, actor=request.user)
            messages.success(request, gettext("The call is taken back."))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return redirect("members:absences", meeting.pk)


@permitted(Meeting.objects, may_keep_minutes)
@require_http_methods(["GET", "POST"])
def withdraw_absence_for(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = PersonForm(request.POST, [line.person for line in absences_of(meeting)])
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(meeting, person=form.chosen, actor=request.user)
            messages.success(request, gettext("{name} comes after all.").format(name=form.chosen.name))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return redirect("members:absences", meeting.pk)


def _is_done(form: AbsenceReportForm, meeting: Meeting, person: Person, request: StaffRequest) -> bool:
    if not form.is_valid():
        return False
    try:
        report(meeting, person=person, reason=form.cleaned_data["reason"], actor=request.user)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _herself(request: StaffRequest) -> Person:
    person = person_of(request.user)
    if person is None:
        raise Http404
    return person


def _expected(meeting: Meeting) -> list[Person]:
    return [seat.person for seat in seats_on(meeting.body, meeting.held_on)]


def _is_open(meeting: Meeting) -> bool:
    return is_absence_open(
        is_cancelled=meeting.cancelled_at is not None,
        is_opened=meeting.opened_at is not None,
        is_over=meeting.held_on < localdate(),
    )


def _status(form: forms.Form) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
