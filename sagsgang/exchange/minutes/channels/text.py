"""Bytes to text: UTF-8, UTF-16 with a mark, Windows-1252; and the question whether a text is a web page."""

import re
import unicodedata

from sagsgang.exchange.minutes.errors import UnreadableError

BINARY = "Filen er ikke en tekst, en PDF, et Word-dokument (.docx) eller en webside og kan ikke læses."
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
TWICE_ENCODED = re.compile("\u00c3[\u00a6\u00b8\u00a5\u2020\u02dc\u2026]")
HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
HTML_PARTS = re.compile(r"</?(?:p|div|li|ul|br|h[1-6]|table|td|span)\b[^>]*>", re.I)


def decode(data: bytes) -> str:
    """The text of the bytes, or one sentence if they are no text."""
    text = _decoded(data)
    sample = text[:200_000]
    if len(CONTROLS.findall(sample)) > len(sample) / 100:
        raise UnreadableError(BINARY)
    if len(TWICE_ENCODED.findall(sample)) > 2:
        text = _encoded_once(text)
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


def _decoded(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        return _utf16(data, "utf-16")
    if data[1:400:2].count(0) > len(data[1:400:2]) * 0.6:
        return _utf16(data, "utf-16-le")
    if data[0:400:2].count(0) > len(data[0:400:2]) * 0.6:
        return _utf16(data, "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_quite_utf8(data, error)


def _utf16(data: bytes, codec: str) -> str:
    text = data.decode(codec, errors="replace").lstrip("\ufeff")
    if text.count("\ufffd") > 1 + len(text) / 1000:
        raise UnreadableError(BINARY)
    return text


def _not_quite_utf8(data: bytes, error: UnicodeDecodeError) -> str:
    """UTF-8 cut in the middle of a letter, UTF-8 with a few bad bytes, or Windows-1252."""
    if error.start >= len(data) - 4 and error.reason == "unexpected end of data":
        return data[: error.start].decode("utf-8-sig")
    lenient = data.decode("utf-8-sig", errors="replace")
    if lenient.count("\ufffd") * 4 < sum(letter in "æøåÆØÅé§–”" for letter in lenient):
        return lenient
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _encoded_once(text: str) -> str:
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def looks_like_html(text: str) -> bool:
    """A page or a piece of one: markup at the start, or more than a handful of tags."""
    return bool(HTML_START.match(text[:6000])) or len(HTML_PARTS.findall(text[:20_000])) > 10
