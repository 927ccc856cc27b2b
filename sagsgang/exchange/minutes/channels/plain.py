"""A text to lines: provenance, page feeds, bullets, the blank-line rhythm of wrapped PDF text, docplayer pages."""

import re
import unicodedata

from sagsgang.exchange.minutes.channels.docplayer import is_docplayer, lines_of_docplayer
from sagsgang.exchange.minutes.channels.softwraps import is_soft_wrapped, unwrapped
from sagsgang.exchange.minutes.lines import Line, Source

PROVENANCE = re.compile(r"#\s*https?://\S*\s*")
INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe]")
BLANKS = re.compile("[\u00a0\u2007\u202f\u2009\u2002\u2003\t]")
BULLET = re.compile(r"\s*(?:[•·▪◦‣●■\u0335\uf0b7\uf0a7]\s*|[-o]\s+(?=\S))+(?=\S|$)")


def clean_line(raw: str) -> tuple[str, bool]:
    """The line in NFC without odd blanks, and whether a list marker was taken off."""
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", BLANKS.sub(" ", raw)))
    marker = BULLET.match(text)
    if marker and text.strip() not in {"-", "–", "o"}:
        return " ".join(text[marker.end() :].split()), True
    return " ".join(text.split()), False


def lines_of_text(text: str, channel: str | None) -> Source:
    """The lines of a text; without a given channel it is told from the text itself."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n").split("\n")
    start = 1 if raw and PROVENANCE.fullmatch(raw[0]) else 0
    if channel is None and is_soft_wrapped(raw[start:]):
        return Source("text", tuple(unwrapped(raw, start, clean_line)))
    lines = _lines(raw, start)
    if is_docplayer(lines):
        return Source("docplayer", tuple(lines_of_docplayer(lines)))
    return Source(channel or "text", tuple(lines))


def _lines(raw: list[str], start: int) -> list[Line]:
    lines: list[Line] = []
    gap = cells = 0
    lone_marker = False
    for number, line in enumerate(raw[start:], start=start + 1):
        text, bullet = clean_line(line)
        if not text:
            gap += 1
            cells += bool(line)
            lone_marker = lone_marker or bullet
            continue
        lines.append(Line(number, text, gap, bullet or lone_marker, cells=cells))
        gap = cells = 0
        lone_marker = False
    return lines
