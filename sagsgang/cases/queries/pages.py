"""Where words stand in an attachment: its pages, by the words that were read out of it."""

import re
from dataclasses import dataclass

from sagsgang.documents import storage
from sagsgang.documents.extract import PAGE_BREAK
from sagsgang.documents.models import Examination

_AROUND = 70
MOST = 100


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page (from 1) with the words: what stands before the first of them, that word, and what stands after."""

    number: int
    before: str
    hit: str
    after: str


def pages_with(examination: Examination, words: str) -> list[FoundPage]:
    """The pages on which all of the words stand, whatever their case; at most `MOST`. Empty if no words were read."""
    wanted = [re.compile(re.escape(word), re.IGNORECASE) for word in words.split()]
    found: list[FoundPage] = []
    for number, text in enumerate(page_texts(examination), start=1):
        places = [pattern.search(text) for pattern in wanted]
        first = places[0] if places and all(places) else None
        if first:
            found.append(_found(number, text, first))
        if len(found) == MOST:
            break
    return found


def page_texts(examination: Examination) -> list[str]:
    """The words of each page on one line; empty if the file gave none, or they are not here."""
    house = storage.house()
    if not examination.text_sha256 or not house.holds(examination.text_sha256):
        return []
    pages = house.get(examination.text_sha256).decode("utf-8", "replace").split(PAGE_BREAK)
    return [" ".join(page.split()) for page in pages]


def _found(number: int, text: str, place: re.Match[str]) -> FoundPage:
    start, end = max(place.start() - _AROUND, 0), place.end() + _AROUND
    before = ("… " if start else "") + text[start : place.start()]
    after = text[place.end() : end] + (" …" if end < len(text) else "")
    return FoundPage(number, before, place.group(), after)
