"""A look into the older Office files, which are compound files (OLE, [MS-CFB]): what they are, and whether they open.

Reads the header, the directory and the first sector of one stream; nothing grows with the file.
"""

import struct
from dataclasses import dataclass
from typing import IO

from sagsgang.documents.kinds import DOC, PPT, XLS, Unfit, UnfitFileError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_SECTORS = 4096  # of the directory: 16,000 names and more

_LAST = 0xFFFFFFFA  # greater ones are marks, and no sectors
_ENCRYPTED = {"EncryptedPackage", "EncryptionInfo", "EncryptedSummary", "EncryptedSummaryInformation"}
_MACROS = {"VBA", "_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros"}
_MAIL = {"__properties_version1.0", "__nameid_version1.0"}
_FILEPASS = 0x2F  # the record of an Excel book that says it is encrypted ([MS-XLS] 2.4.117)


@dataclass(frozen=True, slots=True)
class _Compound:
    """An opened compound file: its sectors by number, and the sectors' chains."""

    file: IO[bytes]
    sector_size: int
    fat: tuple[int, ...]  # the first 109 sectors of the allocation table
    more: int  # where the list of the others begins

    def sector(self, number: int) -> bytes:
        self.file.seek((number + 1) * self.sector_size)
        content = self.file.read(self.sector_size)
        if number >= _LAST or not content:
            raise UnfitFileError(Unfit.BROKEN)
        return content.ljust(self.sector_size, b"\0")

    def after(self, number: int) -> int:
        """The next sector of a chain."""
        place, offset = divmod(number, self.sector_size // 4)
        following: int = struct.unpack_from("<L", self.sector(self._table(place)), offset * 4)[0]
        return following

    def _table(self, place: int) -> int:
        if place < len(self.fat):
            return self.fat[place]
        hop, offset = divmod(place - len(self.fat), self.sector_size // 4 - 1)
        number = self.more
        for _ in range(hop):
            number = struct.unpack_from("<L", self.sector(number), self.sector_size - 4)[0]
        table: int = struct.unpack_from("<L", self.sector(number), offset * 4)[0]
        return table


def compound_type(file: IO[bytes]) -> str:
    """The media type: .doc, .xls or .ppt. Raises `UnfitFileError`: encrypted, with macros, broken, mail, unknown."""
    try:
        compound, directory = _opened(file)
        streams = _directory(compound, directory)
    except struct.error as error:
        raise UnfitFileError(Unfit.BROKEN) from error
    names = set(streams)
    for known, reason in ((_ENCRYPTED, Unfit.ENCRYPTED), (_MAIL, Unfit.MAIL), (_MACROS, Unfit.MACROS)):
        if names & known:
            raise UnfitFileError(reason)
    if "WordDocument" in streams:
        head = compound.sector(streams["WordDocument"])
        if struct.unpack_from("<H", head, 10)[0] & 0x0100:  # fEncrypted ([MS-DOC] 2.5.2)
            raise UnfitFileError(Unfit.ENCRYPTED)
        return DOC
    for name in ("Workbook", "Book"):
        if name in streams:
            _require_open_book(compound.sector(streams[name]))
            return XLS
    if "PowerPoint Document" in streams:
        return PPT
    raise UnfitFileError(Unfit.UNKNOWN)


def _opened(file: IO[bytes]) -> tuple[_Compound, int]:
    file.seek(0)
    head = file.read(512)
    shift = struct.unpack_from("<H", head, 30)[0]
    if shift not in (9, 12):
        raise UnfitFileError(Unfit.BROKEN)
    directory = struct.unpack_from("<L", head, 48)[0]
    more = struct.unpack_from("<L", head, 68)[0]
    return _Compound(file, 1 << shift, struct.unpack_from("<109L", head, 76), more), directory


def _directory(compound: _Compound, number: int) -> dict[str, int]:
    """Every name in the file, with the first sector of its stream."""
    streams: dict[str, int] = {}
    for _ in range(MOST_SECTORS):
        if number >= _LAST:
            return streams
        sector = compound.sector(number)
        for at in range(0, len(sector), 128):
            length = struct.unpack_from("<H", sector, at + 64)[0]
            if sector[at + 66] and 2 <= length <= 64:
                name = sector[at : at + length - 2].decode("utf-16-le", "replace")
                streams.setdefault(name, struct.unpack_from("<L", sector, at + 116)[0])
        number = compound.after(number)
    raise UnfitFileError(Unfit.BROKEN)


def _require_open_book(head: bytes) -> None:
    """The record of encryption stands among the first of the book."""
    at = 0
    while at + 4 <= len(head):
        record, length = struct.unpack_from("<HH", head, at)
        if record == _FILEPASS:
            raise UnfitFileError(Unfit.ENCRYPTED)
        at += 4 + length
