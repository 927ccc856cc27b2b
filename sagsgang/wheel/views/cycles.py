"""The political cycles: those of a year on a line of time, and each with its meetings, deadlines and load."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.bodies.calendar import FIRST_YEAR, LAST_YEAR
from sagsgang.bodies.models import Authority
from sagsgang.wheel.permissions import YearAuthorities, may_see_years
from sagsgang.wheel.queries.cycles import authority_of, cycle_lines, cycle_view, year_in
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.rendering.timeline import timeline


@permitted_to(may_see_years)
@require_safe
def cycles(request: StaffRequest) -> HttpResponse:
    authority = _authority(request)
    number = _year(request)
    year = year_of(authority, number, entries=())
    lines = cycle_lines(year)
    context = {
        "authority": authority,
        "chosen": request.GET.get("authority", ""),
        "year": number,
        "before": number - 1 if number > FIRST_YEAR else None,
        "after": number + 1 if number < LAST_YEAR else None,
        "lines": lines,
        "drawing": timeline(number, lines, localdate()),
        "here": "cycles",
    }
    return render(request, "wheel/cycles.html", context)


@permitted_to(may_see_years)
@require_safe
def cycle(request: StaffRequest, cycle: str) -> HttpResponse:
    authority = _authority(request)
    number = year_in(cycle)
    if number is None or not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    view = cycle_view(authority, cycle, request.user)
    if view is None:
        raise Http404
    context = {
        "authority": authority, "chosen": request.GET.get("authority", ""), "view": view, "year": number,
        "here": "cycles",
    }  # fmt: skip
    return render(request, "wheel/cycle.html", context)


def _authority(request: StaffRequest) -> Authority:
    rows = YearAuthorities().visible_to(request.user)
    authority = authority_of(rows, request.GET.get("authority", ""))
    assert authority is not None  # the door has let her in
    return authority


def _year(request: HttpRequest) -> int:
    """The year in the address; nonsense, and years without known holidays, are this year."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else localdate().year
