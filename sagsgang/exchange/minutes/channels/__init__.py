"""The channels a document reaches us through (layouts page, section 1): bytes in, lines with their numbers out."""

from sagsgang.exchange.minutes.channels.pages import lines_of_pages
from sagsgang.exchange.minutes.channels.pdf import pages_of_pdf
from sagsgang.exchange.minutes.channels.plain import lines_of_text
from sagsgang.exchange.minutes.channels.text import decode, looks_like_html
from sagsgang.exchange.minutes.channels.web import text_of_html
from sagsgang.exchange.minutes.channels.word import text_of_docx
from sagsgang.exchange.minutes.errors import UnreadableError
from sagsgang.exchange.minutes.lines import Source

MAX_BYTES = 50 * 1024 * 1024
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def require_size(size: int) -> None:
    """Refuse an empty file and one that is larger than any minutes are."""
    if size == 0:
        raise UnreadableError("Filen er tom.")
    if size > MAX_BYTES:
        raise UnreadableError("Filen er større end 50 MB og bliver ikke læst.")


def read_source(data: bytes) -> Source:
    """Tell the format by the content, never by the name, and undo it."""
    require_size(len(data))
    if b"%PDF-" in data[:1024]:
        return lines_of_pages(pages_of_pdf(data), "pdf")
    if data.startswith(b"PK\x03\x04"):
        return lines_of_text(text_of_docx(data), "docx")
    if data.startswith(OLD_WORD):
        raise UnreadableError("Filen er i det gamle Word-format (.doc). Gem den som .docx eller PDF, og prøv igen.")
    text = decode(data)
    if text.startswith("{\\rtf"):
        raise UnreadableError("Filen er i formatet RTF, som ikke kan læses. Gem den som .docx eller PDF, og prøv igen.")
    if looks_like_html(text):
        return lines_of_text(text_of_html(text), "html")
    return lines_of_text(text, None)
