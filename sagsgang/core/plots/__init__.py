"""Plots that the server draws, for pages and for print: bars, lines over time, heat maps; every number also as a table.

In a template: ``{% load plots %}{% plot drawn key %}`` with a value of `Plot` and a key unique on the page.
"""

from sagsgang.core.plots.draw import NARROW, WIDE, draw_plot, plot_bytes, told_of, values_of
from sagsgang.core.plots.shapes import (
    Absent,
    Bar,
    BarPlot,
    Event,
    HeatMap,
    HeatRow,
    Line,
    LinePlot,
    Mark,
    Plot,
    Point,
    Value,
)
from sagsgang.core.plots.tables import Cell, Table, table_of

__all__ = [
    "NARROW",
    "WIDE",
    "Absent",
    "Bar",
    "BarPlot",
    "Cell",
    "Event",
    "HeatMap",
    "HeatRow",
    "Line",
    "LinePlot",
    "Mark",
    "Plot",
    "Point",
    "Table",
    "Value",
    "draw_plot",
    "plot_bytes",
    "table_of",
    "told_of",
    "values_of",
]
