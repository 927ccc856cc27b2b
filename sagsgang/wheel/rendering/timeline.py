"""The cycles of a year drawn on a line of time: a row for each cycle, a mark for each meeting. Plain numbers for SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS_3

from sagsgang.bodies.models import Body
from sagsgang.wheel.queries.cycles import CycleLine
from sagsgang.wheel.shapes import CycleStep

WIDTH, LEFT, RIGHT = 1000, 96, 16
TOP, ROW = 32, 36


@dataclass(frozen=True, slots=True)
class Mark:
    """A meeting: `shape` is the kind of its body."""

    x: float
    shape: str
    code: str
    step: CycleStep
    body: Body


@dataclass(frozen=True, slots=True)
class Row:
    """A cycle: from its first meeting to its last."""

    y: int
    line: CycleLine
    left: float
    right: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: months with their place, rows, and its height."""

    height: int
    months: tuple[tuple[float, str], ...]
    rows: tuple[Row, ...]
    today: float | None


def timeline(year: int, lines: Sequence[CycleLine], today: date) -> Timeline:
    """Cycles that begin before New Year begin at the left edge's day: the drawing starts with the first of them."""
    first = min([date(year, 1, 1), *(line.cycle.start for line in lines)])
    last = date(year, 12, 31)
    return Timeline(
        height=TOP + ROW * len(lines) + 8,
        months=tuple((_x(date(year, month, 1), first, last), str(MONTHS_3[month])) for month in range(1, 13)),
        rows=tuple(_row(n, line, first, last) for n, line in enumerate(lines)),
        today=_x(today, first, last) if first <= today <= last else None,
    )


def _row(n: int, line: CycleLine, first: date, last: date) -> Row:
    marks = tuple(_marks(line.steps, first, last))
    return Row(TOP + ROW * n + ROW // 2, line, marks[0].x, marks[-1].x, marks)


def _marks(steps: Iterable[tuple[CycleStep, Body]], first: date, last: date) -> Iterable[Mark]:
    for step, body in steps:
        yield Mark(_x(step.on, first, last), body.kind, step.body[:4], step, body)


def _x(day: date, first: date, last: date) -> float:
    share = (day - first).days / max((last - first).days, 1)
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)
