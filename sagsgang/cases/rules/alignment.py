"""Two sequences held against each other: what stayed, what went, what came, and what is alike enough to be the same."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher

type Pair[T] = tuple[T | None, T | None]

ALIKE = 0.4  # share of common words from which two parts are read as one that changed
_PAIRS_WEIGHED = 900  # pairs of parts in one gap that are all weighed against each other
_WINDOW = 12  # in a larger gap, how far ahead a part is looked for
_POPULAR_FROM = 3_000  # parts from which difflib may pass over what stands everywhere


def align[T](
    old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable], words: Callable[[T], Counter[str]]
) -> Iterator[Pair[T]]:
    """Pairs in reading order: (old, new) of what is the same by `key` or alike by `words`, else one of them and None."""
    before, after = [key(part) for part in old], [key(part) for part in new]
    matcher = SequenceMatcher(None, before, after, autojunk=max(len(before), len(after)) > _POPULAR_FROM)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            yield from zip(old[i1:i2], new[j1:j2], strict=True)
        elif (i2 - i1) * (j2 - j1) <= _PAIRS_WEIGHED:
            yield from _weighed(old[i1:i2], new[j1:j2], words)
        else:
            yield from _looked_for(old[i1:i2], new[j1:j2], words)


def _weighed[T](old: Sequence[T], new: Sequence[T], words: Callable[[T], Counter[str]]) -> Iterator[Pair[T]]:
    """Pair what is alike, in order, so that the likeness of all pairs together is greatest."""
    bags_old, bags_new = [words(part) for part in old], [words(part) for part in new]
    like = [[likeness(a, b) for b in bags_new] for a in bags_old]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            both = like[i][j] + best[i + 1][j + 1] if like[i][j] >= ALIKE else 0.0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if like[i][j] >= ALIKE and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((part, None) for part in old[i:])
    yield from ((None, part) for part in new[j:])


def _looked_for[T](old: Sequence[T], new: Sequence[T], words: Callable[[T], Counter[str]]) -> Iterator[Pair[T]]:
    """Pair each part with the first alike one shortly ahead: not the best pairing, but a quick one."""
    bags = [words(part) for part in new]
    place = 0
    for part in old:
        bag = words(part)
        ahead = range(place, min(place + _WINDOW, len(new)))
        found = next((j for j in ahead if likeness(bag, bags[j]) >= ALIKE), None)
        if found is None:
            yield part, None
            continue
        yield from ((None, came) for came in new[place:found])
        yield part, new[found]
        place = found + 1
    yield from ((None, came) for came in new[place:])


def likeness(old: Counter[str], new: Counter[str]) -> float:
    """The share of words in common, from 0 to 1; two without any words are alike."""
    total = old.total() + new.total()
    return 2 * (old & new).total() / total if total else 1.0
