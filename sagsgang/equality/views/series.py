"""All signed-off counts of an authority as a series, beside the national figures; and those figures themselves."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.bodies.models import Authority
from sagsgang.equality import actions
from sagsgang.equality.forms import NationalForm
from sagsgang.equality.permissions import (
    EqualityAuthorities,
    may_keep_national,
    may_see_authority,
    may_see_equality,
)
from sagsgang.equality.queries.national import national_lines, national_years
from sagsgang.equality.queries.series import CountedDay, counted_days
from sagsgang.equality.queries.targets import targets_of
from sagsgang.equality.rendering.plots import leaders_of, plot_of_heads, plot_of_shares, plots_beside
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.shares import percents_of
from sagsgang.equality.shapes import LEVELS, Figures
from sagsgang.meetings.views.acts import Act, attempted, done


@permitted(EqualityAuthorities(), may_see_authority)
@require_safe
def series(request: StaffRequest, authority: Authority) -> HttpResponse:
    days = counted_days(authority)
    years = national_years()
    context = {
        "authority": authority,
        "days": [(one, _cells(one)) for one in reversed(days)],
        "levels": [capfirst(level_name(level)) for level in (*LEVELS, None)],
        "drifts": [one for one in reversed(days) if one.drift],
        "plots": [
            (key, plot)
            for key, plot in (("shares", plot_of_shares(days)), ("heads", plot_of_heads(days)))
            if plot is not None
        ],
        "beside": plots_beside(days, years, targets_of(authority)),
        "years": years,
    }
    return render(request, "equality/series.html", context)


def _cells(one: CountedDay) -> list[tuple[str, str]]:
    """Of each level, and of all leaders: its heading, and its heads with the per cent of women."""
    rows = [(level_name(level), one.values.levels.get(level)) for level in LEVELS]
    rows.append((level_name(None), leaders_of(one)))
    return [(capfirst(name), _words(figures)) for name, figures in rows]


def _words(figures: Figures | None) -> str:
    if figures is None:
        return "–"
    women = percents_of((figures.women, figures.men, figures.other))[0]
    if figures.other:
        words = gettext("{women} women ({share} %), {men} men, {other} others")
        return words.format(women=figures.women, share=women, men=figures.men, other=figures.other)
    return gettext("{women} women ({share} %), {men} men").format(women=figures.women, share=women, men=figures.men)


@permitted_to(may_see_equality)
@require_safe
def national(request: StaffRequest) -> HttpResponse:
    context = {"lines": national_lines()[::-1], "may_keep": may_keep_national(request.user)}
    return render(request, "equality/national.html", context)


@permitted_to(may_keep_national)
@require_http_methods(["GET", "POST"])
def keep_national(request: StaffRequest) -> HttpResponse:
    """A new year, or (`?year=`) one that is known."""
    wished = request.GET.get("year", "")
    known = next((line for line in national_lines() if str(line.figures.year) == wished), None)
    if wished and known is None:
        raise Http404
    form = NationalForm(request.POST if request.method == "POST" else None, known.figures if known else None)
    back = reverse("equality:national")
    if request.method == "POST" and attempted(form, lambda: actions.keep_national(form.facts, actor=request.user)):
        return done(request, gettext("The national figures are saved."), back)
    heading = (
        gettext("Correct the national figures of a year") if known else gettext("Add the national figures of a year")
    )
    words = gettext("Women per hundred leaders. A year that is there already is replaced.")
    act = Act(heading, words, gettext("Save the figures"), back)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "equality/act.html", {"act": act, "form": form}, status=status)
