"""What a PDF says beside its pages: annotations, form fields, metadata, signatures, bookmarks, alternative texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading import certificates
from sagsgang.gate.reading.pdf_layers import Rect
from sagsgang.gate.reading.pdf_pages import Sheet

_REMARKS = frozenset(
    ("/Text", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Popup", "/FileAttachment")
)
_AUTHOR = re.compile(r"author|creatorname|manager|lastmodifiedby|lastsavedby|owner", re.IGNORECASE)
_TOOLS = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/PTEX.Fullbanner")
_AUTHOR_TAGS = ("creator", "author", "lastmodifiedby", "manager")
_LARGEST_WORDS = 5_000_000  # bytes of a stream that holds words beside the pages
_MOST = 20_000
type Node = tuple[int, int]


@dataclass(slots=True)
class Around:
    """One PDF seen from beside its pages."""

    pdf: pikepdf.Pdf
    fields_seen: set[Node] = field(default_factory=set)

    def of_page(self, number: int, sheet: Sheet) -> Iterator[Piece]:
        """The annotations and form fields that lie on a page."""
        for note in self._notes(number):
            rect = rect_of(note)
            kind = _text(note.get("/Subtype"))
            if kind == "/Widget":
                yield from self._field(note, number, sheet, rect)
            else:
                yield from _note(note, kind, number, sheet, rect)

    def covers(self, number: int) -> list[Rect]:
        """What annotations lie opaque over a page."""
        found = []
        for note in self._notes(number):
            kind = _text(note.get("/Subtype"))
            rect = rect_of(note)
            is_filled = kind == "/Square" and len(_list(note.get("/IC"))) > 0 and _number(note.get("/CA"), 1) > 0.95
            is_boxed = kind == "/FreeText" and len(_list(note.get("/C"))) > 0 and _number(note.get("/CA"), 1) > 0.95
            if rect and (is_filled or is_boxed or kind == "/Redact"):
                found.append(rect)
        return found

    def switched_off(self) -> frozenset[str]:
        """The names of the layers that are off when the file is opened."""
        layers = _dict(self.pdf.Root.get("/OCProperties"))
        start = _dict(layers.get("/D")) if layers else None
        if layers is None or start is None:
            return frozenset()
        off = _list(start.get("/OFF"))
        if _text(start.get("/BaseState")) == "/OFF":
            on = {_text(group.get("/Name")) for group in _list(start.get("/ON")) if _dict(group)}
            return frozenset(_text(group.get("/Name")) for group in _list(layers.get("/OCGs")) if _dict(group)) - on
        return frozenset(_text(group.get("/Name")) for group in off if _dict(group) is not None)

    def of_file(self) -> Iterator[Piece]:
        """Metadata, bookmarks, fields that lie on no page, scripts and signatures."""
        yield from _docinfo(self.pdf)
        yield from _xmp(self.pdf)
        form = _dict(self.pdf.Root.get("/AcroForm"))
        if form is not None:
            for item in self._rest_of_fields(form):
                if words := _words_of_field(item):
                    yield Piece(words, Where.FORM, place=_field_place(item))
            for part in _list(form.get("/XFA")):
                if isinstance(part, pikepdf.Stream) and (words := _xml_words(_bytes(part))):
                    yield Piece(words, Where.FORM, place=_("form"))
        outline = _dict(self.pdf.Root.get("/Outlines"))
        if titles := "\n".join(_titles(outline)):
            yield Piece(titles, Where.METADATA, place=_("bookmarks"))

    def of_objects(self) -> Iterator[Piece]:
        """What is found by looking at every object: alternative texts, signatures and scripts, wherever they hang."""
        for item in self.pdf.objects:
            if not isinstance(item, pikepdf.Dictionary):
                continue
            if words := "\n".join(filter(None, (_text(item.get(key)) for key in ("/Alt", "/ActualText", "/E", "/JS")))):
                yield Piece(words, Where.HIDDEN, place=_("alternative text"))
            if "/ByteRange" in item and "/Contents" in item:
                yield from _signature(item)

    def _notes(self, number: int) -> list[pikepdf.Dictionary]:
        try:
            return [note for note in _list(self.pdf.pages[number - 1].obj.get("/Annots")) if _dict(note) is not None]
        except (IndexError, pikepdf.PdfError):
            return []

    def _field(self, note: pikepdf.Dictionary, number: int, sheet: Sheet, rect: Rect | None) -> Iterator[Piece]:
        for item in _with_parents(note):
            self.fields_seen.add(item.objgen)
        if words := _words_of_field(note):
            box = sheet.shown(rect) if rect else None
            yield Piece(words, Where.FORM, page=number, place=_field_place(note), box_of=lambda start, end: box)

    def _rest_of_fields(self, form: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
        waiting = list(_list(form.get("/Fields")))
        known: set[Node] = set()
        while waiting and len(known) < _MOST:
            item = _dict(waiting.pop())
            if item is None or (item.objgen[0] and item.objgen in known):
                continue
            known.add(item.objgen)
            waiting += _list(item.get("/Kids"))
            if item.objgen not in self.fields_seen:
                yield item


def rect_of(note: pikepdf.Dictionary) -> Rect | None:
    """Where an annotation lies, in the page's own space."""
    try:
        values = [float(value) for value in _list(note.get("/Rect"))]
    except (TypeError, ValueError):
        return None
    if len(values) != 4:
        return None
    return min(values[0::2]), min(values[1::2]), max(values[0::2]), max(values[1::2])


def _note(note: pikepdf.Dictionary, kind: str, number: int, sheet: Sheet, rect: Rect | None) -> Iterator[Piece]:
    contents = _text(note.get("/Contents")) or _xml_words(_text(note.get("/RC")).encode())
    action = _dict(note.get("/A"))
    target = _text(action.get("/URI")) if action is not None else ""
    author = "" if kind == "/Link" else _text(note.get("/T"))
    words = "\n".join(filter(None, (author, _text(note.get("/Subj")), contents, target)))
    if not words.strip():
        return
    is_remark = kind in _REMARKS and bool(contents.strip())
    box = sheet.shown(rect) if rect else None
    yield Piece(
        words,
        Where.ANNOTATION,
        page=number,
        box_of=lambda start, end: box,
        kind=Kind.COMMENT if is_remark else None,
    )
    if author.strip():
        yield Piece(author, Where.ANNOTATION, page=number, box_of=lambda start, end: box, kind=Kind.METADATA)


def _with_parents(item: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    found: pikepdf.Dictionary | None = item
    for _depth in range(20):
        if found is None:
            return
        yield found
        found = _dict(found.get("/Parent"))


def _words_of_field(item: pikepdf.Dictionary) -> str:
    """The value of a field, its default, its hint and what can be chosen."""
    if _text(item.get("/FT")) == "/Sig":
        return ""
    found: dict[str, None] = {}
    for one in _with_parents(item):
        for key in ("/V", "/DV", "/TU", "/RV", "/Opt"):
            for words in _strings(one.get(key)):
                found[words] = None
    return "\n".join(found)


def _field_place(item: pikepdf.Dictionary) -> str:
    names = [_text(one.get("/T")) for one in _with_parents(item)]
    return ".".join(reversed([name for name in names if name]))[:80]


def _docinfo(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    info = _dict(pdf.trailer.get("/Info"))
    if info is None:
        return
    for key, value in islice(info.items(), 200):
        words = _text(value).strip()
        if not words or key in _TOOLS:
            continue
        if _AUTHOR.search(key):
            yield Piece(words, Where.METADATA, place=_("author"), kind=Kind.METADATA)
        else:
            yield Piece(words, Where.METADATA, place=key.lstrip("/"))


def _xmp(pdf: pikepdf.Pdf) -> Iterator[Piece]:
    stream = pdf.Root.get("/Metadata")
    root = _xml(_bytes(stream)) if isinstance(stream, pikepdf.Stream) else None
    if root is None:
        return
    rest = []
    for node in root.iter():
        if not isinstance(node.tag, str):
            rest.append(node.text or "")
            continue
        if etree.QName(node).localname.lower() in _AUTHOR_TAGS:
            for words in filter(None, (text.strip() for text in map(str, node.itertext()))):
                yield Piece(words, Where.METADATA, place=_("author"), kind=Kind.METADATA)
        else:
            rest += [node.text or "", *map(str, node.attrib.values())]
    if words := "\n".join(filter(None, (text.strip() for text in rest))):
        yield Piece(words, Where.METADATA, place="XMP")


def _signature(item: pikepdf.Dictionary) -> Iterator[Piece]:
    name = _text(item.get("/Name")).strip()
    said = [_text(item.get(key)) for key in ("/Name", "/Reason", "/Location", "/ContactInfo")]
    contents = item.get("/Contents")
    der = bytes(contents) if isinstance(contents, pikepdf.String) else b""
    strings = certificates.strings_in(der)
    if words := "\n".join(filter(None, [*said, *strings])):
        yield Piece(words, Where.SIGNATURE, place=_("signature"))
    for who in dict.fromkeys(filter(None, [name, *certificates.common_names_in(der)])):
        yield Piece(who, Where.SIGNATURE, place=_("signature"), kind=Kind.METADATA)


def _titles(outline: pikepdf.Dictionary | None) -> Iterator[str]:
    waiting = [outline.get("/First")] if outline is not None else []
    known: set[Node] = set()
    while waiting and len(known) < _MOST:
        item = _dict(waiting.pop())
        if item is None or item.objgen in known:
            continue
        known.add(item.objgen)
        if title := _text(item.get("/Title")):
            yield title
        waiting += [item.get("/Next"), item.get("/First")]


def _strings(value: Any, depth: int = 0) -> Iterator[str]:
    if isinstance(value, pikepdf.Stream):
        yield _bytes(value).decode("utf-8", "replace")
    elif isinstance(value, pikepdf.Array) and depth < 3:
        for one in islice(iter(value), _MOST):
            yield from _strings(one, depth + 1)
    elif words := _text(value).lstrip("/"):
        yield words


def _text(value: Any) -> str:
    """A string or a name as text; "" for everything else."""
    if isinstance(value, (pikepdf.String, pikepdf.Name)):
        try:
            return str(value)
        except UnicodeDecodeError:
            return bytes(value).decode("latin-1")
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> pikepdf.Dictionary | None:
    return value if isinstance(value, pikepdf.Dictionary) else None


def _list(value: Any) -> list[Any]:
    return list(islice(iter(value), _MOST)) if isinstance(value, pikepdf.Array) else []


def _number(value: Any, otherwise: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return otherwise


def _bytes(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())[:_LARGEST_WORDS]
    except pikepdf.PdfError:
        return b""


def _xml(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        return etree.fromstring(content.strip(), etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _xml_words(content: bytes) -> str:
    root = _xml(content)
    return "\n".join(filter(None, (text.strip() for text in map(str, root.itertext())))) if root is not None else ""
