"""How an indicator is written: its facts, a figure typed, corrected or taken off, and what was to move it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sagsgang.accounts.doors import StaffRequest, permitted
from sagsgang.bodies.models import Authority
from sagsgang.core.asking import searched
from sagsgang.goals.actions import indicator_series, indicators
from sagsgang.goals.forms.indicators import FigureForm, IndicatorForm, IndicatorLinkForm, ReasonForm
from sagsgang.goals.models import Indicator, IndicatorLink, IndicatorValue
from sagsgang.goals.permissions import (
    GoalHouses,
    IndicatorLinkRows,
    IndicatorRows,
    ValueRows,
    may_add_work,
    may_correct_value,
    may_edit_indicator,
    may_edit_indicator_link,
)
from sagsgang.goals.queries.indicators import choosable, worded
from sagsgang.goals.rules.periods import period_of
from sagsgang.goals.views.acting import acted, of_house, posted
from sagsgang.meetings.views.acts import Act

MOST = 200


def indicator_address(indicator: Indicator) -> str:
    """The page of an indicator."""
    return reverse("goals:indicator", args=[indicator.pk])


@permitted(GoalHouses(), may_add_work)
@require_http_methods(["GET", "POST"])
def add_indicator(request: StaffRequest, authority: Authority) -> HttpResponse:
    form = IndicatorForm(posted(request), authority)
    act = Act(
        heading=gettext("Enter an indicator"),
        words=gettext("Afterwards, bring its figures in on its page, from a file or one by one."),
        button=gettext("Enter it"),
        back=of_house("indicators", authority),
    )
    return acted(
        request, act, form, lambda: indicators.add_indicator(authority, form.facts, actor=request.user),
        gettext("The indicator is entered."), to=indicator_address,
    )  # fmt: skip


@permitted(IndicatorRows, may_edit_indicator)
@require_http_methods(["GET", "POST"])
def edit_indicator(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    form = IndicatorForm(posted(request), indicator.authority, indicator)
    act = Act(
        heading=gettext("Change “{name}”").format(name=indicator.name),
        words=gettext("Its figures and what was to move it are changed on its page."),
        button=gettext("Save"),
        back=indicator_address(indicator),
    )
    return acted(
        request, act, form, lambda: indicators.edit_indicator(indicator, form.facts, actor=request.user),
        gettext("It is saved."),
    )  # fmt: skip


@permitted(IndicatorRows, may_edit_indicator)
@require_http_methods(["GET", "POST"])
def withdraw_indicator(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the indicator “{name}” off the list").format(name=indicator.name),
        words=gettext("It is followed no more. Its figures are on no page then."),
        button=gettext("Take it off"),
        back=of_house("indicators", indicator.authority),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: indicators.withdraw_indicator(indicator, actor=request.user),
        gettext("The indicator is taken off the list."),
    )  # fmt: skip


@permitted(IndicatorRows, may_edit_indicator)
@require_http_methods(["GET", "POST"])
def write_figure(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    form = FigureForm(posted(request))
    act = Act(
        heading=gettext("Type a figure of “{name}”").format(name=indicator.name),
        words=gettext("Where a figure stands for the period already, this becomes its next version."),
        button=gettext("Store it"),
        back=indicator_address(indicator),
    )
    return acted(
        request, act, form,
        lambda: indicator_series.write_figure(indicator, **form.cleaned_data, actor=request.user),
        gettext("The figure is stored."),
    )  # fmt: skip


def _figure_words(figure: IndicatorValue) -> str:
    return gettext("{period}: {value}").format(
        period=period_of(figure.period).words, value=worded(figure.indicator, figure.value)
    )


@permitted(ValueRows(), may_correct_value)
@require_http_methods(["GET", "POST"])
def correct_figure(request: StaffRequest, figure: IndicatorValue) -> HttpResponse:
    form = FigureForm(posted(request), figure)
    act = Act(
        heading=gettext("Correct the figure of {period}").format(period=period_of(figure.period).words),
        words=gettext("What stood before can still be looked up, with who changed it and when."),
        button=gettext("Store it"),
        back=indicator_address(figure.indicator),
    )
    return acted(
        request, act, form,
        lambda: indicator_series.write_figure(
            figure.indicator, period=figure.period, **form.cleaned_data, actor=request.user
        ),
        gettext("The figure is stored."),
    )  # fmt: skip


@permitted(ValueRows(), may_correct_value)
@require_http_methods(["GET", "POST"])
def withdraw_figure(request: StaffRequest, figure: IndicatorValue) -> HttpResponse:
    form = ReasonForm(posted(request))
    act = Act(
        heading=gettext("Take the figure of {period} off").format(period=period_of(figure.period).words),
        words=_figure_words(figure),
        button=gettext("Take it off"),
        back=indicator_address(figure.indicator),
        is_grave=True,
    )
    return acted(
        request, act, form,
        lambda: indicator_series.withdraw_figure(figure, **form.cleaned_data, actor=request.user),
        gettext("The figure is taken off."),
    )  # fmt: skip


@permitted(IndicatorRows, may_edit_indicator)
@require_http_methods(["GET", "POST"])
def link_indicator(request: StaffRequest, indicator: Indicator) -> HttpResponse:
    words = searched(request)

    def narrowed(rows: QuerySet[Any], kind: str) -> QuerySet[Any]:
        if not words:
            return rows
        title = Q(name__icontains=words) if kind == "project" else Q(title__icontains=words)
        return rows.filter(title | Q(case__title__icontains=words) if kind == "item" else title)

    form = IndicatorLinkForm(posted(request), choosable(indicator, request.user, narrowed, MOST))
    act = Act(
        heading=gettext("What was to move “{name}”?").format(name=indicator.name),
        words=gettext("It stands on the plot at its day. Who may not read a decision or a case is not told of it here either."),
        button=gettext("Save the link"),
        back=indicator_address(indicator),
    )  # fmt: skip

    def link() -> object:
        return indicators.link_indicator(
            indicator, form.chosen, on=form.cleaned_data["on"], expected=form.cleaned_data["expected"],
            actor=request.user,
        )  # fmt: skip

    return acted(request, act, form, link, gettext("The link is saved."), finds=True, words=words)


@permitted(IndicatorLinkRows(), may_edit_indicator_link)
@require_http_methods(["GET", "POST"])
def unlink_indicator(request: StaffRequest, link: IndicatorLink) -> HttpResponse:
    form = forms.Form(posted(request))
    act = Act(
        heading=gettext("Take the link off"),
        words=gettext("It is on the plot of “{name}” no more. The log keeps that it was.").format(
            name=link.indicator.name
        ),
        button=gettext("Take it off"),
        back=indicator_address(link.indicator),
        is_grave=True,
    )
    return acted(
        request, act, form, lambda: indicators.unlink_indicator(link, actor=request.user),
        gettext("The link is taken off."),
    )  # fmt: skip
