"""Put the report of a finished follow-up on an agenda of the body that waits for it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups import actions
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import FollowUpRows, may_report_follow_up
from sagsgang.followups.rendering import shown
from sagsgang.meetings.forms import PutForm
from sagsgang.meetings.queries.waiting import places_at
from sagsgang.meetings.views.acts import item_address


@permitted(FollowUpRows(), may_report_follow_up)
@require_http_methods(["GET", "POST"])
def report_follow_up(request: StaffRequest, follow_up: FollowUp) -> HttpResponse:
    body, case = follow_up.reports_to, follow_up.item.case if follow_up.item else follow_up.case
    if body is None:
        return redirect("followups:follow-up", follow_up.pk)
    places = places_at(body, localdate())
    form = PutForm(request.POST if request.method == "POST" else None, case, places, wished=None, approved=True)
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "place"}
        place = form.chosen
        try:
            item = actions.report_follow_up(
                follow_up, meeting=place.meeting, parent=place.parent, actor=request.user, **said
            )
        except RuleBrokenError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, gettext("The follow-up is reported back on the agenda."))
            return redirect(item_address(item))
    (line,) = shown([follow_up])
    if line.is_closed:
        actions.log_closed_reading(follow_up.item or case, [follow_up.pk], actor=request.user)
    context = {
        "line": line, "form": form, "body": body, "here": "follow-ups",
        "back": reverse("followups:body-follow-ups", args=[body.pk]),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "followups/report.html", context, status=status)
