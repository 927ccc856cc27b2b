"""What of a PDF's page a reader sees: which signs lie under a box, and which are there without being shown.

Only asked for pages on which something was found, since it walks through all that is painted.
"""

import ctypes
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from sagsgang.gate.pieces import Where

type Rect = tuple[float, float, float, float]  # left, bottom, right, top, in the page's own space
type Colour = tuple[int, int, int]
type Matrix = tuple[float, float, float, float, float, float]

UNITY: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 6  # forms within forms
_MOST_OBJECTS = 200_000
_THICK = 5.0  # points: a line this thick hides what it is drawn over
_TINY = 1.5  # points: the height of signs that nobody can read
_NEAR = 14  # of 255: colours that look alike
_INVISIBLE_MODES = (3, 7)


@dataclass(frozen=True, slots=True)
class Cover:
    """Something opaque, painted as number `order`; `colour` is None for a picture."""

    order: int
    rect: Rect
    colour: Colour | None


@dataclass(slots=True)
class Painted:
    """A page's objects in the order of painting."""

    covers: list[Cover] = field(default_factory=list)
    order_of: dict[int, int] = field(default_factory=dict)
    clip_of: dict[int, Rect] = field(default_factory=dict)
    switched_off: set[int] = field(default_factory=set)


class Layers:
    """Answers in which layer the signs of one page lie."""

    def __init__(
        self, page: Any, words: Any, frame: Rect, *, over: Callable[[], list[Rect]], off: Collection[str]
    ) -> None:
        """`over`: what annotations cover, `off`: the names of the layers that are switched off."""
        self._page, self._words, self._frame, self._over, self._off = page, words, frame, over, off
        self._painted: Painted | None = None
        self._annotated: list[Rect] = []

    def of_signs(self, indexes: Collection[int]) -> Where:
        """Covered if one of the signs is, else hidden if one of them is, else text."""
        layers = {self._of_sign(index) for index in indexes}
        return next((where for where in (Where.COVERED, Where.HIDDEN) if where in layers), Where.TEXT)

    def of_picture(self, address: int, rect: Rect) -> Where:
        """Where a place in a picture lies."""
        painted = self._all()
        order = painted.order_of.get(address, 0)
        middle = ((rect[0] + rect[2]) / 2, (rect[1] + rect[3]) / 2)
        covered = self._is_covered(order, middle) or self._is_covered(order, (rect[2] - 2, middle[1]))
        return Where.COVERED if covered else Where.IMAGE

    def _all(self) -> Painted:
        if self._painted is None:
            self._painted = painted_on(self._page, self._off)
            self._annotated = self._over()
        return self._painted

    def _of_sign(self, index: int) -> Where:
        painted = self._all()
        raw = self._words.raw
        box = _loose_box(raw, index)
        text_object = pdfium.FPDFText_GetTextObject(raw, index)
        if box is None or not text_object:
            return Where.TEXT
        address = address_of(text_object)
        order = painted.order_of.get(address, 0)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        if self._is_covered(order, middle):
            return Where.COVERED
        unseen = (
            pdfium.FPDFTextObj_GetTextRenderMode(text_object) in _INVISIBLE_MODES
            or max(box[3] - box[1], box[2] - box[0]) < _TINY
            or not _holds(self._frame, middle)
            or not _holds(painted.clip_of.get(address, self._frame), middle, slack=2)
            or address in painted.switched_off
            or self._is_like_ground(index, order, middle)
        )
        return Where.HIDDEN if unseen else Where.TEXT

    def _is_covered(self, order: int, middle: tuple[float, float]) -> bool:
        painted = self._all()
        if any(_holds(rect, middle) for rect in self._annotated):
            return True
        return any(cover.order > order and _holds(cover.rect, middle) for cover in painted.covers)

    def _is_like_ground(self, index: int, order: int, middle: tuple[float, float]) -> bool:
        """Is the sign transparent, or of the colour of what it stands on?"""
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not pdfium.FPDFText_GetFillColor(self._words.raw, index, red, green, blue, alpha):
            return False
        if alpha.value < 10:
            return True
        ground: Colour | None = (255, 255, 255)
        for cover in self._all().covers:
            if cover.order < order and _holds(cover.rect, middle):
                ground = cover.colour
        ink = (red.value, green.value, blue.value)
        return ground is not None and all(abs(one - other) <= _NEAR for one, other in zip(ink, ground, strict=True))


def painted_on(page: Any, off: Collection[str]) -> Painted:
    """Walk through a page once."""
    painted = Painted()
    count = pdfium.FPDFPage_CountObjects(page.raw)
    objects = (pdfium.FPDFPage_GetObject(page.raw, number) for number in range(count))
    for order, (item, matrix, is_off) in enumerate(_walk(objects, UNITY, off, is_off=False, depth=0)):
        if order > _MOST_OBJECTS:
            break
        address = address_of(item)
        painted.order_of[address] = order
        clip = _clip(item, matrix)
        if is_off:
            painted.switched_off.add(address)
            continue
        if clip:
            painted.clip_of[address] = clip
        painted.covers += [
            Cover(order, _meet(rect, clip) if clip else rect, colour) for rect, colour in _opaque(item, matrix)
        ]
    return painted


def _walk(
    objects: Iterator[Any], matrix: Matrix, off: Collection[str], *, is_off: bool, depth: int
) -> Iterator[tuple[Any, Matrix, bool]]:
    for item in objects:
        hidden = is_off or bool(off and _is_marked_off(item, off))
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _DEEPEST:
                count = pdfium.FPDFFormObj_CountObjects(item)
                inner = (pdfium.FPDFFormObj_GetObject(item, number) for number in range(count))
                yield from _walk(inner, joined(matrix_of(item), matrix), off, is_off=hidden, depth=depth + 1)
        else:
            yield item, matrix, hidden


def _opaque(item: Any, matrix: Matrix) -> Iterator[tuple[Rect, Colour | None]]:
    kind = pdfium.FPDFPageObj_GetType(item)
    if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE) or pdfium.FPDFPageObj_HasTransparency(item):
        return
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        if bounds := bounds_of(item):
            yield moved(bounds, matrix), None
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    if fill.value:
        colour = _colour(item, pdfium.FPDFPageObj_GetFillColor)
        if colour:
            yield from ((rect, colour) for rect in _rects(item, joined(matrix_of(item), matrix)))
    elif stroke.value and _is_thick_line(item):
        colour = _colour(item, pdfium.FPDFPageObj_GetStrokeColor)
        if colour and (bounds := bounds_of(item)):
            yield moved(bounds, matrix), colour


def _is_thick_line(item: Any) -> bool:
    width = ctypes.c_float()
    return (
        bool(pdfium.FPDFPageObj_GetStrokeWidth(item, width))
        and width.value >= _THICK
        and pdfium.FPDFPath_CountSegments(item) == 2
    )


def _colour(item: Any, ask: Callable[..., int]) -> Colour | None:
    """The colour, if it can be told and lets nothing through."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(item, red, green, blue, alpha) or alpha.value < 250:
        return None
    return red.value, green.value, blue.value


def _rects(item: Any, matrix: Matrix) -> list[Rect]:
    """The boxes of a path's parts; none of those that lie in one another, which make a frame."""
    parts: list[list[tuple[float, float]]] = []
    count = pdfium.FPDFPath_CountSegments(item)
    if count > 400:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(_point(x.value, y.value, matrix))
    rects = [_around(part) for part in parts if len(part) > 2]
    return [
        rect
        for rect in rects
        if not any(other is not rect and (_within(rect, other) or _within(other, rect)) for other in rects)
    ]


def _clip(item: Any, matrix: Matrix) -> Rect | None:
    path = pdfium.FPDFPageObj_GetClipPath(item)
    count = pdfium.FPDFClipPath_CountPaths(path) if path else -1
    clip: Rect | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(max(count, 0)):
        points = []
        for part in range(min(max(pdfium.FPDFClipPath_CountPathSegments(path, number), 0), 400)):
            segment = pdfium.FPDFClipPath_GetPathSegment(path, number, part)
            if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
                points.append(_point(x.value, y.value, matrix))
        if points:
            clip = _meet(clip, _around(points)) if clip else _around(points)
    return clip


def _is_marked_off(item: Any, off: Collection[str]) -> bool:
    for number in range(max(pdfium.FPDFPageObj_CountMarks(item), 0)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if _wide(partial(pdfium.FPDFPageObjMark_GetName, mark)) != "OC":
            continue
        if _wide(partial(pdfium.FPDFPageObjMark_GetParamStringValue, mark, b"Name")) in off:
            return True
    return False


def _wide(ask: Callable[[Any, int, Any], int]) -> str:
    room = (ctypes.c_ushort * 256)()
    got = ctypes.c_ulong()
    if not ask(room, ctypes.sizeof(room), got):
        return ""
    return bytes(room)[: got.value].decode("utf-16-le", "replace").rstrip("\0")


def address_of(item: Any) -> int:
    """What two handles of one object have in common."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def matrix_of(item: Any) -> Matrix:
    """How an object is laid on what holds it."""
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return UNITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def bounds_of(item: Any) -> Rect | None:
    """The box round an object, in the space of what holds it."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    return left.value, bottom.value, right.value, top.value


def joined(first: Matrix, then: Matrix) -> Matrix:
    """Both, one after the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(rect: Rect, matrix: Matrix) -> Rect:
    """The box round a box that was moved or turned."""
    left, bottom, right, top = rect
    return _around([_point(x, y, matrix) for x in (left, right) for y in (bottom, top)])


def _point(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: list[tuple[float, float]]) -> Rect:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def _meet(one: Rect, other: Rect) -> Rect:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _within(inner: Rect, outer: Rect) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _holds(rect: Rect, point: tuple[float, float], slack: float = 0) -> bool:
    return rect[0] - slack <= point[0] <= rect[2] + slack and rect[1] - slack <= point[1] <= rect[3] + slack


def _loose_box(words: Any, index: int) -> Rect | None:
    found = pdfium.FS_RECTF()
    if not pdfium.FPDFText_GetLooseCharBox(words, index, found):
        return None
    return found.left, min(found.bottom, found.top), found.right, max(found.bottom, found.top)
