"""A look into Office files that are ZIP archives (OOXML, ODF), which never unpacks more than an honest one holds."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO

from lxml import etree

from sagsgang.documents.kinds import DOCX, ODP, ODS, ODT, PPTX, XLSX, Unfit, UnfitFileError

SIGNATURE = b"PK\x03\x04"
LARGEST_UNPACKED = 500 * 1024 * 1024  # bytes, of all parts and of the archives inside them together
FREE = 20 * 1024 * 1024  # below this, no ratio is suspect
HIGHEST_RATIO = 200  # unpacked : packed; sheets full of the same number reach some 50
MOST_PARTS = 10_000
LARGEST_DIRECTORY = 2 * 1024 * 1024  # bytes of the list of parts
DEEPEST = 3  # an Excel sheet in a Word letter in a presentation
LARGEST_LIST = 4 * 1024 * 1024  # bytes of the part that lists types or keys
_CHUNK = 256 * 1024
_DECLARATIONS = tuple("<!ENTITY".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))

_OOXML = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": XLSX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml": PPTX,
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml": PPTX,
}
_ODF = (ODT, ODS, ODP)


@dataclass(slots=True)
class _Budget:
    """How many bytes may still be unpacked."""

    left: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UnfitFileError(Unfit.BOMB)


def zipped_type(file: IO[bytes]) -> str:
    """The media type of an Office file; every part of it has been unpacked once and found whole.

    Raises `UnfitFileError`: an archive that is no Office file, encrypted, broken, with macros, or a bomb.
    """
    with _broken_if_unreadable():
        size = file.seek(0, 2)
        budget = _Budget(min(LARGEST_UNPACKED, max(FREE, HIGHEST_RATIO * size)))
        _require_whole(file, budget, depth=1)
        with zipfile.ZipFile(file) as archive:
            names = {part.filename for part in archive.infolist()}
            if "[Content_Types].xml" in names:
                return _ooxml_type(archive)
            if "mimetype" in names:
                return _odf_type(archive, names)
    raise UnfitFileError(Unfit.ARCHIVE)


@contextmanager
def _broken_if_unreadable() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, KeyError, ValueError) as error:
        raise UnfitFileError(Unfit.BROKEN) from error
    except (etree.XMLSyntaxError, struct.error) as error:
        raise UnfitFileError(Unfit.BROKEN) from error


def _require_whole(file: IO[bytes], budget: _Budget, *, depth: int) -> None:
    """Unpack every part once, into nothing: checksums, sizes and archives inside."""
    if depth > DEEPEST or _directory_size(file) > LARGEST_DIRECTORY:
        raise UnfitFileError(Unfit.BOMB)
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > budget.left:
            raise UnfitFileError(Unfit.BOMB)
        if any(part.flag_bits & 0x1 for part in parts):
            raise UnfitFileError(Unfit.ENCRYPTED)
        for part in parts:
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise UnfitFileError(Unfit.BROKEN)
            _require_whole_part(archive, part, budget, depth=depth)


def _directory_size(file: IO[bytes]) -> int:
    """Bytes that `zipfile` would read as the list of parts, told by the end of the archive."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0:
        raise UnfitFileError(Unfit.BROKEN)
    if end >= 76 and tail[end - 20 : end - 16] == b"PK\x06\x07":
        large: int = struct.unpack_from("<Q", tail, end - 76 + 40)[0]
        return large
    small: int = struct.unpack_from("<L", tail, end + 12)[0]
    return small


def _require_whole_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, budget: _Budget, *, depth: int) -> None:
    is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    with archive.open(part) as opened, SpooledTemporaryFile[bytes](max_size=1024 * 1024) as inner:
        chunk = opened.read(_CHUNK)
        is_archive, overlap = chunk.startswith(SIGNATURE), b""
        while chunk:
            budget.spend(len(chunk))
            if is_xml and any(word in overlap + chunk for word in _DECLARATIONS):
                # No Office program writes entities of its own: they exist to multiply, or to read other files.
                raise UnfitFileError(Unfit.BOMB)
            if is_archive:
                inner.write(chunk)
            overlap = chunk[-16:]
            chunk = opened.read(_CHUNK)
        if is_archive:
            _require_whole(inner, budget, depth=depth + 1)


def _ooxml_type(archive: zipfile.ZipFile) -> str:
    types = {
        value
        for node in _parsed(archive, "[Content_Types].xml").iter()
        if isinstance(value := node.get("ContentType"), str)
    }
    if any("macroenabled" in name.lower() or "vbaproject" in name.lower() for name in types):
        raise UnfitFileError(Unfit.MACROS)
    found = [media_type for name, media_type in _OOXML.items() if name in types]
    if len(found) != 1:
        raise UnfitFileError(Unfit.UNKNOWN)
    return found[0]


def _odf_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    media_type = archive.read("mimetype")[:200].decode("ascii", "replace").strip()
    if media_type not in _ODF:
        raise UnfitFileError(Unfit.UNKNOWN)
    if "content.xml" not in names:
        raise UnfitFileError(Unfit.BROKEN)
    if "META-INF/manifest.xml" in names:
        manifest = _parsed(archive, "META-INF/manifest.xml")
        if any(etree.QName(node).localname == "encryption-data" for node in manifest.iter(etree.Element)):
            raise UnfitFileError(Unfit.ENCRYPTED)
    if any(_is_macro(name) for name in names):
        raise UnfitFileError(Unfit.MACROS)
    return media_type


def _is_macro(name: str) -> bool:
    if name.endswith("/"):
        return False
    return name.startswith("Scripts/") or (
        name.startswith("Basic/") and not name.endswith(("script-lc.xml", "script-lb.xml"))
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> etree._Element:
    if archive.getinfo(name).file_size > LARGEST_LIST:
        raise UnfitFileError(Unfit.BOMB)
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))
