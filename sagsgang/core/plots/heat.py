"""Heat maps: the number in each cell, the more the darker. Many columns become panels below each other."""

from sagsgang.core.plots import drawing
from sagsgang.core.plots.drawing import INK, PAPER, SIZE, SMALL, STEP, Parts
from sagsgang.core.plots.shapes import Absent, HeatMap, HeatRow
from sagsgang.core.plots.words import number_words, split_words, width_of

_NOTHING = "#f4f4f4"
_STEPS = ("#dbe7f4", "#b3cdea", "#7faadb", "#2f6cb0", "#0b3d75")
_LEAST, _MOST, _HIGH = 36.0, 92.0, 30
_TURNED = 120  # how much room a heading has that reads upwards


def draw_heat(plot: HeatMap, width: int) -> tuple[Parts, float]:
    """The parts of the drawing and their height."""
    left = min(width * 0.4, max([width_of(row.label, SIZE) for row in plot.rows] or [0.0]) + 10)
    needed = max(_LEAST, max([width_of(words, SIZE) + 10 for words in _numbers(plot)] or [0.0]))
    most = max(int((width - left) // needed), 1)
    panels = -(-len(plot.columns) // most)
    each = -(-len(plot.columns) // panels) if panels else 0
    cell = min((width - left - 1) / each, _MOST) if each else 0.0
    parts: Parts = []
    y = 4.0
    for start in range(0, len(plot.columns), each or 1):
        more, y = _panel(plot, range(start, min(start + each, len(plot.columns))), left, cell, y)
        parts += more
        y += 18
    return parts, y - 14


def _numbers(plot: HeatMap) -> set[str]:
    return {number_words(value, plot.decimals) for row in plot.rows for value in row.values}


def _panel(plot: HeatMap, columns: range, left: float, cell: float, y: float) -> tuple[Parts, float]:
    parts, top = _headings([plot.columns[at] for at in columns], left, cell, y)
    shown = [value for row in plot.rows for value in row.values if not isinstance(value, Absent)]
    darkest = float(max([*shown, 0]))
    for row in plot.rows:
        label = split_words(row.label, SIZE, left - 10)
        height = max(_HIGH, STEP * len(label) + 8)
        parts += drawing.lines_at(0, top + height / 2 - (len(label) - 1) * STEP / 2 + 5, label)
        for place, at in enumerate(columns):
            parts.append(_cell(plot, row, at, darkest, left + place * cell, top, cell, height))
        top += height
    return parts, top


def _headings(names: list[str], left: float, cell: float, y: float) -> tuple[Parts, float]:
    """Above their columns in lines if they fit there, else reading upwards."""
    lying = [split_words(name, SMALL, cell - 6) for name in names]
    words = [word for name in names for word in name.split()]
    if all(len(lines) <= 3 for lines in lying) and all(width_of(word, SMALL) <= cell - 6 for word in words):
        deepest = max([len(lines) for lines in lying] or [0])
        return [
            part
            for at, lines in enumerate(lying)
            for part in drawing.lines_at(
                left + (at + 0.5) * cell, y + 12 + (deepest - len(lines)) * STEP, lines, size=SMALL, anchor="middle"
            )
        ], y + deepest * STEP + 4
    standing = [split_words(name, SMALL, _TURNED)[: max(int(cell // 15), 1)] for name in names]
    deepest_width = max([width_of(line, SMALL) for lines in standing for line in lines] or [0.0])
    foot = y + deepest_width
    return [
        drawing.words_at(left + (at + 0.5) * cell + 4 + (number - (len(lines) - 1) / 2) * 15, foot, line,
                         size=SMALL, turned=True)
        for at, lines in enumerate(standing)
        for number, line in enumerate(lines)
    ], foot + 6  # fmt: skip


def _cell(plot: HeatMap, row: HeatRow, at: int, darkest: float, x: float, y: float, width: float, height: float) -> str:
    value = row.values[at]
    tone, ink = _NOTHING, INK
    if not isinstance(value, Absent) and value > 0 and darkest:
        step = min(int(value / darkest * len(_STEPS)), len(_STEPS) - 1)
        tone, ink = _STEPS[step], PAPER if step >= 3 else INK
    parts = [
        drawing.box(x, y, width, height, tone, PAPER),
        drawing.words_at(
            x + width / 2, y + height / 2 + 5, number_words(value, plot.decimals), anchor="middle", fill=ink
        ),
    ]
    return drawing.linked(parts, row.hrefs[at] if row.hrefs else "")
