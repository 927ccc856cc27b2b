"""The pictures of a PDF's pages: each by itself, so that what lies over it hides nothing; the page where it has no text."""

import hashlib
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from math import atan2, degrees
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from sagsgang.gate.pieces import Box, Piece, Where
from sagsgang.gate.reading import pictures
from sagsgang.gate.reading.pdf_layers import Matrix, Rect, address_of, joined, matrix_of, moved
from sagsgang.gate.reading.pdf_pages import OpenPage

LONGEST = 1200.0  # seconds for all pictures of one file
_DOTS = 300 / 72  # a point
_MOST_PIXELS = 20_000_000
_LEAST = 16  # pixels high, and three times as wide or the other way round
_DEEPEST = 6


@dataclass(slots=True)
class Look:
    """One file's pictures while they are looked at. A picture that comes again, such as a crest, is read once."""

    seen: set[bytes] = field(default_factory=set)
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST)
    met_any: bool = False
    missed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page, and how its unit square is laid on it."""

    item: Any
    matrix: Matrix


def pieces(opened: OpenPage, look: Look) -> Iterator[Piece]:
    """What is written in the pictures of a page."""
    placed = list(_placed(opened.page))
    if not opened.has_text and not opened.is_empty:
        look.met_any = True
        yield from _read(look, partial(_whole, opened))
        placed = [one for one in placed if _lies_under(opened, one)]
    for one in placed:
        picture = _bitmap(one, look)
        if picture is None:
            continue
        look.met_any = True
        yield from _read(look, partial(_piece, opened, one, picture))


def _read(look: Look, read: Callable[[], Piece | None]) -> Iterator[Piece]:
    if not pictures.languages():
        return
    if time.monotonic() > look.until:
        look.missed = True
        return
    try:
        if found := read():
            yield found
    except (pypdfium2.PdfiumError, subprocess.SubprocessError, OSError, ValueError, MemoryError):
        look.missed = True


def _placed(page: Any) -> Iterator[Placed]:
    count = pdfium.FPDFPage_CountObjects(page.raw)
    yield from _walk(
        (pdfium.FPDFPage_GetObject(page.raw, number) for number in range(count)), (1, 0, 0, 1, 0, 0), page, 0
    )


def _walk(objects: Iterator[Any], matrix: Matrix, page: Any, depth: int) -> Iterator[Placed]:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield Placed(pypdfium2.PdfImage(item, page=page), joined(matrix_of(item), matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = pdfium.FPDFFormObj_CountObjects(item)
            inner = (pdfium.FPDFFormObj_GetObject(item, number) for number in range(count))
            yield from _walk(inner, joined(matrix_of(item), matrix), page, depth + 1)


def _whole(opened: OpenPage) -> Piece | None:
    width, height = opened.page.get_size()
    scale = min(_DOTS, (_MOST_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = opened.page.render(scale=scale, grayscale=True)
    picture = bitmap.to_pil()
    return pictures.piece(
        picture,
        lambda left, top, right, bottom: _rounded(
            left / scale, height - bottom / scale, right / scale, height - top / scale
        ),
        page=opened.number,
    )


def _rounded(*values: float) -> Box:
    return Box(*(round(value, 1) for value in values))


def _lies_under(opened: OpenPage, one: Placed) -> bool:
    """Is a corner or the middle of it painted over?"""
    left, bottom, right, top = moved((0, 0, 1, 1), one.matrix)
    address = address_of(one.item.raw)
    parts = range(1, 20)
    return any(
        opened.layers.of_picture(address, (x, y, x + 2, y)) == Where.COVERED
        for x in (left + (right - left) * part / 20 for part in parts)
        for y in (bottom + (top - bottom) * part / 20 for part in parts)
    )


def _bitmap(one: Placed, look: Look) -> Image.Image | None:
    """The picture as it lies in the file; None if it is too small to say anything, broken, or has been seen."""
    try:
        width, height = one.item.get_px_size()
        if min(width, height) < _LEAST or max(width, height) < 3 * _LEAST or width * height > pictures.MOST_PIXELS:
            look.missed = look.missed or width * height > pictures.MOST_PIXELS
            return None
        digest = hashlib.sha256(one.item.get_data(decode_simple=False), usedforsecurity=False).digest()
        if digest in look.seen:
            return None
        look.seen.add(digest)
        if not pictures.languages():
            return Image.new("L", (1, 1))
        bitmap = one.item.get_bitmap(render=False)
        picture: Image.Image = bitmap.to_pil().convert("L")
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        look.missed = True
        return None
    return picture


def _piece(opened: OpenPage, one: Placed, picture: Image.Image) -> Piece | None:
    """What is written in a picture, read as it is turned when shown."""
    a, b = one.matrix[0], one.matrix[1]
    turns = round((degrees(atan2(b, a)) - opened.sheet.turned) / 90) % 4
    upright = picture.rotate(90 * turns, expand=True) if turns else picture

    def rect(left: float, top: float, right: float, bottom: float) -> Rect:
        corners = [_back(x, y, upright.size, turns) for x, y in ((left, top), (right, bottom))]
        across = sorted(x / picture.width for x, _ in corners)
        down = sorted(y / picture.height for _, y in corners)
        return moved((across[0], 1 - down[1], across[1], 1 - down[0]), one.matrix)

    def to_box(left: float, top: float, right: float, bottom: float) -> Box:
        return opened.sheet.shown(rect(left, top, right, bottom))

    found = pictures.piece(upright, to_box, page=opened.number)
    if found is None or found.box_of is None:
        return None
    address = address_of(one.item.raw)

    def where_of(start: int, end: int) -> Where:
        box = found.box_of(start, end) if found and found.box_of else None
        return opened.layers.of_picture(address, opened.sheet.own(box)) if box else Where.IMAGE

    return Piece(found.text, Where.IMAGE, page=opened.number, box_of=found.box_of, where_of=where_of)


def _back(x: float, y: float, size: tuple[int, int], turns: int) -> tuple[float, float]:
    """A point of the turned picture, in the picture before it was turned `turns` quarters to the left."""
    width, height = size
    for _ in range(turns):
        # The picture before the last quarter was `height` wide and `width` high.
        x, y = height - y, x
        width, height = height, width
    return x, y
