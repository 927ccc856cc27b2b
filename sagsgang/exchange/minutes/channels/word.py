"""DOCX to text: paragraphs and table rows in printed order, list paragraphs with a marker."""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from sagsgang.exchange.minutes.errors import UnreadableError

BROKEN = "Word-dokumentet er beskadiget eller er ikke et .docx-dokument."
TOO_LARGE = "Word-dokumentet pakker ud til mere, end et dokument kan fylde, og bliver ikke læst."
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 400

# What python-docx, zipfile and lxml were seen to raise on damaged, locked and half-written files.
_BROKEN_FILE = (
    *(PackageNotFoundError, zipfile.BadZipFile, etree.LxmlError, zlib.error),
    *(KeyError, ValueError, AttributeError, NotImplementedError, EOFError, OSError, RuntimeError),
)


def text_of_docx(data: bytes) -> str:
    """The words of the document, one paragraph or table row a line."""
    _require_sane_zip(data)
    try:
        document = docx.Document(BytesIO(data))
        return "\n".join(_lines(document))
    except _BROKEN_FILE as error:
        raise UnreadableError(BROKEN) from error


def _require_sane_zip(data: bytes) -> None:
    """A zip bomb is refused before a byte of it is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableError(BROKEN) from error
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or (unpacked > 20_000_000 and unpacked > len(data) * MAX_RATIO):
        raise UnreadableError(TOO_LARGE)
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise UnreadableError(BROKEN)


def _lines(document: Document) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _paragraph(block)


def _paragraph(paragraph: Paragraph) -> str:
    listed = paragraph._p.find(f".//{qn('w:numPr')}") is not None
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    text = paragraph.text
    if text.strip() and (listed or style.startswith(("List Bullet", "Liste"))) and not style.startswith("Heading"):
        return f"• {text}"
    return text


def _rows(table: Table) -> Iterator[str]:
    """A row is one line; a merged cell is said once."""
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = cell.text.strip()
            if text and (not cells or cells[-1] != text):
                cells.append(text)
        if len(cells) == 1 or any("\n" in cell for cell in cells):
            yield from (line for cell in cells for line in cell.split("\n"))
        else:
            yield " ".join(cells)
