"""OpenDocument files (ODT, ODS, ODP): words, hidden words, notes, comments, tracked changes, properties."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading.archives import Archive
from sagsgang.gate.reading.headings import Headings
from sagsgang.gate.reading.lines import Run, seam, shown, unseen

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n", f"{TEXT}soft-page-break": ""}
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_HIDDEN = (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph", f"{TEXT}conditional-text")
_APART = (f"{OFFICE}annotation", f"{TEXT}note", f"{DRAW}text-box", f"{DRAW}frame", f"{TEXT}tracked-changes")
_ID = re.compile(r"^\d{9,10}$")


def pieces(archive: Archive) -> Iterator[Piece]:
    """What an OpenDocument file says."""
    for name in ("content.xml", "styles.xml"):
        if name in archive.names:
            root = archive.tree(name)
            yield from _words(root, _hidden_styles(root), _("Header or footer") if name == "styles.xml" else "")
    for name in archive.names:
        if re.fullmatch(r"Object [^/]+/content\.xml", name):
            for paragraph in archive.tree(name).iter(*_PARAGRAPHS):
                if words := "".join(map(str, paragraph.itertext())).strip():
                    yield Piece(words, Where.EMBEDDED, place=name.split("/")[0])
    if "meta.xml" in archive.names:
        yield from _properties(archive.tree("meta.xml"))


def _hidden_styles(root: etree._Element) -> frozenset[str]:
    """Names of styles whose words, rows, columns or sheets are not shown."""
    found = set()
    for style in root.iter(f"{STYLE}style"):
        for look in style:
            if look.get(f"{TEXT}display") == "none" or look.get(f"{TABLE}display") == "false":
                found.add(style.get(f"{STYLE}name") or "")
    return frozenset(found)


def _words(root: etree._Element, styles: frozenset[str], place: str) -> Iterator[Piece]:
    last = ""
    headings = Headings()
    for paragraph in root.iter(*_PARAGRAPHS):
        if any(True for _one in paragraph.iterancestors(f"{OFFICE}annotation", f"{TEXT}tracked-changes")):
            continue
        runs = list(_runs(paragraph, styles, hidden=_is_unseen(paragraph, styles)))
        words, where = shown(runs), place or _place(paragraph)
        heading = _heading(headings, paragraph, words or "".join(run.text for run in runs))
        if words.strip():
            yield Piece(words, Where.TEXT, place=where, heading=heading)
        for hidden in unseen(runs):
            yield Piece(hidden, Where.HIDDEN, heading=heading, place=where or _("Hidden text"))
        if (joined := seam(last, words)) is not None:
            yield Piece(joined, Where.TEXT, place=where)
        last = words
    yield from _numbers(root, styles)
    yield from _comments(root)
    yield from _changes(root)
    for node in root.iter("{*}title", "{*}desc"):
        if node.text and "svg" in str(node.tag):
            yield Piece(node.text, Where.HIDDEN, place=_("Alternative text"))
    yield from _links(root)


def _heading(headings: Headings, paragraph: etree._Element, words: str) -> str:
    """What stands over the cell of a table in which the paragraph lies."""
    cell = next(paragraph.iterancestors(f"{TABLE}table-cell"), None)
    row = cell.getparent() if cell is not None else None
    table = next(row.iterancestors(f"{TABLE}table"), None) if row is not None else None
    if cell is None or row is None or table is None:
        return ""
    column = 1 + sum(int(one.get(f"{TABLE}number-columns-repeated") or 1) for one in cell.itersiblings(preceding=True))
    return headings.speaks_for(table, row, column, words)


def _links(root: etree._Element) -> Iterator[Piece]:
    for node in root.iter(f"{TEXT}a", f"{TEXT}user-field-decl", f"{TEXT}variable-set"):
        for name, told in node.attrib.items():
            if etree.QName(name).localname in ("href", "string-value"):
                yield Piece(str(told).removeprefix("mailto:"), Where.HIDDEN, place=_("Link or variable"))


def _runs(node: etree._Element, styles: frozenset[str], *, hidden: bool) -> Iterator[Run]:
    if node.text:
        yield Run(node.text, hidden)
    for child in node:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield Run(" " * min(int(child.get(f"{TEXT}c") or 1), 100), hidden)
        elif tag in _SIGNS:
            yield Run(_SIGNS[str(tag)], hidden)
        elif tag in _HIDDEN:
            words = "".join(map(str, child.itertext())) or str(child.get(f"{TEXT}string-value") or "")
            yield Run(words, hidden=True)
        elif isinstance(tag, str) and tag not in _APART:
            yield from _runs(child, styles, hidden=hidden or (child.get(f"{TEXT}style-name") or "") in styles)
        if child.tail:
            yield Run(child.tail, hidden)


def _is_unseen(node: etree._Element, styles: frozenset[str]) -> bool:
    """In a hidden section, row or sheet, or of a hidden style itself."""
    for one in (node, *node.iterancestors()):
        if one.get(f"{TEXT}display") == "none" or one.get(f"{TABLE}visibility") in ("collapse", "filter"):
            return True
        if (one.get(f"{TEXT}style-name") or one.get(f"{TABLE}style-name") or "") in styles:
            return True
    return next((True for child in node if child.tag == f"{TEXT}hidden-paragraph"), False)


def _place(node: etree._Element) -> str:
    sheet = next(node.iterancestors(f"{TABLE}table"), None)
    if sheet is None or next(sheet.iterancestors(f"{OFFICE}spreadsheet"), None) is None:
        return ""
    cell = next(node.iterancestors(f"{TABLE}table-cell"), None)
    row = next(node.iterancestors(f"{TABLE}table-row"), None)
    name = sheet.get(f"{TABLE}name") or ""
    if cell is None or row is None:
        return name
    down = 1 + sum(int(one.get(f"{TABLE}number-rows-repeated") or 1) for one in row.itersiblings(preceding=True))
    over = 1 + sum(int(one.get(f"{TABLE}number-columns-repeated") or 1) for one in cell.itersiblings(preceding=True))
    letters = ""
    while over:
        over, rest = divmod(over - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{name}!{letters}{down}"


def _numbers(root: etree._Element, styles: frozenset[str]) -> Iterator[Piece]:
    """Number cells that lost a leading zero."""
    for cell in root.iter(f"{TABLE}table-cell"):
        value = (cell.get(f"{OFFICE}value") or "").removesuffix(".0")
        words = "".join(map(str, cell.itertext())).strip()
        if _ID.match(value) and words == value and len(value) == 9:
            where = Where.HIDDEN if _is_unseen(cell, styles) else Where.TEXT
            yield Piece(value.zfill(10), where, place=_place(cell))


def _comments(root: etree._Element) -> Iterator[Piece]:
    authors = set()
    for note in root.iter(f"{OFFICE}annotation"):
        words = "\n".join("".join(map(str, line.itertext())) for line in note.iter(*_PARAGRAPHS))
        authors.add(note.findtext(f"{DC}creator") or "")
        yield Piece(words, Where.ANNOTATION, place=_("Comment"), kind=Kind.COMMENT)
    for author in sorted(filter(None, authors)):
        yield Piece(author, Where.METADATA, place=_("Who wrote a comment"), kind=Kind.METADATA)


def _changes(root: etree._Element) -> Iterator[Piece]:
    for region in root.iter(f"{TEXT}changed-region"):
        for change in region:
            words = "\n".join("".join(map(str, line.itertext())) for line in change.iter(*_PARAGRAPHS))
            is_deletion = change.tag == f"{TEXT}deletion"
            place = _("Tracked deletion") if is_deletion else _("Tracked insertion")
            where = Where.HIDDEN if is_deletion else Where.TEXT
            yield Piece(words, where, place=place, kind=Kind.REVISION)
            if author := change.findtext(f"{OFFICE}change-info/{DC}creator"):
                yield Piece(author, Where.METADATA, place=_("Who made a tracked change"), kind=Kind.METADATA)


def _properties(root: etree._Element) -> Iterator[Piece]:
    for node in root.iter():
        words = (node.text or "").strip() if isinstance(node.tag, str) else ""
        if not words:
            continue
        if node.tag in (f"{DC}creator", f"{META}initial-creator", f"{META}printed-by"):
            yield Piece(words, Where.METADATA, place=_("Author"), kind=Kind.METADATA)
        elif node.tag in (f"{DC}title", f"{DC}subject", f"{DC}description", f"{META}keyword", f"{META}user-defined"):
            yield Piece(words, Where.METADATA, place=_("Properties"))
