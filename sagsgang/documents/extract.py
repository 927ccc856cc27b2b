"""The words in a file, for checks, for search and for deep links. What cannot be read gives no words and says so."""

import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from lxml import etree

from sagsgang.documents import pdf_reader
from sagsgang.documents.kinds import CSV, DOCX, ODP, ODS, ODT, PDF, PPTX, TXT, XLSX

# More than any text part of an honest Office file: a zip bomb stops here.
LARGEST_PART = 200 * 1024 * 1024
LARGEST_TEXT = 20_000_000  # signs: some 7,000 pages
PAGE_BREAK = pdf_reader.PAGE_BREAK
READER_MEMORY = 1536 * 1024 * 1024  # bytes of addresses of the process that reads a PDF
READER_LIMIT = 300.0  # seconds
_READER = Path(pdf_reader.__file__)

_PARTS = {  # where the words of each kind of Office file lie
    DOCX: ("word/",),
    PPTX: ("ppt/slides/", "ppt/notesSlides/"),
    XLSX: ("xl/sharedStrings.xml", "xl/worksheets/"),
    ODT: ("content.xml",), ODS: ("content.xml",), ODP: ("content.xml",),
}  # fmt: skip


class NoTextError(Exception):
    """The file's words cannot be read; the message says why, and never quotes them."""


class LockedError(NoTextError):
    """The PDF asks for a password."""


@dataclass(frozen=True, slots=True)
class PdfWords:
    """The words of a PDF, its pages divided by `PAGE_BREAK`; the numbers (from 1) of the pages that cannot be read."""

    text: str
    pages: int
    broken: tuple[int, ...] = ()


def text_of(content: bytes, media_type: str) -> str:
    """All text of a PDF's text layer or of a DOCX's parts; "" for other types. Raises `NoTextError` if broken."""
    if media_type == PDF:
        return _pdf_text(content)
    if media_type == DOCX:
        return _docx_text(content)
    return content.decode("utf-8", "replace") if media_type == TXT else ""


def _pdf_text(content: bytes) -> str:
    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise NoTextError("the PDF cannot be opened") from error
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def _docx_text(content: bytes) -> str:
    return _office_text(io.BytesIO(content), DOCX)


def pdf_words(path: Path) -> PdfWords:
    """Read a PDF in a process of its own: a file that fills the memory or breaks the reader harms nobody else.

    Raises `NoTextError` if it does not open, and `LockedError` if it asks for a password.
    """
    limits = (str(READER_MEMORY), str(LARGEST_TEXT))
    command = [sys.executable, "-I", str(_READER), str(path), *limits]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=READER_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise NoTextError("the PDF takes too long to read") from error
    if answer.returncode:
        raise NoTextError("the PDF breaks its reader")
    facts, _, text = answer.stdout.partition(b"\n")
    found = json.loads(facts)
    if found.get("unreadable"):
        raise LockedError("the PDF asks for a password") if found["locked"] else NoTextError("the PDF cannot be opened")
    return PdfWords(text.decode("utf-8"), found["pages"], tuple(found["broken"]))


def file_words(path: Path, media_type: str) -> str:
    """The words of an Office file or a text as it stands, without pages; "" for what has none.

    Raises `NoTextError` if it is broken.
    """
    if media_type in (TXT, CSV):
        content = path.read_bytes()[: 4 * LARGEST_TEXT]
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16", "replace")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content.decode("cp1252", "replace")
    if media_type in _PARTS:
        with path.open("rb") as file:
            lines = _office_text(file, media_type)[:LARGEST_TEXT].splitlines()
        return "\n".join(line for line in lines if line.strip())
    return ""


def _office_text(file: io.BufferedIOBase, media_type: str) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = [
                part
                for part in archive.infolist()
                if part.filename.startswith(_PARTS[media_type]) and part.filename.endswith(".xml")
            ]
            if sum(part.file_size for part in parts) > LARGEST_PART:
                raise NoTextError("the Office file unpacks to more than a document can hold")
            return "\n".join(_xml_text(archive.read(part)) for part in parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise NoTextError("the Office file is broken") from error


def _xml_text(content: bytes) -> str:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.tag.startswith("{urn:oasis:"):
        return "\n".join(_odf_lines(root))
    ends = {"p", "tab", "br", "tc", "si", "c"}
    words = []
    for node in root.iter():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in ("t", "delText", "instrText"):
            words.append(node.text or "")
        elif name in ends:
            words.append("\n")
    return "".join(words)


def _odf_lines(root: etree._Element) -> Iterator[str]:
    for node in root.iter("{*}p", "{*}h"):
        yield "".join(map(str, node.itertext()))


def page_of(text: str, quote: str) -> int | None:
    """The page (from 1) on which `quote` begins in a text with `PAGE_BREAK`s; None if it does not stand there.

    Spaces, line breaks, capitals and hyphens at the end of a line make no difference; a quote may run over a break.
    """
    wanted = _folded(quote)
    if not wanted:
        return None
    pages = [_folded(page) for page in text.split(PAGE_BREAK)]
    at = "".join(pages).find(wanted)
    if at < 0:
        return None
    for number, page in enumerate(pages, start=1):
        if at < len(page):
            return number
        at -= len(page)
    return None


def _folded(words: str) -> str:
    """Letters and digits alone: what a quote and its place have in common, however the lines are broken."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words).casefold() if sign.isalnum())
