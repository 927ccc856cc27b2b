"""Word documents: body, tables, headers, notes, text boxes, hidden text, comments, tracked changes, fields."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading.archives import Archive
from sagsgang.gate.reading.headings import Headings
from sagsgang.gate.reading.lines import Run, seam, shown, unseen

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {
    f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "", f"{W}ptab": "\t",
}  # fmt: skip
_CHANGES = {f"{W}ins": "added", f"{W}moveTo": "added", f"{W}del": "deleted", f"{W}moveFrom": "deleted"}
_FORMATTING = (f"{W}rPrChange", f"{W}pPrChange", f"{W}tblPrChange", f"{W}trPrChange", f"{W}tcPrChange",
               f"{W}sectPrChange", f"{W}numberingChange", f"{W}cellIns", f"{W}cellDel", f"{W}cellMerge")  # fmt: skip
_OFF = ("0", "false", "off", "none")
_WHITE = ("ffffff", "fefefe")


def pieces(archive: Archive) -> Iterator[Piece]:
    """What the parts of a Word document say."""
    styles = _hidden_styles(archive)
    for name in archive.names:
        folder, _slash, file = name.rpartition("/")
        if folder not in ("word", "word/glossary") or not file.endswith(".xml"):
            continue
        if file == "comments.xml":
            yield from _comments(archive.tree(name))
        elif file == "settings.xml":
            yield from _variables(archive.tree(name))
        elif file == "people.xml":
            yield from _people(archive.tree(name))
        elif file not in ("styles.xml", "fontTable.xml", "numbering.xml", "webSettings.xml", "stylesWithEffects.xml"):
            yield from _story(archive.tree(name), _title(file), styles)


def _title(file: str) -> str:
    for start, words in (
        ("header", _("Header")),
        ("footer", _("Footer")),
        ("footnotes", _("Footnote")),
        ("endnotes", _("Endnote")),
    ):
        if file.startswith(start):
            return words
    return ""


def _story(root: etree._Element, place: str, styles: frozenset[str]) -> Iterator[Piece]:
    """A part that flows: its paragraphs, what is hidden in them, and what was changed."""
    authors: set[str] = set()
    last = ""
    headings = Headings()
    for paragraph in root.iter(f"{W}p"):
        runs = list(runs_of(paragraph, styles))
        words = shown(runs)
        heading = _heading(headings, paragraph, words or "".join(run.text for run in runs))
        if words.strip():
            yield Piece(words, Where.TEXT, place=place, heading=heading)
        for hidden in unseen(runs):
            yield Piece(hidden, Where.HIDDEN, place=place or _("Hidden text"), heading=heading)
        yield from _changes(paragraph, runs, place, authors)
        if (joined := seam(last, words)) is not None:
            yield Piece(joined, Where.TEXT, place=place or _("Split between two lines or cells"))
        last = words
    yield from _marks(root, place)
    for change in root.iter(*_CHANGES, *_FORMATTING):
        authors.add(change.get(f"{W}author") or "")
    for author in sorted(filter(None, authors)):
        yield Piece(author, Where.METADATA, place=_("Who made a tracked change"), kind=Kind.METADATA)


def _heading(headings: Headings, paragraph: etree._Element, words: str) -> str:
    """What stands over the cell of a table in which the paragraph lies."""
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = next(cell.iterancestors(f"{W}tr"), None) if cell is not None else None
    if cell is None or row is None:
        return ""
    return headings.speaks_for(row.getparent(), row, row.index(cell), words)


def runs_of(paragraph: etree._Element, styles: frozenset[str] = frozenset()) -> Iterator[Run]:
    """The paragraph's own runs in order; paragraphs inside it (text boxes) have their own."""
    yield from _inside(paragraph, styles, hidden=_is_hidden_paragraph(paragraph, styles), change="")


def _inside(node: etree._Element, styles: frozenset[str], *, hidden: bool, change: str) -> Iterator[Run]:
    for child in node:
        tag = child.tag
        if tag in (f"{W}p", f"{W}txbxContent", f"{W}pPr", f"{W}rPr") or not isinstance(tag, str):
            continue
        if tag in (f"{W}t", f"{W}delText"):
            deleted = change == "deleted" or tag == f"{W}delText"
            yield Run(child.text or "", hidden, deleted, change == "added")
        elif tag in (f"{W}instrText", f"{W}delInstrText"):
            yield Run(child.text or "", hidden=True, deleted=change == "deleted")
        elif tag in _SIGNS:
            yield Run(_SIGNS[tag], hidden, change == "deleted", change == "added")
        else:
            unlooked = hidden or (tag == f"{W}r" and _is_hidden_run(child, styles))
            yield from _inside(child, styles, hidden=unlooked, change=_CHANGES.get(tag, change))


def _is_hidden_run(run: etree._Element, styles: frozenset[str]) -> bool:
    look = run.find(f"{W}rPr")
    return look is not None and _is_hidden_look(look, styles)


def _is_hidden_look(look: etree._Element, styles: frozenset[str]) -> bool:
    for tag in ("vanish", "specVanish", "webHidden"):
        found = look.find(f"{W}{tag}")
        if found is not None:
            return found.get(f"{W}val", "1") not in _OFF
    colour = look.find(f"{W}color")
    if colour is not None and (colour.get(f"{W}val") or "").lower() in _WHITE:
        return look.find(f"{W}shd") is None and look.find(f"{W}highlight") is None
    style = look.find(f"{W}rStyle")
    return style is not None and style.get(f"{W}val") in styles


def _is_hidden_paragraph(paragraph: etree._Element, styles: frozenset[str]) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") in styles


def _hidden_styles(archive: Archive) -> frozenset[str]:
    """Ids of styles whose words are not shown, also those built upon such a one."""
    if "word/styles.xml" not in archive.names:
        return frozenset()
    found: set[str] = set()
    parents: dict[str, str] = {}
    for style in archive.tree("word/styles.xml").iter(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        look, parent = style.find(f"{W}rPr"), style.find(f"{W}basedOn")
        if look is not None and look.find(f"{W}vanish") is not None and _is_hidden_look(look, frozenset()):
            found.add(name)
        if parent is not None:
            parents[name] = parent.get(f"{W}val") or ""
    for _step in range(10):
        found |= {name for name, parent in parents.items() if parent in found}
    return frozenset(found)


def _changes(paragraph: etree._Element, runs: list[Run], place: str, authors: set[str]) -> Iterator[Piece]:
    """One finding for what was added to a paragraph and one for what was struck out."""
    added = "".join(run.text for run in runs if run.added)
    deleted = "".join(run.text for run in runs if run.deleted)
    if added:
        yield Piece(added, Where.TEXT, place=place, kind=Kind.REVISION)
    if deleted:
        yield Piece(deleted, Where.HIDDEN, place=place or _("Hidden text"), kind=Kind.REVISION)
    if not added and not deleted and any(True for _change in paragraph.iter(*_FORMATTING)):
        yield Piece(shown(runs), Where.TEXT, place=place, kind=Kind.REVISION)


def _marks(root: etree._Element, place: str) -> Iterator[Piece]:
    """Words in attributes: alternative texts, fields, names of controls and bookmarks."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        local = etree.QName(node).localname
        if local in ("docPr", "cNvPr", "shape", "imagedata"):
            for name in ("descr", "title", "alt", "{urn:schemas-microsoft-com:office:office}title"):
                if words := node.get(name):
                    yield Piece(words, Where.HIDDEN, place=place or _("Alternative text"))
        elif local in ("fldSimple", "alias", "tag", "bookmarkStart", "tblCaption", "tblDescription", "listItem"):
            words = node.get(f"{W}instr") or node.get(f"{W}val") or node.get(f"{W}name") or node.get(f"{W}displayText")
            if words and not words.startswith("_"):
                yield Piece(words, Where.HIDDEN, place=place or _("Field or control"))


def _comments(root: etree._Element) -> Iterator[Piece]:
    authors = set()
    for comment in root.iter(f"{W}comment"):
        words = "\n".join("".join(run.text for run in runs_of(line)) for line in comment.iter(f"{W}p"))
        yield Piece(words, Where.ANNOTATION, place=_("Comment"), kind=Kind.COMMENT)
        authors.add(comment.get(f"{W}author") or "")
    for author in sorted(filter(None, authors)):
        yield Piece(author, Where.METADATA, place=_("Who wrote a comment"), kind=Kind.METADATA)


def _variables(root: etree._Element) -> Iterator[Piece]:
    for variable in root.iter(f"{W}docVar"):
        yield Piece(f"{variable.get(f'{W}name')}: {variable.get(f'{W}val')}", Where.HIDDEN, place=_("Variable"))
    protected = root.find(f"{W}attachedTemplate")
    if protected is not None:
        yield Piece(protected.get(f"{W}val") or "", Where.METADATA, place=_("Template"))


def _people(root: etree._Element) -> Iterator[Piece]:
    for person in root.iter("{*}person"):
        for name, words in person.attrib.items():
            if etree.QName(name).localname == "author" and words:
                yield Piece(str(words), Where.METADATA, place=_("Who worked on the file"), kind=Kind.METADATA)
