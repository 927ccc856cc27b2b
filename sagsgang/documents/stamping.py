"""Stamps words on pages of any size and turn, in a font that is carried in the file. Stamps are artifacts.

The font is the piece of our own that Typst takes for a sheet with just these signs: it is small, and has all that the
archive asks of a font.
"""

import io
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Name

from sagsgang.documents.pdf import render_pdf

SIZE = 8.5  # points
RIGHT, FOOT = 62.4, 42.5  # from the edges of an upright A4 page, in points: the margin of `house.typ`
EDGE = 12.0  # from the lower edge of a page that is not ours
_SHEET = Path(__file__).parent / "print" / "signs.typ"
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


class Stamper:
    """Stamps on the pages of one file; `signs` are all that will be stamped, digits apart."""

    def __init__(self, pdf: pikepdf.Pdf, signs: str) -> None:
        with pikepdf.open(io.BytesIO(_sheet("".join(sorted({*signs, *"0123456789"}))))) as sheet:
            fonts = sheet.pages[0].Resources.Font
            font = next(iter(fonts.values()))
            self._codes = _codes(font.ToUnicode.read_bytes())
            self._widths = _widths(font.DescendantFonts[0])
            self._font = pdf.copy_foreign(sheet.make_indirect(font))
        self._pdf = pdf

    def stamp(self, page: pikepdf.Page, words: str, *, foot: float = FOOT) -> None:
        """Set the words `foot` points above the lower edge of the page as it is shown, ending at the right margin, on a ground of white."""
        codes = [self._codes[sign] for sign in words if sign in self._codes]  # a sign that the font lacks is left out
        width = sum(self._widths.get(code, 600.0) for code in codes) * SIZE / 1000
        x0, y0, x1, y1 = (float(value) for value in page.cropbox)
        turn = int(page.obj.get("/Rotate", 0)) % 360
        wide = x1 - x0 if turn in (0, 180) else y1 - y0
        corner = {0: (x0, y0), 90: (x1, y0), 180: (x1, y1), 270: (x0, y1)}.get(turn, (x0, y0))
        matrix = " ".join(f"{value:g}" for value in (*_TURNS.get(turn, _TURNS[0]), *corner))
        left = max(wide - RIGHT - width, 4.0)
        text = "".join(f"{code:04x}" for code in codes)
        drawing = (
            f"/Artifact <</Type /Pagination /Subtype /Footer>> BDC q {matrix} cm "
            f"1 g {left - 3:.2f} {foot - 3:.2f} {width + 6:.2f} {SIZE + 4:.2f} re f "
            f"0.3 g BT /SgStamp {SIZE} Tf {left:.2f} {foot:.2f} Td <{text}> Tj ET Q EMC"
        )
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n" + drawing.encode())
        page.add_resource(self._font, Name.Font, Name.SgStamp, replace_existing=True)


@cache
def _sheet(signs: str) -> bytes:
    return render_pdf(_SHEET, signs, title="-", made_at=_MADE).content


def _codes(mapping: bytes) -> dict[str, int]:
    """Sign → code, out of the font's own table of what its codes mean."""
    codes: dict[str, int] = {}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", mapping, re.DOTALL):
        for first, last, sign in _RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                codes[chr(int(sign, 16) + step)] = int(first, 16) + step
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", mapping, re.DOTALL):
        for code, sign in _CHAR.findall(block):
            codes[bytes.fromhex(sign.decode()).decode("utf-16-be")] = int(code, 16)
    return codes


def _widths(font: pikepdf.Object) -> dict[int, float]:
    """Code → width in thousandths, of ``[first [w w w] first last w]``."""
    widths: dict[int, float] = {}
    rows = list(font.get("/W", pikepdf.Array()))
    while rows:
        first, second = int(rows.pop(0)), rows.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + step: float(width) for step, width in enumerate(second)}
        else:
            width = float(rows.pop(0))
            widths |= dict.fromkeys(range(first, int(second) + 1), width)
    return widths
