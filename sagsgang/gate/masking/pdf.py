"""A PDF masked: words and pixels taken out of a copy that holds nothing of the original's earlier states."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from django.utils.translation import gettext as _

from sagsgang.gate.masking import attached
from sagsgang.gate.masking.fonts import UnsureError
from sagsgang.gate.masking.pages import as_pictures, clean_page
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.strings import clean_strings, clean_xml, words_of
from sagsgang.gate.masking.walking import walk_page
from sagsgang.gate.pieces import Box, Kind, UnreadableError, Where
from sagsgang.gate.reading.pdf_pages import sheet_of


@dataclass(frozen=True, slots=True)
class Order:
    """What must go: `areas` are boxes by page (from 1) as found or drawn; `pictured` pages become pictures."""

    kinds: frozenset[Kind]
    wheres: frozenset[Where]
    areas: dict[int, list[Box]]
    pictured: frozenset[int] = frozenset()


def mask_pdf(path: Path, out: Path, order: Order, finder: Finder) -> tuple[list[str], set[int]]:
    """Write a masked copy. Answers sentences on what else was changed, and the pages that became pictures.

    Raises UnreadableError for a PDF that does not open.
    """
    try:
        pdf = pikepdf.open(path)
        seen = pypdfium2.PdfDocument(path)
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise UnreadableError(_("The PDF cannot be opened, or asks for a password.")) from error
    try:
        said = _clean_document(pdf, order, finder)
        pictured = _clean_pages(pdf, seen, order, finder)
        as_pictures(pdf, sorted(number - 1 for number in pictured))
        if pictured:
            _forget_structure(pdf)
        _save(pdf, out)
    finally:
        seen.close()
        pdf.close()
    if pictured:
        numbers = ", ".join(str(number) for number in sorted(pictured))
        said.append(_("These pages could not be edited for certain and became pictures: {pages}").format(pages=numbers))
    return said, pictured


def _clean_document(pdf: pikepdf.Pdf, order: Order, finder: Finder) -> list[str]:
    said = []
    if attached.drop_signatures(pdf):
        said.append(_("The signature was removed: it does not hold for a changed file."))
    attached.drop_programs(pdf)
    if Where.EMBEDDED in order.wheres:
        attached.drop_files(pdf)
        said.append(_("The files inside the file were removed."))
    if Kind.COMMENT in order.kinds:
        attached.drop_remarks(pdf, attached.is_comment)
    if Kind.METADATA in order.kinds:
        attached.drop_persons(pdf)
    attached.clean_looks(pdf, finder)
    if clean_strings(pdf, finder) and "/AcroForm" in pdf.Root:
        pdf.Root.AcroForm.NeedAppearances = True
    clean_xml(pdf, finder, is_anonymous=Kind.METADATA in order.kinds)
    return said


def _clean_pages(pdf: pikepdf.Pdf, seen: pypdfium2.PdfDocument, order: Order, finder: Finder) -> set[int]:
    pictured = set()
    for number in range(len(pdf.pages)):
        page = seen[number]
        areas = [Box(*sheet_of(page).own(box)) for box in order.areas.get(number + 1, [])]
        _boxes, is_sure = clean_page(pdf, number, page, finder, areas)
        if not is_sure or number + 1 in order.pictured:
            pictured.add(number + 1)
        page.close()
    return pictured


def _forget_structure(pdf: pikepdf.Pdf) -> None:
    """Tags of pages that are pictures now would still say what stood there."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]


def _save(pdf: pikepdf.Pdf, out: Path) -> None:
    """Write only what is reachable, anew: no earlier states, no old objects, a new identity."""
    if "/ID" in pdf.trailer:
        del pdf.trailer["/ID"]
    pdf.remove_unreferenced_resources()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, linearize=False)


def still_there(path: Path, finder: Finder, needles: Collection[str]) -> tuple[set[int], bool]:
    """A last look without pdfium: pages on which the house's own walk still finds something, and whether one of the
    needles (digits or words, blanks left out) stands in a string or an unpacked stream.
    """
    found = set()
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            try:
                if finder(walk_page(page).text()):
                    found.add(number)
            except UnsureError:
                continue
        wanted = [needle for needle in needles if len(needle) >= 6]
        is_raw = any(needle in _squeezed(words) for words in words_of(pdf) for needle in wanted) if wanted else False
    return found, is_raw


def _squeezed(words: str) -> str:
    """Without blanks and hyphens, for needles that are so too."""
    return words.casefold().translate(_GONE)


_GONE = {ord(sign): None for sign in " -\n\r\t\u00a0\u00ad–‑"}


def needle(text: str) -> str:
    """A found text as `still_there` looks for it."""
    return _squeezed(text)
