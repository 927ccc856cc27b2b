"""Joins PDF files into one: bookmarks, numbered pages, links from one to another, and the tags of all. Knows no meeting.

The tags of each piece become a part of one tree, so that a joined file is read aloud as its pieces were. Stamps are
artifacts: they are not read aloud. What a foreign file could start (scripts, programs, forms) is left out.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from sagsgang.documents.row_headers import mark_row_headers
from sagsgang.documents.stamping import EDGE, FOOT, Stamper

PLACE = "part:"
_QUIET_ACTIONS = ("/URI", "/GoTo")


class BrokenPieceError(Exception):
    """A PDF that cannot be opened or has no pages; `index` tells which, the message never quotes it."""


@dataclass(slots=True)
class Piece:
    """A PDF and its bookmark; `key` is what links name. `depth` 1 = its bookmark hangs under the last of depth 0.

    Opened once; raises `BrokenPieceError`. `is_ours` = made by the house: its tags and actions can be trusted.
    """

    content: bytes | Path
    title: str
    key: str
    depth: int = 0
    is_ours: bool = True
    source: pikepdf.Pdf = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.source = pikepdf.open(self.content if isinstance(self.content, Path) else io.BytesIO(self.content))
            count = len(self.source.pages)
        except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
            raise BrokenPieceError("the PDF cannot be opened") from error
        if not count:
            raise BrokenPieceError("the PDF has no pages")

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return len(self.source.pages)


@dataclass(frozen=True, slots=True)
class Joined:
    """The joined file; `starts` is the first page (from 1) of each piece by its key."""

    content: bytes
    pages: int
    starts: dict[str, int]


def join_pieces(pieces: list[Piece], *, title: str, claims: bool, stamp: str) -> Joined:
    """Join in order. The first piece must be ours: its language, colours and metadata become the whole's.

    `claims`: keep what the first says of PDF/A and PDF/UA, true only where it is true of every piece. `stamp` is
    "Page {page} of {pages}"; it is set at the foot of each page, to the right.
    """
    target = pieces[0].source
    tags = _Tags(target)
    starts: list[int] = []
    for piece in pieces:
        first = 0 if piece.source is target else len(target.pages)
        starts.append(first)
        if first:
            if not piece.is_ours:
                _disarm(piece.source)
            target.pages.extend(piece.source.pages)
        tags.add(piece, first)
    tags.finish()
    _stamp(target, pieces, starts, stamp)
    _link(target, pieces, starts)
    _bookmark(target, pieces, starts)
    _describe(target, title=title, claims=claims)
    out = io.BytesIO()
    pages = len(target.pages)
    target.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    first_pages = {piece.key: start + 1 for piece, start in zip(pieces, starts, strict=True)}
    return Joined(out.getvalue(), pages, first_pages)


def _disarm(pdf: pikepdf.Pdf) -> None:
    """Take out of a foreign file's pages what a reader's program would carry out."""
    for page in pdf.pages:
        _drop(page.obj, "/AA")
        for note in _annotations(page):
            _drop(note, "/AA")
            action = note.get("/A")
            if isinstance(action, Dictionary) and str(action.get("/S", "")) not in _QUIET_ACTIONS:
                del note["/A"]


def _drop(thing: pikepdf.Object, name: str) -> None:
    if name in thing:
        del thing[name]


def _annotations(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    notes = page.obj.get("/Annots")
    if isinstance(notes, Array):
        yield from (note for note in notes if isinstance(note, Dictionary))


def _stamp(pdf: pikepdf.Pdf, pieces: list[Piece], starts: list[int], words: str) -> None:
    """Number the pages: ours in their foot, others' at the very edge, where there are seldom words."""
    stamper = Stamper(pdf, words)
    pages = list(pdf.pages)
    total = str(len(pages))
    for piece, start, end in zip(pieces, starts, [*starts[1:], len(pages)], strict=True):
        foot = FOOT if piece.is_ours else EDGE
        for number in range(start, end):
            numbered = words.replace("{page}", str(number + 1)).replace("{pages}", total)
            stamper.stamp(pages[number], numbered, foot=foot)


def _link(pdf: pikepdf.Pdf, pieces: list[Piece], starts: list[int]) -> None:
    """Links to "part:<key>" lead to the piece's first page; one to a piece that is not here leads nowhere."""
    goals = {piece.key: start for piece, start in zip(pieces, starts, strict=True)}
    pages = list(pdf.pages)
    ends = [*starts[1:], len(pages)]
    for piece, start, end in zip(pieces, starts, ends, strict=True):
        for page in pages[start:end] if piece.is_ours else ():
            for note in _annotations(page):
                action = note.get("/A")
                address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
                if address.startswith(PLACE):
                    del note["/A"]
                    goal = goals.get(address.removeprefix(PLACE))
                    if goal is not None:
                        note.Dest = Array([pages[goal].obj, Name.Fit])


def _bookmark(pdf: pikepdf.Pdf, pieces: list[Piece], starts: list[int]) -> None:
    with pdf.open_outline() as outline:
        outline.root.clear()
        for piece, start in zip(pieces, starts, strict=True):
            mark = OutlineItem(piece.title, start)
            if piece.depth and outline.root:
                outline.root[-1].children.append(mark)
                outline.root[-1].is_closed = True
            else:
                outline.root.append(mark)


def _describe(pdf: pikepdf.Pdf, *, title: str, claims: bool) -> None:
    """The title in both places where a reader looks; the claims go where they would not be true."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as facts:
        facts["dc:title"] = title
        if not claims:
            for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
                if name in facts:
                    del facts[name]
    pdf.docinfo.Title = title
    _drop(pdf.Root, "/PageLabels")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


class _Tags:
    """One tree of tags out of several. A piece whose tags are damaged is kept without them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._parts: list[pikepdf.Object] = []
        self._numbers: list[tuple[int, pikepdf.Object]] = []
        self._names: list[tuple[bytes, pikepdf.Object]] = []
        self._roles = Dictionary()
        self._next = 0

    def add(self, piece: Piece, first: int) -> None:
        """Take over the tags of a piece whose pages stand in the file from `first`."""
        pages = [
            self._pdf.pages[number] for number in range(first, first + piece.pages if first else len(self._pdf.pages))
        ]
        try:
            self._take_over(piece, pages)
        except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError):
            _untag(pages)

    def _take_over(self, piece: Piece, pages: list[pikepdf.Page]) -> None:
        root = piece.source.Root.get("/StructTreeRoot")
        if not isinstance(root, Dictionary) or "/K" not in root:
            _untag(pages)
            return
        copied = root if piece.source is self._pdf else self._pdf.copy_foreign(root)
        if piece.is_ours:
            mark_row_headers(copied)
        found = [(int(key), value) for key, value in _pairs(copied.get("/ParentTree"), "/Nums")]
        part = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, T=String(piece.title)))
        kids = Array(list(copied.K) if isinstance(copied.K, Array) else [copied.K])
        for kid in kids:
            if kid.get("/S") == "/Document":
                kid.S = Name.Sect
            kid.P = part
        part.K = kids
        _shift(pages, self._next)
        self._numbers += [(key + self._next, value) for key, value in found]
        self._next += max([key + 1 for key, _ in found] + [int(copied.get("/ParentTreeNextKey", 0))])
        for role, meaning in copied.get("/RoleMap", Dictionary()).items():
            if role not in self._roles:
                self._roles[role] = meaning
        if "/IDTree" in copied:
            self._rename(copied, f"{len(self._parts)}-".encode())
        self._parts.append(part)

    def _rename(self, root: pikepdf.Object, prefix: bytes) -> None:
        """Names of elements are unique in the whole: each piece gets its own prefix, where they are named too."""
        for name, element in _pairs(root.IDTree, "/Names"):
            element.ID = String(prefix + bytes(name))
            self._names.append((prefix + bytes(name), element))
        for element in _elements(root):
            own = element.get("/A")
            for attributes in own if isinstance(own, Array) else [own]:
                if isinstance(attributes, Dictionary) and "/Headers" in attributes:
                    attributes.Headers = Array([String(prefix + bytes(name)) for name in attributes.Headers])

    def finish(self) -> None:
        """Write the one tree; nothing where no piece had tags."""
        if not self._parts:
            _drop(self._pdf.Root, "/StructTreeRoot")
            return
        root = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root))
        document.K = Array(self._parts)
        for part in self._parts:
            part.P = document
        root.K = Array([document])
        root.RoleMap = self._roles
        root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=_flat(sorted(self._numbers, key=lambda row: row[0]))))
        root.ParentTreeNextKey = self._next
        if self._names:
            named = [(String(name), element) for name, element in sorted(self._names, key=lambda row: row[0])]
            root.IDTree = self._pdf.make_indirect(Dictionary(Names=_flat(named)))
        self._pdf.Root.StructTreeRoot = root
        self._pdf.Root.MarkInfo = Dictionary(Marked=True)


def _shift(pages: Iterable[pikepdf.Page], by: int) -> None:
    """Let the pages and their notes name their place in the one tree, which begins `by` further on."""
    for page in pages:
        for thing, name in ((page.obj, "/StructParents"), *((note, "/StructParent") for note in _annotations(page))):
            if name in thing:
                thing[name] = int(thing[name]) + by


def _untag(pages: Iterable[pikepdf.Page]) -> None:
    for page in pages:
        _drop(page.obj, "/StructParents")
        for note in _annotations(page):
            _drop(note, "/StructParent")


def _pairs(tree: Any, name: str) -> Iterator[tuple[Any, pikepdf.Object]]:
    """The entries of a number tree or a name tree."""
    if not isinstance(tree, Dictionary):
        return
    if name in tree:
        flat = list(tree[name])
        yield from zip(flat[::2], flat[1::2], strict=True)
    for kid in tree.get("/Kids", Array()):
        yield from _pairs(kid, name)


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    waiting = [root]
    while waiting:
        below = waiting.pop().get("/K")
        for kid in below if isinstance(below, Array) else [below]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                waiting.append(kid)


def _flat(rows: Iterable[tuple[Any, pikepdf.Object]]) -> Array:
    made = Array()
    for key, value in rows:
        made.append(key)
        made.append(value)
    return made
