"""Lines over time with target, baseline and numbered events."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import get_language

from sagsgang.core.plots import drawing
from sagsgang.core.plots.drawing import INK, PAPER, QUIET, RULE, SIZE, SMALL, STEP, Parts
from sagsgang.core.plots.shapes import Absent, Event, Line, LinePlot
from sagsgang.core.plots.words import day_words, number_words, split_words, width_of

_HIGH = 190
_RING = 9  # half the width of an event's number
_TONES = ("#0b3d75", "#3f7fbf", "#575757", "#8a6d1f")
_DASHES = (None, "7 3", "2 3", "9 3 2 3")
_DOTS = 24  # a line of more points shows none of them


@dataclass(frozen=True, slots=True)
class _Field:
    """The plane: from days and numbers to places."""

    left: float
    right: float
    top: float
    first: date
    last: date
    low: float
    high: float
    step: float

    def x(self, on: date) -> float:
        return self.left + (self.right - self.left) * (on - self.first).days / max((self.last - self.first).days, 1)

    def y(self, value: float) -> float:
        return self.top + _HIGH * (self.high - value) / (self.high - self.low)

    @property
    def foot(self) -> float:
        return self.top + _HIGH


def draw_lines(plot: LinePlot, width: int) -> tuple[Parts, float]:
    """The parts of the drawing and their height."""
    top, ranks = _ranks(plot, width)
    field = _field(plot, width, top)
    parts = _grid(plot, field) + _days(field)
    parts += _events(plot.events, ranks, field)
    parts += _marks(plot, field)
    for at, line in enumerate(plot.lines):
        parts += _line(line, field, at)
    parts += _ends(plot, field, width)
    more, y = _told_events(plot.events, width, field.foot + 44)
    return parts + more, y - 8


def _known(line: Line) -> list[tuple[date, float]]:
    return [(point.on, point.value) for point in line.points if not isinstance(point.value, Absent)]


def _span(plot: LinePlot) -> tuple[date, date]:
    days = [point.on for line in plot.lines for point in line.points] + [event.on for event in plot.events]
    days += [mark.on for mark in (plot.target, plot.baseline) if mark is not None and mark.on is not None]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 12, 31))
    if first >= last:
        first, last = first - timedelta(days=180), last + timedelta(days=180)
    # Whole years, or whole months: the words below name spans, and each has its whole width.
    if _are_years(first, last):
        return date(first.year, 1, 1), date(last.year, 12, 31)
    return first.replace(day=1), _month(last.year * 12 + last.month) - timedelta(days=1)


def _are_years(first: date, last: date) -> bool:
    return (last - first).days > 730


def _field(plot: LinePlot, width: int, top: float) -> _Field:
    values = [value for line in plot.lines for _on, value in _known(line)]
    values += [mark.value for mark in (plot.target, plot.baseline) if mark is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    low = 0.0 if 0 <= low <= high * 0.6 else low
    step = _round_step((high - low) or abs(high) or 1.0, plot.decimals)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    high = high if high > low else low + step
    low, high = _widened(low, high, 10.0**-plot.decimals, is_share=plot.unit == "%")
    first, last = _span(plot)
    return _Field(18.0, width - _room(plot, width), top, first, last, low, high, step)


def _widened(low: float, high: float, finest: float, *, is_share: bool) -> tuple[float, float]:
    """At least four of the finest steps: 66 beside 67 is no abyss. Never below 0 or above 100 % for that."""
    spare = max(4 - round((high - low) / finest), 0)
    above = spare // 2
    if is_share and high <= 100:
        above = min(above, int((100 - high) / finest))
    below = (spare - above) * finest
    return (max(low - below, 0.0) if low >= 0 else low - below), high + above * finest


def _room(plot: LinePlot, width: int) -> float:
    """For the words after the lines."""
    words = [word for lines in _end_words(plot, width * 0.24).values() for word in lines]
    return min(max([width_of(word, SIZE) for word in words] or [0.0]), width * 0.26) + 14


def _round_step(span: float, decimals: int) -> float:
    """Some four steps of 1, 2 or 5 times a power of ten, none finer than the numbers are written."""
    rough = span / 4
    power = 10.0 ** math.floor(math.log10(rough))
    return max(next(power * n for n in (1, 2, 5, 10) if power * n >= rough), 10.0**-decimals)


def _grid(plot: LinePlot, field: _Field) -> Parts:
    """Fine lines with their numbers upon them; the unit after the highest."""
    parts: Parts = []
    for at in range(round((field.high - field.low) / field.step) + 1):
        value = field.low + at * field.step
        y = field.y(value)
        words = number_words(value, plot.decimals)
        is_highest = at == round((field.high - field.low) / field.step)
        parts.append(drawing.stroke(0, y, field.right, y, colour=QUIET if not at else RULE, width=1.0))
        parts.append(
            drawing.words_at(
                0, y - 4, f"{words} {plot.unit}".strip() if is_highest else words, size=SMALL, fill=QUIET
            )
        )  # fmt: skip
    return parts


def _days(field: _Field) -> Parts:
    """Years below the plane, or months where it shows less than two years; each in the middle of its span."""
    years = _are_years(field.first, field.last)
    most = max(int((field.right - field.left) // (44 if years else 74)), 2)
    first = field.first.year * 12 + field.first.month - 1
    last = field.last.year * 12 + field.last.month - 1
    unit = 12 if years else 1
    starts = range(first, last + 1, unit)
    parts: Parts = [drawing.stroke(field.right, field.foot, field.right, field.foot + 5, colour=QUIET)]
    for at in starts:
        x = field.x(_month(at))
        parts.append(drawing.stroke(x, field.foot, x, field.foot + 5, colour=QUIET))
    for at in starts[:: -(-len(starts) // most)]:
        day = _month(at)
        words = str(day.year) if years else _month_words(day)
        middle = max((field.x(day) + field.x(_month(at + unit))) / 2, width_of(words, SMALL) / 2)
        parts.append(drawing.words_at(middle, field.foot + 20, words, size=SMALL, fill=QUIET, anchor="middle"))
    return parts


def _month_words(day: date) -> str:
    words = date_format(day, "M Y")
    return words.lower() if get_language() == "da" else words


def _month(at: int) -> date:
    return date(at // 12, at % 12 + 1, 1)


def _line(line: Line, field: _Field, at: int) -> Parts:
    """The known points, joined; where one is not known the line is broken."""
    pieces: list[list[str]] = [[]]
    for point in line.points:
        if isinstance(point.value, Absent):
            pieces.append([])
        else:
            place = f"{drawing.number(field.x(point.on))},{drawing.number(field.y(point.value))}"
            pieces[-1].append(place)
    parts = [
        drawing.element("polyline", points=" ".join(piece), fill="none", stroke=_TONES[at], stroke_width=2.5,
                        stroke_dasharray=_DASHES[at], stroke_linejoin="round")
        for piece in pieces
        if len(piece) > 1
    ]  # fmt: skip
    known = _known(line)
    dots = known if len(known) <= _DOTS else known[-1:]
    return parts + [
        drawing.element("circle", cx=field.x(on), cy=field.y(value), r=3.5, fill=_TONES[at]) for on, value in dots
    ]


def _end_words(plot: LinePlot, width: float) -> dict[int, list[str]]:
    """The last number of each line, with its name where there are several."""
    found = {}
    for at, line in enumerate(plot.lines):
        if known := _known(line):
            name = split_words(line.name, SIZE, width)[:3] if len(plot.lines) > 1 else []
            found[at] = [number_words(known[-1][1], plot.decimals), *name]
    return found


def _ends(plot: LinePlot, field: _Field, width: int) -> Parts:
    """Beside the ends of the lines, moved apart where they would stand upon each other, and above the days."""
    found = _end_words(plot, width * 0.24)
    parts: Parts = []
    for at, y in _apart({at: field.y(_known(plot.lines[at])[-1][1]) + 5 for at in found}, found, field.foot - 4):
        x = field.x(_known(plot.lines[at])[-1][0]) + 8
        for number, words in enumerate(found[at]):
            parts.append(drawing.words_at(x, y + number * 16, words, bold=not number, fill=_TONES[at]))
    return parts


def _apart(wanted: dict[int, float], words: dict[int, list[str]], foot: float) -> list[tuple[int, float]]:
    """Where the first line of each stands: downwards from the highest, then up again from the foot."""
    placed: list[tuple[int, float]] = []
    free = 0.0
    for at in sorted(wanted, key=lambda at: (wanted[at], at)):
        placed.append((at, max(wanted[at], free)))
        free = placed[-1][1] + 16 * len(words[at]) + 4
    for place in range(len(placed) - 1, -1, -1):
        at, y = placed[place]
        placed[place] = (at, min(y, foot - 16 * (len(words[at]) - 1)))
        foot = placed[place][1] - 20
    return placed


def _marks(plot: LinePlot, field: _Field) -> Parts:
    parts: Parts = []
    if plot.target is not None:
        y, words = field.y(plot.target.value), f"{plot.target.label}: {number_words(plot.target.value, plot.decimals)}"
        parts.append(drawing.stroke(field.left, y, field.right, y, colour=INK, width=1.5, dashes="6 4"))
        parts += _upon(words, field.right, y - 9, "end")
        if plot.target.on is not None:
            x = field.x(plot.target.on)
            parts.append(drawing.element("circle", cx=x, cy=y, r=5.0, fill=INK))
    if plot.baseline is not None:
        value = plot.baseline
        on = value.on or field.first
        x, y = field.x(on), field.y(value.value)
        parts.append(drawing.element("circle", cx=x, cy=y, r=6.0, fill=PAPER, stroke=INK, stroke_width=2.0))
        words = f"{value.label}: {number_words(value.value, plot.decimals)}"
        # Beside the numbers of the lines, which stand at the left, and not upon them.
        numbers = width_of(f"{number_words(field.high, plot.decimals)} {plot.unit}", SMALL) + 6
        start = max(x + 4, numbers)
        has_room = start + 6 + width_of(words, SMALL) < field.right
        is_falling = sum(known - value.value for line in plot.lines for _on, known in _known(line)) <= 0
        parts += _upon(
            words, start if has_room else x, y - 12 if is_falling else y + 22, "start" if has_room else "end"
        )
    return parts


def _upon(words: str, x: float, y: float, anchor: str) -> Parts:
    """Words in the plane, with paper behind them."""
    wide = width_of(words, SMALL) * 0.95
    left = x - wide if anchor == "end" else x
    return [
        drawing.box(left - 2, y - 12, wide + 4, 16, PAPER),
        drawing.words_at(x, y, words, size=SMALL, anchor=anchor),
    ]


def _ranks(plot: LinePlot, width: int) -> tuple[float, list[int]]:
    """In which row the number of each event stands, so that none hides another; and where the plane begins."""
    blank = _field(plot, width, 0.0)
    ends: list[float] = []
    ranks = []
    for event in plot.events:
        x = blank.x(event.on)
        rank = next((at for at, end in enumerate(ends) if abs(x - end) >= 2 * _RING + 2), len(ends))
        ends[rank : rank + 1] = [x]
        ranks.append(rank)
    return 24.0 + (2 * _RING + 3) * len(ends), ranks


def _events(events: tuple[Event, ...], ranks: list[int], field: _Field) -> Parts:
    parts: Parts = []
    for number, (event, rank) in enumerate(zip(events, ranks, strict=True), start=1):
        x, y = field.x(event.on), 1.0 + _RING + rank * (2 * _RING + 3)
        parts.append(drawing.stroke(x, y + _RING, x, field.foot, colour=QUIET, dashes="1 3"))
        parts.append(drawing.element("circle", cx=x, cy=y, r=float(_RING), fill=PAPER, stroke=INK))
        parts.append(drawing.words_at(x, y + 4.5, str(number), size=SMALL, anchor="middle"))
    return parts


def _told_events(events: tuple[Event, ...], width: int, y: float) -> tuple[Parts, float]:
    """Below the plane: number, day and words of each event, which lead to it."""
    parts: Parts = []
    for number, event in enumerate(events, start=1):
        lines = split_words(f"{day_words(event.on)}: {event.label}", SIZE, width - 26)
        parts.append(drawing.element("circle", cx=float(_RING + 1), cy=y - 4.5, r=float(_RING), fill=PAPER, stroke=INK))
        parts.append(drawing.words_at(_RING + 1, y, str(number), size=SMALL, anchor="middle"))
        parts.append(drawing.linked(drawing.lines_at(26, y, lines), event.href))
        y += STEP * len(lines) + 8
    return parts, y if events else y - 10
