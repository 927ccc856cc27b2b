"""A plot as SVG: for a page in two widths, for a printed sheet as bytes."""

from django.utils.translation import gettext

from sagsgang.core.plots import drawing
from sagsgang.core.plots.bars import draw_bars
from sagsgang.core.plots.drawing import NARROW, QUIET, SMALL, STEP, WIDE, Parts
from sagsgang.core.plots.heat import draw_heat
from sagsgang.core.plots.lines import draw_lines
from sagsgang.core.plots.shapes import Absent, BarPlot, HeatMap, LinePlot, Plot, Value
from sagsgang.core.plots.tables import table_of
from sagsgang.core.plots.words import hidden_words, split_words

_MOST_TOLD = 40  # numbers; more of them are read in the table


def draw_plot(plot: Plot, *, width: int = WIDE, key: str = "plot") -> str:
    """The drawing as SVG text. `width` is `NARROW` or `WIDE`; `key` begins its ids, which are unique on a page."""
    if isinstance(plot, BarPlot):
        parts, height = draw_bars(plot, width)
    else:
        parts, height = draw_lines(plot, width) if isinstance(plot, LinePlot) else draw_heat(plot, width)
    more, height = _foot(plot, width, height)
    return drawing.sheet(
        parts + more, width=width, height=height, key=key, title=plot.title, told=told_of(plot),
        has_links=_has_links(plot),
    )  # fmt: skip


def plot_bytes(plot: Plot) -> bytes:
    """The wide drawing as the bytes of an SVG file, as a Typst sheet takes it: ``image(bytes(svg), format: "svg", alt: …)``.

    What the picture says in words for `alt` is `told_of`.
    """
    return draw_plot(plot, width=WIDE).encode()


def told_of(plot: Plot) -> str:
    """What the picture shows, for who does not see it: its numbers, or where there are many, where they stand."""
    table = table_of(plot)
    if sum(len(row) - 1 for row in table.rows) > _MOST_TOLD:
        return gettext("The numbers stand in the table that follows.")
    said = []
    for head, *cells in table.rows:
        pairs = zip(table.headings[1:], cells, strict=True)
        said.append(f"{head.text}: " + ", ".join(f"{name} {cell.text}" for name, cell in pairs if cell.text))
    return "; ".join(said)


def values_of(plot: Plot) -> list[Value]:
    """Every value in the plot."""
    if isinstance(plot, BarPlot):
        return [value for bar in plot.bars for value in bar.values]
    if isinstance(plot, HeatMap):
        return [value for row in plot.rows for value in row.values]
    return [point.value for line in plot.lines for point in line.points]


def _foot(plot: Plot, width: int, y: float) -> tuple[Parts, float]:
    """What the star means, and the source."""
    notes = [hidden_words()] if Absent.HIDDEN in values_of(plot) else []
    if plot.source:
        notes.append(gettext("Source: %(source)s") % {"source": plot.source})
    parts: Parts = []
    y += 8
    for note in notes:
        lines = split_words(note, SMALL, width)
        parts += drawing.lines_at(0, y + 14, lines, size=SMALL, fill=QUIET)
        y += STEP * len(lines)
    return parts, y + 6


def _has_links(plot: Plot) -> bool:
    if isinstance(plot, BarPlot):
        return any(bar.href for bar in plot.bars)
    if isinstance(plot, HeatMap):
        return any(href for row in plot.rows for href in row.hrefs)
    return any(event.href for event in plot.events)


__all__ = ["NARROW", "WIDE", "draw_plot", "plot_bytes", "told_of", "values_of"]
