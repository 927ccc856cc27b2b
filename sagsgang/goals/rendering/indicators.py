"""An indicator as a plot, as CSV that Danish Excel opens, and as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from sagsgang.core.plots import Event, Line, LinePlot, Mark, Point
from sagsgang.core.plots.words import day_words
from sagsgang.core.spreadsheets import as_csv
from sagsgang.goals.models import Indicator, IndicatorValue
from sagsgang.goals.queries.indicators import ShownFigure, ShownIndicator, ShownLink, open_only
from sagsgang.goals.queries.tags import goal_words
from sagsgang.goals.rendering.files import LANGUAGE
from sagsgang.goals.rules.periods import period_at, period_of


def plot_of(indicator: Indicator, figures: Sequence[ShownFigure], links: Iterable[ShownLink]) -> LinePlot | None:
    """The series with baseline, target and what was to move it; None while there is no figure. Every figure leads to its row."""
    if not figures:
        return None
    drawn = series_plot(indicator, [one.row for one in figures])
    line = drawn.lines[0]
    points = tuple(
        replace(point, href=reverse("goals:indicator-figure", args=[one.row.pk]))
        for point, one in zip(line.points, figures, strict=True)
    )
    return replace(
        drawn,
        lines=(replace(line, points=points),),
        events=tuple(Event(link.row.on, link_words(link), link_address(link)) for link in links),
        source=source_words(indicator, figures),
    )


def series_plot(indicator: Indicator, values: Sequence[IndicatorValue]) -> LinePlot:
    """The figures (at least one, in order) in the middle of their periods, with baseline and target; no link, no event."""
    periods = [period_of(one.period) for one in values]
    points = tuple(
        Point(period.middle, float(one.value), when=period.words) for one, period in zip(values, periods, strict=True)
    )
    kind = periods[0].kind
    return LinePlot(
        title=f"{indicator.name} ({indicator.measured_in})" if indicator.measured_in else indicator.name,
        lines=(Line(gettext("Figure"), points),),
        unit=indicator.measured_in,
        decimals=indicator.decimals,
        target=_mark(gettext("Target"), indicator.target_value, indicator.target_on, kind),
        baseline=_mark(gettext("Baseline"), indicator.baseline_value, indicator.baseline_on, kind),
    )


def source_words(indicator: Indicator, figures: Sequence[ShownFigure]) -> str:
    """Where the figures are from, and the day on which the newest of them was brought in."""
    newest = max(localtime(one.row.created_at).date() for one in figures)
    return gettext("{source}, brought in {day}").format(source=indicator.source, day=f"{newest:%d-%m-%Y}")


def link_words(link: ShownLink) -> str:
    """What was to move the indicator, and what was expected of it."""
    if link.kind == "item":
        words = gettext("{body}, closed item").format(body=link.body) if link.is_closed else f"{link.body}: {link.name}"
    else:
        words = gettext("Closed case") if link.is_closed else link.name
    return f"{words} – {link.expected}" if link.expected else words


def link_address(link: ShownLink) -> str:
    """The page of the decision, the case or the project; it asks for itself who comes."""
    row = link.row
    if row.item is not None:
        page = reverse("meetings:item", args=[row.item.parent_id or row.item.pk])
        return f"{page}#delpunkt-{row.item.pk}" if row.item.parent_id else page
    if row.case_id is not None:
        return reverse("cases:case", args=[row.case_id])
    return reverse("goals:project", args=[row.project_id])


def indicators_csv(shown: Iterable[ShownIndicator]) -> bytes:
    """A row for each indicator with its newest figure; days are ISO, numbers have a comma."""
    with override(LANGUAGE):
        heading = (
            gettext("Indicator"), gettext("Measured in"), gettext("Period"), gettext("Newest figure"),
            gettext("Change since the figure before"), gettext("Baseline"), gettext("Day of the baseline"),
            gettext("Target"), gettext("Day of the target"), gettext("Lacks to the target"), gettext("Direction"),
            gettext("Goals"), gettext("Policy area"), gettext("Unit"), gettext("Owner, by role"), gettext("Source"),
            gettext("Address of the source"),
        )  # fmt: skip
        return as_csv([heading, *map(_line, shown)])


def figures_csv(indicator: Indicator, figures: Iterable[ShownFigure]) -> bytes:
    """A row for each figure that stands; it can be read in again as it is."""
    with override(LANGUAGE):
        heading = (
            gettext("Period"), gettext("Value"), gettext("Note"), gettext("Last day of the period"), gettext("Measured in"),
            gettext("Version"), gettext("Stored on"), gettext("File"), gettext("Row of the file"), gettext("Indicator"),
            gettext("Source"),
        )  # fmt: skip
        rows = [
            (one.row.period, _plain(one.row.value), one.row.note, one.row.on.isoformat(), indicator.measured_in,
             str(one.row.version), localtime(one.row.created_at).date().isoformat(),
             one.row.brought_in.name if one.row.brought_in else "", str(one.row.row or ""), indicator.name,
             indicator.source)
            for one in figures
        ]  # fmt: skip
        return as_csv([heading, *rows])


def indicator_json(shown: ShownIndicator, figures: Iterable[ShownFigure], links: Iterable[ShownLink]) -> bytes:
    """The indicator with its figures, and the open decisions, cases and projects that were to move it."""
    row = shown.row
    tree: dict[str, Any] = {
        "name": row.name,
        "measures": row.measures,
        "unit": row.measured_in,
        "better": row.better,
        "source": {"name": row.source, "address": row.source_address},
        "goals": [one.target or str(one.goal) for one in shown.goals if one.goal],
        "local_goals": [one.local_goal.name for one in shown.goals if one.local_goal],
        "baseline": _level(row.baseline_value, row.baseline_on),
        "target": _level(row.target_value, row.target_on),
        "figures": [
            {
                "period": one.row.period,
                "on": one.row.on.isoformat(),
                "value": _number(one.row.value),
                "note": one.row.note,
                "version": one.row.version,
                "stored_at": localtime(one.row.created_at).isoformat(timespec="seconds"),
            }
            for one in figures
        ],
        "moved_by": [
            {"kind": link.kind, "on": link.row.on.isoformat(), "name": link.name, "body": link.body,
             "expected": link.expected}
            for link in open_only(links)
        ],
    }  # fmt: skip
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


def _mark(label: str, value: Decimal | None, on: date | None, kind: str) -> Mark | None:
    """In the middle of the period of its day, as the figure of that period stands."""
    if value is None:
        return None
    return Mark(label, float(value), period_at(kind, on).middle, day_words(on)) if on else Mark(label, float(value))


def _level(value: Decimal | None, on: date | None) -> dict[str, Any] | None:
    return None if value is None else {"value": _number(value), "on": on.isoformat() if on else None}


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _plain(value: Decimal | None) -> str:
    """With a comma, and without zeros at the end."""
    return "" if value is None else number_format(Decimal(str(_number(value))), use_l10n=True, force_grouping=False)


def _line(one: ShownIndicator) -> tuple[str, ...]:
    row, latest = one.row, one.latest
    return (
        row.name, row.measured_in, latest.period if latest else "", _plain(latest.value if latest else None),
        _plain(one.progress.change), _plain(row.baseline_value), row.baseline_on.isoformat() if row.baseline_on else "",
        _plain(row.target_value), row.target_on.isoformat() if row.target_on else "", _plain(one.progress.distance),
        row.get_better_display(), "; ".join(goal_words(goal) for goal in one.goals), row.area.name if row.area else "",
        row.unit.name if row.unit else "", row.owner_role, row.source, row.source_address,
    )  # fmt: skip
