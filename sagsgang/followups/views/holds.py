"""A case is held by hand because of an error, and its hold is lifted."""

from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.actions.holds import lift_hold as lift
from sagsgang.cases.actions.reading import log_closed_reading
from sagsgang.cases.models import Case, CaseHold
from sagsgang.cases.permissions import CaseRows, HoldRows, may_hold_case, may_lift_hold
from sagsgang.followups import queries
from sagsgang.followups.actions.holds import hold_case
from sagsgang.followups.forms.holds import HoldForm, LiftForm
from sagsgang.meetings.views.acts import Act, attempted, done


@permitted(CaseRows(), may_hold_case)
@require_http_methods(["GET", "POST"])
def raise_hold(request: StaffRequest, case: Case) -> HttpResponse:
    attachments = case.attachments.filter(withdrawn_at=None, replaced_by=None).order_by("position")
    form = HoldForm(request.POST if request.method == "POST" else None, queries.choices_of(case), attachments)
    if request.method == "POST" and attempted(
        form,
        lambda: hold_case(
            case,
            wrong=form.cleaned_data["wrong"],
            attachment=form.cleaned_data["attachment"],
            facts=form.facts,
            actor=request.user,
        ),
    ):
        return done(request, gettext("The case is held, and the follow-up is given."), _page(case))
    act = Act(
        gettext("An error is found: hold the case"),
        gettext(
            "The case goes to no further body before the error is mended or accepted. Whom you name by role sees to it."
        ),
        gettext("Hold the case, and give the follow-up"), _page(case), is_grave=True,
    )  # fmt: skip
    return _act(request, act, form, case)


@permitted(HoldRows(), may_lift_hold)
@require_http_methods(["GET", "POST"])
def lift_hold(request: StaffRequest, hold: CaseHold) -> HttpResponse:
    form = LiftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(form, lambda: lift(hold, actor=request.user, **form.cleaned_data)):
        return done(request, gettext("The hold is lifted, and the case may go on."), _page(hold.case))
    act = Act(gettext("Lift the hold"), hold.words, gettext("Lift the hold"), _page(hold.case), is_grave=True)
    return _act(request, act, form, hold.case)


def _act(request: StaffRequest, act: Act, form: forms.Form, case: Case) -> HttpResponse:
    if case.is_closed:
        log_closed_reading(case, actor=request.user)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "case": case, "here": "cases"}
    return render(request, "followups/hold.html", context, status=status)


def _page(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])
