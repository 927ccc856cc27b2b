"""What hangs on a PDF: files inside it, signatures, remarks, properties, programs."""

from collections.abc import Callable
from typing import Any

import pikepdf

from sagsgang.gate.masking.fonts import UnsureError
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.walking import walk_form

_KEPT = ("/Link", "/Widget")
_FILES = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D")
_PERSONS = ("/Author", "/Manager", "/Company", "/Creator", "/Producer", "/SourceModified", "/LastModifiedBy")


def drop_files(pdf: pikepdf.Pdf) -> None:
    """Take out every file inside the file."""
    names = pdf.Root.get("/Names")
    if names is not None and "/EmbeddedFiles" in names:
        del names["/EmbeddedFiles"]
    for name in ("/Collection", "/AF"):
        if name in pdf.Root:
            del pdf.Root[name]
    for node in pdf.objects:
        if isinstance(node, pikepdf.Dictionary):
            for name in ("/AF", "/EF"):
                if name in node:
                    del node[name]
    drop_remarks(pdf, lambda remark: str(remark.get("/Subtype", "")) in _FILES)


def drop_signatures(pdf: pikepdf.Pdf) -> bool:
    """Take out signatures, which no longer hold when the file is changed, and the certificates with them."""
    found = False
    for node in pdf.objects:
        if not isinstance(node, pikepdf.Dictionary):
            continue
        value = node.get("/V")
        is_signature = isinstance(value, pikepdf.Dictionary) and ("/ByteRange" in value or "/Contents" in value)
        if is_signature or str(node.get("/FT", "")) == "/Sig":
            found = found or is_signature
            for name in ("/V", "/AP", "/Lock", "/SV"):
                if name in node:
                    del node[name]
    for name in ("/DSS", "/Perms"):
        if name in pdf.Root:
            del pdf.Root[name]
    form = pdf.Root.get("/AcroForm")
    if form is not None and "/SigFlags" in form:
        del form["/SigFlags"]
    return found


def drop_remarks(pdf: pikepdf.Pdf, is_dropped: Callable[[Any], bool]) -> None:
    """Take remarks (annotations) out of the pages, and the windows that belong to them."""
    for page in pdf.pages:
        remarks = page.obj.get("/Annots")
        if remarks is None:
            continue
        kept = [one for one in remarks if isinstance(one, pikepdf.Dictionary) and not is_dropped(one)]
        shown = [one for one in kept if str(one.get("/Subtype", "")) != "/Popup" or not _is_lost(one, is_dropped)]
        if len(shown) < len(remarks):
            page.obj.Annots = pikepdf.Array(shown)


def _is_lost(popup: Any, is_dropped: Callable[[Any], bool]) -> bool:
    parent = popup.get("/Parent")
    return parent is None or is_dropped(parent)


def is_comment(remark: Any) -> bool:
    """Is it somebody's remark, and not a link or a field?"""
    return str(remark.get("/Subtype", "")) not in (*_KEPT, "/Popup", "/PrinterMark", "/TrapNet", "/Watermark")


def clean_looks(pdf: pikepdf.Pdf, finder: Finder) -> None:
    """Take away the looks of fields and remarks in which something is found, or that cannot be read."""
    form = pdf.Root.get("/AcroForm")
    for page in pdf.pages:
        for remark in page.obj.get("/Annots", []):
            if isinstance(remark, pikepdf.Dictionary) and "/AP" in remark and _shows(remark.AP, finder):
                del remark["/AP"]
                if form is not None:
                    form.NeedAppearances = True


def _shows(look: Any, finder: Finder) -> bool:
    for state in look.values():
        streams = [state] if isinstance(state, pikepdf.Stream) else list(state.values())
        for stream in streams:
            if not isinstance(stream, pikepdf.Stream):
                continue
            try:
                if finder(walk_form(stream).text()):
                    return True
            except UnsureError:
                return True
    return False


def drop_programs(pdf: pikepdf.Pdf) -> None:
    """Take out scripts, which may hold words or write them again, and forms of another make (XFA)."""
    names = pdf.Root.get("/Names")
    if names is not None and "/JavaScript" in names:
        del names["/JavaScript"]
    for name in ("/OpenAction", "/AA", "/PieceInfo"):
        if name in pdf.Root and (name != "/OpenAction" or isinstance(pdf.Root[name], pikepdf.Dictionary)):
            del pdf.Root[name]
    form = pdf.Root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        del form["/XFA"]


def drop_persons(pdf: pikepdf.Pdf) -> None:
    """Take out of the properties who made the file, and with what."""
    properties = pdf.trailer.get("/Info")
    if properties is not None:
        for name in list(properties.keys()):
            if name in _PERSONS or name not in ("/Title", "/Subject", "/Keywords", "/CreationDate", "/ModDate"):
                del properties[name]
