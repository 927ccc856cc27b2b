"""The indicators: list, files, the page of one with its plot, and the row behind a figure."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.accounts.doors import StaffRequest, permitted, permitted_to
from sagsgang.goals.models import Indicator, IndicatorValue
from sagsgang.goals.permissions import (
    IndicatorRows,
    ValueRows,
    may_add_work,
    may_correct_value,
    may_edit_indicator,
    may_see,
    may_see_goals,
)
from sagsgang.goals.queries.indicators import (
    ShownIndicator,
    indicators_of,
    movers_of,
    series_of,
    shown_indicators,
    versions_of,
    worded,
)
from sagsgang.goals.queries.tags import goal_words
from sagsgang.goals.rendering.indicators import (
    figures_csv,
    indicator_json,
    indicators_csv,
    link_address,
    link_words,
    plot_of,
    source_words,
)
from sagsgang.goals.rules.indicators import Move
from sagsgang.goals.rules.periods import period_of
from sagsgang.goals.views.register import csv_answer
from sagsgang.goals.views.tables import house_of, table

_MOVES = list(Move)


@permitted_to(may_see_goals)
@require_safe
def indicators(request: StaffRequest) -> HttpResponse:
    authority, houses = house_of(request)
    labels = {
        "name": gettext("Indicator"),
        "latest": gettext("Newest figure"),
        "trend": gettext("Since the figure before"),
        "target": gettext("Target"),
        "lack": gettext("Lacks to the target"),
        "goals": gettext("Goals"),
    }
    keys: dict[str, Any] = {
        "latest": lambda one: (one.latest is None, one.latest.on if one.latest else None),
        "trend": lambda one: _MOVES.index(one.progress.move),
        "target": lambda one: (one.row.target_on is None, one.row.target_on or localdate()),
        "lack": lambda one: one.lack,
        "goals": lambda one: [goal.goal or 99 for goal in one.goals] or [100],
    }
    context = {
        "authority": authority,
        "authorities": houses,
        "table": table(request, indicators_of(authority), labels, keys),
        "may_add": may_add_work(request.user, authority),
    }
    return render(request, "goals/indicators.html", context)


@permitted_to(may_see_goals)
@require_safe
def indicators_file(request: StaffRequest) -> HttpResponse:
    authority, _houses = house_of(request)
    content = indicators_csv(indicators_of(authority))
    return csv_answer(content, f"Indikatorer {localdate().isoformat()}, {authority.name}.csv")


@permitted(IndicatorRows, may_see)
@require_safe
def indicator(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    (one,) = shown_indicators([indicator])
    figures, links = series_of(indicator), movers_of(indicator, request.user)
    context = {
        "indicator": indicator,
        "authority": indicator.authority,
        "one": one,
        "goals": [(goal, goal_words(goal)) for goal in one.goals],
        "figures": figures[::-1],
        "plot": plot_of(indicator, figures, links),
        "source": source_words(indicator, figures) if figures else indicator.source,
        "links": [(link, link_words(link), link_address(link)) for link in links],
        "may_edit": may_edit_indicator(request.user, indicator),
    }
    return render(request, "goals/indicator.html", context)


@permitted(IndicatorRows, may_see)
@require_safe
def indicator_file(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    return csv_answer(figures_csv(indicator, series_of(indicator)), f"{indicator.name}.csv")


@permitted(IndicatorRows, may_see)
@require_safe
def indicator_data(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    one: ShownIndicator = shown_indicators([indicator])[0]
    content = indicator_json(one, series_of(indicator), movers_of(indicator, request.user))
    answer = HttpResponse(content, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, f"{indicator.name}.json") or "attachment"
    return answer


@permitted(ValueRows(), may_see)
@require_safe
def indicator_figure(request: StaffRequest, figure: IndicatorValue) -> HttpResponse:
    context = {
        "figure": figure,
        "indicator": figure.indicator,
        "authority": figure.indicator.authority,
        "period": period_of(figure.period),
        "words": worded(figure.indicator, figure.value),
        "versions": [(row, worded(figure.indicator, row.value)) for row in versions_of(figure)],
        "may_correct": may_correct_value(request.user, figure),
    }
    return render(request, "goals/indicator_figure.html", context)
