"""The wheel drawn: twelve months as sectors, a ring for each kind of body, a numbered mark for each return. Pure.

The picture stands alone: no style sheet, no script, its words as text. What a mark means is told by its shape and number as
well as by its colour; each tone carries its text with a contrast of 4.5:1 or more.
"""

import re
from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, pi, radians, sin
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

type MarkState = Literal["expected", "planned", "case", "done", "dropped"]

INK, QUIET, PAPER = "#1a1a1a", "#4d5a63", "#ffffff"
LINE, RULE = "#dcdcdc", "#8a949b"
BLUE, GREEN, HAND = "#0b4f71", "#1e5c2e", "#a3161a"
_WASHES = ("#ffffff", "#f3f6f8")  # every other month
_FONT = "IBM Plex Sans, DejaVu Sans, Arial, sans-serif"

WIDTH = 720
_CENTRE, _INNER, _OUTER, _RIM = 360.0, 76.0, 318.0, 352.0
_TICKS = 8.0  # of a ring, for its meetings
_LARGEST, _SMALLEST, _READABLE = 12.0, 3.5, 7.0  # radius of a mark; below the last it carries no number
_GAP = 1.5
_LEGEND_ROW = 26
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")  # what XML cannot carry


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring by its key, with the words that name it."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A return: `name` is said of it, and it leads to `href` where there is one. A square is a statutory duty."""

    number: int
    on: date
    ring: str
    name: str
    state: MarkState
    is_square: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A meeting; `name` is said of it."""

    on: date
    ring: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. `months`: twelve short names. `legend` names the signs that occur, by `sign_of` and "meeting".

    `today` draws the hand, named by `today_words`. `ident` begins the ids, so that two pictures may stand on a page.
    """

    title: str
    description: str
    year: int
    months: Sequence[str]
    rings: Sequence[Ring]
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    legend: Mapping[str, str]
    today: date | None = None
    today_words: str = ""
    ident: str = "wheel"


@dataclass(frozen=True, slots=True)
class _Band:
    """The room of a ring: its meetings' ticks outermost, its marks in lanes within."""

    inner: float
    outer: float
    lanes: int


def draw_wheel(picture: Picture) -> str:
    """The picture as an SVG element. The same values give the same text."""
    rows = [*picture.legend.items()]
    height = WIDTH + 16 + _LEGEND_ROW * max(len(rows), len(picture.rings))
    title, description = f"{picture.ident}-title", f"{picture.ident}-desc"
    root = _element(
        None, "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {height}", role="group",
        aria_labelledby=title, aria_describedby=description, font_family=_FONT, fill=INK,
    )  # fmt: skip
    _element(root, "title", picture.title, id=title)
    _element(root, "desc", picture.description, id=description)
    _element(root, "rect", width=WIDTH, height=height, fill=PAPER)
    _months(root, picture)
    places = _laid(picture)
    _rings(root, picture, places.bands)
    for tick in picture.ticks:
        _tick(root, tick, picture.year, places.bands[tick.ring])
    if picture.today and picture.today.year == picture.year:
        _hand(root, picture.today, picture.today_words)
    for mark in sorted(picture.marks, key=lambda mark: mark.number):
        _mark(root, mark, *places.marks[mark.number], places.radius)
    _element(
        root, "text", str(picture.year), x=_CENTRE, y=_CENTRE + 9, font_size=40, font_weight=600, text_anchor="middle"
    )
    _legend(root, picture, rows)
    return tostring(root, encoding="unicode")


def sign_of(mark: Mark) -> str:
    """The sign by which the legend names a mark: its state, and whether a law asks for it."""
    return f"{mark.state}-duty" if mark.is_square else mark.state


def angle_of(on: date) -> float:
    """Degrees clockwise from the top; the year's first day begins there, and a day is marked in its middle."""
    length = 366 if isleap(on.year) else 365
    return ((on - date(on.year, 1, 1)).days + 0.5) / length * 360


def _point(angle: float, radius: float) -> tuple[float, float]:
    turned = radians(angle)
    return _CENTRE + radius * sin(turned), _CENTRE - radius * cos(turned)


def _element(parent: Element | None, tag: str, words: str | None = None, /, **facts: object) -> Element:
    """An element; names in Python's manner become those of SVG, and numbers are rounded."""
    named = {_name(name): _value(value) for name, value in facts.items() if value is not None}
    made = Element(tag, named) if parent is None else SubElement(parent, tag, named)
    if words is not None:
        made.text = _UNSEEN.sub("", words)
    return made


def _name(name: str) -> str:
    return name if name == "viewBox" else name.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".rstrip("0").rstrip(".")
    return _UNSEEN.sub("", str(value))


def _months(root: Element, picture: Picture) -> None:
    """The sectors with their names on the rim; each name stands upright along its sector."""
    for number, words in enumerate(picture.months, start=1):
        first = angle_of(date(picture.year, number, 1))
        last = angle_of(date(picture.year + number // 12, number % 12 + 1, 1)) or 360.0
        last = 360.0 if number == 12 else last
        _element(root, "path", d=_sector(first, last, _INNER, _RIM), fill=_WASHES[number % 2], stroke=LINE)
        middle = (first + last) / 2
        x, y = _point(middle, (_OUTER + _RIM) / 2)
        turn = middle if middle < 90 or middle > 270 else middle - 180
        _element(
            root, "text", words, x=x, y=y + 6, font_size=18, font_weight=600, text_anchor="middle", fill=INK, class_="month",
            transform=f"rotate({turn:.1f} {x:.1f} {y:.1f})",
        )  # fmt: skip


def _sector(first: float, last: float, inner: float, outer: float) -> str:
    (ax, ay), (bx, by) = _point(first, outer), _point(last, outer)
    (cx, cy), (dx, dy) = _point(last, inner), _point(first, inner)
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.0f} {outer:.0f} 0 0 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.0f} {inner:.0f} 0 0 0 {dx:.1f} {dy:.1f}Z"
    )


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything goes: the bands of the rings, the place of each mark by its number, the radius of all marks."""

    bands: Mapping[str, _Band]
    marks: Mapping[int, tuple[float, float]]
    radius: float


def _laid(picture: Picture) -> _Places:
    """The largest marks with which every mark of a ring lies beside the others; small ones may cover each other."""
    by_ring = {ring.key: [mark for mark in picture.marks if mark.ring == ring.key] for ring in picture.rings}
    radius = _LARGEST
    lanes = _lanes(by_ring, radius)
    while _needed(lanes, radius) > _OUTER - _INNER and radius > _SMALLEST:
        radius -= 0.5
        lanes = _lanes(by_ring, radius)
    room = _OUTER - _INNER
    scale = min(1.0, room / _needed(lanes, radius)) if lanes else 1.0
    if lanes and scale == 1.0:
        # What room is left over makes the rings wider, and so the innermost lanes shorter: they are counted anew.
        wide = _lanes(by_ring, radius, room / _needed(lanes, radius))
        if _needed(wide, radius) <= room:
            lanes, scale = wide, room / _needed(wide, radius)
    bands, marks, outer = {}, {}, _OUTER
    for ring, (count, of) in lanes.items():
        inner = outer - _thickness(count, radius) * scale
        bands[ring] = band = _Band(inner, outer, count)
        width = (band.outer - _TICKS - band.inner) / band.lanes
        for mark in by_ring[ring]:
            distance = band.outer - _TICKS - width * (of[mark.number] + 0.5)
            marks[mark.number] = _point(angle_of(mark.on), distance)
        outer = inner
    return _Places(bands, marks, radius)


def _thickness(lanes: int, radius: float) -> float:
    return lanes * 2 * (radius + _GAP) + _TICKS


def _needed(lanes: Mapping[str, tuple[int, Mapping[int, int]]], radius: float) -> float:
    return sum(_thickness(count, radius) for count, _of in lanes.values())


def _lanes(
    by_ring: Mapping[str, Sequence[Mark]], radius: float, scale: float = 1.0
) -> dict[str, tuple[int, dict[int, int]]]:
    """For each ring how many lanes its marks need, and the lane of each, from the rim inwards."""
    found: dict[str, tuple[int, dict[int, int]]] = {}
    outer = _OUTER
    for ring, marks in by_ring.items():
        count, of = 1, dict[int, int]()
        # More lanes reach further in, where there is less room on each: until as many do as were reckoned with.
        while True:
            shortest = max(outer - _thickness(count, radius) * scale, _INNER) + radius
            needed, of = _of_ring(marks, 2 * asin(min(1.0, (radius + _GAP / 2) / shortest)) / pi * 180)
            if needed <= count:
                break
            count += 1
        found[ring] = (count, of)
        outer -= _thickness(count, radius) * scale
    return found


def _of_ring(marks: Iterable[Mark], step: float) -> tuple[int, dict[int, int]]:
    ends: list[float] = []
    starts: list[float] = []
    lanes: dict[int, int] = {}
    for mark in sorted(marks, key=lambda mark: (mark.on, mark.number)):
        angle = angle_of(mark.on)
        # Free behind the last one of the lane, and before its first one at the turn of the year.
        free = (lane for lane, end in enumerate(ends) if angle - end >= step and starts[lane] + 360 - angle >= step)
        lane = next(free, len(ends))
        if lane == len(ends):
            ends.append(angle)
            starts.append(angle)
        ends[lane] = angle
        lanes[mark.number] = lane
    return len(ends), lanes


def _rings(root: Element, picture: Picture, bands: Mapping[str, _Band]) -> None:
    """A circle within each ring, and its letter on its outer edge, where no mark lies: the legend says which it is."""
    _element(root, "circle", cx=_CENTRE, cy=_CENTRE, r=_OUTER, fill="none", stroke=RULE)
    for place, ring in enumerate(picture.rings):
        band = bands[ring.key]
        _element(root, "circle", cx=_CENTRE, cy=_CENTRE, r=band.inner, fill="none", stroke=RULE)
        _letter(root, _CENTRE, band.outer, place)


def _letter(root: Element, x: float, distance: float, place: int, y: float | None = None) -> None:
    at = _CENTRE - distance if y is None else y
    _element(root, "rect", x=x - 8, y=at - 8, width=16, height=16, rx=3, fill=PAPER, stroke=RULE)
    _element(
        root, "text", "ABCDEFGHIJ"[place % 10], x=x, y=at + 4.5, font_size=12, font_weight=600, text_anchor="middle",
        fill=QUIET,
    )  # fmt: skip


def _tick(root: Element, tick: Tick, year: int, band: _Band) -> None:
    if tick.on.year != year:
        return
    (ax, ay), (bx, by) = _point(angle_of(tick.on), band.outer), _point(angle_of(tick.on), band.outer - _TICKS)
    made = _element(root, "line", x1=ax, y1=ay, x2=bx, y2=by, stroke=QUIET, stroke_width=2)
    _element(made, "title", tick.name)


def _hand(root: Element, today: date, words: str) -> None:
    angle = angle_of(today)
    (ax, ay), (bx, by) = _point(angle, _INNER - 12), _point(angle, _OUTER + 6)
    made = _element(root, "g")
    _element(made, "title", words)
    _element(made, "line", x1=ax, y1=ay, x2=bx, y2=by, stroke=HAND, stroke_width=2.5, stroke_dasharray="7 3")
    _element(made, "circle", cx=ax, cy=ay, r=4, fill=HAND)
    _element(
        made, "text", words, x=_CENTRE, y=_CENTRE + 30, font_size=13, font_weight=600, text_anchor="middle", fill=HAND
    )


def _mark(root: Element, mark: Mark, x: float, y: float, radius: float) -> None:
    """Its shape and number, as a link where it leads anywhere."""
    if mark.href:
        made = _element(root, "a", href=mark.href, aria_label=mark.name)
    else:
        made = _element(root, "g", role="img", aria_label=mark.name)
    _element(made, "title", mark.name)
    number = str(mark.number) if radius >= _READABLE else ""
    _shape(made, sign_of(mark), x, y, radius, number)


def _shape(parent: Element, sign: str, x: float, y: float, radius: float, number: str) -> None:
    """The sign of a mark: a square for a duty, else a circle; filled, empty, framed, dashed by its state."""
    state = sign.removesuffix("-duty")
    fill = {"planned": BLUE, "case": BLUE, "done": GREEN}.get(state, PAPER)
    line = {"done": GREEN, "dropped": QUIET}.get(state, BLUE)
    look = {
        "fill": fill,
        "stroke": line,
        "stroke_width": 1.5,
        "stroke_dasharray": "3 2" if state == "dropped" else None,
    }
    if sign.endswith("-duty"):
        side = radius * 1.8
        _element(parent, "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=1.5, **look)
    else:
        _element(parent, "circle", cx=x, cy=y, r=radius - 0.5, **look)
    if state == "case":
        _outer_frame(parent, x, y, radius, is_square=sign.endswith("-duty"))
    if number:
        ink = line if fill == PAPER else PAPER
        size = radius * (1.15 if len(number) < 3 else 0.9)
        _element(
            parent,
            "text",
            number,
            x=x,
            y=y + size * 0.36,
            font_size=size,
            font_weight=600,
            text_anchor="middle",
            fill=ink,
        )
    if state == "dropped":
        _element(
            parent, "line", x1=x - radius, y1=y + radius, x2=x + radius, y2=y - radius, stroke=QUIET, stroke_width=1.5
        )
    if state == "done":
        _element(
            parent, "path", d=f"M{x + radius * 0.35:.1f} {y - radius * 0.75:.1f}l{radius * 0.3:.1f} {radius * 0.35:.1f}"
            f"l{radius * 0.55:.1f} -{radius * 0.75:.1f}", fill="none", stroke=INK, stroke_width=2,
        )  # fmt: skip


def _outer_frame(parent: Element, x: float, y: float, radius: float, *, is_square: bool) -> None:
    look = {"fill": "none", "stroke": BLUE, "stroke_width": 1.2}
    if is_square:
        side = radius * 1.8 + 4.5
        _element(parent, "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=3, **look)
    else:
        _element(parent, "circle", cx=x, cy=y, r=radius + 1.8, **look)


def _legend(root: Element, picture: Picture, rows: Sequence[tuple[str, str]]) -> None:
    """What the letters and the signs mean, in two columns below the wheel."""
    top = WIDTH + 30
    for place, ring in enumerate(picture.rings):
        y = float(top + _LEGEND_ROW * place)
        _letter(root, 20, 0, place, y)
        _element(root, "text", ring.words, x=40, y=y + 5, font_size=15, class_="words")
    for place, (sign, words) in enumerate(rows):
        y = float(top + _LEGEND_ROW * place)
        if sign == "meeting":
            _element(root, "line", x1=320, y1=y - 6, x2=320, y2=y + 6, stroke=QUIET, stroke_width=2)
        else:
            _shape(root, sign, 320, y, 10, "")
        _element(root, "text", words, x=342, y=y + 5, font_size=15, class_="words")
