"""XLSX, streamed: the first visible sheet as words. What a reader of values would misread is refused with its cell."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.documents.tables.places import WrongFileError
from sagsgang.gate.pieces import UnreadableError
from sagsgang.gate.reading.archives import Archive, opened

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7})')
_CELL = re.compile(r"^([A-Z]{1,3})(\d{1,7})")


def xlsx_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number. Raises WrongFileError, UnreadableError."""
    with opened(content) as archive:
        if "xl/workbook.xml" not in archive.names:
            raise WrongFileError(1, 1, _("This is no Excel workbook. Save the table as CSV or XLSX."))
        book = archive.tree("xl/workbook.xml")
        settings = book.find(f"{M}workbookPr")
        if settings is not None and settings.get("date1904") in ("1", "true"):
            raise WrongFileError(
                1,
                1,
                _("The workbook counts its dates from 1904, so every date would be four years off. Save as CSV UTF-8."),
            )
        part = _first_sheet(archive, book)
        merged = _merged(archive, part)
        if merged:
            raise WrongFileError(*merged, _("Cells are merged here. Split them, so that each row has its own values."))
        yield from _rows(archive, part, _strings(archive))


def _first_sheet(archive: Archive, book: etree._Element) -> str:
    targets = {}
    if "xl/_rels/workbook.xml.rels" in archive.names:
        for node in archive.tree("xl/_rels/workbook.xml.rels"):
            target = node.get("Target") or ""
            targets[node.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for node in book.iter(f"{M}sheet"):
        part = targets.get(node.get(f"{_R}id"), "")
        if node.get("state") not in ("hidden", "veryHidden") and part in archive.names:
            return part
    raise UnreadableError(_("The file is broken. It cannot be examined."))


def _merged(archive: Archive, part: str) -> tuple[int, int] | None:
    # They stand after all rows: asking the bytes saves a second parsing of the sheet.
    found = _MERGED.search(archive.read(part))
    return (int(found.group(2)), _number(found.group(1).decode())) if found else None


_DIGITS = 9  # of a number of a row or a text; Python refuses to read one of thousands


def _strings(archive: Archive) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.names:
        return []
    return [_words(node) for node in archive.steps("xl/sharedStrings.xml", f"{M}si")]


def _words(node: etree._Element) -> str:
    return "".join(
        str(text.text or "")
        for text in node.iter(f"{M}t")
        if (above := text.getparent()) is None or above.tag != f"{M}rPh"
    )


def _rows(archive: Archive, part: str, shared: list[str]) -> Iterator[tuple[int, list[str]]]:
    number = 0
    for node in archive.steps(part, f"{M}row"):
        stated = node.get("r") or ""
        number = int(stated) if stated.isascii() and stated.isdecimal() and len(stated) <= _DIGITS else number + 1
        cells: list[str] = []
        for cell in node.iterfind(f"{M}c"):
            found = _CELL.match(cell.get("r") or "")
            column = _number(found.group(1)) if found else len(cells) + 1
            words = _value(cell, shared, number, column)
            if words:
                cells += [""] * (column - len(cells))
                cells[column - 1] = words
        yield number, cells


def _value(cell: etree._Element, shared: list[str], row: int, column: int) -> str:
    kind, value = cell.get("t") or "n", cell.findtext(f"{M}v") or ""
    if cell.find(f"{M}f") is not None:
        raise WrongFileError(row, column, _("The cell holds a formula. Paste the table as values, and save again."))
    if kind == "e":
        raise WrongFileError(row, column, _("The cell holds an error (%(words)s).") % {"words": value})
    if kind == "s":
        at = int(value) if value.isdecimal() and len(value) <= _DIGITS else -1
        return shared[at] if 0 <= at < len(shared) else ""
    if kind == "inlineStr":
        return _words(cell)
    if kind == "n" and re.fullmatch(r"-?\d+\.0+", value):
        return value.split(".")[0]
    # A number is kept with a point: written as here, 1.234 is not taken for a thousand and more.
    return value.replace(".", ",") if kind == "n" else value


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
