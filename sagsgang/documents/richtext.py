"""The one small HTML subset of the house: what may be stored, and its ways to text and print.

Paragraphs, line breaks, lists, emphasis, links, sub- and superscript, two levels of headings and tables.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Any

import nh3
from lxml import html as lxml_html
from lxml.html import HtmlElement

from sagsgang.documents.grids import fill_gaps, is_number

type Node = str | dict[str, Any]
type Tree = list[Node]

TAGS = frozenset(
    [
        *("p", "br", "ul", "ol", "li", "strong", "em", "a", "sub", "sup", "h3", "h4"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    ]
)
URL_SCHEMES = frozenset({"http", "https", "mailto"})
SCOPES = frozenset({"row", "col", "rowgroup", "colgroup"})
LONGEST_SPAN = 50  # columns or rows
SHORT_TABLE_ROWS = 12  # a table below both limits fits on any page and is not broken
SHORT_TABLE_SIGNS = 1200

_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_RENAMED = {
    "b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4",
    **dict.fromkeys(["div", "section", "article", "blockquote", "pre", "address", "dt", "dd", "figure"], "p"),
}  # fmt: skip
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})>")
_EMPTY_BLOCK = re.compile(r"<(p|h3|h4)>(?:\s|&nbsp;|<br>)*</\1>")
_BLOCKS = frozenset({"p", "ul", "ol", "h3", "h4", "table"})
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)[^<>\"\s]+", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


def clean(html: str) -> str:
    """The part of `html` that is in the subset; other tags go, their words stay. Twice is as once."""
    wide = nh3.clean(
        html.translate(_CONTROLS), tags={*TAGS, *_RENAMED}, attributes=_ATTRIBUTES,
        attribute_filter=_allowed_attribute, link_rel=None, url_schemes=set(URL_SCHEMES),
    )  # fmt: skip
    renamed = _RENAMED_TAG.sub(lambda found: f"<{found[1]}{_RENAMED[found[2]]}>", wide)
    narrow = nh3.clean(
        renamed, tags=set(TAGS), attributes=_ATTRIBUTES,
        attribute_filter=_allowed_attribute, link_rel=None, url_schemes=set(URL_SCHEMES),
    )  # fmt: skip
    return _EMPTY_BLOCK.sub("", narrow).strip()


def _allowed_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _SAFE_LINK.fullmatch(value) else None
    if name == "scope":
        return value if value in SCOPES else None
    return value if value.isascii() and value.isdigit() and 1 < int(value) <= LONGEST_SPAN else None


def from_plain(text: str) -> str:
    """HTML of plain text: a line is a paragraph, lines that start with "- " are a list.

    Printed markers ("1. ", "a) ") stay words of their paragraph, so that nothing is ever renumbered.
    """
    parts: list[str] = []
    points: list[str] = []
    for line in [*text.splitlines(), ""]:
        words = line.strip()
        if words.startswith("- "):
            points.append(f"<li>{escape(words[2:].strip(), quote=False)}</li>")
            continue
        if points:
            parts.append(f"<ul>{''.join(points)}</ul>")
            points = []
        if words:
            parts.append(f"<p>{escape(words, quote=False)}</p>")
    return "".join(parts)


def to_plain(html: str) -> str:
    """The words of `html`, a paragraph a line; list items start with "- " or a number, tabs part cells."""
    return "\n".join(line for block in to_tree(html) for line in _lines(block))


def _lines(block: Node) -> Iterator[str]:
    if isinstance(block, str):
        yield block
    elif block["t"] in ("ul", "ol"):
        for index, item in enumerate(block["c"], start=1):
            marker = f"{index}." if block["t"] == "ol" else "-"
            lines = [line for child in item for line in _lines(child)]
            yield f"{marker} {lines[0]}" if lines else marker
            yield from lines[1:]
    elif block["t"] == "table":
        if block["caption"]:
            yield words_of(block["caption"])
        for row in [*block["head"], *block["body"]]:
            yield "\t".join(" ".join(line for child in cell["c"] for line in _lines(child)) for cell in row).rstrip()
    else:
        yield from words_of(block["c"]).split("\n")


def words_of(tree: Tree) -> str:
    """The plain words of inline nodes (or of any nodes below them); a line break is a line feed."""
    parts: list[str] = []
    for node in tree:
        if isinstance(node, str):
            parts.append(node)
        elif node["t"] == "br":
            parts.append("\n")
        else:
            parts.append(words_of(node.get("c", [])))
    return "".join(parts)


def to_tree(html: str) -> Tree:
    """`html` as JSON-ready nodes for a print template; the words are strings, never markup.

    A block is ``{"t": "p"|"h", "c": [inline], "level": 1|2}``, ``{"t": "ul"|"ol", "c": [[block]]}`` or a
    table (``caption``, ``columns``, ``short``, ``head``, ``body``: full grids); an inline node is a string,
    ``{"t": "br"}``, ``{"t": "strong"|"em"|"sub"|"sup", "c"}`` or ``{"t": "a", "href", "c"}``.
    """
    parent = lxml_html.fragment_fromstring(html.translate(_CONTROLS), create_parent="div")
    blocks = _blocks(parent)
    _mend_levels(blocks)
    return blocks


def _mend_levels(blocks: Tree) -> None:
    """Let no heading skip a level: an h4 before the first h3 is raised to it."""
    ceiling = 1
    for block in blocks:
        if isinstance(block, dict) and block["t"] == "h":
            ceiling = 2 if block["level"] == 1 else ceiling
            block["level"] = min(block["level"], ceiling)


def _blocks(parent: HtmlElement) -> Tree:
    """The blocks inside an element; words that stand bare become paragraphs."""
    blocks: Tree = []
    run: Tree = []
    for piece in _pieces(parent):
        if isinstance(piece, str) or piece.tag not in _BLOCKS:
            run += _inline(piece)
            continue
        blocks += _paragraph(run)
        run = []
        blocks += _block(piece)
    return blocks + _paragraph(run)


def _pieces(parent: HtmlElement) -> Iterator[str | HtmlElement]:
    if parent.text:
        yield parent.text
    for child in parent:
        if isinstance(child.tag, str):  # comments have none
            yield child
        if child.tail:
            yield child.tail


def _paragraph(run: Tree) -> Tree:
    inline = _trimmed(run)
    return [{"t": "p", "c": inline}] if inline else []


def _block(element: HtmlElement) -> Tree:
    tag = str(element.tag)
    if tag == "table":
        return _table(element)
    if tag in ("ul", "ol"):
        items = [item for child in element if child.tag == "li" and (item := _blocks(child))]
        return [{"t": tag, "c": items}] if items else []
    inline = _trimmed([node for piece in _pieces(element) for node in _inline(piece)])
    if not inline:
        return []
    return [{"t": "p", "c": inline} if tag == "p" else {"t": "h", "level": 1 if tag == "h3" else 2, "c": inline}]


def _inline(piece: str | HtmlElement) -> Tree:
    if isinstance(piece, str):
        return [_BLANKS.sub(" ", piece)]
    tag = str(piece.tag)
    if tag == "br":
        return [{"t": "br"}]
    inside = [node for part in _pieces(piece) for node in _inline(part)]
    if not words_of(inside).strip():
        return inside
    if tag in ("strong", "em", "sub", "sup"):
        return [{"t": tag, "c": inside}]
    href = piece.get("href", "") if tag == "a" else ""
    return [{"t": "a", "href": href, "c": inside}] if _SAFE_LINK.fullmatch(href) else inside


def _trimmed(run: Tree) -> Tree:
    """`run` without the blanks and line breaks at its ends; empty if it holds no words."""
    if not words_of(run).strip():
        return []
    nodes = list(run)
    while _is_blank(nodes[0]):
        nodes.pop(0)
    while _is_blank(nodes[-1]):
        nodes.pop()
    if isinstance(first := nodes[0], str):
        nodes[0] = first.lstrip(" ")
    if isinstance(last := nodes[-1], str):
        nodes[-1] = last.rstrip(" ")
    return nodes


def _is_blank(node: Node) -> bool:
    return not node.strip() if isinstance(node, str) else node["t"] == "br"


def _table(element: HtmlElement) -> Tree:
    """A table whose rows fill their grid; header rows without `thead` are found by their cells."""
    marked = _rows(element, "thead/tr")
    plain = _rows(element, "tr") + _rows(element, "tbody/tr")
    while not marked and len(plain) > 1 and all(cell["th"] for cell in plain[0]):
        marked.append(plain.pop(0))
    if not marked and not plain:
        return []
    head, body, columns = fill_gaps(marked, plain)
    caption = element.find("caption")
    words = [] if caption is None else _trimmed([n for piece in _pieces(caption) for n in _inline(piece)])
    short = len(marked) + len(plain) <= SHORT_TABLE_ROWS and len(str(element.text_content())) <= SHORT_TABLE_SIGNS
    return [{"t": "table", "caption": words, "columns": columns, "short": short, "head": head, "body": body}]


def _rows(table: HtmlElement, path: str) -> list[list[dict[str, Any]]]:
    rows = ([_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in table.findall(path))
    return [cells for cells in rows if cells]


def _cell(element: HtmlElement) -> dict[str, Any]:
    content = _blocks(element)
    words = " ".join(words_of(block["c"]) for block in content if isinstance(block, dict) and block["t"] == "p")
    return {
        "th": element.tag == "th",
        "number": is_number(words),
        "colspan": _span(element, "colspan"),
        "rowspan": _span(element, "rowspan"),
        "c": content,
    }


def _span(element: HtmlElement, name: str) -> int:
    value = element.get(name, "")
    return min(int(value), LONGEST_SPAN) if value.isascii() and value.isdigit() and int(value) else 1
