"""The political cycles: those of a year on a line of time, and each with its meetings, deadlines and load."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted_to
from sagsgang.bodies.calendar import FIRST_YEAR, LAST_YEAR
from sagsgang.core.sorting import DanishKey
from sagsgang.wheel.permissions import YearAuthorities, may_see_years
from sagsgang.wheel.queries.cycles import authority_of, cycle_lines, cycle_view, year_in
from sagsgang.wheel.queries.year import year_of
from sagsgang.wheel.rendering.timeline import timeline


@permitted_to(may_see_years)
@require_safe
def cycles(request: StaffRequest) -> HttpResponse:
    house = _house(request)
    number = _year(request)
    lines = cycle_lines(year_of(house["authority"], number, entries=()))
    context = {
        **house,
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
    house = _house(request)
    number = year_in(cycle)
    if number is None or not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    view = cycle_view(house["authority"], cycle, request.user)
    if view is None:
        raise Http404
    return render(request, "wheel/cycle.html", {**house, "view": view, "year": number, "here": "cycles"})


def _house(request: StaffRequest) -> dict[str, Any]:
    """The authority whose year she looks at, as the address names it, and the others if she works for several."""
    houses = list(YearAuthorities().visible_to(request.user).order_by(DanishKey("name")))
    chosen = request.GET.get("authority", "")
    authority = authority_of(houses, chosen)
    assert authority is not None  # the door has let her in
    return {"authority": authority, "chosen": chosen, "authorities": houses if len(houses) > 1 else []}


def _year(request: HttpRequest) -> int:
    """The year in the address; nonsense, and years without known holidays, are this year."""
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else localdate().year
