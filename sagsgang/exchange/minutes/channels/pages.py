"""Lines of paged channels: heads and feet that repeat, page counters and broken lines are undone here."""

import re
from collections import Counter
from dataclasses import replace

from sagsgang.exchange.minutes.channels.plain import clean_line
from sagsgang.exchange.minutes.labels import is_item_label
from sagsgang.exchange.minutes.lines import Line, Source
from sagsgang.exchange.minutes.vocabulary import starts_block

EDGE = 4  # a head or foot is looked for in so many lines at either edge of a page
NEARLY_FULL = 10
LEADER = re.compile(r"\.{4,}|…{2,}")
LISTED = re.compile(r"\d{1,4}[.)]?\s+(?:[A-ZÆØÅÉ\"”“(§]|at\b|-(?:\s|$))|\d{1,3}\s?-(?:\s|$)|[a-z]\)\s")
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
            elif _at_edge(position, page) and _is_margin(text, repeated, page_number):
                continue
            else:
                lines.append(Line(number, text, gap, bullet, page=page_number))
                gap = 0
    return Source(channel, tuple(_unwrapped(lines)))


def _unwrapped(lines: list[Line]) -> list[Line]:
    """Paragraphs again: a line that the margin broke goes on in the next one, also over a page break."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[int(len(lengths) * 0.85)] if lengths else 0
    whole: list[Line] = []
    last = ""
    for line in lines:
        if whole and _goes_on(last, line, width) and not _stands_alone(whole[-1].text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
        last = line.text
    return whole


def _goes_on(last: str, line: Line, width: int) -> bool:
    if line.bullet or line.gap or width < 50 or _stands_alone(line.text) or LISTED.match(line.text):
        return False
    full = len(last) + 1 + len(line.text.split(" ", 1)[0]) > width - NEARLY_FULL
    if last.endswith((".", ":", "!", "?", ";")):
        return full and len(last) > width - NEARLY_FULL
    return full or line.text[:1].islower()


def _stands_alone(text: str) -> bool:
    return starts_block(text) or is_item_label(text) or LEADER.search(text) is not None


def _at_edge(position: int, page: list[str]) -> bool:
    return position < EDGE or position >= len(page) - EDGE


def _folded(text: str) -> str:
    return DIGITS.sub("#", " ".join(text.split()).casefold())


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines (numbers apart) at the edge of three pages and of a third of all, or outermost on every page."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_folded(raw) for position, raw in enumerate(page) if raw.strip() and _at_edge(position, page)})
    outer: Counter[str] = Counter()
    for page in pages:
        full = [_folded(raw) for raw in page if raw.strip() and not COUNTER.fullmatch(raw.strip())]
        outer.update({full[0], full[-1]} if full else set())
    everywhere = {text for text, count in outer.items() if count == len(pages) > 1}
    return everywhere | {text for text, count in counts.items() if count >= 3 and count * 3 >= len(pages)}


def _is_margin(text: str, repeated: set[str], page: int) -> bool:
    """The first page keeps its head: it may be the only line that names the body or the authority."""
    return bool(COUNTER.fullmatch(text)) or (page > 1 and _folded(text) in repeated)
