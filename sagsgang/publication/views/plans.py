"""The published calendar of a body."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.permissions import may_see_body
from sagsgang.planning.views.years import of_a_year, year_of
from sagsgang.publication import actions, permissions
from sagsgang.publication.calendars import calendar_of


@of_a_year
@permitted(Body.objects, may_see_body)
@require_safe
def plan(request: StaffRequest, body: Body) -> HttpResponse:
    if "HX-Request" in request.headers:
        context = {"calendar": calendar_of(body, year_of(request))}
        response = render(request, "publication/plan.html#box", context)
    else:
        response = _plan_page(request, body)
    patch_vary_headers(response, ["HX-Request"])
    return response


@of_a_year
@permitted(Body.objects, permissions.may_publish_plan)
@require_http_methods(["GET", "POST"])
def publish_plan(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    if request.method == "POST":
        try:
            actions.publish_plan(body, year=year, has_looked="has_looked" in request.POST, actor=request.user)
        except RuleBrokenError as refusal:
            return _plan_page(request, body, refused=str(refusal))
        messages.success(request, gettext("The calendar is published. Later changes follow by themselves."))
    return redirect("publication:plan", body.pk, year)


@of_a_year
@permitted(Body.objects, permissions.may_publish_plan)
@require_http_methods(["GET", "POST"])
def withdraw_plan(request: StaffRequest, body: Body) -> HttpResponse:
    year = year_of(request)
    if request.method == "POST":
        actions.withdraw_plan(body, year=year, actor=request.user)
        messages.success(request, gettext("The calendar is taken back. The public no longer sees it."))
    return redirect("publication:plan", body.pk, year)


def _plan_page(request: StaffRequest, body: Body, *, refused: str = "") -> HttpResponse:
    year = year_of(request)
    context = {
        "body": body,
        "year": year,
        "calendar": calendar_of(body, year),
        "may_publish": permissions.may_publish_plan(request.user, body),
        "refused": refused,
    }
    return render(
        request, "publication/plan.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    )
