"""Lines of paged channels: heads and feet that repeat, page counters and broken lines are undone here."""

import re
from collections import Counter

from sagsgang.exchange.minutes.channels.plain import clean_line
from sagsgang.exchange.minutes.lines import Line, Source

EDGE = 4  # a head or foot is looked for in so many lines at either edge of a page
DIGITS = re.compile(r"\d+")
COUNTER = re.compile(r"(?:side|page|s\.)?\s*\d{1,4}(?:\s*(?:af|of|/)\s*\d{1,4})?\.?", re.I)


def lines_of_pages(pages: list[list[str]], channel: str) -> Source:
    """All pages as one list of lines; the number counts the lines of the extracted text."""
    repeated = _repeated(pages)
    lines: list[Line] = []
    number = gap = 0
    for page_number, page in enumerate(pages, start=1):
        for position, raw in enumerate(page):
            number += 1
            text, bullet = clean_line(raw)
            if not text:
                gap += 1
            elif not (_at_edge(position, page) and _is_margin(text, repeated)):
                lines.append(Line(number, text, gap, bullet, page=page_number))
                gap = 0
    return Source(channel, tuple(lines))


def _at_edge(position: int, page: list[str]) -> bool:
    return position < EDGE or position >= len(page) - EDGE


def _folded(text: str) -> str:
    return DIGITS.sub("#", " ".join(text.split()).casefold())


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines (numbers apart) that stand at the edge of three pages or more, and of a third of all pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_folded(raw) for position, raw in enumerate(page) if raw.strip() and _at_edge(position, page)})
    return {text for text, count in counts.items() if count >= 3 and count * 3 >= len(pages)}


def _is_margin(text: str, repeated: set[str]) -> bool:
    return bool(COUNTER.fullmatch(text)) or _folded(text) in repeated
