"""Fonts of a PDF as its content streams use them: codes, widths and the letters they stand for."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

_STANDARD = re.compile(r"^(?:[A-Z]{6}\+)?(Helvetica|Times|Courier|Arial|TimesNewRoman|CourierNew|Symbol|ZapfDingbats)")
_NAMES = {
    "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "space": " ", "hyphen": "-", "period": ".", "comma": ",", "colon": ":", "at": "@",
    "slash": "/", "parenleft": "(", "parenright": ")", "plus": "+", "underscore": "_", "endash": "–", "minus": "-",
    "ae": "æ", "oslash": "ø", "aring": "å", "AE": "Æ", "Oslash": "Ø", "Aring": "Å", "eacute": "é", "fi": "fi",
    "fl": "fl", "nbspace": " ", "sfthyphen": "-", "semicolon": ";", "quotesingle": "'", "ampersand": "&",
}  # fmt: skip
_CODECS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman", "/StandardEncoding": "latin-1"}
_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]*)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)


class UnsureError(Exception):
    """The stream uses something that this reader does not know for certain: the page must become a picture."""


@dataclass(slots=True)
class Font:
    """`widths` are parts of the size (0.5 = half an em); `step` is the number of bytes of a code."""

    step: int
    widths: dict[int, float]
    default: float
    letters: dict[int, str] = field(default_factory=dict)

    def codes(self, words: bytes) -> Iterator[tuple[int, bytes]]:
        """The codes in a string, each with its bytes."""
        for at in range(0, len(words) - self.step + 1, self.step):
            part = words[at : at + self.step]
            yield int.from_bytes(part), part

    def width(self, code: int) -> float:
        """How far a code moves the pen, as a part of the size."""
        return self.widths.get(code, self.default)


def font_of(font: Any) -> Font:
    """A font dictionary. Raises UnsureError for writing downwards and for maps of codes that are not two bytes."""
    kind = str(font.get("/Subtype", ""))
    letters = dict(_to_unicode(font))
    if kind == "/Type0":
        if str(font.get("/Encoding", "")) != "/Identity-H":
            raise UnsureError("an encoding of its own")
        inner = font.DescendantFonts[0]
        widths = dict(_composite_widths(inner.get("/W", pikepdf.Array())))
        return Font(2, widths, float(inner.get("/DW", 1000)) / 1000, letters)
    named = dict(_encoded(font))
    scale = float(font.FontMatrix[0]) if kind == "/Type3" else 0.001
    first = int(font.get("/FirstChar", 0))
    widths = {first + at: float(width) * scale for at, width in enumerate(font.get("/Widths", []))}
    if not widths:
        widths = _standard_widths(str(font.get("/BaseFont", ""))[1:], named)
    descriptor = font.get("/FontDescriptor")
    missing = float(descriptor.get("/MissingWidth", 0)) / 1000 if descriptor is not None else 0.0
    return Font(1, widths, missing, named | letters)


def _composite_widths(array: Any) -> Iterator[tuple[int, float]]:
    rows = list(array)
    at = 0
    while at + 1 < len(rows):
        first = int(rows[at])
        if isinstance(rows[at + 1], pikepdf.Array):
            for step, width in enumerate(rows[at + 1]):
                yield first + step, float(width) / 1000
            at += 2
        else:
            for code in range(first, min(int(rows[at + 1]), first + 65_535) + 1):
                yield code, float(rows[at + 2]) / 1000
            at += 3


def _encoded(font: Any) -> Iterator[tuple[int, str]]:
    encoding = font.get("/Encoding")
    base: Any = encoding if isinstance(encoding, pikepdf.Name) else None
    if isinstance(encoding, pikepdf.Dictionary):
        base = encoding.get("/BaseEncoding")
    codec = _CODECS.get(str(base), "cp1252")
    for code in range(32, 256):
        letter = bytes([code]).decode(codec, "ignore")
        if letter:
            yield code, letter
    if isinstance(encoding, pikepdf.Dictionary):
        code = 0
        for entry in encoding.get("/Differences", []):
            if isinstance(entry, pikepdf.Name):
                yield code, _letter(str(entry)[1:])
                code += 1
            else:
                code = int(entry)


def _letter(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    if len(name) == 1:
        return name
    found = re.match(r"^(?:uni|u)([0-9A-Fa-f]{4,6})$", name)
    return chr(int(found.group(1), 16)) if found and int(found.group(1), 16) < 0x110000 else ""


def _to_unicode(font: Any) -> Iterator[tuple[int, str]]:
    stream = font.get("/ToUnicode")
    if not isinstance(stream, pikepdf.Stream):
        return
    content = stream.read_bytes()
    for block in _BFCHAR.findall(content):
        for code, letters in _PAIR.findall(block):
            yield _number(code), _utf16(letters)
    for block in _BFRANGE.findall(content):
        for low, high, start, several in _RANGE.findall(block):
            first, last = _number(low), min(_number(high), _number(low) + 65_535)
            if several:
                for step, letters in enumerate(re.findall(rb"<([0-9A-Fa-f\s]*)>", several)):
                    yield first + step, _utf16(letters)
            else:
                base = _utf16(start)
                for code in range(first, last + 1):
                    if base and ord(base[-1]) + code - first < 0x110000:
                        yield code, base[:-1] + chr(ord(base[-1]) + code - first)


def _number(digits: bytes) -> int:
    return int(b"".join(digits.split()), 16)


def _utf16(digits: bytes) -> str:
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode()).decode("utf-16-be", "ignore")


def _standard_widths(name: str, letters: dict[int, str]) -> dict[int, float]:
    """Widths of the fourteen fonts that a PDF need not carry, asked of pdfium. Raises UnsureError for any other."""
    if not _STANDARD.match(name):
        raise UnsureError("a font without widths")
    pdf = pypdfium2.PdfDocument.new()
    try:
        font = raw.FPDFText_LoadStandardFont(pdf, name.split("+")[-1].encode())
        if not font:
            raise UnsureError("a font without widths")
        found, width = {}, ctypes.c_float()
        for code, letter in letters.items():
            if len(letter) == 1 and raw.FPDFFont_GetGlyphWidth(font, ord(letter), 1000.0, ctypes.byref(width)):
                found[code] = width.value / 1000
        raw.FPDFFont_Close(font)
        return found
    finally:
        pdf.close()
