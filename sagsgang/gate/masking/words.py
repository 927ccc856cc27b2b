"""Words of an XML part replaced where they stand, also when one finding runs over several runs, lines or cells."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from sagsgang.gate.finding.folded import Found
from sagsgang.gate.masking.spans import Finder
from sagsgang.gate.masking.strings import MARK, replaced
from sagsgang.gate.reading.lines import seam

_RUNS = ("t", "delText", "instrText", "delInstrText")
_PARAGRAPHS = ("p", "si", "is")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_NUMBER = re.compile(r"^\d{9,10}(\.0+)?$")
_ATTRIBUTES = ("descr", "title", "alt", "instr", "displayText", "href", "string-value", "tooltip", "display", "prompt",
               "promptTitle", "error", "errorTitle", "value")  # fmt: skip
_NAMED = ("docVar", "alias", "tag", "listItem", "bookmarkStart", "tblCaption", "tblDescription", "definedName",
          "attachedTemplate", "s")  # fmt: skip


@dataclass(slots=True)
class _Slot:
    """A stretch of a paragraph's words: an element's text or what follows it; nothing to write for a sign."""

    text: str
    write: Callable[[str], None] | None


def clean_words(root: etree._Element, finder: Finder) -> None:
    """Put a mark in place of everything found in a part's words, numbers and descriptions."""
    lines = [slots for paragraph in root.iter() if (slots := _slots(paragraph))]
    # Each paragraph by itself, as it is read; then what runs over from one to the next.
    for slots in lines:
        _replace(slots, finder("".join(slot.text for slot in slots)))
    for first, second in pairwise(lines):
        _replace_seam(first, second, finder)
    _numbers(root, finder)
    for node in root.iter():
        if isinstance(node.tag, str):
            _clean_node(node, finder)


def _slots(paragraph: etree._Element) -> list[_Slot]:
    if not isinstance(paragraph.tag, str):
        return []
    if paragraph.tag in (f"{_ODF}p", f"{_ODF}h"):
        return list(_mixed(paragraph))
    if etree.QName(paragraph).localname in _PARAGRAPHS:
        return list(_inside(paragraph))
    return []


def _inside(node: etree._Element) -> Iterator[_Slot]:
    for child in node:
        local = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if local in _RUNS:
            yield _text_slot(child)
        elif local in _SIGNS:
            yield _Slot(_SIGNS[local], None)
        elif local not in _PARAGRAPHS and local:
            yield from _inside(child)


def _mixed(node: etree._Element) -> Iterator[_Slot]:
    yield _text_slot(node)
    for child in node:
        if child.tag == f"{_ODF}s":
            yield _Slot(" ", None)
        elif child.tag in (f"{_ODF}tab", f"{_ODF}line-break"):
            yield _Slot("\n" if child.tag == f"{_ODF}line-break" else "\t", None)
        elif isinstance(child.tag, str) and etree.QName(child).localname not in ("annotation", "note", "frame"):
            yield from _mixed(child)
        yield _tail_slot(child)


def _text_slot(node: etree._Element) -> _Slot:
    def write(words: str) -> None:
        node.text = words

    return _Slot(node.text or "", write)


def _tail_slot(node: etree._Element) -> _Slot:
    def write(words: str) -> None:
        node.tail = words

    return _Slot(node.tail or "", write)


def _replace(slots: list[_Slot], places: list[Found]) -> None:
    for place in sorted(places, key=lambda one: one.start, reverse=True):
        _cut(slots, place.start, place.end)


def _cut(slots: list[_Slot], start: int, end: int) -> None:
    """Put the mark in the first stretch that the slice touches, and take the rest out of the others."""
    at, mark = 0, MARK
    for slot in slots:
        low, high = max(start - at, 0), min(end - at, len(slot.text))
        at += len(slot.text)  # as it was: the slice is told in the old words
        if low < high and slot.write is not None:
            slot.text = slot.text[:low] + mark + slot.text[high:]
            slot.write(slot.text)
            mark = ""


def _replace_seam(first: list[_Slot], second: list[_Slot], finder: Finder) -> None:
    left, right = "".join(slot.text for slot in first), "".join(slot.text for slot in second)
    joined = seam(left, right)
    if joined is None or not finder(joined):
        return
    six, four = joined.split("-")
    _cut(first, left.rindex(six), left.rindex(six) + 6)
    _cut(second, right.index(four), right.index(four) + 4)


def _numbers(root: etree._Element, finder: Finder) -> None:
    """Number cells, which lost their leading zero, and cells whose halves make a number."""
    for row in root.iter(f"{_SHEET}row"):
        last: etree._Element | None = None
        for cell in row.iterfind(f"{_SHEET}c"):
            value = cell.find(f"{_SHEET}v")
            if value is None or cell.get("t") in ("s", "b", "e"):
                last = None
                continue
            words = value.text or ""
            if finder(words) or (_NUMBER.match(words) and finder(words.split(".")[0].zfill(10))):
                _mark_cell(cell)
            elif last is not None and finder(seam(_value(last).zfill(6), words.zfill(4)) or ""):
                _mark_cell(last)
                _mark_cell(cell)
            last = cell


def _value(cell: etree._Element) -> str:
    return cell.findtext(f"{_SHEET}v") or ""


def _mark_cell(cell: etree._Element) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "str")
    etree.SubElement(cell, f"{_SHEET}v").text = MARK


def _clean_node(node: etree._Element, finder: Finder) -> None:
    is_number = node.tag == f"{_SHEET}v"
    if node.text and not is_number:
        node.text = replaced(node.text, finder)
    if node.tail and node.tail.strip():
        node.tail = replaced(node.tail, finder)
    if is_number and node.text and (parent := node.getparent()) is not None and parent.get("t") == "str":
        node.text = replaced(node.text, finder)
    local = etree.QName(node).localname
    for name, words in node.attrib.items():
        plain = etree.QName(name).localname
        if plain in _ATTRIBUTES or (local in _NAMED and plain in ("val", "name", "v", "comment")):
            new = replaced(str(words), finder)
            if new != words:
                node.set(name, new)
                if plain == "value":
                    _as_words(node)


def _as_words(cell: etree._Element) -> None:
    """A number cell of OpenDocument that holds a mark is a cell of words."""
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    del cell.attrib[f"{office}value"]
    cell.set(f"{office}value-type", "string")
