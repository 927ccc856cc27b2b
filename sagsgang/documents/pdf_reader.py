"""Reads one PDF's words, page by page, in a process that may crash or run out of memory alone. A program of its own.

`python pdf_reader.py <file> <bytes of memory> <signs of text>` writes a line of JSON (`pages`, `broken`, or `locked` and
`unreadable`), and then the words in UTF-8, a form feed between the pages.
"""

import json
import resource
import sys

import pypdfium2

PAGE_BREAK = "\f"
LONGEST_CPU = 300  # seconds


def main(path: str, memory: int, most: int) -> None:
    """Write what the file holds to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU, LONGEST_CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD
        sys.stdout.write(json.dumps({"locked": locked, "unreadable": True}) + "\n")
        return
    broken: list[int] = []
    texts, length = [], 0
    for number in range(len(pdf)):
        text = _page_text(pdf, number) if length < most else ""
        if text is None:
            broken.append(number + 1)
        texts.append((text or "").replace(PAGE_BREAK, " "))
        length += len(texts[-1])
    sys.stdout.write(json.dumps({"pages": len(texts), "broken": broken}) + "\n")
    sys.stdout.flush()
    sys.stdout.buffer.write(PAGE_BREAK.join(texts).encode("utf-8", "replace"))


def _page_text(pdf: pypdfium2.PdfDocument, number: int) -> str | None:
    """The words of a page, and None if the page is broken."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        words = page.get_textpage()
        try:
            text: str = words.get_text_bounded()
            return text.replace("\0", "")
        finally:
            words.close()
    except pypdfium2.PdfiumError:
        return None
    finally:
        page.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
