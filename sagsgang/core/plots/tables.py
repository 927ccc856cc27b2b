"""Every number of a plot as rows of a table: what the picture shows can be read, copied and counted."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from sagsgang.core.plots.shapes import Absent, BarPlot, HeatMap, LinePlot, Mark, Plot
from sagsgang.core.plots.words import day_words, number_words


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, and the address to which it leads; `is_number` stands to the right."""

    text: str
    href: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The first cell of each row heads it."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(plot: Plot) -> Table:
    """The table with the same numbers, in the language of the page."""
    if isinstance(plot, BarPlot):
        return _of_bars(plot)
    return _of_lines(plot) if isinstance(plot, LinePlot) else _of_map(plot)


def _with_unit(words: str, unit: str) -> str:
    return f"{words} ({unit})" if unit else words


def _of_bars(plot: BarPlot) -> Table:
    has_marks = any(bar.mark is not None for bar in plot.bars)
    headings = [plot.head, *(_with_unit(name, plot.unit) for name in plot.series)]
    rows = []
    for bar in plot.bars:
        cells = [Cell(bar.label, bar.href, is_number=False)]
        cells += [Cell(number_words(value, plot.decimals)) for value in bar.values]
        if has_marks:
            cells.append(Cell(number_words(Absent.MISSING if bar.mark is None else bar.mark, plot.decimals)))
        rows.append(tuple(cells))
    return Table((*headings, plot.mark_words) if has_marks else tuple(headings), tuple(rows))


def _of_lines(plot: LinePlot) -> Table:
    """A row for each day, also for the baseline, the target and what happened."""
    days = {point.on for line in plot.lines for point in line.points}
    values = [{point.on: point for point in line.points} for line in plot.lines]
    marks = [mark for mark in (plot.baseline, plot.target) if mark is not None]
    days |= {event.on for event in plot.events} | {mark.on for mark in marks if mark.on is not None}
    rows: list[tuple[Cell, ...]] = []
    for on in sorted(days):
        named = [point.when for known in values if (point := known.get(on))]
        named += [mark.when for mark in marks if mark.on == on]
        cells = [Cell(next(filter(None, named), day_words(on)), is_number=False)]
        for known in values:
            point = known.get(on)
            cells.append(Cell(number_words(point.value, plot.decimals), point.href) if point else Cell(""))
        events = [event for event in plot.events if event.on == on]
        told = [_mark_words(mark, plot) for mark in marks if mark.on == on] + [event.label for event in events]
        href = next((event.href for event in events if event.href), "")
        rows.append((*cells, Cell("; ".join(told), href, is_number=False)))
    rows += [
        (Cell(capfirst(mark.label), is_number=False), *(Cell("") for _line in plot.lines),
         Cell(number_words(mark.value, plot.decimals), is_number=False))
        for mark in marks if mark.on is None
    ]  # fmt: skip
    headings = (gettext("Day"), *(_with_unit(line.name, plot.unit) for line in plot.lines))
    if all(not row[-1].text for row in rows):
        return Table(headings, tuple(row[:-1] for row in rows))
    return Table((*headings, pgettext("plot", "What happened")), tuple(rows))


def _mark_words(mark: Mark, plot: LinePlot) -> str:
    return f"{capfirst(mark.label)}: {number_words(mark.value, plot.decimals)}"


def _of_map(plot: HeatMap) -> Table:
    headings = (plot.head, *(_with_unit(name, plot.unit) for name in plot.columns))
    rows = tuple(
        (
            Cell(row.label, is_number=False),
            *(
                Cell(number_words(value, plot.decimals), row.hrefs[at] if row.hrefs else "")
                for at, value in enumerate(row.values)
            ),
        )
        for row in plot.rows
    )
    return Table(headings, rows)
