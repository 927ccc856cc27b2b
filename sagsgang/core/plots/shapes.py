"""What a plot is made of: plain values, frozen, without a word of the domain. Texts are plain text, never HTML."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_SERIES = 4
"""As many shades can be told apart by their brightness."""


class Absent(StrEnum):
    """Why a number is not there: nobody knows it, or it is left out to protect people."""

    MISSING = "missing"
    HIDDEN = "hidden"


type Value = int | float | Absent


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a group of bars: one value for each series. `mark` is a number to compare it with; `href` its rows."""

    label: str
    values: tuple[Value, ...]
    mark: float | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Horizontal bars. `form` is "single" (one series), "grouped", "stacked", or "shares" (stacked, each as long as all).

    `head` names what the bars are (the heading of the table's first column), `mark_words` what the marks are (of
    "shares" in per cent); `unit` stands after the numbers in the table's headings.
    """

    title: str
    head: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    form: str = "single"
    unit: str = ""
    decimals: int = 0
    mark_words: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.form not in ("single", "grouped", "stacked", "shares"):
            raise ValueError("no such form of bars")
        if len(self.series) > (1 if self.form == "single" else MOST_SERIES) or not self.series:
            raise ValueError("too many series, or none")
        if any(len(bar.values) != len(self.series) for bar in self.bars):
            raise ValueError("a bar has another number of values than there are series")


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a day. Of a longer period `on` is its middle, and `when` names it ("2023"): so the table calls the row."""

    on: date
    value: Value
    href: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series over days, in the order of its days."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A level to compare with: a target (`on` is when it is to be reached) or where the series began; `when` as of a point."""

    label: str
    value: float
    on: date | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened on a day; `href` leads to it, "" where it has no page."""

    on: date
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Lines over time, with the target as a dashed line, the baseline as a ring, and numbered events."""

    title: str
    lines: tuple[Line, ...]
    unit: str = ""
    decimals: int = 0
    target: Mark | None = None
    baseline: Mark | None = None
    events: tuple[Event, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.lines or len(self.lines) > MOST_SERIES:
            raise ValueError("too many lines, or none")


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row of the map; `hrefs` lead from its cells, () where none does."""

    label: str
    values: tuple[Value, ...]
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows × columns, the number in each cell; the more, the darker."""

    title: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    unit: str = ""
    decimals: int = 0
    source: str = ""

    def __post_init__(self) -> None:
        if any(len(row.values) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of values than there are columns")
        if any(row.hrefs and len(row.hrefs) != len(self.columns) for row in self.rows):
            raise ValueError("a row has another number of links than there are columns")


type Plot = BarPlot | LinePlot | HeatMap
