"""Compound files (OLE), in which older programs keep an object that lies in a document: its streams, by name."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # from here on a number names no sector
_ENTRY = 128
_MOST_TABLES = 10_000
_STREAM, _ROOT = 2, 5
_NATIVE = "\x01Ole10Native"
_HOLDERS = ("Package", "CONTENTS")  # streams that are a file as it is


class BrokenError(Exception):
    """The compound file cannot be read."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file that lies in an object; `names` are what it was called and where it lay."""

    names: tuple[str, ...]
    content: bytes

    def read(self) -> bytes:
        """Its bytes."""
        return self.content


def held_files(content: bytes) -> list[Held]:
    """The files that an object holds; none if it is a document of an older program itself. Raises BrokenError."""
    try:
        streams = dict(_streams(content))
        files = [Held((), streams[name]) for name in _HOLDERS if name in streams]
        return [*files, _native(streams[_NATIVE])] if _NATIVE in streams else files
    except (struct.error, IndexError, ValueError, UnicodeDecodeError) as error:
        raise BrokenError from error


def _native(stream: bytes) -> Held:
    """What "insert a file as an object" writes: a name, where it lay, where it was kept for a while, and its bytes."""
    label, at = _string(stream, 6)
    source, at = _string(stream, at)
    (length,) = struct.unpack_from("<I", stream, at + 4)
    kept = stream[at + 8 : at + 8 + length].rstrip(b"\0").decode("cp1252", "replace")
    at += 8 + length
    (size,) = struct.unpack_from("<I", stream, at)
    return Held(tuple(dict.fromkeys(filter(None, (label, source, kept)))), stream[at + 4 : at + 4 + size])


def _string(stream: bytes, at: int) -> tuple[str, int]:
    end = stream.index(b"\0", at)
    return stream[at:end].decode("cp1252", "replace"), end + 1


class _Sectors:
    """The sectors of a compound file, and which follows which."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        shift, small_shift = struct.unpack_from("<HH", content, 30)
        if not 7 <= shift <= 16 or not 2 <= small_shift < shift:
            raise ValueError(shift)
        self.size, self.small_size = 1 << shift, 1 << small_shift
        self.links = self._links()

    def read(self, first: int) -> bytes:
        """The sectors of a chain."""
        return b"".join(map(self._sector, chain(self.links, first)))

    def _sector(self, number: int) -> bytes:
        return self.content[(number + 1) * self.size : (number + 2) * self.size]

    def _links(self) -> Sequence[int]:
        """The table of what follows what; of large files its own places stand in further sectors."""
        places = list(struct.unpack_from("<109I", self.content, 76))
        (more,) = struct.unpack_from("<I", self.content, 68)
        for _number in range(_MOST_TABLES):
            if more >= _LAST:
                break
            row = numbers(self._sector(more))
            places += row[:-1]
            more = row[-1]
        return [link for place in places if place < _LAST for link in numbers(self._sector(place))]


def numbers(held: bytes) -> tuple[int, ...]:
    """The numbers that a sector holds."""
    return struct.unpack(f"<{len(held) // 4}I", held[: len(held) // 4 * 4])


def chain(links: Sequence[int], first: int) -> Iterator[int]:
    """The sectors from the first on; one that comes back to itself ends."""
    seen = 0
    while first < _LAST and seen <= len(links):
        yield first
        first, seen = links[first], seen + 1


def _streams(content: bytes) -> Iterator[tuple[str, bytes]]:
    sectors = _Sectors(content)
    (directory,) = struct.unpack_from("<I", content, 48)
    small_limit, small_table = struct.unpack_from("<II", content, 56)
    entries = sectors.read(directory)
    small_links, root = numbers(sectors.read(small_table)), b""
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        (name_length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(0, min(name_length, 64) - 2)].decode("utf-16-le")
        first, length = struct.unpack_from("<II", entries, at + 116)
        kind = entries[at + 66]
        if kind == _ROOT:  # it is the first, and holds the small sectors
            root = sectors.read(first)
        elif kind == _STREAM and length < small_limit:
            wide = sectors.small_size
            yield name, b"".join(root[one * wide : (one + 1) * wide] for one in chain(small_links, first))[:length]
        elif kind == _STREAM:
            yield name, sectors.read(first)[:length]
