"""The pages of a PDF, one after the other: the words of each with their boxes, and its pictures."""

import ctypes
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from sagsgang.gate.pieces import Box, Piece, Where
from sagsgang.gate.reading.pdf_layers import Layers, Rect

_LONGEST_PAGE = 3_000_000  # signs
_DANGLING = re.compile(
    r"(?<!\d)[0-9]{6} ?[-\ufffe\u00ad\u2010-\u2014]?[ ]*(?:[\r\n]|$)"
)  # half a number at the end of a line
_LINE = re.compile(r"[^\r\n]+[\r\n]*")
_GARBAGE = 0.4  # a text layer with so large a part of signs that mean nothing is none


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's frame in its own space, and how far it is turned when shown (degrees, clockwise)."""

    frame: Rect
    turned: int

    def shown(self, rect: Rect) -> Box:
        """A place in the page's own space, as the page is shown."""
        left, bottom, right, top = self.frame
        a, b, c, d = rect[0] - left, rect[1] - bottom, rect[2] - left, rect[3] - bottom
        width, height = right - left, top - bottom
        if self.turned == 90:
            a, b, c, d = b, width - c, d, width - a
        elif self.turned == 180:
            a, b, c, d = width - c, height - d, width - a, height - b
        elif self.turned == 270:
            a, b, c, d = height - d, a, height - b, c
        return Box(*(round(value, 1) for value in (a, b, c, d)))

    def own(self, box: Box) -> Rect:
        """A place on the page as it is shown, in the page's own space."""
        left, bottom, right, top = self.frame
        width, height = right - left, top - bottom
        a, b, c, d = box.left, box.bottom, box.right, box.top
        if self.turned == 90:
            a, b, c, d = width - d, a, width - b, c
        elif self.turned == 180:
            a, b, c, d = width - c, height - d, width - a, height - b
        elif self.turned == 270:
            a, b, c, d = b, height - c, d, height - a
        return a + left, b + bottom, c + left, d + bottom


@dataclass(slots=True)
class OpenPage:
    """A page while it is looked at."""

    number: int
    page: Any
    sheet: Sheet
    text: str
    layers: Layers
    pieces: list[Piece]

    @property
    def has_text(self) -> bool:
        """Does it have a text layer that says something?"""
        signs = [sign for sign in self.text if not sign.isspace()]
        odd = sum(not (sign.isprintable() or sign == "\ufffe") or sign == "\ufffd" for sign in signs)
        return bool(signs) and odd <= _GARBAGE * len(signs)

    @property
    def is_empty(self) -> bool:
        """Is nothing painted on it?"""
        return not self.text.strip() and pdfium.FPDFPage_CountObjects(self.page.raw) == 0


def sheet_of(page: Any) -> Sheet:
    """The frame that is shown: what the page's boxes have in common."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    frame = tuple(pick(one, other) for pick, one, other in zip((max, max, min, min), media, crop, strict=True))
    if frame[0] >= frame[2] or frame[1] >= frame[3]:
        frame = media
    return Sheet(frame, page.get_rotation())


def open_pages(
    pdf: pypdfium2.PdfDocument, *, over: Callable[[int], list[Rect]], off: Collection[str], broken: list[int]
) -> Iterator[OpenPage]:
    """Each page, closed when the next is asked for. `broken` gets the numbers of those that do not open.

    `over(number)` answers what the page's annotations cover, `off` are the layers that are switched off.
    """
    for index in range(len(pdf)):
        page = words = None
        try:
            page = pdf[index]
            words = page.get_textpage()
            yield _opened(index + 1, page, words, over, off)
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
        finally:
            if words is not None:
                words.close()
            if page is not None:
                page.close()


def _opened(number: int, page: Any, words: Any, over: Callable[[int], list[Rect]], off: Collection[str]) -> OpenPage:
    count = min(words.count_chars(), _LONGEST_PAGE)
    text = words.get_text_range(0, count) if count > 0 else ""
    sheet = sheet_of(page)
    layers = Layers(page, words, sheet.frame, over=lambda: over(number), off=off)
    pieces = [_piece(number, words, text, count, sheet, layers, range(len(text)))] if text.strip() else []
    if _DANGLING.search(text):
        pieces.append(_piece(number, words, text, count, sheet, layers, _as_seen(words, text, count)))
    return OpenPage(number, page, sheet, text, layers, pieces)


def _as_seen(words: Any, text: str, count: int) -> list[int]:
    """The places of the signs, line by line from the top: a page may have been painted in another order."""
    lines = []
    for match in _LINE.finditer(text):
        index = match.start() if len(text) == count else _index(words, text, match.start())
        box = _box(words.raw, index)
        if box:
            lines.append((-round(box[1]), box[0], range(match.start(), match.end())))
    return [place for _down, _across, places in sorted(lines, key=lambda line: line[:2]) for place in places]


def _index(words: Any, text: str, place: int) -> int:
    """The reader's own number of a sign, where it counts otherwise than Python does."""
    wide = place + sum(ord(sign) > 0xFFFF for sign in text[:place])
    return int(pdfium.FPDFText_GetCharIndexFromTextIndex(words.raw, wide))


def _piece(
    number: int, words: Any, text: str, count: int, sheet: Sheet, layers: Layers, places: Sequence[int]
) -> Piece:
    """The signs at the places, in that order."""

    def indexes(start: int, end: int) -> list[int]:
        """The reader's own numbers of the signs of a slice that are no blanks."""
        signs = [place for place in places[start:end] if not text[place].isspace()]
        if len(text) == count:
            return signs
        return [index for place in signs if (index := _index(words, text, place)) >= 0]

    def box_of(start: int, end: int) -> Box | None:
        rects = [rect for index in indexes(start, end) if (rect := _box(words.raw, index))]
        if not rects:
            return None
        lefts, bottoms, rights, tops = zip(*rects, strict=True)
        return sheet.shown((min(lefts), min(bottoms), max(rights), max(tops)))

    def where_of(start: int, end: int) -> Where:
        return layers.of_signs(indexes(start, end))

    shown = text if isinstance(places, range) else "".join(text[place] for place in places)
    return Piece(shown, Where.TEXT, page=number, box_of=box_of, where_of=where_of)


def _box(words: Any, index: int) -> Rect | None:
    left, bottom, right, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(words, index, left, right, bottom, top):
        return None
    return left.value, bottom.value, right.value, top.value
