"""Pages of a body: what was decided between its meetings, and its authority's standard phrases."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case
from sagsgang.documents.access import Access
from sagsgang.meetings import actions
from sagsgang.meetings.forms import PhraseForm, TakeBackForm, UrgentForm
from sagsgang.meetings.models import Outcome, UrgentDecision
from sagsgang.meetings.permissions import UrgentRows, items_shut_to, may_keep_papers, may_take_back_urgent
from sagsgang.meetings.queries.deciding import (
    decidable_cases,
    meeting_to_wait_for,
    phrases_of,
    presiding_people,
    urgent_decisions_of,
)
from sagsgang.meetings.rendering import safe_html
from sagsgang.meetings.views.acts import Act, attempted, done


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def record_urgent_decision(request: StaffRequest, body: Body) -> HttpResponse:
    # A conflict of interest shuts the secretary too out of what is closed.
    shut = list(items_shut_to(request.user).filter(case__access=Access.CLOSED).values_list("case", flat=True))
    cases = decidable_cases(body).filter(pk__in=Case.objects.visible_to(request.user)).exclude(pk__in=shut)
    coming = meeting_to_wait_for(body, localdate())
    form = UrgentForm(
        request.POST if request.method == "POST" else None,
        list(cases.order_by("title")[:500]),
        presiding_people(body, localdate()),
        today=localdate(),
        is_planned=coming is not None,
    )
    if request.method == "POST" and attempted(
        form, lambda: actions.record_urgent_decision(body, actor=request.user, **form.facts())
    ):
        notice = gettext("The decision is recorded. The body is told on its next agenda.")
        return done(request, notice, reverse("meetings:record-urgent-decision", args=[body.pk]))
    rows = list(urgent_decisions_of(body).exclude(case__in=shut)[:50])
    if any(case.is_closed for case in (*form.cases.values(), *(row.case for row in rows))):
        # The one write that a GET does: every reading of closed material is logged (leak rule 12).
        actions.log_closed_reading(body, actor=request.user)
    shown = [(row, safe_html(row.html), row.is_told) for row in rows]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"body": body, "form": form, "rows": shown, "coming": coming}
    return render(request, "meetings/urgent.html", context, status=status)


@permitted(UrgentRows(), may_take_back_urgent)
@require_http_methods(["GET", "POST"])
def withdraw_urgent_decision(request: StaffRequest, urgent: UrgentDecision) -> HttpResponse:
    """Ask for the reason, then take the decision back."""
    back = reverse("meetings:record-urgent-decision", args=[urgent.body_id])
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.withdraw_urgent_decision(urgent, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("The decision is taken back."), back)
    if urgent.case.is_closed:
        actions.log_closed_reading(urgent.body, actor=request.user)
    act = Act(
        heading=gettext("Take back a decision between meetings"),
        words=gettext(
            "What was recorded by mistake is taken back until the body is told of it. Its notice goes off the agenda; the "
            "record and the reason are kept. To correct it, record it anew afterwards."
        ),
        button=gettext("Take the decision back"),
        back=back,
        is_grave=True,
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"act": act, "form": form, "urgent": urgent, "html": safe_html(urgent.html), "body": urgent.body}
    return render(request, "meetings/withdraw_urgent.html", context, status=status)


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def phrases(request: StaffRequest, body: Body) -> HttpResponse:
    """The phrases of the body's authority; a POST adds one."""
    form = PhraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and attempted(
        form, lambda: actions.add_phrase(body.authority, actor=request.user, **form.cleaned_data)
    ):
        return done(request, gettext("The phrase is added."), reverse("meetings:phrases", args=[body.pk]))
    rows = [(phrase, str(Outcome(phrase.outcome).label)) for phrase in phrases_of(body.authority)]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "meetings/phrases.html", {"body": body, "form": form, "rows": rows}, status=status)


@permitted(Body.objects, may_keep_papers)
@require_http_methods(["GET", "POST"])
def withdraw_phrase(request: StaffRequest, body: Body) -> HttpResponse:
    if request.method == "POST":
        outcome, words = request.POST.get("outcome", "")[:12], request.POST.get("words", "")[:500].replace("\0", "")
        actions.withdraw_phrase(body.authority, outcome=outcome.replace("\0", ""), words=words, actor=request.user)
        return done(request, gettext("The phrase is taken out."), reverse("meetings:phrases", args=[body.pk]))
    return redirect("meetings:phrases", body.pk)
