"""Plain words: text, CSV, web pages and RTF."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from django.utils.translation import gettext as _
from lxml import etree, html

from sagsgang.gate.pieces import Kind, Piece, Reading, UnreadableError, Where
from sagsgang.gate.reading.headings import Headings

LARGEST = 100 * 1024 * 1024  # bytes
_PART = 20_000  # signs: a long text is read in parts, each beginning a little before the end of the last
_OVERLAP = 400
_FIRST_LINES = 5  # of a table in plain text
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<\?xml|<(?:head|body|p|div|table|ul|ol|h[1-6])[\s>])", re.IGNORECASE)
_RTF_DROPPED = re.compile(r"\{\\(?:fonttbl|colortbl|stylesheet|pict|themedata|datastore)(?:[^{}]|\{[^{}]*\})*\}")
_RTF_AUTHOR = re.compile(r"\{\\(?:author|operator|manager)\s+([^{}]+)\}")
_RTF_SIGN = re.compile(
    r"\\'([0-9a-fA-F]{2})|\\u(-?\d+) ?\??|\\(par|line|tab|cell|row)\b ?|\\[a-z]+-?\d* ?|\\([{}\\~_-])|[{}]"
)
_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "ul",
        "ol",
        "section",
        "article",
        "header",
        "footer",
        "dt",
        "dd",
    )
)


def read(path: Path) -> Reading:
    """A file of words. Raises UnreadableError if it is too large."""
    if path.stat().st_size > LARGEST:
        raise UnreadableError(_("The file is too large to be examined."))
    text = decoded(path.read_bytes())
    if text.startswith("{\\rtf"):
        pieces = _rtf(text)
    elif _MARKUP.match(text):
        pieces = pieces_of_html(text)
    else:
        pieces = chain(parts_of(text, Where.TEXT), _headed_cells(text))
    return Reading(None, readable=True, tagged=None, pieces=pieces)


def decoded(content: bytes) -> str:
    """The words of a text file in whichever of the usual codes it is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def parts_of(text: str, where: Where) -> Iterator[Piece]:
    """A text in pieces of a size that is quickly read, cut where a line ends."""
    at = 0
    while at < len(text):
        end = at + _PART
        if end < len(text):
            cut = text.rfind("\n", at + _PART // 2, end)
            end = cut + 1 if cut > 0 else end
        part = text[max(0, at - _OVERLAP) : end]
        yield Piece(part, where)
        at = end


def _headed_cells(text: str) -> Iterator[Piece]:
    """The cells of a table in plain text (CSV) over which a heading says what they are."""
    sign = _divider(text)
    if not sign:
        return
    headings = Headings()
    for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=sign)):
        for column, words in enumerate(row):
            if heading := headings.speaks_for("", number, column, words):
                yield Piece(words, Where.TEXT, heading=heading)


def _divider(text: str) -> str:
    """What divides the cells: the sign that stands equally often in the first lines; "" if it is no table."""
    lines = [line for line in text[:_PART].splitlines()[:_FIRST_LINES] if line.strip()]
    for sign in (";", "\t", ",", "|"):
        counts = {line.count(sign) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return sign
    return ""


def pieces_of_html(text: str) -> Iterator[Piece]:
    """The words of a web page, and what is in it without being shown: comments, attributes, scripts."""
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        yield from parts_of(text, Where.TEXT)
        return
    shown: list[str] = []
    hidden: list[str] = []
    for event, node in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            hidden.append(node.text or "")
            shown.append(node.tail or "")
        elif event == "start":
            is_shown = node.tag not in ("script", "style", "head", "title")
            shown.append("\n" if node.tag in _BLOCKS else "")
            (shown if is_shown else hidden).append(node.text or "")
            hidden += [str(value) for name, value in node.attrib.items() if name not in ("class", "style", "id")]
        else:
            shown += ["\t" if node.tag in ("td", "th") else "", node.tail or ""]
    yield from parts_of("".join(shown), Where.TEXT)
    if rest := "\n".join(filter(None, (words.strip() for words in hidden))):
        yield from parts_of(rest, Where.HIDDEN)


def _rtf(text: str) -> Iterator[Piece]:
    for match in _RTF_AUTHOR.finditer(text):
        yield Piece(_RTF_SIGN.sub(_sign, match[1]), Where.METADATA, place=_("author"), kind=Kind.METADATA)
    yield from parts_of(_RTF_SIGN.sub(_sign, _RTF_DROPPED.sub("", text)), Where.TEXT)


def _sign(match: re.Match[str]) -> str:
    code, number, mark, escaped = match.groups()
    if code:
        return bytes.fromhex(code).decode("cp1252", "replace")
    if number:
        return chr(int(number) % 0x10000)
    if mark:
        return "\t" if mark in ("tab", "cell") else "\n"
    return {"~": "\u00a0", "_": "\u2011", "-": "\u00ad"}.get(escaped, escaped) if escaped else ""
