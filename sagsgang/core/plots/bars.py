"""Horizontal bars."""

from dataclasses import dataclass

from sagsgang.core.plots import drawing
from sagsgang.core.plots.drawing import INK, ON_TONES, QUIET, RULE, SIZE, SMALL, STEP, TONES, Parts
from sagsgang.core.plots.shapes import Absent, Bar, BarPlot, Value
from sagsgang.core.plots.words import number_words, split_words, width_of

_THICK, _THIN, _GAP = 22, 16, 14
_BESIDE = 0.34  # so much of the width may labels take beside their bars; longer ones stand above them


@dataclass(slots=True)
class _Frame:
    """Where bars begin and how long the longest is; the words of their labels in lines."""

    left: float
    length: float
    most: float
    labels: list[list[str]]
    is_above: bool


def draw_bars(plot: BarPlot, width: int) -> tuple[Parts, float]:
    """The parts of the drawing and their height."""
    parts, y = _key(plot, width)
    frame = _frame(plot, width)
    for bar, label in zip(plot.bars, frame.labels, strict=True):
        more, y = _bar(plot, bar, label, frame, y)
        parts += more
    return parts, y - _GAP + 4


def _frame(plot: BarPlot, width: int) -> _Frame:
    most = max([_longest(plot, bar) for bar in plot.bars] or [0.0])
    room = width * _BESIDE
    beside = [split_words(bar.label, SIZE, room) for bar in plot.bars]
    is_above = any(len(lines) > 2 or width_of(lines[0], SIZE) > room for lines in beside)
    after = (
        0.0 if plot.form == "shares" else max([width_of(_after(plot, bar), SIZE) + 10 for bar in plot.bars] or [0.0])
    )
    widest = max([width_of(line, SIZE) for lines in beside for line in lines] or [0.0])
    left = 0.0 if is_above else widest + 10
    labels = [split_words(bar.label, SIZE, width) for bar in plot.bars] if is_above else beside
    return _Frame(left, max(width - left - after - 1, 40), most, labels, is_above)


def _longest(plot: BarPlot, bar: Bar) -> float:
    if plot.form == "shares":
        return 100.0
    shown = [value for value in bar.values if not isinstance(value, Absent)]
    if plot.form == "stacked":
        shown = [sum(shown)] if len(shown) == len(bar.values) else []
    return float(max([*shown, bar.mark or 0, 0]))


def _after(plot: BarPlot, bar: Bar) -> str:
    """The widest number that stands after the bar."""
    if plot.form == "stacked":
        return _sum_words(plot, bar)
    return max((number_words(value, plot.decimals) for value in bar.values), key=len)


def _sum_words(plot: BarPlot, bar: Bar) -> str:
    shown = [value for value in bar.values if not isinstance(value, Absent)]
    return number_words(sum(shown) if len(shown) == len(bar.values) else Absent.HIDDEN, plot.decimals)


def _key(plot: BarPlot, width: int) -> tuple[Parts, float]:
    """What each tone is, and what the marks are."""
    x, y = 0.0, 16.0
    parts: Parts = []
    names = list(plot.series) if len(plot.series) > 1 else []
    for at, name in enumerate([*names, *([plot.mark_words] if plot.mark_words else [])]):
        is_mark = at == len(names)
        for number, line in enumerate(split_words(name, SIZE, width - 22)):
            needed = 20 + width_of(line, SIZE)
            if number or (x and x + needed > width):
                x, y = 0.0, y + STEP + 2
            if not number:
                sign = drawing.stroke(x + 6, y - 13, x + 6, y + 3, colour=INK, width=2.5)
                parts.append(sign if is_mark else drawing.box(x, y - 11, 12, 12, TONES[at], QUIET))
            parts.append(drawing.words_at(x + 18, y, line))
            x += needed + 14
    return parts, y + 16 if parts else 4.0


def _bar(plot: BarPlot, bar: Bar, label: list[str], frame: _Frame, y: float) -> tuple[Parts, float]:
    """One bar, or one group, from `y` on; answers where the next begins."""
    grouped = plot.form in ("single", "grouped")
    thick = _THIN if len(bar.values) > 1 and grouped else _THICK
    height = thick * len(bar.values) + 2 * (len(bar.values) - 1) if grouped else thick
    top = y + (STEP * len(label) + 2 if frame.is_above else 0)
    first = y + 13 if frame.is_above else top + max(height / 2 - (len(label) - 1) * STEP / 2 + 5, 13)
    parts = [drawing.linked(drawing.lines_at(0, first, label), bar.href)]
    if grouped:
        for at, value in enumerate(bar.values):
            parts += _one(plot, value, frame, top + at * (thick + 2), thick, TONES[at])
    else:
        parts += _pile(plot, bar, frame, top)
    bottom = max(top + height, y + STEP * len(label))
    if (x := _mark_at(bar, frame)) is not None:
        parts.append(drawing.stroke(x, top - 4, x, top + height + 4, colour=drawing.PAPER, width=5))
        parts.append(drawing.stroke(x, top - 4, x, top + height + 4, colour=INK, width=2.5))
    if not grouped and (line := _beneath(plot, bar, frame)):
        parts.append(drawing.words_at(frame.left, top + height + 17, line, size=SMALL, fill=QUIET))
        bottom = max(bottom, top + height + 20)
    return parts, bottom + _GAP


def _mark_at(bar: Bar, frame: _Frame) -> float | None:
    return None if bar.mark is None or not frame.most else frame.left + frame.length * min(bar.mark / frame.most, 1)


def _one(plot: BarPlot, value: Value, frame: _Frame, y: float, thick: int, tone: str) -> Parts:
    length = 0.0
    if not isinstance(value, Absent) and frame.most and value > 0:
        length = frame.length * value / frame.most
    parts = [drawing.box(frame.left, y, max(length, 1), thick, tone if length else RULE)]
    words = number_words(value, plot.decimals)
    return [*parts, drawing.words_at(frame.left + max(length, 1) + 6, y + thick / 2 + 5, words)]


def _pile(plot: BarPlot, bar: Bar, frame: _Frame, y: float) -> Parts:
    """The pieces of a stacked bar. Where one is not known, none is drawn: the others' lengths would tell it."""
    shown = [value for value in bar.values if not isinstance(value, Absent)]
    most = sum(shown) if plot.form == "shares" else frame.most
    parts: Parts = []
    if len(shown) < len(bar.values) or not most:
        parts.append(drawing.box(frame.left + 0.5, y + 0.5, frame.length - 1, _THICK - 1, "none", RULE))
        words = " · ".join(number_words(value, plot.decimals) for value in bar.values)
        return [*parts, drawing.words_at(frame.left + 8, y + _THICK / 2 + 5, words)]
    x = frame.left
    for at, value in enumerate(shown):
        length = frame.length * value / most
        parts.append(drawing.box(x, y, length, _THICK, TONES[at], drawing.PAPER))
        if _fits(value, length, plot):
            words = number_words(value, plot.decimals)
            mark = _mark_at(bar, frame)
            hides = mark is not None and x < mark + 4 and mark - 9 < x + 6 + width_of(words, SIZE)
            place = mark + 6 if mark is not None and hides else x + 6
            parts.append(drawing.words_at(place, y + _THICK / 2 + 5, words, fill=ON_TONES[at]))
        x += length
    if plot.form == "stacked":
        parts.append(drawing.words_at(x + 6, y + _THICK / 2 + 5, _sum_words(plot, bar), bold=True))
    return parts


def _fits(value: float, length: float, plot: BarPlot) -> bool:
    # With room for a mark: a number moves aside where one stands upon it.
    return width_of(number_words(value, plot.decimals), SIZE) + (22 if plot.mark_words else 10) <= length


def _beneath(plot: BarPlot, bar: Bar, frame: _Frame) -> str:
    """The numbers with their names under a bar, where a piece is too short for its own."""
    shown = [value for value in bar.values if not isinstance(value, Absent)]
    most = sum(shown) if plot.form == "shares" else frame.most
    if len(shown) < len(bar.values) or not most:
        return ""
    if all(not value or _fits(value, frame.length * value / most, plot) for value in shown):
        return ""
    return " · ".join(
        f"{name} {number_words(value, plot.decimals)}" for name, value in zip(plot.series, shown, strict=True) if value
    )
