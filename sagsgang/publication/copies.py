"""Released copies of files: the same pages, under a name and with metadata made from the public title alone."""

import io
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from html import escape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

import docx
import pikepdf
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError, fromstring, tostring

from sagsgang.documents.kinds import DOCX, EXTENSIONS, GIF, JPEG, ODP, ODS, ODT, PDF, PNG, PPTX, RTF, TIFF, XLSX
from sagsgang.publication.copying.open_document import public_open_document
from sagsgang.publication.copying.pictures import bare_by_name, bare_picture
from sagsgang.publication.copying.rich_text import public_rtf


def public_file_name(title: str, media_type: str) -> str:
    """A file name made from the public title: letters (also æøå), figures and hyphens, at most 100 characters."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title), flags=re.UNICODE).strip("-_")
    return (words[:100].rstrip("-") or "bilag") + EXTENSIONS.get(media_type, (".bin",))[0]


class UncopyableError(Exception):
    """The file is broken or locked, so that its metadata cannot be cleaned."""


def public_copy(content: bytes, *, media_type: str, title: str) -> bytes:
    """The bytes that leave: author, software, place, template paths and old titles are gone from their metadata.

    Of a kind that has no rewriter here (text, the old office formats) the copy is the file: what the gate finds in it
    stops the release. Raises `UncopyableError` for a file that is broken or locked.
    """
    rewrite = _REWRITERS.get(media_type)
    try:
        return rewrite(content, title) if rewrite else content
    except (
        pikepdf.PdfError,
        pikepdf.PasswordError,
        PackageNotFoundError,
        BadZipFile,
        KeyError,
        XMLSyntaxError,
        ValueError,
    ) as error:
        raise UncopyableError from error


def _public_pdf(content: bytes, title: str) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            _clean_xmp(pdf, title)
        _drop_makers(pdf)
        pdf.docinfo["/Title"] = title
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _drop_makers(pdf: pikepdf.Pdf) -> None:
    """What programs keep of themselves in pages, pictures and forms: their own data, and metadata of each."""
    whole = pdf.Root.get("/Metadata")
    kept = whole.objgen if whole is not None else None
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            if "/PieceInfo" in one:
                del one["/PieceInfo"]
            if "/Metadata" in one and getattr(one["/Metadata"], "objgen", None) != kept:
                del one["/Metadata"]


def _clean_xmp(pdf: pikepdf.Pdf, title: str) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        kept = {name: xmp[name] for name in _prefixed(xmp)}
        for key in list(xmp):
            del xmp[key]
        for name, value in kept.items():
            xmp[name] = value
        xmp["dc:title"] = title


def _prefixed(xmp: pikepdf.models.PdfMetadata) -> list[str]:
    known = ["pdfuaid:part", "pdfuaid:rev", "pdfaid:part", "pdfaid:conformance", "dc:language"]
    return [name for name in known if name in xmp]


def _public_docx(content: bytes, title: str) -> bytes:
    document = docx.Document(io.BytesIO(content))
    facts = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "category", "subject", "identifier"):
        setattr(facts, name, "")
    facts.title = title
    facts.created = facts.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    facts.revision = 1
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"\
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>"""
_APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""
_CUSTOM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>"""
_ROOT_RELATIONS = "_rels/.rels"


def _public_office(content: bytes, title: str) -> bytes:
    """A workbook or a presentation, or what is left of a text: its own data is the title alone, and no small picture."""
    facts = {"docProps/core.xml": _CORE.format(title=escape(title)), "docProps/app.xml": _APP}
    facts["docProps/custom.xml"] = _CUSTOM
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        thumbnails = {name for name in source.namelist() if name.startswith("docProps/thumbnail")}
        for entry in source.infolist():
            if entry.filename in thumbnails:
                continue
            part = source.read(entry)
            if entry.filename in facts:
                part = facts[entry.filename].encode()
            elif entry.filename == _ROOT_RELATIONS and thumbnails:
                part = _without_thumbnail(part)
            else:
                part = bare_by_name(entry.filename, part)
            same = ZipInfo(entry.filename)
            same.compress_type = ZIP_DEFLATED
            target.writestr(same, part)
    return out.getvalue()


def _without_thumbnail(relations: bytes) -> bytes:
    root = fromstring(relations)
    for relation in list(root):
        if relation.get("Type", "").endswith("/metadata/thumbnail"):
            root.remove(relation)
    return tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _public_text(content: bytes, title: str) -> bytes:
    return _public_office(_public_docx(content, title), title)


def _public_picture(content: bytes, title: str, *, media_type: str) -> bytes:
    return bare_picture(content, media_type)


_REWRITERS: dict[str, Callable[[bytes, str], bytes]] = {
    PDF: _public_pdf,
    DOCX: _public_text,
    XLSX: _public_office,
    PPTX: _public_office,
    ODT: public_open_document,
    ODS: public_open_document,
    ODP: public_open_document,
    RTF: public_rtf,
    **{kind: partial(_public_picture, media_type=kind) for kind in (JPEG, PNG, GIF, TIFF)},
}
