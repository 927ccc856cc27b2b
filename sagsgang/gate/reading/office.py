"""Office files taken apart: DOCX, XLSX, PPTX, ODT, ODS, ODP. Older ones only say what must be done with them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from sagsgang.gate.pieces import Piece, Reading, UnreadableError, Where
from sagsgang.gate.reading import ooxml, open_document, sheets, slides, word
from sagsgang.gate.reading import pictures as ocr
from sagsgang.gate.reading.archives import DEEPEST, Archive, opened
from sagsgang.gate.reading.inside import Inside
from sagsgang.gate.reading.objects import Objects

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how .doc, .xls and .ppt begin
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".gif", ".bmp", ".webp")
_FILES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".docm", ".xlsm", ".pptm", ".dotx")

type Reader = Callable[[Archive], Iterator[Piece]]
type PictureReader = Callable[[bytes, str], Iterator[Piece]]


def read(path: Path, *, pictures: PictureReader | None = None, depth: int = 0) -> Reading:
    """What an Office file says, shown and hidden. `pictures` reads the words in a picture: (bytes, place) -> pieces.
    `depth` as in `opening.read`.

    Raises UnreadableError: no Office file, broken, encrypted, or larger unpacked than a document can be.
    """
    with path.open("rb") as file:
        start = file.read(8)
    if start == OLD:
        return Reading(None, readable=False, tagged=None, pieces=iter(()), lacks=(_old(path),))
    with opened(path) as archive:
        reader_of(archive)
        lacks = tuple(_lacks(archive))
    reading = Reading(None, readable=True, tagged=None, pieces=iter(()), lacks=lacks)
    reading.pieces = _all_pieces(path, pictures, reading, Objects(Inside(depth, ocr=pictures is not None)))
    return reading


def _all_pieces(path: Path, pictures: PictureReader | None, reading: Reading, objects: Objects) -> Iterator[Piece]:
    """All pieces; completes what `reading` says could not be looked at."""
    with TemporaryDirectory() as folder:
        objects.folder = Path(folder)
        yield from _pieces(path, pictures, objects)
    reading.lacks += tuple(objects.lacks)


def reader_of(archive: Archive) -> Reader:
    """Who reads the words of this kind of file. Raises UnreadableError if nobody does."""
    for part, reader in (
        ("word/document.xml", word.pieces),
        ("xl/workbook.xml", sheets.pieces),
        ("ppt/presentation.xml", slides.pieces),
        ("content.xml", open_document.pieces),
    ):
        if part in archive.names:
            return reader
    raise UnreadableError(_("The file is no Word, Excel, PowerPoint or OpenDocument file."))


def _old(path: Path) -> str:
    newer = {".xls": ".xlsx", ".ppt": ".pptx"}.get(path.suffix.lower(), ".docx")
    return _("The file is of an old or encrypted kind that cannot be examined. Save it as {newer}.").format(newer=newer)


def _lacks(archive: Archive) -> Iterator[str]:
    """What in the file cannot be looked at."""
    endings = [PurePosixPath(name).suffix.lower() for name in archive.names]
    if any(ending in _PICTURES for ending in endings) and (lack := ocr.lack()):
        yield lack
    if any("vbaProject" in name or name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        yield _("The file holds macros, which were not examined.")


def _pieces(source: Path | bytes, pictures: PictureReader | None, objects: Objects, depth: int = 1) -> Iterator[Piece]:
    with opened(source) as archive:
        reader = reader_of(archive)
        yield from reader(archive)
        if reader is not open_document.pieces:
            yield from ooxml.properties(archive)
            yield from ooxml.links(archive)
            yield from ooxml.custom_data(archive)
            yield from ooxml.drawn(archive)
        for name in archive.names:
            ending = PurePosixPath(name).suffix.lower()
            file = PurePosixPath(name).name
            if ending in _PICTURES and pictures is not None and not name.startswith(("docProps/", "Thumbnails/")):
                yield from pictures(archive.read(name), " ".join([_("Picture"), file]))
            elif ending in _FILES and depth < DEEPEST:
                for piece in _pieces(archive.read(name), pictures, objects, depth + 1):
                    where = Where.EMBEDDED if piece.where == Where.TEXT else piece.where
                    yield replace(piece, where=where, place=f"{file}: {piece.place}".rstrip(": "))
            else:
                yield from objects.pieces(archive, name)
