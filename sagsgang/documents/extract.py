"""The words in a file, for checks and for search. What cannot be read gives no words and says so."""

import io
import zipfile

import pypdfium2
from lxml import etree

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# More than any text part of an honest Office file: a zip bomb stops here.
LARGEST_PART = 200 * 1024 * 1024


class NoTextError(Exception):
    """The file's words cannot be read; the message says why, and never quotes them."""


def text_of(content: bytes, media_type: str) -> str:
    """All text of a PDF's text layer or of a DOCX's parts; "" for other types. Raises `NoTextError` if broken."""
    if media_type == PDF:
        return _pdf_text(content)
    if media_type == DOCX:
        return _docx_text(content)
    return content.decode("utf-8", "replace") if media_type == "text/plain" else ""


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
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                part
                for part in archive.infolist()
                if part.filename.startswith("word/") and part.filename.endswith(".xml")
            ]
            if sum(part.file_size for part in parts) > LARGEST_PART:
                raise NoTextError("the Office file unpacks to more than a document can hold")
            return "\n".join(_xml_text(archive.read(part)) for part in parts)
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise NoTextError("the Office file is broken") from error


def _xml_text(content: bytes) -> str:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    ends = {"p", "tab", "br", "tc"}
    words = []
    for node in root.iter():
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        if name in ("t", "delText", "instrText"):
            words.append(node.text or "")
        elif name in ends:
            words.append("\n")
    return "".join(words)
