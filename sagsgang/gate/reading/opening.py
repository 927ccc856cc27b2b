"""Who reads which kind of file, told by its content and never by its name."""

from importlib import import_module
from pathlib import Path

import puremagic
from django.utils.translation import gettext as _

from sagsgang.gate.pieces import Reading, UnreadableError

_HEAD = 4096
_PICTURES = frozenset(
    ("image/png", "image/jpeg", "image/tiff", "image/gif", "image/bmp", "image/x-ms-bmp", "image/webp")
)
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_READERS = {  # by name, since a reader may meet a file inside a file and ask here again
    "pdf": "sagsgang.gate.reading.pdf",
    "office": "sagsgang.gate.reading.office",
    "picture": "sagsgang.gate.reading.pictures",
    "text": "sagsgang.gate.reading.texts",
}


def read(path: Path, *, depth: int = 0, ocr: bool = True) -> Reading:
    """A file taken apart by the reader of its kind; `depth` counts the files it lies in. Without `ocr` what is written
    in pictures is not read, which takes seconds a page. Raises UnreadableError.
    """
    kind = kind_of(path)
    reader = import_module(_READERS[kind])
    if kind == "pdf":
        reading: Reading = reader.read(path, depth=depth, ocr=ocr)
    elif kind == "office":
        pictures = import_module(_READERS["picture"])
        reading = reader.read(path, pictures=pictures.pieces_of if ocr and pictures.languages() else None, depth=depth)
    elif kind == "picture":
        reading = reader.read(path, ocr=ocr)
    else:
        reading = reader.read(path)
    return reading


def kind_of(path: Path) -> str:
    """`pdf`, `office`, `picture` or `text`. Raises UnreadableError for what nobody reads."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise UnreadableError(_("The file cannot be opened.")) from error
    if not head:
        raise UnreadableError(_("The file is empty."))
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OFFICE):
        return "office"
    try:
        types = {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        types = set()
    if types & _PICTURES:
        return "picture"
    if b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError(_("Files of this kind cannot be examined."))
    return "text"
