"""A printed paper as a Word file: the same words, under Word's own headings."""

from typing import Any

from django.utils.translation import override

from sagsgang.cases.rendering.docx_out import MEDIA_TYPE
from sagsgang.cases.rendering.word_file import WordFile
from sagsgang.protocols.rendering.paper import PLACE, Paper, PaperPart, PaperSection, paragraph
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE

__all__ = ["MEDIA_TYPE", "word_of"]


def word_of(paper: Paper) -> bytes:
    """The bytes of a .docx: the cover's facts, then each part under a heading of level 1."""
    with override(LANGUAGE):
        document = WordFile(paper.title)
        document.text([paragraph(paper.authority), *(paragraph(note, strong=True) for note in paper.notes)])
        document.text([paragraph(f"{label}: {value}") for label, value in paper.facts])
        for label, names in paper.lists:
            document.text([paragraph(f"{label}:", strong=True)])
            document.points(names)
        for section in paper.opening:
            _section(document, section, 1)
        for part in paper.parts:
            _part(document, part)
    return document.content()


def _part(document: WordFile, part: PaperPart) -> None:
    title = f"{part.heading} ({part.mark.lower()})" if part.mark else part.heading
    document.heading(title)
    _body(document, part, 1)
    for sub in part.subparts:
        document.text([{"t": "h", "level": 1, "c": [sub.heading]}])
        _body(document, sub, 2)
        _closing(document, sub, 2)
    _closing(document, part, 1)


def _body(document: WordFile, part: PaperPart, level: int) -> None:
    if part.facts:
        document.text([{"t": "p", "c": [{"t": "em", "c": [" · ".join(part.facts)]}]}])
    for section in part.sections:
        _section(document, section, level)


def _closing(document: WordFile, part: PaperPart, level: int) -> None:
    for section in part.closing:
        _section(document, section, level)


def _section(document: WordFile, section: PaperSection, level: int) -> None:
    inside = level
    if section.heading:
        document.text([{"t": "h", "level": level, "c": [section.heading]}])
        inside = level + 1
    document.text([_lowered(block, inside - 1) for block in section.tree])
    marked = [paragraph(f"{marker} {words}") for marker, words in section.points if marker]
    document.text(marked)  # they keep their printed markers, and so they are no list of Word's
    document.points(words for marker, words in section.points if not marker)


def _lowered(block: Any, by: int) -> Any:
    """A block whose headings stand under that of its section; links into the same file are its words alone."""
    if isinstance(block, str):
        return block
    if isinstance(block, list):
        return [_lowered(one, by) for one in block]
    if block.get("t") == "a" and str(block.get("href", "")).startswith(PLACE):
        return {"t": "em", "c": block["c"]}
    made = {name: _lowered(value, by) if isinstance(value, (list, dict)) else value for name, value in block.items()}
    if block.get("t") == "h":
        made["level"] = min(block["level"] + by, 4)
    return made
