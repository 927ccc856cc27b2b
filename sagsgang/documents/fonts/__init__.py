"""The fonts that our PDF files are set in, and which characters they can show. No other font is ever used.

IBM Plex Sans (SIL Open Font License) sets the text; DejaVu Sans (Bitstream Vera licence) steps in for a
character that Plex lacks. Both licences lie beside the files.
"""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def printable_characters() -> frozenset[int]:
    """Every code point that at least one of our fonts has a glyph for."""
    found: set[int] = set()
    for file in sorted(FOLDER.glob("*.ttf")):
        found |= characters_of(file)
    return frozenset(found)


def characters_of(file: Path) -> set[int]:
    """The code points in a TrueType file's Unicode tables (cmap formats 4 and 12)."""
    data = file.read_bytes()
    cmap = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", cmap, 2)
    found: set[int] = set()
    for index in range(count):
        platform, _encoding, offset = struct.unpack_from(">HHL", cmap, 4 + 8 * index)
        (layout,) = struct.unpack_from(">H", cmap, offset)
        if platform == 1:  # Macintosh codes, not Unicode
            continue
        if layout == 4:
            found |= _segments(cmap[offset:])
        elif layout == 12:
            found |= _groups(cmap[offset:])
    return found


def _table(data: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", data, 4)
    for index in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        if tag == name:
            return data[offset : offset + length]
    raise ValueError(f"the font has no table {name.decode('ascii')}")


def _segments(table: bytes) -> set[int]:
    """Format 4: runs of code points, mapped by a difference or a list of glyphs; glyph 0 is none."""
    (doubled,) = struct.unpack_from(">H", table, 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * doubled)
    offsets_at = 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", table, offsets_at)
    found: set[int] = set()
    for index, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offsets[index]:
                place = offsets_at + 2 * index + offsets[index] + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph and (glyph + deltas[index]) % 0x10000:
                found.add(code)
    return found


def _groups(table: bytes) -> set[int]:
    """Format 12: runs of code points with the glyph of the first."""
    (count,) = struct.unpack_from(">L", table, 12)
    found: set[int] = set()
    for index in range(count):
        start, end, _glyph = struct.unpack_from(">LLL", table, 16 + 12 * index)
        found.update(range(start, end + 1))
    return found
