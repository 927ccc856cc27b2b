"""The place in an entry that shows why it was found: some lines with the found words marked, and their page."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from sagsgang.publication.queries.search import stems_stand_in
from sagsgang.publication.queries.search_entries import Entry

LENGTH = 240  # signs
_BEFORE = 60  # signs before the first word found
_LOOKED_AT = 400  # places in one entry
_PAGE_BREAK = "\f"
_LONGEST_BEGINNING = 60  # signs of a word before a stem in it
_TOGETHER = 40  # words of one passage that are counted
_REST_OF_WORD = re.compile(r"\w*")


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


def passages(entries: Iterable[Entry], stems: frozenset[str]) -> list[Passage]:
    """One for each entry, in order. One statement: which of the words that look right have the stem in truth."""
    rows = [(entry, _places(entry.title, stems), _places(_body(entry), stems)) for entry in entries]
    asked: dict[str, str] = {}
    for entry, title, body in rows:
        parts = _parts_with(entry.parts, stems)
        for word in {word for word, _, _ in (*title, *body)}:
            asked[word] = " ".join([asked.get(word, word), *(part for part in parts if part in word)])
    right = stems_stand_in(asked, stems)
    return [_passage(entry, title, body, right) for entry, title, body in rows]


type Place = tuple[str, int, int]  # the word in small letters, where it begins and where it ends


def _places(text: str, stems: frozenset[str]) -> list[Place]:
    """The words in which one of the stems stands; the first `_LOOKED_AT`."""
    small = _small(text)
    ahead = {stem: at for stem in stems if (at := small.find(stem)) >= 0}
    places: list[Place] = []
    end = 0
    while ahead and len(places) < _LOOKED_AT:
        stem, at = min(ahead.items(), key=itemgetter(1))
        start, least = at, max(at - _LONGEST_BEGINNING, end)
        while start > least and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        rest = _REST_OF_WORD.match(text, at + len(stem))
        end = rest.end() if rest else at + len(stem)
        places.append((small[start:end], start, end))
        ahead = {stem: at if at >= end else small.find(stem, end) for stem, at in ahead.items()}
        ahead = {stem: at for stem, at in ahead.items() if at >= 0}
    return places


def _parts_with(parts: str, stems: frozenset[str]) -> list[str]:
    """Those of many parts, with blanks between, in which one of the stems stands."""
    found = []
    for stem in stems:
        at = parts.find(stem)
        while at >= 0:
            end = parts.find(" ", at)
            end = len(parts) if end < 0 else end
            found.append(parts[parts.rfind(" ", 0, at) + 1 : end])
            at = parts.find(stem, end)
    return found


def _small(text: str) -> str:
    """In small letters, each where it was: some letters would become two."""
    small = text.lower()
    return small if len(small) == len(text) else "".join([letter.lower()[0] for letter in text])


def _body(entry: Entry) -> str:
    return f"{entry.strong}\n{entry.text}".strip("\n") if entry.strong else entry.text


def _passage(entry: Entry, title: list[Place], body: list[Place], right: set[str]) -> Passage:
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
    near: Counter[str] = Counter()
    after = 0
    for number, (word, start, _) in enumerate(places):
        while after < min(len(places), number + _TOGETHER) and places[after][2] <= start + LENGTH - _BEFORE:
            near[places[after][0]] += 1
            after += 1
        if (len(near), after - number) > worth:
            best, worth = start, (len(near), after - number)
        if after == number:  # a word that is longer than a passage
            after += 1
            continue
        near[word] -= 1
        if not near[word]:
            del near[word]
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
