"""Lists of follow-ups: hers, a unit's, a body's."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, signed_in
from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.followups import actions, queries
from sagsgang.followups.forms import ListForm
from sagsgang.followups.models import FollowUp
from sagsgang.followups.permissions import HerUnitRows, eyes_of, may_see_unit
from sagsgang.followups.rendering import ShownFollowUp, shown
from sagsgang.meetings.permissions import may_see_body

A_PAGE = 50
REPORTS_SHOWN = 20


@signed_in
@require_safe
def follow_ups(request: StaffRequest) -> HttpResponse:
    eyes = eyes_of(request.user)
    rows = queries.of_user(eyes)
    if "HX-Request" in request.headers:
        return _list(request, rows, request.user)
    units, bodies = queries.overview_of(eyes)
    return _list(request, rows, request.user, units=units, bodies=bodies)


@signed_in
@require_safe
def late_count(request: StaffRequest) -> HttpResponse:
    """How many that are hers by name are overdue, for the menu; fetched beside the page, and kept for a minute."""
    response = render(request, "followups/late_count.html", {"late": queries.late_of(request.user)})
    response["Cache-Control"] = "private, max-age=60"
    return response


@permitted(HerUnitRows(), may_see_unit)
@require_safe
def unit_follow_ups(request: StaffRequest, unit: Unit) -> HttpResponse:
    return _list(request, queries.of_unit(unit, eyes_of(request.user)), unit, unit=unit)


@permitted(Body.objects, may_see_body)
@require_safe
def body_follow_ups(request: StaffRequest, body: Body) -> HttpResponse:
    eyes = eyes_of(request.user)
    rows = queries.at_body(body, eyes)
    if "HX-Request" in request.headers:
        return _list(request, rows, body, body=body)
    reports = shown(queries.waiting_for_report(body, eyes)[:REPORTS_SHOWN])
    return _list(request, rows, body, reports, body=body)


def _list(
    request: StaffRequest,
    rows: QuerySet[FollowUp],
    place: User | Unit | Body,
    reports: list[ShownFollowUp] | None = None,
    **more: object,
) -> HttpResponse:
    """The page of a list, or the list alone for htmx. What is closed and was shown is logged, once for the page."""
    form = ListForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.matching(rows, show=asked.get("show", ""), words=asked.get("words", ""), sort=asked.get("sort", ""))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = shown(page.object_list)
    log_shown(place, [*lines, *(reports or ())], actor=request.user)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form, "page": page, "lines": lines, "reports": reports, "filters": kept.urlencode(),
        "is_filtered": bool(asked.get("show") or asked.get("words")), "here": "follow-ups", **more,
    }  # fmt: skip
    part = "followups/list.html#list" if "HX-Request" in request.headers else "followups/list.html"
    response = render(request, part, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def log_shown(place: User | Unit | Body, lines: list[ShownFollowUp], *, actor: User) -> None:
    """Log the closed ones whose words stand on the page."""
    closed = dict.fromkeys(line.pk for line in lines if line.is_closed and line.is_readable)
    if closed:
        actions.log_closed_reading(place, closed, actor=actor)
