"""How much the bodies have released, by year: tables, a plot, and the same as a file for a spreadsheet.

Counted is what can be read here, and groups under three are left out (`core.suppressing`). What is counted of a body is
kept in the process until the body's version moves.
"""

import csv
import io
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sagsgang.core.doors import public
from sagsgang.core.spreadsheets import harmless
from sagsgang.core.suppressing import Column, suppressed
from sagsgang.portal import editions
from sagsgang.portal.pages import page
from sagsgang.portal.views import authority_of, in_danish_order
from sagsgang.publication import queries
from sagsgang.publication.models import PublicBody
from sagsgang.publication.queries.counts import COUNTED, Counts, counts_of

CSV = "text/csv; charset=utf-8"
LEFT_OUT = "*"
_PLOT_WIDTH, _BAR, _GAP, _LABEL = 360, 20, 8, 44  # units of the drawing
_counted: dict[UUID, tuple[UUID, dict[int, Counts]]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of a body in a year, or of all bodies; None = left out."""

    name: str
    meetings: int | None
    items: int | None
    decisions: int | None
    closed: int | None
    late: int | None
    files: int | None

    @property
    def figures(self) -> list[int | None]:
        """In the order of the table's columns."""
        return [self.meetings, self.items, self.decisions, self.closed, self.late, self.files]

    @property
    def share_closed(self) -> float | None:
        """Closed items of a hundred; None where one of the two figures is left out, or there is no item."""
        return 100 * self.closed / self.items if self.closed is not None and self.items else None


@dataclass(frozen=True, slots=True)
class Year:
    """A year's table: a line for each body that released something of it, and their total."""

    year: int
    lines: list[Line]
    total: Line


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the plot: from the top, how long, where its figure stands; nothing to draw where it is left out."""

    year: int
    count: int | None
    y: int
    width: int

    @property
    def baseline(self) -> int:
        """Where the words beside the bar stand."""
        return self.y + _BAR - 6

    @property
    def after(self) -> int:
        """Where the figure begins."""
        return _LABEL + self.width + 8


@public
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """A table for each year, and the items of all years as bars."""
    rows = queries.bodies()

    def load() -> dict[str, Any]:
        years = years_of(queries.bodies())
        bars = bars_of(years)
        return {
            "authority": authority_of(rows),
            "years": years,
            "bars": bars,
            "height": len(bars) * (_BAR + _GAP),
            "width": _PLOT_WIDTH,
            "bar_height": _BAR,
            "bar_start": _LABEL,
        }

    return page(request, editions.of_all(rows), "portal/statistics.html", load)


@public
@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """The same figures for a spreadsheet, as Danish ones read it: semicolons, and a mark of UTF-8."""
    rows = queries.bodies()

    def load() -> dict[str, Any]:
        return {"csv": csv_of(years_of(queries.bodies()))}

    answer = page(request, editions.of_all(rows), "portal/statistics.csv", load, content_type=CSV)
    answer.headers["Content-Disposition"] = 'attachment; filename="statistik.csv"'
    return answer


def years_of(bodies: list[PublicBody]) -> list[Year]:
    """The tables, the newest year first."""
    ordered = in_danish_order(bodies)
    one = authority_of(bodies)
    counts = _counts(ordered)
    found = [
        (year, row.name if one else f"{row.name}, {row.authority}", group)
        for row in ordered
        for year, group in counts[row.pk].items()
    ]
    found.sort(key=lambda line: -line[0])
    return [
        year_of(year, [(name, group) for _, name, group in lines])
        for year, lines in groupby(found, key=lambda line: line[0])
    ]


def year_of(year: int, groups: list[tuple[str, Counts]]) -> Year:
    """The table of a year, with what may not be counted left out."""
    columns: dict[str, Column] = {name: suppressed([group[name] for _, group in groups]) for name in COUNTED}
    lines = [
        Line(name, **{key: column.figures[no] for key, column in columns.items()})
        for no, (name, _) in enumerate(groups)
    ]
    return Year(year, lines, Line("", **{key: column.total for key, column in columns.items()}))


def bars_of(years: list[Year]) -> list[Bar]:
    """A bar for each year, the oldest first, as long as its items are many."""
    most = max((year.total.items or 0 for year in years), default=0)
    room = _PLOT_WIDTH - _LABEL - 60
    return [
        Bar(row.year, row.total.items, no * (_BAR + _GAP), round(room * (row.total.items or 0) / most) if most else 0)
        for no, row in enumerate(reversed(years))
    ]


def csv_of(years: list[Year]) -> str:
    """A line for each body and year; a figure that is left out is a star."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings())
    for year in years:
        for line in [*year.lines, year.total]:
            figures = [LEFT_OUT if figure is None else figure for figure in line.figures]
            writer.writerow([year.year, harmless(line.name or gettext("All bodies")), *figures])
    return "\ufeff" + text.getvalue()


def headings() -> list[str]:
    """The names of the columns."""
    return [
        gettext("Year"), gettext("Body"), gettext("Meetings"), gettext("Items"), gettext("Decisions"),
        gettext("Closed items"), gettext("Late items"), gettext("Attachments"),
    ]  # fmt: skip


def _counts(bodies: list[PublicBody]) -> dict[UUID, dict[int, Counts]]:
    """Of each body its years; asked are those that have moved since."""
    moved = [row for row in bodies if _counted.get(row.pk, (None,))[0] != row.version]
    if moved:
        anew: dict[UUID, dict[int, Counts]] = {row.pk: {} for row in moved}
        for (body, year), counts in counts_of(list(anew)).items():
            anew[body][year] = counts
        _counted.update({row.pk: (row.version, anew[row.pk]) for row in moved})
    return {row.pk: _counted[row.pk][1] for row in bodies}
