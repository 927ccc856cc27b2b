"""The parts of Danish compounds, so that *dagtilbudsområdet* is found by *dagtilbud* and by *område*.

A function of the word and of the word list alone (package simplemma, MIT; its Danish list under the Open Database
License), never of what else is released. Only what is released is divided, never the words of a query: the portal does
not read the list.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from sagsgang.publication.indexing.word_list import word_list

SHORTEST_WORD = 7  # letters: "lysnet" is not worth a look
LONGEST_WORD = 60
SHORTEST_PART = 4  # letters; shorter ones are named in `_SHORT`
MOST_PARTS = 3
_LETTERS = re.compile(r"[a-zæøåéü]+")

_LISTS = {
    name: frozenset(words.split())
    for name, words in tomllib.loads(Path(__file__).with_name("compounds.toml").read_text(encoding="utf-8")).items()
}
_SHORT, _FIRST, _STOP, _WHOLE = (_LISTS[name] for name in ("short", "first", "stop", "whole"))
_ENDINGS = ("", *sorted(_LISTS["endings"]))


@lru_cache(maxsize=100_000)
def parts_of(word: str) -> tuple[str, ...]:
    """The parts of a compound in small letters, the largest first and then theirs; () for what is no compound.

    The last part keeps its ending, the others lose what joins them: *dagtilbudsområdet* is dagtilbud, området, dag,
    tilbud.
    """
    word = word.lower()
    if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or not _LETTERS.fullmatch(word):
        return ()
    lemma = word_list().lemma_of(word)
    if lemma and lemma != word and not _divided(lemma, MOST_PARTS):
        return ()
    best = () if _is_whole(word) or lemma in _WHOLE else _divided(word, MOST_PARTS)
    found = dict.fromkeys(best)
    for part in best:
        found |= dict.fromkeys(parts_of(part))
    return tuple(found)


def _is_whole(word: str) -> bool:
    return any(word.endswith(ending) and word[: len(word) - len(ending)] in _WHOLE for ending in _ENDINGS)


@lru_cache(maxsize=100_000)
def _divided(word: str, most: int) -> tuple[str, ...]:
    """The word as the fewest parts, `most` at most; of as many, those whose shortest is longest; () if none."""
    best: tuple[str, ...] = ()
    for at in range(len(word) - 2, 1, -1):
        beginning = _beginning(word[:at])
        if not beginning:
            continue
        rest = word[at:]
        tail = (rest,) if _may_be_part(rest) else _divided(rest, most - 1) if most > 2 else ()
        if tail and (not best or _worth((beginning, *tail)) > _worth(best)):
            best = (beginning, *tail)
    return best


def _worth(parts: tuple[str, ...]) -> tuple[int, int]:
    return -len(parts), min(5 if part in _SHORT else len(part) for part in parts)


def _beginning(text: str) -> str:
    """The word that `text` is, without the s or e that joins it to the next; "" if it is none."""
    for word in (text, text[:-1] if text[-1] in "se" else ""):
        if word in _FIRST or (_may_be_part(word) and word_list().lemma_of(word) == word):
            return word
    return ""


@lru_cache(maxsize=100_000)
def _may_be_part(word: str) -> bool:
    if word in _SHORT:
        return True
    if len(word) < SHORTEST_PART - 1 or word in _STOP:
        return False
    lemma = word_list().lemma_of(word)
    if not lemma or lemma in _STOP:
        return False
    return lemma in _SHORT or (len(word) >= SHORTEST_PART and len(lemma) >= SHORTEST_PART)
