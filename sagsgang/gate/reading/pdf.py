"""PDF taken apart, page by page: text with its boxes and layers, what lies beside it, what lies in it, and its pictures."""

import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
from django.utils.translation import gettext as _

from sagsgang.gate.pieces import Piece, Reading, UnreadableError
from sagsgang.gate.reading import pdf_pictures, pictures
from sagsgang.gate.reading.inside import Inside
from sagsgang.gate.reading.pdf_around import Around
from sagsgang.gate.reading.pdf_pages import open_pages

MOST_PAGES = 20_000
LARGEST_STREAM = 300 * 1024 * 1024  # bytes, unpacked
SUSPECT = 300 * 1024  # bytes, packed: deflate makes a thousand of one at most
_FLATE = "/FlateDecode"
_CHUNK = 1024 * 1024


def read(path: Path, *, depth: int = 0, ocr: bool = True) -> Reading:
    """A PDF; `depth` and `ocr` as in `opening.read`. Raises UnreadableError: broken, locked, or larger than can be read."""
    try:
        with pikepdf.open(path) as pdf:
            require_unpackable(pdf)
            marks = pdf.Root.get("/MarkInfo")
            tagged = (
                "/StructTreeRoot" in pdf.Root and isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Marked"))
            )
            pages = len(pdf.pages)
    except pikepdf.PasswordError as error:
        raise UnreadableError(_("The PDF is locked with a password and cannot be examined.")) from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise UnreadableError(_("The PDF is broken and cannot be examined.")) from error
    if not pages:
        raise UnreadableError(_("The PDF has no pages."))
    if pages > MOST_PAGES:
        raise UnreadableError(_("The PDF has too many pages to be examined."))
    reading = Reading(pages, readable=False, tagged=tagged, pieces=iter(()))
    reading.pieces = _pieces(path, reading, Inside(depth, ocr))
    return reading


def require_unpackable(pdf: pikepdf.Pdf) -> None:
    """Raises UnreadableError if a stream would fill the memory when unpacked."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        filters = item.get("/Filter")
        names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
        if names.count(_FLATE) > 1 or (names[0] == _FLATE and _length(item) > SUSPECT and _unpacks_large(item)):
            raise UnreadableError(_("The PDF unpacks to more than a document can hold."))


def _length(stream: pikepdf.Stream) -> int:
    try:
        return int(stream.get("/Length", 0))
    except (TypeError, ValueError):
        return LARGEST_STREAM


def _unpacks_large(stream: pikepdf.Stream) -> bool:
    packed = bytes(stream.read_raw_bytes())
    unpacker = zlib.decompressobj()
    total = 0
    try:
        while packed and total <= LARGEST_STREAM:
            total += len(unpacker.decompress(packed, _CHUNK))
            packed = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return total > LARGEST_STREAM


def _pieces(path: Path, reading: Reading, inside: Inside) -> Iterator[Piece]:
    """All pieces; completes what `reading` says of the file. Raises UnreadableError if the reader of pages refuses."""
    try:
        words = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(_("The PDF is broken and cannot be examined.")) from error
    try:
        with pikepdf.open(path) as pdf:
            around = Around(pdf)
            yield from _of_pages(words, around, reading, ocr=inside.ocr)
            yield from around.of_file()
            yield from around.of_objects()
            yield from _inside(pdf, reading, inside)
    except (pikepdf.PdfError, RecursionError) as error:
        raise UnreadableError(_("The PDF is broken and cannot be examined.")) from error
    finally:
        words.close()


def _of_pages(words: pypdfium2.PdfDocument, around: Around, reading: Reading, *, ocr: bool) -> Iterator[Piece]:
    look = pdf_pictures.Look()
    broken: list[int] = []
    with_text = with_none = 0
    for opened in open_pages(words, over=around.covers, off=around.switched_off(), broken=broken):
        yield from opened.pieces
        with_text += opened.has_text
        with_none += not opened.has_text and not opened.is_empty
        yield from around.of_page(opened.number, opened.sheet)
        if ocr:
            yield from pdf_pictures.pieces(opened, look)
    reading.readable = with_text > 0 and with_text >= with_none
    if broken:
        numbers = ", ".join(map(str, broken[:20]))
        reading.lacks += (_("These pages could not be read: {numbers}").format(numbers=numbers),)
    if look.met_any and pictures.lack():
        reading.lacks += (pictures.lack(),)
    if look.missed:
        reading.lacks += (pictures.not_all_read(),)


def _inside(pdf: pikepdf.Pdf, reading: Reading, inside: Inside) -> Iterator[Piece]:
    """The files that lie in this one, wherever they hang."""
    with tempfile.TemporaryDirectory() as folder:
        for item in pdf.objects:
            if not isinstance(item, pikepdf.Dictionary) or isinstance(item, pikepdf.Stream):
                continue
            held = item.get("/EF")
            if not isinstance(held, pikepdf.Dictionary):
                continue
            stream = next((value for value in held.values() if isinstance(value, pikepdf.Stream)), None)
            if stream is not None:
                yield from inside.pieces(_name(item), stream.read_bytes, Path(folder))
    reading.lacks += tuple(inside.lacks)


def _name(item: Any) -> str:
    return next((str(item[key]) for key in ("/UF", "/F") if isinstance(item.get(key), pikepdf.String)), "")
