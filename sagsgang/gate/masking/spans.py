"""What is looked for on a page, as areas: read with pdfium, and with the house's own walk."""

import ctypes
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from sagsgang.gate.finding.folded import Found
from sagsgang.gate.masking.walking import Glyph, Walk
from sagsgang.gate.pieces import Box

type Finder = Callable[[str], list[Found]]

_UNSEEN = "\x00\x02\ufffe\uffff"


@dataclass(frozen=True, slots=True)
class Sign:
    """A letter that was found, as pdfium tells it: where its pen stood, and its box."""

    x: float
    y: float
    size: float
    box: Box


def found_signs(page: pypdfium2.PdfPage, finder: Finder) -> list[Sign]:
    """The letters of everything that is found on a page, blanks left out."""
    words = page.get_textpage()
    try:
        text = "".join(map(chr, (raw.FPDFText_GetUnicode(words, at) for at in range(words.count_chars()))))
        return [
            sign
            for found in finder(text)
            for at in range(found.start, found.end)
            if not text[at].isspace() and text[at] not in _UNSEEN and (sign := _sign(words, at)) is not None
        ]
    finally:
        words.close()


def _sign(words: pypdfium2.PdfTextPage, at: int) -> Sign | None:
    if raw.FPDFText_IsGenerated(words, at) == 1:
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    box = raw.FS_RECTF()
    raw.FPDFText_GetCharOrigin(words, at, ctypes.byref(x), ctypes.byref(y))
    raw.FPDFText_GetLooseCharBox(words, at, ctypes.byref(box))
    size = abs(box.top - box.bottom) or raw.FPDFText_GetFontSize(words, at)
    return Sign(x.value, y.value, size, Box(box.left, box.bottom, box.right, box.top))


def found_glyphs(walk: Walk, finder: Finder) -> set[int]:
    """The numbers of the glyphs of everything that the house's own walk finds."""
    text, owners = walk.lettered()
    return {owners[at] for found in finder(text) for at in range(found.start, found.end)} - {-1}


def glyphs_at(walk: Walk, signs: Iterable[Sign]) -> tuple[set[int], bool]:
    """The glyphs that draw these letters; and are all letters accounted for?"""
    grid: dict[tuple[int, int], list[int]] = {}
    for number, glyph in enumerate(walk.glyphs):
        grid.setdefault((int(glyph.x // 4), int(glyph.y // 4)), []).append(number)
    taken: set[int] = set()
    whole = True
    for sign in signs:
        reach = max(0.5, 0.12 * sign.size)
        near = [
            number
            for across in (-1, 0, 1)
            for down in (-1, 0, 1)
            for number in grid.get((int(sign.x // 4) + across, int(sign.y // 4) + down), ())
            if abs(walk.glyphs[number].x - sign.x) <= reach and abs(walk.glyphs[number].y - sign.y) <= reach
        ]
        taken.update(near)
        whole = whole and bool(near)
    return taken, whole


def box_of(glyph: Glyph) -> Box:
    """The upright box round a glyph."""
    xs, ys = zip(*glyph.corners, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def glyphs_in(walk: Walk, boxes: Sequence[Box]) -> set[int]:
    """The glyphs whose middle lies in one of the boxes: also those that are drawn twice, or under others."""
    return {number for number, glyph in enumerate(walk.glyphs) if any(_holds(box, *glyph.middle) for box in boxes)}


def _holds(box: Box, x: float, y: float) -> bool:
    return box.left <= x <= box.right and box.bottom <= y <= box.top


def merged(boxes: Iterable[Box]) -> list[Box]:
    """Boxes that stand beside each other on a line, as one."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda one: (round(one.bottom), one.left)):
        last = found[-1] if found else None
        height = box.top - box.bottom
        if last is not None and abs(last.bottom - box.bottom) < 0.4 * height and box.left - last.right < height:
            found[-1] = Box(
                min(last.left, box.left),
                min(last.bottom, box.bottom),
                max(last.right, box.right),
                max(last.top, box.top),
            )
        else:
            found.append(box)
    return found
