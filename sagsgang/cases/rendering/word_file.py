"""Writes the house's small HTML into a Word document, as Word's own headings, lists and tables. Knows no rows."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sagsgang.documents.richtext import Tree

LANGUAGE = "da-DK"

_DEEPEST_LIST = 8  # Word's own limit of levels
_INDENT = 360  # twentieths of a point that a level of a list stands in


class WordFile:
    """A document in Danish with its title; each list has a numbering of its own, so that it begins at 1."""

    def __init__(self, title: str) -> None:
        self._document = docx.Document()
        self._dress(title)
        self._numbering = self._document.part.numbering_part.element
        self._abstract = {ordered: self._add_abstract(ordered) for ordered in (False, True)}
        self._document.add_paragraph(title, style="Title")

    def _dress(self, title: str) -> None:
        """Danish as the language, a title for the reader's window, and no traces of the library."""
        core = self._document.core_properties
        core.title, core.language, core.author, core.comments = title, LANGUAGE, "Sagsgang", ""
        defaults = self._document.styles.element.find(qn("w:docDefaults"))
        assert defaults is not None
        for language in defaults.iter(qn("w:lang")):
            language.set(qn("w:val"), LANGUAGE)
        link = self._document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
        link.font.underline = True

    def content(self) -> bytes:
        """The bytes of the .docx."""
        stream = io.BytesIO()
        self._document.save(stream)
        return stream.getvalue()

    def heading(self, words: str) -> None:
        """A heading of the first level."""
        self._document.add_heading(words, level=1)

    def text(self, tree: Tree) -> None:
        """Blocks of `richtext`; their own headings are of the second and third level."""
        self._blocks(tree, self._document)

    def points(self, points: Iterable[str]) -> None:
        """A list of plain lines."""
        number = None
        for words in points:
            number = number or self._new_list(ordered=False)
            paragraph = self._document.add_paragraph(style="List Paragraph")
            _number(paragraph, number, 0)
            _add_words(paragraph, words, ())

    def _blocks(self, tree: Tree, place: Any) -> None:
        """Blocks at the end of a document or a cell."""
        for block in tree:
            if isinstance(block, str):
                self._inline([block], place.add_paragraph())
            elif block["t"] in ("ul", "ol"):
                self._list(block, place, level=0)
            elif block["t"] == "table":
                self._table(block, place)
            else:
                style = f"Heading {block['level'] + 1}" if block["t"] == "h" else None
                self._inline(block["c"], place.add_paragraph(style=style))

    def _list(self, block: dict[str, Any], place: Any, level: int) -> None:
        number = self._new_list(ordered=block["t"] == "ol")
        for item in block["c"]:
            is_first = True
            for child in item:
                if isinstance(child, dict) and child["t"] in ("ul", "ol"):
                    self._list(child, place, min(level + 1, _DEEPEST_LIST))
                elif isinstance(child, dict) and child["t"] == "table":
                    self._table(child, place)
                else:
                    paragraph = place.add_paragraph(style="List Paragraph")
                    if is_first:
                        _number(paragraph, number, level)
                    self._inline(child["c"] if isinstance(child, dict) else [child], paragraph)
                    is_first = False

    def _table(self, block: dict[str, Any], place: Any) -> None:
        if block["caption"]:
            self._inline(block["caption"], place.add_paragraph(style="Caption"))
        rows = [*block["head"], *block["body"]]
        table: Table = place.add_table(rows=len(rows), cols=block["columns"])
        table.style = self._document.styles["Table Grid"]
        taken: set[tuple[int, int]] = set()
        for y, row in enumerate(rows):
            self._row(table, y, row, taken)
        for row in table.rows[: len(block["head"])]:
            mark = OxmlElement("w:tblHeader")
            mark.set(qn("w:val"), "true")
            row._tr.get_or_add_trPr().append(mark)

    def _row(self, table: Table, y: int, row: Sequence[dict[str, Any]], taken: set[tuple[int, int]]) -> None:
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            right, down = x + cell["colspan"] - 1, y + cell["rowspan"] - 1
            taken |= {(line, column) for line in range(y, down + 1) for column in range(x, right + 1)}
            target = table.cell(y, x)
            if (right, down) != (x, y):
                target = target.merge(table.cell(min(down, len(table.rows) - 1), min(right, len(table.columns) - 1)))
            self._cell(target, cell)
            x = right + 1

    def _cell(self, target: _Cell, cell: dict[str, Any]) -> None:
        first = target.paragraphs[0]
        content = cell["c"]
        if content and isinstance(content[0], dict) and content[0]["t"] == "p":
            self._inline(content[0]["c"], first)
            content = content[1:]
        self._blocks(content, target)
        if content and isinstance(content[-1], dict) and content[-1]["t"] == "table":
            target.add_paragraph()  # Word wants a paragraph behind a table in a cell

    def _inline(self, inline: Tree, paragraph: Paragraph, marks: tuple[str, ...] = ()) -> None:
        for node in inline:
            if isinstance(node, str):
                _add_words(paragraph, node, marks)
            elif node["t"] == "br":
                paragraph.add_run().add_break()
            elif node["t"] == "a":
                self._link(node, paragraph, marks)
            else:
                self._inline(node["c"], paragraph, (*marks, node["t"]))

    def _link(self, node: dict[str, Any], paragraph: Paragraph, marks: tuple[str, ...]) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), paragraph.part.relate_to(node["href"], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        before = len(paragraph._p)
        self._inline(node["c"], paragraph, (*marks, "a"))
        for run in list(paragraph._p)[before:]:
            link.append(run)
        paragraph._p.append(link)

    def _add_abstract(self, ordered: bool) -> int:
        known = [int(one.get(qn("w:abstractNumId"))) for one in self._numbering.findall(qn("w:abstractNum"))]
        number = max(known, default=-1) + 1
        abstract = _element("w:abstractNum", **{"w:abstractNumId": str(number)})
        abstract.append(_element("w:multiLevelType", **{"w:val": "hybridMultilevel"}))
        for level in range(_DEEPEST_LIST + 1):
            abstract.append(_level(level, ordered=ordered))
        first = self._numbering.find(qn("w:num"))
        first.addprevious(abstract) if first is not None else self._numbering.append(abstract)
        return number

    def _new_list(self, *, ordered: bool) -> int:
        known = [int(one.get(qn("w:numId"))) for one in self._numbering.findall(qn("w:num"))]
        number = max(known, default=0) + 1
        num = _element("w:num", **{"w:numId": str(number)})
        num.append(_element("w:abstractNumId", **{"w:val": str(self._abstract[ordered])}))
        for level in range(_DEEPEST_LIST + 1):
            override = _element("w:lvlOverride", **{"w:ilvl": str(level)})
            override.append(_element("w:startOverride", **{"w:val": "1"}))
            num.append(override)
        self._numbering.append(num)
        return number


def _level(level: int, *, ordered: bool) -> Any:
    made = _element("w:lvl", **{"w:ilvl": str(level)})
    made.append(_element("w:start", **{"w:val": "1"}))
    made.append(_element("w:numFmt", **{"w:val": "decimal" if ordered else "bullet"}))
    made.append(_element("w:lvlText", **{"w:val": f"%{level + 1}." if ordered else "•"}))
    made.append(_element("w:lvlJc", **{"w:val": "left"}))
    paragraph = _element("w:pPr")
    paragraph.append(_element("w:ind", **{"w:left": str(_INDENT * (level + 2)), "w:hanging": str(_INDENT)}))
    made.append(paragraph)
    return made


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(key), value)
    return made


def _number(paragraph: Paragraph, number: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = number


def _add_words(paragraph: Paragraph, words: str, marks: tuple[str, ...]) -> None:
    run: Run = paragraph.add_run(words)
    run.bold = True if "strong" in marks else None
    run.italic = True if "em" in marks else None
    if "sub" in marks or "sup" in marks:  # one property: setting the one unsets the other
        setattr(run.font, "superscript" if "sup" in marks else "subscript", True)
    if "a" in marks:
        run.style = "Hyperlink"
