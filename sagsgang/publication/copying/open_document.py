"""OpenDocument files (ODT, ODS, ODP) under their public title, without their makers, printers and signers."""

import io
import re
from html import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml.etree import fromstring, tostring

from sagsgang.publication.copying.pictures import bare_by_name

_META = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"\
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2"><office:meta><dc:title>{title}</dc:title>\
</office:meta></office:document-meta>"""
_FIRST = "mimetype"  # first, and not packed: by that the kind of file is known
_MANIFEST = "META-INF/manifest.xml"
_DROPPED = re.compile(r"(?:.*/)?Thumbnails/.*|META-INF/(?:document|macro)signatures\.xml")
_PRINTERS = frozenset(("PrinterName", "PrinterSetup", "PrintFaxName"))


def public_open_document(content: bytes, title: str) -> bytes:
    """The file with its title alone. Raises BadZipFile, KeyError, XMLSyntaxError."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        entries = sorted(source.infolist(), key=lambda entry: entry.filename != _FIRST)
        for entry in entries:
            name = entry.filename
            if _DROPPED.fullmatch(name):
                continue
            same = ZipInfo(name)
            same.compress_type = ZIP_STORED if name == _FIRST else ZIP_DEFLATED
            target.writestr(same, _part(name, source.read(entry), title))
    return out.getvalue()


def _part(name: str, content: bytes, title: str) -> bytes:
    last = name.rpartition("/")[2]
    if last == "meta.xml":
        return _META.format(title=escape(title)).encode()
    if last == "settings.xml":
        return _without_printers(content)
    if name == _MANIFEST:
        return _without_dropped(content)
    return bare_by_name(name, content)


def _without_printers(content: bytes) -> bytes:
    root = fromstring(content)
    for item in list(root.iter("{*}config-item")):
        if any(value in _PRINTERS for value in item.attrib.values()):
            item.getparent().remove(item)  # type: ignore[union-attr]
    return tostring(root, xml_declaration=True, encoding="UTF-8")


def _without_dropped(content: bytes) -> bytes:
    root = fromstring(content)
    for entry in list(root):
        if any(_DROPPED.fullmatch(str(value)) for value in entry.attrib.values()):
            root.remove(entry)
    return tostring(root, xml_declaration=True, encoding="UTF-8")
