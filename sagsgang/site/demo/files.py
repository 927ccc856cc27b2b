"""The bytes of an attachment: a small PDF (Typst, tagged) or Word file, always the same bytes.

Some ten milliseconds each: made when asked for, so that a loader can leave them to a background job.
"""

import json
import re
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import typst
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from sagsgang.site.demo.facts import danish_date
from sagsgang.site.demo.shapes import Attachment

AUTHOR = "Egekøbing Kommune"
TEMPLATE = Path(__file__).parent / "paper.typ"
HEADING = re.compile(r"(##?) (.*)")  # "# " a heading, "## " one that begins a new page
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def attachment_bytes(attachment: Attachment) -> bytes:
    """The file of an attachment."""
    return _pdf(attachment) if attachment.file_format == "pdf" else _docx(attachment)


def media_type(attachment: Attachment) -> str:
    return MEDIA_TYPES[attachment.file_format]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(TEMPLATE, ignore_system_fonts=True)


def _pdf(attachment: Attachment) -> bytes:
    day = attachment.dated
    paper = {
        "title": attachment.title,
        "author": AUTHOR,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "dated": danish_date(day),
        "blocks": [_block(paragraph) for paragraph in attachment.paragraphs],
        "rows": attachment.rows,
    }
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(_noon(day).timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError(f"Typst made no single file of {attachment.file_key}")
    return made


def _block(paragraph: str) -> dict[str, str | bool]:
    if found := HEADING.fullmatch(paragraph):
        return {"kind": "heading", "text": found[2], "new_page": found[1] == "##"}
    return {"kind": "par", "text": paragraph}


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _docx(attachment: Attachment) -> bytes:
    document = docx.Document()
    _describe(document, attachment)
    document.add_heading(attachment.title, level=0)
    document.add_paragraph(danish_date(attachment.dated))
    for paragraph in attachment.paragraphs:
        if found := HEADING.fullmatch(paragraph):
            heading = document.add_heading(found[2], level=1)
            heading.paragraph_format.page_break_before = found[1] == "##"
        else:
            document.add_paragraph(paragraph)
    if attachment.rows:
        _add_table(document, attachment.rows)
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_dates(buffer)


def _describe(document: Document, attachment: Attachment) -> None:
    """Title, author, date and language, as a screen reader needs them."""
    properties = document.core_properties
    properties.title = attachment.title
    properties.author = AUTHOR
    properties.language = "da-DK"
    properties.comments = ""
    properties.created = properties.modified = _noon(attachment.dated).replace(tzinfo=None)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "da-DK")
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _add_table(document: Document, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def _with_fixed_dates(buffer: BytesIO) -> bytes:
    """Rewrite the zip, which otherwise carries the hour at which it was made."""
    fixed = BytesIO()
    with ZipFile(buffer) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            info = ZipInfo(name, ZIP_DATE)
            info.compress_type = ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return fixed.getvalue()
