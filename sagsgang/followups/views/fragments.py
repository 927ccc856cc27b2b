"""Follow-ups at an item and on a case: fetched by those pages by htmx, and pages of their own without JavaScript."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.cases.models import Case
from sagsgang.cases.permissions import CaseRows, may_see_case
from sagsgang.followups import actions, queries
from sagsgang.followups.permissions import may_give_on_case
from sagsgang.followups.rendering import ShownFollowUp, shown
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.permissions import ReadableRows, may_see_item


@permitted(ReadableRows(), may_see_item)
@require_safe
def at_item(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    places, givable = queries.places_of(item, request.user)
    groups = [(place.item, shown(place.here), shown(place.others)) for place in places]
    _log(request, item, [line for _item, here, others in groups for line in (*here, *others)])
    context = {
        "item": item,
        "groups": [group for group in groups if group[1] or group[2]],
        "givable": givable,
    }
    return _answer(request, "followups/at_item.html", context)


@permitted(CaseRows(), may_see_case)
@require_safe
def at_case(request: StaffRequest, case: Case) -> HttpResponse:
    lines = shown(queries.on_case(case, request.user))
    may_give = may_give_on_case(request.user, case)
    _log(request, case, lines)
    context = {
        "case": case,
        "lines": lines,
        "may_give": may_give,
        "items": queries.items_of(case) if may_give else [],
    }
    return _answer(request, "followups/at_case.html", context)


def _log(request: StaffRequest, place: AgendaItem | Case, lines: list[ShownFollowUp]) -> None:
    closed = [line.pk for line in lines if line.is_closed and line.is_readable]
    if closed:
        actions.log_closed_reading(place, closed, actor=request.user)


def _answer(request: StaffRequest, template: str, context: dict[str, object]) -> HttpResponse:
    part = "#part" if "HX-Request" in request.headers else ""
    response = render(request, template + part, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
