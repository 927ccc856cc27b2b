"""PDF to pages of lines; a PDF that is only pictures is refused, not guessed at."""

import re

import pypdfium2

from sagsgang.exchange.minutes.errors import UnreadableError

END_HYPHEN = re.compile(r"(?P<before>.)\ufffe\n?\s*(?P<next>\w*)")
NO_TEXT = "PDF'en har intet tekstlag: den er kun billeder. Lav den om med tekstgenkendelse, eller find originalen."
BROKEN = "PDF'en er beskadiget og kan ikke åbnes."
LOCKED = "PDF'en er beskyttet med adgangskode og kan ikke læses."
MAX_PAGES = 3000


def pages_of_pdf(data: bytes) -> list[list[str]]:
    """The lines of every page, in reading order as the PDF has it."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(LOCKED if "password" in str(error).lower() else BROKEN) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableError(f"PDF'en har flere end {MAX_PAGES} sider og bliver ikke læst.")
        pages = [_page(document, number) for number in range(len(document))]
    finally:
        document.close()
    if sum(len(line.strip()) for page in pages for line in page) < 20:
        raise UnreadableError(NO_TEXT)
    return pages


def _page(document: pypdfium2.PdfDocument, number: int) -> list[str]:
    try:
        page = document[number]
        text = page.get_textpage().get_text_range()
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(BROKEN) from error
    return _hyphens_joined(text).split("\n")


def _hyphens_joined(text: str) -> str:
    """PDFium writes U+FFFE for a hyphen at the end of a line: the word goes on in the next line."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x02", "\ufffe")
    return END_HYPHEN.sub(_word_again, text)


def _word_again(match: re.Match[str]) -> str:
    """ "ligestil|ling" is one word; "Teknik-|og Miljø", "2019-|2022" and "HU-|mødet" keep their hyphen."""
    before, following = match["before"], match["next"]
    if following in {"og", "eller", "samt", "til"}:
        return f"{before}- {following}"
    if before.isupper() or before.isdigit() or not following[:1].islower():
        return f"{before}-{following}"
    return before + following
