"""A release of figures as plain values, and its canonical JSON. No row, no HTML; a reference instead of a title.

A reference is "item:<public id>", or case, meeting, body. What carries one has no words of its own: it is called by what the
public row is called when it is read, and left out when there is none (`resolved`).
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import cattrs

from sagsgang.core.plots import Absent, Bar, BarPlot, HeatMap, HeatRow, LinePlot, Plot, Value
from sagsgang.publication.canonical import canonical_text

SCHEMA = "sagsgang.figures/1"
LATE_REASON = "late-reason"
REFERENCE = re.compile(r"(item|case|meeting|body):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class FigureCell:
    """Words or a number (`value`, shown with `decimals`); `link` is a reference, and then there are no words.

    `says` is what is said of the reference: "" its title, `LATE_REASON` why it came late.
    """

    text: str = ""
    value: Value | None = None
    decimals: int = 0
    link: str = ""
    says: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The first cell of each row heads it."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[FigureCell, ...], ...]


@dataclass(frozen=True, slots=True)
class FigurePlot:
    """One of the three; an `href` in it is a reference."""

    bars: BarPlot | None = None
    lines: LinePlot | None = None
    heat: HeatMap | None = None

    @property
    def drawn(self) -> Plot:
        """The one that there is."""
        found = self.bars or self.lines or self.heat
        if found is None:
            raise ValueError("a plot of nothing")
        return found

    @classmethod
    def of(cls, plot: Plot) -> "FigurePlot":
        """It in its place."""
        if isinstance(plot, BarPlot):
            return cls(bars=plot)
        return cls(lines=plot) if isinstance(plot, LinePlot) else cls(heat=plot)


@dataclass(frozen=True, slots=True)
class FigureSection:
    """Paragraphs, then a plot, then a table, then where the figures come from, a sentence each."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    plot: FigurePlot | None = None
    table: FigureTable | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalOfItem:
    """A goal of a released item, of which `link` is the reference: by it the item is found under the goal.

    `title` is the goal's own; `target` is "6.6" or ""; `relevance` and `direction` are codes (`models.goals`).
    """

    link: str
    goal: int
    title: str
    target: str
    relevance: str
    direction: str


@dataclass(frozen=True, slots=True)
class DayCounts:
    """A day's women, men and both at each of the `levels`, the totals last, as the tables tell them; None = left out."""

    on: date
    levels: tuple[int, ...]
    rows: tuple[tuple[int | None, ...], ...]


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """All that is told. `kind` is one of `models.FiguresKind`, `body` the public id of the body it is of, or "".

    `goals`: of which released items it tells the goals; of the kind "goals" alone. `days`: what it tells of which day, in
    codes; of the kind "equality" alone, whose later reports are protected against it. `counted`: references of what is counted
    and stands on no line, so that it can be said when some of it was taken back.
    """

    kind: str
    authority: str
    title: str
    standfirst: str
    period_start: date
    period_end: date
    sections: tuple[FigureSection, ...]
    body: str = ""
    goals: tuple[GoalOfItem, ...] = ()
    days: tuple[DayCounts, ...] = ()
    counted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FiguresDocument:
    """What is hashed: the report with its place in the chain. `salt` keeps short contents unguessable."""

    schema: str
    salt: str
    figures_id: str
    number: int
    previous: str
    released_at: datetime
    report: FiguresReport
    reason: str = ""

    def to_text(self) -> str:
        """The canonical JSON."""
        return canonical_text(_converter.unstructure(self))

    @classmethod
    def from_text(cls, text: str) -> "FiguresDocument":
        """Read it back; unknown keys raise, since nobody else writes this."""
        return _converter.structure(json.loads(text), cls)


def plain_report(report: FiguresReport | FigureSection) -> Any:
    """The report, or a section of it, as JSON values."""
    return _converter.unstructure(report)


def item_ref(public_id: object) -> str:
    """The reference of a released item."""
    return f"item:{public_id}"


def meeting_ref(public_id: object) -> str:
    """The reference of a released meeting."""
    return f"meeting:{public_id}"


@dataclass(frozen=True, slots=True)
class Place:
    """What a reference is called and where it is read, now; of an item also why it came late."""

    title: str
    address: str
    late_reason: str = ""


def references_in(report: FiguresReport) -> set[str]:
    """Every reference of the report."""
    return {link for link in _links(report) if link}


def _links(report: FiguresReport) -> Iterator[str]:
    yield from report.counted
    yield from (one.link for one in report.goals)
    for section in report.sections:
        if section.table:
            yield from (cell.link for row in section.table.rows for cell in row)
        if section.plot is None:
            continue
        plot = section.plot.drawn
        if isinstance(plot, BarPlot):
            yield from (bar.href for bar in plot.bars)
        elif isinstance(plot, HeatMap):
            yield from (href for row in plot.rows for href in row.hrefs)
        else:
            yield from (event.href for event in plot.events)
            yield from (point.href for line in plot.lines for point in line.points)


def resolved(report: FiguresReport, places: Mapping[str, Place]) -> FiguresReport:
    """The report with today's words and addresses in the place of its references; what has no place is left out."""
    goals = tuple(replace(one, link=places[one.link].address) for one in report.goals if one.link in places)
    counted = tuple(places[one].address for one in report.counted if one in places)
    sections = tuple(_section(section, places) for section in report.sections)
    return replace(report, sections=sections, goals=goals, counted=counted)


def _section(section: FigureSection, places: Mapping[str, Place]) -> FigureSection:
    plot = FigurePlot.of(_plot(section.plot.drawn, places)) if section.plot else None
    table = section.table
    if table:
        rows = [row for row in table.rows if all(not cell.link or cell.link in places for cell in row)]
        cells = tuple(tuple(_cell(cell, places) for cell in row) for row in rows)
        table = replace(table, rows=cells)
    return replace(section, plot=plot, table=table)


def _cell(cell: FigureCell, places: Mapping[str, Place]) -> FigureCell:
    if not cell.link:
        return cell
    place = places[cell.link]
    words = place.late_reason if cell.says == LATE_REASON else place.title
    return replace(cell, text="" if cell.value is not None else words, link=place.address)


def _plot(plot: Plot, places: Mapping[str, Place]) -> Plot:
    if isinstance(plot, BarPlot):
        bars = tuple(_bar(bar, places) for bar in plot.bars if not bar.href or bar.href in places)
        return replace(plot, bars=bars)
    if isinstance(plot, HeatMap):
        return replace(plot, rows=tuple(_heat_row(row, places) for row in plot.rows))
    events = tuple(
        replace(event, label=places[event.href].title, href=places[event.href].address) if event.href else event
        for event in plot.events
        if not event.href or event.href in places
    )
    lines = tuple(
        replace(line, points=tuple(replace(point, href=_address(point.href, places)) for point in line.points))
        for line in plot.lines
    )
    return replace(plot, events=events, lines=lines)


def _bar(bar: Bar, places: Mapping[str, Place]) -> Bar:
    return replace(bar, label=places[bar.href].title, href=places[bar.href].address) if bar.href else bar


def _heat_row(row: HeatRow, places: Mapping[str, Place]) -> HeatRow:
    return replace(row, hrefs=tuple(_address(href, places) for href in row.hrefs))


def _address(reference: str, places: Mapping[str, Place]) -> str:
    return places[reference].address if reference in places else ""


def _value(value: Any, _type: object) -> Value:
    return Absent(value) if isinstance(value, str) else value


_converter = cattrs.Converter(forbid_extra_keys=True)
_converter.register_unstructure_hook(datetime, lambda value: value.isoformat())
_converter.register_unstructure_hook(date, lambda value: value.isoformat())
_converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
_VALUES = (Value, Value.__value__, Value.__value__ | None)
_converter.register_structure_hook_func(
    lambda kind: any(kind is one or kind == one for one in _VALUES) or kind == (Value | None),
    lambda value, kind: None if value is None else _value(value, kind),
)
