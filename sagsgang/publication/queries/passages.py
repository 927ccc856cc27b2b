"""The place in an entry that shows why it was found: some lines with the found words marked, and their page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sagsgang.publication.models import SearchEntry
from sagsgang.publication.queries.search import stems_stand_in

LENGTH = 240  # signs
_BEFORE = 60  # signs before the first word found
_LOOKED_AT = 400  # places in one entry
_PAGE_BREAK = "\f"
_EDGE = re.compile(r"\w*\Z")


@dataclass(frozen=True, slots=True)
class Passage:
    """Pieces of words with whether they are marked; `page` of a file with pages. Title likewise."""

    title: tuple[tuple[str, bool], ...]
    pieces: tuple[tuple[str, bool], ...]
    page: int | None = None

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(words for words, _ in self.pieces)


def passages(entries: Iterable[SearchEntry], stems: frozenset[str]) -> list[Passage]:
    """One for each entry, in order. One statement: which of the words that look right have the stem in truth."""
    rows = [(entry, _places(entry.title, stems), _places(_body(entry), stems)) for entry in entries]
    asked: dict[str, str] = {}
    for entry, title, body in rows:
        parts = [part for part in entry.parts.split() if any(stem in part for stem in stems)]
        for word in {word for word, _, _ in (*title, *body)}:
            asked[word] = " ".join([asked.get(word, word), *(part for part in parts if part in word)])
    right = stems_stand_in(asked, stems)
    return [_passage(entry, title, body, right) for entry, title, body in rows]


type Place = tuple[str, int, int]  # the word in small letters, where it begins and where it ends


def _places(text: str, stems: frozenset[str]) -> list[Place]:
    return list(_found(text, stems)) if stems else []


def _found(text: str, stems: frozenset[str]) -> Iterator[Place]:
    """The words in which one of the stems stands; the first `_LOOKED_AT`."""
    pattern = re.compile("|".join(sorted(map(re.escape, stems), key=len, reverse=True)), re.IGNORECASE)
    end = count = 0
    while count < _LOOKED_AT and (match := pattern.search(text, end)):
        begin = _EDGE.search(text, max(match.start() - 60, end), match.start())
        start = begin.start() if begin else match.start()
        end = match.end()
        while end < len(text) and (text[end].isalnum() or text[end] == "_"):
            end += 1
        yield text[start:end].lower(), start, end
        count += 1


def _body(entry: SearchEntry) -> str:
    return f"{entry.strong}\n{entry.text}".strip("\n") if entry.strong else entry.text


def _passage(entry: SearchEntry, title: list[Place], body: list[Place], right: set[str]) -> Passage:
    text = _body(entry)
    places = [place for place in body if place[0] in right]
    start = _best_start(places)
    begin, end = _window(text, start)
    inside = [place for place in places if begin <= place[1] and place[2] <= end]
    page = None if entry.first_page is None else entry.first_page + text.count(_PAGE_BREAK, 0, start)
    whole = _marked(entry.title, 0, len(entry.title), [place for place in title if place[0] in right])
    return Passage(tuple(whole), tuple(_marked(text, begin, end, inside)), page)


def _best_start(places: list[Place]) -> int:
    """Where most different words, then most words, follow within a passage; the first of such places."""
    best, worth = 0, (0, 0)
    for number, (_, start, _) in enumerate(places):
        near: Counter[str] = Counter()
        for word, _, end in places[number : number + 40]:
            if end > start + LENGTH - _BEFORE:
                break
            near[word] += 1
        if (len(near), near.total()) > worth:
            best, worth = start, (len(near), near.total())
    return best


def _window(text: str, start: int) -> tuple[int, int]:
    """Whole words around `start`, of one page."""
    page_from = text.rfind(_PAGE_BREAK, 0, start) + 1
    page_to = text.find(_PAGE_BREAK, start)
    page_to = len(text) if page_to < 0 else page_to
    begin = max(page_from, start - _BEFORE)
    end = min(page_to, begin + LENGTH)
    if begin > page_from:
        begin = _next_space(text, begin, start)
    if end < page_to:
        end = max(text.rfind(" ", start, end), text.rfind("\n", start, end), start) or end
        end = end if end > start else min(page_to, begin + LENGTH)
    return begin, end


def _next_space(text: str, begin: int, start: int) -> int:
    """After the next blank, if there is one before `start`."""
    blank = re.compile(r"\s").search(text, begin, start)
    return blank.end() if blank else begin


def _marked(text: str, begin: int, end: int, places: list[Place]) -> Iterator[tuple[str, bool]]:
    """The pieces of a stretch of text; an ellipsis where it does not begin or end the text."""
    at = begin
    if text[:begin].strip():
        yield "… ", False
    for _, start, stop in places:
        if start > at:
            yield text[at:start], False
        yield text[start:stop], True
        at = stop
    if end > at:
        yield text[at:end], False
    if text[end:].strip():
        yield " …", False
