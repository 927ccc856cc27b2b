"""The settings of a body, changed by its secretary or an administrator."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.accounts.models import User
from sagsgang.bodies import actions
from sagsgang.bodies.models import Body
from sagsgang.meetings.actions.proposals import set_cutoff
from sagsgang.meetings.forms.settings import BodySettingsForm
from sagsgang.meetings.permissions import may_change_body
from sagsgang.meetings.queries.proposals import cutoff_days
from sagsgang.meetings.views.acts import attempted, done


@permitted(Body.objects, may_change_body)
@require_http_methods(["GET", "POST"])
def change_body(request: StaffRequest, body: Body) -> HttpResponse:
    form = BodySettingsForm(request.POST if request.method == "POST" else None, body, proposal_days=cutoff_days(body))
    if request.method == "POST" and attempted(form, lambda: _save(form, body, request.user)):
        return done(request, gettext("The settings are saved."), reverse("meetings:body", args=[body.pk]))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "meetings/settings.html", {"body": body, "form": form}, status=status)


def _save(form: BodySettingsForm, body: Body, actor: User) -> None:
    actions.change_body(body, form.settings(), actor=actor)
    if form.chosen_cutoff is not None:
        set_cutoff(body, days=form.chosen_cutoff, actor=actor)
