"""A page's content streams, walked glyph by glyph: what each glyph stands for, where it is drawn, and by what.

This is the house's own reading of a PDF, independent of pdfium: masking edits what it finds here, and the masked file is
read again both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf

from sagsgang.gate.masking.fonts import Font, UnsureError, font_of

DEEPEST = 12  # forms within forms
MOST_INSTRUCTIONS = 2_000_000

type Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def times(first: Matrix, then: Matrix) -> Matrix:
    """Both, one after the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def placed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point, moved."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in which stream a glyph is written: the instruction, the string in it, the code in the string."""

    stream: int
    instruction: int
    part: int
    code: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as it is drawn. `corners` in the page's own units; `back` takes its advance back in a TJ array."""

    spot: Spot
    letters: str
    x: float
    y: float
    size: float
    corners: tuple[tuple[float, float], ...]
    back: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the glyph's box."""
        xs, ys = zip(*self.corners, strict=True)
        return sum(xs) / 4, sum(ys) / 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is drawn: the unit square through `matrix`. `image` None = a picture inside the stream."""

    image: Any
    matrix: Matrix


@dataclass(slots=True)
class Stream:
    """A stream that draws: the page's own (`owner` None) or a form's."""

    owner: Any
    instructions: list[Any]


@dataclass(slots=True)
class Walk:
    """All that a page draws with letters and pictures."""

    streams: list[Stream] = field(default_factory=list)
    glyphs: list[Glyph] = field(default_factory=list)
    pictures: list[Drawn] = field(default_factory=list)
    steps: dict[int, dict[int, int]] = field(default_factory=dict)  # bytes of a code, by stream and instruction
    _numbers: dict[Any, int] = field(default_factory=dict)
    _fonts: dict[Any, Font] = field(default_factory=dict)
    _count: int = 0

    def lettered(self) -> tuple[str, list[int]]:
        """The letters in the order in which they are drawn, and for each the number of its glyph; -1 for what parts."""
        words: list[str] = []
        owners: list[int] = []
        last: Glyph | None = None
        for number, glyph in enumerate(self.glyphs):
            parting = _between(last, glyph) if last is not None else ""
            words += (parting, glyph.letters)
            owners += [-1] * len(parting) + [number] * len(glyph.letters)
            last = glyph
        return "".join(words), owners

    def text(self) -> str:
        """The letters in the order in which they are drawn, a line for each stretch on one line."""
        return self.lettered()[0]


def _between(last: Glyph, glyph: Glyph) -> str:
    (left, low), (right, _low) = last.corners[0], last.corners[1]
    if abs(glyph.y - last.y) > 0.5 * max(last.size, 1) and abs(low - last.corners[1][1]) < 0.1:
        return "\n"
    gap = glyph.x - right
    if gap > 3 * glyph.size or gap < -abs(right - left) - glyph.size:
        return "\n"
    return " " if gap > 0.18 * glyph.size and last.letters != " " and glyph.letters != " " else ""


@dataclass(slots=True)
class _State:
    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


def walk_page(page: pikepdf.Page) -> Walk:
    """Every glyph and picture of a page. Raises UnsureError where the page cannot be read for certain."""
    found = Walk()
    instructions = _parsed(page)
    found.streams.append(Stream(None, instructions))
    _walk(found, 0, instructions, _resources(page.obj), _State(), 0)
    return found


def walk_form(form: Any) -> Walk:
    """A form by itself: an annotation's look."""
    found = Walk()
    instructions = _parsed(form)
    found.streams.append(Stream(form, instructions))
    _walk(found, 0, instructions, form.get("/Resources", pikepdf.Dictionary()), _State(), 0)
    return found


def _resources(node: Any) -> Any:
    """A page's resources, which it may inherit."""
    for _step in range(50):
        if "/Resources" in node:
            return node.Resources
        if "/Parent" not in node:
            break
        node = node.Parent
    return pikepdf.Dictionary()


def _parsed(source: Any) -> list[Any]:
    try:
        return list(pikepdf.parse_content_stream(source))
    except (pikepdf.PdfError, TypeError, ValueError) as error:
        raise UnsureError("a stream that does not parse") from error


class _Walker:
    """One stream's instructions, with the state they change."""

    def __init__(self, found: Walk, number: int, resources: Any, state: _State, depth: int) -> None:
        self.found, self.number, self.resources, self.state, self.depth = found, number, resources, state, depth
        self.saved: list[_State] = []
        self.line: Matrix = IDENTITY
        self.pen: Matrix = IDENTITY

    def run(self, instructions: list[Any]) -> None:
        for at, instruction in enumerate(instructions):
            self.found._count += 1
            if self.found._count > MOST_INSTRUCTIONS:
                raise UnsureError("too much to draw")
            operands = instruction.operands
            try:
                self.step(at, str(instruction.operator), operands)
            except (IndexError, TypeError, ValueError, AttributeError, KeyError) as error:
                raise UnsureError("an instruction that does not hold") from error

    def step(self, at: int, operator: str, operands: Any) -> None:
        state = self.state
        if operator == "q":
            self.saved.append(replace(state))
        elif operator == "Q":
            self.state = self.saved.pop() if self.saved else state
        elif operator == "cm":
            state.matrix = times(_matrix(operands), state.matrix)
        elif operator == "Do":
            self.draw(operands[0])
        elif operator in ("BI", "INLINE IMAGE"):
            self.found.pictures.append(Drawn(None, state.matrix))
        elif operator == "gs":
            self.look(operands[0])
        elif operator in _SETTERS:
            name, scale = _SETTERS[operator]
            setattr(state, name, float(operands[0]) * scale)
        elif operator == "Tf":
            state.font, state.size = self.font(self.resources.Font[operands[0]]), float(operands[1])
        else:
            self.write(at, operator, operands)

    def write(self, at: int, operator: str, operands: Any) -> None:
        if operator == "BT":
            self.line = self.pen = IDENTITY
        elif operator == "Tm":
            self.line = self.pen = _matrix(operands)
        elif operator in ("Td", "TD"):
            if operator == "TD":
                self.state.leading = -float(operands[1])
            self.new_line(float(operands[0]), float(operands[1]))
        elif operator == "T*":
            self.new_line(0, -self.state.leading)
        elif operator == "Tj":
            self.show(at, [operands[0]])
        elif operator == "TJ":
            self.show(at, list(operands[0]))
        elif operator == "'":
            self.new_line(0, -self.state.leading)
            self.show(at, [operands[0]])
        elif operator == '"':
            self.state.word_spacing, self.state.spacing = float(operands[0]), float(operands[1])
            self.new_line(0, -self.state.leading)
            self.show(at, [operands[2]])

    def new_line(self, x: float, y: float) -> None:
        self.line = self.pen = times((1, 0, 0, 1, x, y), self.line)

    def show(self, at: int, parts: list[Any]) -> None:
        state = self.state
        if state.font is None:
            raise UnsureError("letters without a font")
        self.found.steps.setdefault(self.number, {})[at] = state.font.step
        for number, part in enumerate(parts):
            if not isinstance(part, pikepdf.String):
                self.move(-float(part) / 1000 * state.size * state.stretch)
                continue
            for index, (code, content) in enumerate(state.font.codes(bytes(part))):
                self.glyph(Spot(self.number, at, number, index), state.font, code, content)

    def glyph(self, spot: Spot, font: Font, code: int, content: bytes) -> None:
        state = self.state
        width = font.width(code)
        gap = state.spacing + (state.word_spacing if content == b" " else 0)
        whole = times((state.size * state.stretch, 0, 0, state.size, 0, state.rise), times(self.pen, state.matrix))
        corners = tuple(placed(whole, x, y) for x, y in ((0, -0.2), (width, -0.2), (width, 0.75), (0, 0.75)))
        x, y = placed(whole, 0, 0)
        top = placed(whole, 0, 1)
        size = ((top[0] - x) ** 2 + (top[1] - y) ** 2) ** 0.5
        back = -(width * 1000 + gap * 1000 / state.size) if state.size else 0.0
        self.found.glyphs.append(Glyph(spot, font.letters.get(code, ""), x, y, size, corners, back))
        self.move((width * state.size + gap) * state.stretch)

    def move(self, x: float) -> None:
        self.pen = times((1, 0, 0, 1, x, 0), self.pen)

    def look(self, name: Any) -> None:
        font = self.resources.get("/ExtGState", pikepdf.Dictionary()).get(name, pikepdf.Dictionary()).get("/Font")
        if font is not None:
            self.state.font, self.state.size = self.font(font[0]), float(font[1])

    def font(self, font: Any) -> Font:
        key = font.objgen if font.is_indirect else None
        if key is not None and key in self.found._fonts:
            return self.found._fonts[key]
        made = font_of(font)
        if key is not None:
            self.found._fonts[key] = made
        return made

    def draw(self, name: Any) -> None:
        drawn = self.resources.XObject[name]
        kind = str(drawn.get("/Subtype", ""))
        if kind == "/Image":
            self.found.pictures.append(Drawn(drawn, self.state.matrix))
        elif kind == "/Form":
            self.form(drawn)

    def form(self, form: Any) -> None:
        if self.depth >= DEEPEST:
            raise UnsureError("forms too deep within forms")
        key = form.objgen
        if key not in self.found._numbers:
            self.found._numbers[key] = len(self.found.streams)
            self.found.streams.append(Stream(form, _parsed(form)))
        number = self.found._numbers[key]
        state = replace(self.state, matrix=times(_matrix(form.get("/Matrix", IDENTITY)), self.state.matrix))
        resources = form.get("/Resources", self.resources)
        _walk(self.found, number, self.found.streams[number].instructions, resources, state, self.depth + 1)


_SETTERS = {
    "Tc": ("spacing", 1.0),
    "Tw": ("word_spacing", 1.0),
    "Tz": ("stretch", 0.01),
    "TL": ("leading", 1.0),
    "Ts": ("rise", 1.0),
}


def _walk(found: Walk, number: int, instructions: list[Any], resources: Any, state: _State, depth: int) -> None:
    _Walker(found, number, resources, state, depth).run(instructions)


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in values)
    return a, b, c, d, e, f


def without(instructions: list[Any], dropped: dict[int, dict[tuple[int, int], float]], fonts: dict[int, int]) -> Any:
    """The instructions with glyphs taken out: {instruction: {(part, code): what takes its advance back}}.

    `fonts` gives the bytes of a code at each of those instructions. What stands after keeps its place.
    """
    kept: list[Any] = []
    for at, instruction in enumerate(instructions):
        if at not in dropped:
            kept.append(instruction)
            continue
        operator, operands = str(instruction.operator), instruction.operands
        if operator == '"':
            kept.append(pikepdf.ContentStreamInstruction([operands[0]], pikepdf.Operator("Tw")))
            kept.append(pikepdf.ContentStreamInstruction([operands[1]], pikepdf.Operator("Tc")))
        if operator in ("'", '"'):
            kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*")))
        parts = list(operands[0]) if operator == "TJ" else [operands[-1]]
        array = pikepdf.Array(_cut(parts, dropped[at], fonts[at]))
        kept.append(pikepdf.ContentStreamInstruction([array], pikepdf.Operator("TJ")))
    return kept


def _cut(parts: list[Any], dropped: dict[tuple[int, int], float], step: int) -> Iterator[Any]:
    for number, part in enumerate(parts):
        if not isinstance(part, pikepdf.String):
            yield part
            continue
        words, left = bytes(part), b""
        for index in range(len(words) // step):
            back = dropped.get((number, index))
            if back is None:
                left += words[index * step : (index + 1) * step]
                continue
            if left:
                yield pikepdf.String(left)
                left = b""
            yield round(back, 3)
        if left:
            yield pikepdf.String(left)
