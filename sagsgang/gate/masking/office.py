"""Office files masked: words in their runs, remarks, tracked changes, properties; the archive is written anew."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath

from lxml import etree

from sagsgang.gate.masking import office_parts
from sagsgang.gate.masking.pictures import PICTURES, masked_picture
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.strings import replaced
from sagsgang.gate.masking.words import clean_words
from sagsgang.gate.pieces import Kind
from sagsgang.gate.reading.archives import DEEPEST, Archive, opened
from sagsgang.gate.reading.office import reader_of

_FILES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
_PARTS = (".xml", ".rels", ".vml")
_DROPPED = ("docProps/thumbnail.", "Thumbnails/", "_xmlsignatures/", "META-INF/documentsignatures.xml")
_WRITTEN = (2020, 1, 1, 0, 0, 0)  # the hour of each part says nothing

type Wanted = Callable[[str], bool]


@dataclass(slots=True)
class OfficeOrder:
    """What must go."""

    kinds: frozenset[Kind]
    finder: Finder
    said: list[str] = field(default_factory=list)


def mask_office(path: Path, out: Path, order: OfficeOrder) -> list[str]:
    """Write a masked copy. Answers sentences on what else was changed. Raises UnreadableError."""
    content = _masked(path, order, 1)
    out.write_bytes(content)
    return order.said


def _masked(source: Path | bytes, order: OfficeOrder, depth: int) -> bytes:
    written = BytesIO()
    with opened(source) as archive, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        reader_of(archive)
        for name in _in_order(archive):
            content = _part(archive, name, order, depth)
            part = zipfile.ZipInfo(name, _WRITTEN)
            part.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            copy.writestr(part, content)
    return written.getvalue()


def _in_order(archive: Archive) -> Iterator[str]:
    """The parts that are kept; OpenDocument's `mimetype` must be the first."""
    for name in sorted(archive.names, key=lambda name: name != "mimetype"):
        if name.startswith(_DROPPED):
            continue
        yield name


def _part(archive: Archive, name: str, order: OfficeOrder, depth: int) -> bytes:
    ending = PurePosixPath(name).suffix.lower()
    if name.lower().endswith(_PARTS):
        return _xml(archive, name, order)
    if ending in _FILES and depth < DEEPEST:
        return _masked(archive.read(name), order, depth + 1)
    if ending in PICTURES:
        return masked_picture(archive.read(name), order.finder)
    return archive.read(name)


def _xml(archive: Archive, name: str, order: OfficeOrder) -> bytes:
    root = archive.tree(name)
    if name == "[Content_Types].xml":
        _forget(root, "PartName", lambda part: part.lstrip("/").startswith(_DROPPED))
    elif name == "META-INF/manifest.xml":
        path = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path"
        _forget(root, path, lambda part: part.startswith(_DROPPED))
    elif name.endswith(".rels"):
        _forget(root, "Target", lambda part: part.lstrip("/").startswith(_DROPPED))
        for link in root:
            if link.get("TargetMode") == "External":
                link.set("Target", replaced(link.get("Target") or "", order.finder))
    else:
        if Kind.REVISION in order.kinds:
            office_parts.accept_changes(root)
        if Kind.COMMENT in order.kinds:
            office_parts.drop_comments(root, name)
        if Kind.METADATA in order.kinds:
            office_parts.drop_persons(root, name)
        clean_words(root, order.finder)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _forget(root: etree._Element, attribute: str, is_dropped: Wanted) -> None:
    for node in list(root):
        if isinstance(node.tag, str) and is_dropped(node.get(attribute) or ""):
            root.remove(node)
