"""Released copies of files: the same pages, under a name and with metadata made from the public title alone."""

import io
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from zipfile import BadZipFile

import docx
import pikepdf
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import XMLSyntaxError

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ENDINGS = {PDF: ".pdf", DOCX: ".docx", "text/plain": ".txt", "image/png": ".png", "image/jpeg": ".jpg"}


def public_file_name(title: str, media_type: str) -> str:
    """A file name made from the public title: letters (also æøå), figures and hyphens, at most 100 characters."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title), flags=re.UNICODE).strip("-_")
    return (words[:100].rstrip("-") or "bilag") + _ENDINGS.get(media_type, ".bin")


class UncopyableError(Exception):
    """The file is broken or locked, so that its metadata cannot be cleaned."""


def public_copy(content: bytes, *, media_type: str, title: str) -> bytes:
    """The bytes that leave: author, software, template paths and old titles are gone from their metadata.

    Raises `UncopyableError` for a file that is broken or locked.
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
    ) as error:
        raise UncopyableError from error


def _public_pdf(content: bytes, title: str) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for key in list(pdf.docinfo.keys()):
            del pdf.docinfo[key]
        if "/Metadata" in pdf.Root:
            _clean_xmp(pdf, title)
        pdf.docinfo["/Title"] = title
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


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


_REWRITERS: dict[str, Callable[[bytes, str], bytes]] = {PDF: _public_pdf, DOCX: _public_docx}
