"""Spreadsheets (XLSX): cells as they are shown, hidden sheets, rows and columns, notes, names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading.archives import Archive
from sagsgang.gate.reading.headings import Headings
from sagsgang.gate.reading.lines import seam

M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ID = re.compile(r"^\d{9,10}(\.0+)?$")
_HALF = re.compile(r"^\d{3,6}$")
_COLUMN = re.compile(r"^[A-Z]+")
# Built-in formats of money, percent, dates and the like: a number shown so is no number of a person.
_PLAIN = {0, 1, 49}


@dataclass(slots=True)
class _Sheet:
    name: str
    part: str
    hidden: bool
    columns: set[int] = field(default_factory=set)
    headings: Headings = field(default_factory=Headings)


def pieces(archive: Archive) -> Iterator[Piece]:
    """What the sheets of a workbook say."""
    book = archive.tree("xl/workbook.xml")
    shared = list(_strings(archive))
    plain = _plain_styles(archive)
    for sheet in _sheets(archive, book):
        yield Piece(sheet.name, Where.HIDDEN if sheet.hidden else Where.TEXT, place=_("Name of a sheet"))
        yield from _cells(archive, sheet, shared, plain)
    for name in book.iter(f"{M}definedName"):
        words = " ".join(filter(None, (name.get("name"), name.get("comment"), name.text)))
        yield Piece(words, Where.HIDDEN, place=_("Defined name"))
    yield from _comments(archive)
    yield from _kept(archive)


def _strings(archive: Archive) -> Iterator[str]:
    if "xl/sharedStrings.xml" in archive.names:
        for node in archive.steps("xl/sharedStrings.xml", f"{M}si"):
            yield _words(node)


def _words(node: etree._Element) -> str:
    """The words of a cell; how they are pronounced (phonetic runs) is not among them."""
    return "".join(str(text.text or "") for text in node.iter(f"{M}t"))


def _plain_styles(archive: Archive) -> list[bool]:
    """For each cell style: does it show a number as its digits alone?"""
    if "xl/styles.xml" not in archive.names:
        return []
    root = archive.tree("xl/styles.xml")
    own = {
        int(node.get("numFmtId") or 0): re.fullmatch(r'[0#@\-" \\]+|General|Standard', node.get("formatCode") or "")
        is not None
        for node in root.iter(f"{M}numFmt")
    }
    formats = root.find(f"{M}cellXfs")
    ids = [int(node.get("numFmtId") or 0) for node in formats] if formats is not None else []
    return [own.get(one, one in _PLAIN) for one in ids]


def _sheets(archive: Archive, book: etree._Element) -> Iterator[_Sheet]:
    targets = {}
    if "xl/_rels/workbook.xml.rels" in archive.names:
        for node in archive.tree("xl/_rels/workbook.xml.rels"):
            target = node.get("Target") or ""
            targets[node.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    seen = set()
    for node in book.iter(f"{M}sheet"):
        part = targets.get(node.get(f"{_R}id"), "")
        if part in archive.names:
            seen.add(part)
            yield _Sheet(node.get("name") or "", part, node.get("state") in ("hidden", "veryHidden"))
    for part in archive.names:
        if part.startswith("xl/worksheets/") and part.endswith(".xml") and part not in seen and part.count("/") == 2:
            yield _Sheet(PurePosixPath(part).stem, part, hidden=True)


def _cells(archive: Archive, sheet: _Sheet, shared: list[str], plain: list[bool]) -> Iterator[Piece]:
    for node in archive.steps(sheet.part, f"{M}col", f"{M}row", f"{M}headerFooter", f"{M}dataValidation"):
        if node.tag == f"{M}col":
            if _is_on(node.get("hidden")):
                first, last = int(node.get("min") or 1), int(node.get("max") or 1)
                sheet.columns.update(range(first, min(last, 20_000) + 1))
        elif node.tag == f"{M}row":
            yield from _row(node, sheet, shared, plain)
        else:
            words = " ".join([*map(str, node.itertext()), *map(str, node.attrib.values())])
            yield Piece(words, Where.HIDDEN, place=sheet.name)


def _row(node: etree._Element, sheet: _Sheet, shared: list[str], plain: list[bool]) -> Iterator[Piece]:
    is_hidden = sheet.hidden or _is_on(node.get("hidden"))
    last = ""
    for cell in node.iterfind(f"{M}c"):
        name = cell.get("r") or ""
        place = f"{sheet.name}!{name}"
        words = _shown(cell, shared, plain)
        column = _column(name)
        where = Where.HIDDEN if is_hidden or column in sheet.columns else Where.TEXT
        heading = sheet.headings.speaks_for(sheet.part, node.get("r"), column, words)
        if words.strip():
            yield Piece(words, where, place=place, heading=heading)
        if (joined := seam(_padded(last, 6), _padded(words, 4))) is not None:
            yield Piece(joined, where, place=place)
        last = words
        formula = cell.findtext(f"{M}f") or ""
        if '"' in formula or re.search(r"\d{6}", formula):
            yield Piece(formula, Where.HIDDEN, place=" ".join([place, _("(formula)")]))


def _shown(cell: etree._Element, shared: list[str], plain: list[bool]) -> str:
    kind, value = cell.get("t") or "n", cell.findtext(f"{M}v") or ""
    if kind == "s":
        at = int(value) if value.isdecimal() else -1
        return shared[at] if 0 <= at < len(shared) else ""
    if kind == "inlineStr":
        return _words(cell)
    if kind != "n":
        return value
    style = int(cell.get("s") or 0)
    is_plain = plain[style] if style < len(plain) else True
    if _ID.match(value):
        # A number cell has no leading zero: 0101801234 is kept as 101801234.
        return value.split(".")[0].zfill(10) if is_plain else f"{int(float(value)):,}".replace(",", ".")
    if not is_plain and value.isdecimal():
        return f"{int(value):,}".replace(",", ".")
    return value


def _padded(words: str, digits: int) -> str:
    """Half a CPR number in a number cell, with the zeros that it lost."""
    return words.zfill(digits) if _HALF.match(words) and len(words) <= digits else words


def _column(name: str) -> int:
    found = _COLUMN.match(name)
    number = 0
    for letter in found.group() if found else "":
        number = number * 26 + ord(letter) - 64
    return number


def _is_on(value: str | None) -> bool:
    return value in ("1", "true")


def _comments(archive: Archive) -> Iterator[Piece]:
    authors = set()
    for name in archive.names:
        if not name.startswith("xl/") or not name.endswith(".xml"):
            continue
        if "/persons/" in name:
            authors |= {node.get("displayName") or "" for node in archive.tree(name).iter("{*}person")}
        elif "comment" in name.lower():
            root = archive.tree(name)
            authors |= {node.text or "" for node in root.iter(f"{M}author")}
            for node in root.iter("{*}comment", "{*}threadedComment"):
                words = "".join(str(text.text or "") for text in node.iter("{*}t", "{*}text"))
                place = " ".join([_("Comment"), node.get("ref") or ""]).strip()
                yield Piece(words, Where.ANNOTATION, place=place, kind=Kind.COMMENT)
    for author in sorted(authors):
        if author and not author.startswith("tc="):
            yield Piece(author, Where.METADATA, place=_("Who wrote a comment"), kind=Kind.METADATA)


def _kept(archive: Archive) -> Iterator[Piece]:
    """Rows of a pivot table's source and of other workbooks, which Excel keeps inside the file; tracked changes."""
    for name in archive.names:
        if not name.startswith("xl/") or not name.endswith(".xml"):
            continue
        if "/pivotCache/" in name or "/externalLinks/" in name or "/queryTables/" in name:
            for node in archive.steps(name, f"{M}s", f"{M}n", f"{M}v", f"{M}cacheSource"):
                words = node.get("v") or node.text or ""
                if words.strip():
                    restored = words.zfill(10) if _ID.match(words) else words
                    yield Piece(restored, Where.HIDDEN, place=_("Data kept from a source"))
        elif "/revisions/" in name:
            root = archive.tree(name)
            words = " ".join(str(text).strip() for text in root.itertext() if str(text).strip())
            yield Piece(words, Where.HIDDEN, place=_("Tracked change"), kind=Kind.REVISION)
