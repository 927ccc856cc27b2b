"""Files made on the spot: a text as PDF, DOCX and HTML."""

import textwrap
from html import escape
from io import BytesIO

import docx
import pikepdf

PAGE_LINES = 46


def pdf_of(paragraphs: list[str], *, head: str = "", password: str = "") -> bytes:
    """A PDF with a text layer, wrapped at 88 letters, with a running head and a page counter on every page."""
    lines = [line for text in paragraphs for line in (textwrap.wrap(text, 88) or [""])]
    pages = [lines[start : start + PAGE_LINES] for start in range(0, len(lines), PAGE_LINES)]
    pdf = pikepdf.new()
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    for number, page_lines in enumerate(pages, start=1):
        shown = [head, *page_lines, f"Side {number} af {len(pages)}"] if head else page_lines
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(_content(shown))
    out = BytesIO()
    if password:
        pdf.save(out, encryption=pikepdf.Encryption(user=password, owner=password))
    else:
        pdf.save(out)
    return out.getvalue()


def _content(lines: list[str]) -> bytes:
    body = b"BT /F1 10 Tf 14 TL 50 790 Td "
    for line in lines:
        text = line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        body += b"(" + text + b") Tj T* "
    return body + b"ET"


def docx_of(paragraphs: list[str], rows: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        if text.startswith("- "):
            document.add_paragraph(text[2:], style="List Bullet")
        else:
            document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def html_of(paragraphs: list[str]) -> bytes:
    body: list[str] = []
    for text in paragraphs:
        body.append(f"<ul><li>{escape(text[2:])}</li></ul>" if text.startswith("- ") else f"<p>{escape(text)}</p>")
    return (
        f"<!DOCTYPE html><html><head><title>x</title></head><body><nav>Menu</nav>{''.join(body)}</body></html>".encode()
    )
