"""Presentations (PPTX): slides, hidden slides, speaker's notes, comments, what stands on masters."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from lxml import etree

from sagsgang.gate.pieces import Kind, Piece, Where
from sagsgang.gate.reading.archives import Archive
from sagsgang.gate.reading.lines import seam

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def pieces(archive: Archive) -> Iterator[Piece]:
    """What the slides of a presentation say."""
    for name in archive.names:
        if not name.startswith("ppt/") or not name.endswith(".xml"):
            continue
        file = name.rpartition("/")[2].removesuffix(".xml")
        if name.startswith("ppt/slides/"):
            root = archive.tree(name)
            where = Where.HIDDEN if root.get("show") in ("0", "false") else Where.TEXT
            yield from _page(root, where, file.replace("slide", _("Slide") + " "))
        elif name.startswith("ppt/notesSlides/"):
            yield from _page(archive.tree(name), Where.HIDDEN, file.replace("notesSlide", _("Speaker's note") + " "))
        elif name.startswith(("ppt/slideMasters/", "ppt/slideLayouts/", "ppt/handoutMasters/", "ppt/notesMasters/")):
            yield from _master(archive.tree(name))
        elif name.startswith("ppt/comments/"):
            yield from _comments(archive.tree(name))
        elif file in ("commentAuthors", "authors"):
            yield from _authors(archive.tree(name))
        elif name.startswith("ppt/tags/"):
            for tag in archive.tree(name).iter(f"{P}tag"):
                yield Piece(f"{tag.get('name')}: {tag.get('val')}", Where.HIDDEN, place=_("Variable"))


def _page(root: etree._Element, where: Where, place: str) -> Iterator[Piece]:
    last = ""
    for paragraph in root.iter(f"{A}p"):
        words = _words(paragraph)
        if words.strip():
            yield Piece(words, where, place=place)
        if (joined := seam(last, words)) is not None:
            yield Piece(joined, where, place=place)
        last = words
    for node in root.iter(f"{P}cNvPr"):
        for told in (node.get("descr"), node.get("title")):
            if told:
                yield Piece(told, Where.HIDDEN, place=": ".join([place, _("Alternative text")]))


def _words(paragraph: etree._Element) -> str:
    return "".join("\n" if node.tag == f"{A}br" else str(node.text or "") for node in paragraph.iter(f"{A}t", f"{A}br"))


def _master(root: etree._Element) -> Iterator[Piece]:
    """What stands on every slide; the places to be filled in are not shown."""
    for shape in root.iter(f"{P}sp"):
        if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is None:
            for paragraph in shape.iter(f"{A}p"):
                if (words := _words(paragraph)).strip():
                    yield Piece(words, Where.TEXT, place=_("On every slide"))


def _comments(root: etree._Element) -> Iterator[Piece]:
    for comment in root.iter("{*}cm", "{*}reply"):
        words = "".join(
            str(node.text or "")
            for node in comment.iter(f"{P}text", f"{A}t")
            if next(node.iterancestors("{*}cm", "{*}reply")) is comment
        )
        yield Piece(words, Where.ANNOTATION, place=_("Comment"), kind=Kind.COMMENT)


def _authors(root: etree._Element) -> Iterator[Piece]:
    for author in root.iter("{*}cmAuthor", "{*}author"):
        if name := author.get("name"):
            yield Piece(name, Where.METADATA, place=_("Who wrote a comment"), kind=Kind.METADATA)
