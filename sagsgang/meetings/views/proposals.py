"""A member's proposal as the body's secretary meets it: read, taken up as a case, or answered."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.meetings.actions import proposals as acts
from sagsgang.meetings.forms.proposals import AnswerMatterForm, TakeUpForm
from sagsgang.meetings.models import MemberProposal
from sagsgang.meetings.permissions import ProposalRows, may_take_up_matter
from sagsgang.meetings.queries.proposals import line_of
from sagsgang.meetings.views.acts import attempted, done


@permitted(ProposalRows(), may_take_up_matter)
@require_safe
def member_proposal(request: StaffRequest, proposal: MemberProposal) -> HttpResponse:
    return _page(request, proposal, TakeUpForm(), AnswerMatterForm())


@permitted(ProposalRows(), may_take_up_matter)
@require_http_methods(["GET", "POST"])
def take_up_matter(request: StaffRequest, proposal: MemberProposal) -> HttpResponse:
    if request.method != "POST":
        return redirect("meetings:member-proposal", proposal.pk)
    form = TakeUpForm(request.POST)
    if attempted(form, lambda: acts.take_up_matter(proposal, actor=request.user, **form.cleaned_data)):
        notice = gettext("A case is opened with the member's words, and waits for the body. You are its caseworker.")
        return done(request, notice, reverse("meetings:waiting-cases", args=[proposal.body_id]))
    return _page(request, proposal, form, AnswerMatterForm())


@permitted(ProposalRows(), may_take_up_matter)
@require_http_methods(["GET", "POST"])
def answer_matter(request: StaffRequest, proposal: MemberProposal) -> HttpResponse:
    if request.method != "POST":
        return redirect("meetings:member-proposal", proposal.pk)
    form = AnswerMatterForm(request.POST)
    if attempted(form, lambda: acts.answer_matter(proposal, actor=request.user, **form.cleaned_data)):
        notice = gettext("The answer is saved. The member reads it on her own pages.")
        return done(request, notice, reverse("meetings:waiting-cases", args=[proposal.body_id]))
    return _page(request, proposal, TakeUpForm(), form)


def _page(
    request: StaffRequest, proposal: MemberProposal, take_up: TakeUpForm, answer: AnswerMatterForm
) -> HttpResponse:
    context = {
        "proposal": proposal,
        "body": proposal.body,
        "line": line_of(proposal, localdate()),
        "take_up": take_up,
        "answer": answer,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if take_up.is_bound or answer.is_bound else HTTPStatus.OK
    return render(request, "meetings/member_proposal.html", context, status=status)
