"""Names of a given list, found again in a text: whole words, capitals or not, in the genitive too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from sagsgang.gate.finding.folded import INVISIBLE, Found, folded
from sagsgang.gate.pieces import Kind

_WORD = re.compile(rf"\w+(?:(?:['’´](?=s\b)|-\s?|{INVISIBLE}+\s*)\w+)*")
_UNIT = re.compile(rf"[-{INVISIBLE}\s'’´]")
LONGEST_REACH = 100  # signs from the beginning of a word to the end of the next


@dataclass(slots=True)
class Names:
    """A list of names made ready to look for. Initials alone are no name."""

    by_first: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    beginnings: re.Pattern[str] | None = None

    @classmethod
    def of(cls, names: Iterable[str]) -> "Names":
        """The names, and for each one of three words or more its first and last, and for all the last one first."""
        made = cls()
        for name in names:
            words = tuple(_plain(word) for word in folded(name).replace(",", " ").split() if len(_plain(word)) > 1)
            if not words or (len(words) == 1 and len(words[0]) < 3):
                continue
            forms = {words}
            if len(words) > 2:
                forms.add((words[0], words[-1]))
            if len(words) > 1:
                forms |= {(words[-1], *words[:-1])}
            for form in forms:
                made.by_first.setdefault(form[0], []).append(form)
        for forms_of in made.by_first.values():
            forms_of.sort(key=len, reverse=True)
        if made.by_first:
            beginnings = sorted({re.escape(first[:2]) for first in made.by_first})
            made.beginnings = re.compile(rf"\b(?:{'|'.join(beginnings)})", re.IGNORECASE)
        return made


def find(text: str, names: Iterable[str]) -> list[Found]:
    """Where the names stand in a text."""
    return find_in(folded(text), Names.of(names))


def find_in(plain: str, names: Names) -> list[Found]:
    """Where the names stand in a text that is folded already."""
    if names.beginnings is None:
        return []
    found: list[Found] = []
    for beginning in names.beginnings.finditer(plain):
        if found and beginning.start() < found[-1].end:
            continue
        words = _words(plain, beginning.start(), names)
        length = _longest(words, names, plain)
        if length:
            found.append(Found(Kind.NAME, words[0][0], words[length - 1][1]))
    return found


def _words(plain: str, start: int, names: Names) -> list[tuple[int, int, str]]:
    """As many words from `start` on as a name has that begins so."""
    words: list[tuple[int, int, str]] = []
    most = 1
    while len(words) < most and (match := _WORD.search(plain, start, start + LONGEST_REACH)):
        words.append((match.start(), match.end(), _plain(match[0])))
        start = match.end()
        if len(words) == 1:
            most = max((len(form) for form in names.by_first.get(words[0][2], [])), default=1)
    return words


def _longest(words: list[tuple[int, int, str]], names: Names, plain: str) -> int:
    """How many of the words from the first on are a name; 0 if they are none."""
    if not words:
        return 0
    first = words[0][2]
    forms = names.by_first.get(first, [])
    if first.endswith("s"):
        forms = forms + [form for form in names.by_first.get(first[:-1], []) if len(form) == 1]
    for form in forms:
        if len(form) <= len(words) and _fits(words[: len(form)], form, plain):
            return len(form)
    return 0


def _fits(words: list[tuple[int, int, str]], form: tuple[str, ...], plain: str) -> bool:
    *firsts, last = form
    if any(word[2] != wanted for word, wanted in zip(words, firsts, strict=False)):
        return False
    if words[-1][2] not in (last, last + "s"):
        return False
    return all(_is_gap(plain[one[1] : other[0]]) for one, other in pairwise(words))


def _is_gap(between: str) -> bool:
    return len(between) <= 6 and not between.strip(f" \n\t,{INVISIBLE}")


def _plain(word: str) -> str:
    return _UNIT.sub("", word).casefold()
