"""A text that is printed in parts: one description from which the PDF and the Word file are both made. Plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from sagsgang.documents.richtext import Node, Tree, to_tree

type Tone = Literal["", "panel", "quiet"]

PLACE = "part:"  # a link to a part or an attachment of the same file: "part:<key>"


@dataclass(frozen=True, slots=True)
class PaperSection:
    """Words under a heading ("" = none). `panel` frames a decision, `quiet` sets facts in a lighter tone."""

    heading: str = ""
    tree: Tree = field(default_factory=list)
    points: tuple[tuple[str, str], ...] = ()
    tone: Tone = ""

    @property
    def is_empty(self) -> bool:
        """Is there nothing to print?"""
        return not (self.tree or self.points)


@dataclass(frozen=True, slots=True)
class PaperPart:
    """What begins on a page of its own and is printed by itself: an item, the signatures. `facts`: under the title.

    `key` names the part for links. `mark` ("closed") stands behind the title. `closing` comes
    after the subparts.
    """

    key: str
    number: str
    title: str
    mark: str = ""
    facts: tuple[str, ...] = ()
    sections: tuple[PaperSection, ...] = ()
    subparts: tuple["PaperPart", ...] = ()
    closing: tuple[PaperSection, ...] = ()

    @property
    def heading(self) -> str:
        """Number and title, as in a bookmark."""
        return f"{self.number}. {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Paper:
    """A printed text as a whole. `notes` stand on every page; `facts` are label and value on the cover.

    `lists` are names under a heading on the cover, `opening` the words after them. `name` is the file's name without
    its ending, made of body, day and kind alone: never of a title.
    """

    kind: str
    authority: str
    body: str
    held_on: date
    day: str
    name: str
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    opening: tuple[PaperSection, ...] = ()
    parts: tuple[PaperPart, ...] = ()
    is_one_part: bool = False  # an extract: no cover

    @property
    def title(self) -> str:
        """What a reader's window shows: kind, body and day, never the title of an item."""
        return f"{self.kind}: {self.body}, {self.day}"


def words_section(html: str, *, heading: str = "", tone: Tone = "") -> PaperSection:
    """Rich text of the house (cleaned) as a section."""
    return PaperSection(heading, to_tree(html) if html else [], (), tone)


def lines_section(lines: Iterable[str], *, heading: str = "", tone: Tone = "") -> PaperSection:
    """Plain sentences, each a paragraph; a line break within one stays."""
    return PaperSection(heading, [paragraph(line) for line in lines if line], (), tone)


def list_section(lines: Iterable[str], *, heading: str = "", tone: Tone = "") -> PaperSection:
    """Plain sentences as a list."""
    rows = [[paragraph(line)] for line in lines]
    return PaperSection(heading, [{"t": "ul", "c": rows}] if rows else [], (), tone)


def paragraph(text: str, *, strong: bool = False) -> Node:
    """A paragraph of plain text."""
    inline: list[object] = []
    for number, line in enumerate(text.splitlines() or [""]):
        inline += [{"t": "br"}, line] if number else [line]
    return {"t": "p", "c": [{"t": "strong", "c": inline}] if strong else inline}


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Node:
    """A table with one row of headings; a value is a text or inline nodes."""
    head = [_cell(word, th=True) for word in heads]
    body = [[_cell(value, th=False) for value in row] for row in rows]
    return {"t": "table", "caption": [], "columns": len(head), "short": len(body) <= 12, "head": [head], "body": body}


def _cell(value: object, *, th: bool) -> dict[str, object]:
    inline = [value] if isinstance(value, (str, dict)) else value
    return {"th": th, "number": False, "colspan": 1, "rowspan": 1, "c": [{"t": "p", "c": inline}]}


def link(words: str, href: str) -> object:
    """Words that lead to `href`, an inline node; the words alone where it is empty."""
    return {"t": "a", "href": href, "c": [words]} if href else words
