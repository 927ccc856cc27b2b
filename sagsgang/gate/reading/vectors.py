"""The words in drawings of Windows (EMF, WMF) and in SVG, as the programs wrote them; shapes and pixels are not read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sagsgang.gate.reading.archives import hardened

ENDINGS = (".emf", ".wmf", ".svg")
_EMF, _WMF, _PLACEABLE = b" EMF", (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"), b"\xd7\xcd\xc6\x9a"
_TEXT_A, _TEXT_W, _SMALL_TEXT, _COMMENT = 83, 84, 108, 70
_PIXELS = frozenset((76, 77, 78, 79, 80, 81, 114, 116))  # records that hold a picture
_NO_FRAME, _SMALL_SIGNS = 0x100, 0x200
_WMF_TEXT, _WMF_LONG_TEXT = 0x0521, 0x0A32
_WMF_PIXELS = frozenset((0x0922, 0x0940, 0x0B23, 0x0B41, 0x0D33, 0x0F43))
_WMF_FRAMED = 0x6
_MOST_RECORDS = 500_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """The words of a drawing, line by line; `is_whole`: nothing in it can hold more words."""

    text: str
    is_whole: bool


def is_drawing(content: bytes) -> bool:
    """Is it one of Windows, whatever its name?"""
    return content[40:44] == _EMF or content.startswith((_PLACEABLE, *_WMF))


def drawn(content: bytes) -> Drawn:
    """What a drawing says. A broken one says what stands before the break, and is not whole."""
    try:
        if content[40:44] == _EMF:
            return _joined(*_emf(content))
        if content.startswith((_PLACEABLE, *_WMF)):
            return _joined(*_wmf(content[22:] if content.startswith(_PLACEABLE) else content))
        root = etree.fromstring(content, hardened())
        words = [str(text).strip() for text in root.itertext() if str(text).strip()]
        return Drawn("\n".join(words), is_whole=next(root.iter("{*}image"), None) is None)
    except (struct.error, etree.XMLSyntaxError, ValueError):
        return Drawn("", is_whole=False)


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    down: int


def _joined(words: list[_Words], is_whole: bool) -> Drawn:
    """Strings on one height are one line; a program may write each sign by itself."""
    text = ""
    for before, one in zip([None, *words[:-1]], words, strict=True):
        if before is not None:
            alone = len(one.text) == 1 or len(before.text) == 1
            text += "\n" if before.down != one.down else "" if alone else " "
        text += one.text
    return Drawn(text, is_whole)


def _emf(content: bytes) -> tuple[list[_Words], bool]:
    words, is_whole = list[_Words](), True
    for kind, record in _emf_records(content):
        if kind in (_TEXT_A, _TEXT_W):
            _x, down, signs, start = struct.unpack_from("<iiII", record, 36)
            words.append(_Words(_decoded(record, start, signs, wide=kind == _TEXT_W), down))
        elif kind == _SMALL_TEXT:
            _x, down, signs, options = struct.unpack_from("<iiII", record, 8)
            start = 36 if options & _NO_FRAME else 52
            words.append(_Words(_decoded(record, start, signs, wide=not options & _SMALL_SIGNS), down))
        elif kind in _PIXELS or (kind == _COMMENT and record[12:16] == b"EMF+"):
            is_whole = False
    return [one for one in words if one.text], is_whole


def _emf_records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _number in range(_MOST_RECORDS):
        if at + 8 > len(content):
            return
        kind, size = struct.unpack_from("<II", content, at)
        if size < 8 or at + size > len(content):
            raise ValueError(size)
        yield kind, content[at : at + size]
        at += size


def _decoded(record: bytes, start: int, signs: int, *, wide: bool) -> str:
    held = record[start : start + signs * (2 if wide else 1)]
    return held.decode("utf-16-le" if wide else "cp1252", "replace").strip("\0")


def _wmf(content: bytes) -> tuple[list[_Words], bool]:
    words, is_whole, at = list[_Words](), True, 18
    for _number in range(_MOST_RECORDS):
        if at + 6 > len(content):
            break
        size, kind = struct.unpack_from("<IH", content, at)
        record = content[at : at + 2 * size]
        if size < 3:
            break
        if kind == _WMF_TEXT:
            (signs,) = struct.unpack_from("<H", record, 6)
            end = 8 + signs + signs % 2
            (down,) = struct.unpack_from("<h", record, end)
            words.append(_Words(_decoded(record, 8, signs, wide=False), down))
        elif kind == _WMF_LONG_TEXT:
            down, _x, signs, options = struct.unpack_from("<hhHH", record, 6)
            words.append(_Words(_decoded(record, 22 if options & _WMF_FRAMED else 14, signs, wide=False), down))
        elif kind in _WMF_PIXELS:
            is_whole = False
        at += 2 * size
    return [one for one in words if one.text], is_whole
