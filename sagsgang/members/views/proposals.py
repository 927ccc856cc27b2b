"""A member raises a matter for the next agenda (R9), sees what became of it, and may take it back."""

from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.actions import proposals as acts
from sagsgang.meetings.models import MemberProposal
from sagsgang.meetings.queries.proposals import calendar_of, coming_meetings, proposals_of
from sagsgang.members.forms.proposals import RaiseMatterForm
from sagsgang.members.permissions import MyBodies, MyProposals, may_raise_matter, may_withdraw_matter
from sagsgang.members.queries.desk import person_of


@signed_in
@require_safe
def my_proposals(request: StaffRequest) -> HttpResponse:
    person = person_of(request.user)
    context = {
        "here": "my-meetings",
        "bodies": MyBodies().visible_to(request.user),
        "lines": proposals_of(person.pk, localdate()) if person is not None else [],
    }
    return render(request, "members/my_proposals.html", context)


@permitted(MyBodies(), may_raise_matter)
@require_http_methods(["GET", "POST"])
def raise_matter(request: StaffRequest, body: Body) -> HttpResponse:
    form = RaiseMatterForm(
        request.POST if request.method == "POST" else None, list(coming_meetings(body, localdate())[:24])
    )
    if request.method == "POST" and _is_raised(form, body, request):
        messages.success(request, gettext("The matter is raised. The body's secretary can see it."))
        return redirect("members:my-proposals")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"here": "my-meetings", "body": body, "form": form, "calendar": calendar_of(body, localdate())}
    return render(request, "members/raise_matter.html", context, status=status)


def _is_raised(form: RaiseMatterForm, body: Body, request: StaffRequest) -> bool:
    if not form.is_valid():
        return False
    person = person_of(request.user)
    if person is None:
        raise Http404
    facts = acts.ProposalFacts(form.cleaned_data["title"], form.cleaned_data["words"], form.wish)
    try:
        acts.raise_matter(body, facts, person=person, actor=request.user)
    except RuleBrokenError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@permitted(MyProposals(), may_withdraw_matter)
@require_http_methods(["GET", "POST"])
def withdraw_matter(request: StaffRequest, proposal: MemberProposal) -> HttpResponse:
    if request.method == "POST":
        try:
            acts.withdraw_matter(proposal, actor=request.user)
            messages.success(request, gettext("The proposal is taken back."))
        except RuleBrokenError as refusal:
            messages.error(request, str(refusal))
    return redirect("members:my-proposals")
