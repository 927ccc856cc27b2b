"""What a decision says that its presentation does not: looked at before it is final (text drift; row 21). Pure."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.utils.html import format_html
from django.utils.safestring import SafeString

from sagsgang.cases.rendering.difference import words_difference

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ0-9»\"])|\n+")
_WORD = re.compile(r"\w+")
_SHORT = 3  # words: "Godkendt som indstillet." says nothing that must have been presented
_ALIKE = 0.6  # of the words, from which on a sentence is shown against the one that it was made of


def drift(text: str, presented: Iterable[str], phrases: Iterable[str]) -> tuple[SafeString, ...]:
    """The sentences of a decision that do not stand in what was presented, with what is new in them marked.

    `text` and `presented` are plain words; a standard phrase is none of the presentation's business.
    """
    sources = [sentence for words in presented for sentence in _sentences(words)]
    known = {tuple(_words(sentence)) for sentence in [*sources, *phrases]}
    whole = f" {' '.join(word for sentence in sources for word in _words(sentence))} "
    return tuple(
        _shown(sentence, sources)
        for sentence in _sentences(text)
        if tuple(_words(sentence)) not in known and not _is_short(sentence)
        and f" {' '.join(_words(sentence))} " not in whole
    )  # fmt: skip


def _sentences(text: str) -> list[str]:
    return [line.strip().removeprefix("- ") for line in _SENTENCE.split(text) if _WORD.search(line)]


def _words(sentence: str) -> list[str]:
    return _WORD.findall(sentence.casefold())


def _is_short(sentence: str) -> bool:
    words = _words(sentence)
    return len(words) <= _SHORT and not any(word.isdigit() for word in words)


def _shown(sentence: str, sources: Iterable[str]) -> SafeString:
    """Against the sentence that it was made of, if there is one; else all of it is new."""
    words = _words(sentence)
    matcher = SequenceMatcher(b=words, autojunk=False)
    best, nearest = _ALIKE, ""
    for source in sources:
        matcher.set_seq1(_words(source))
        if matcher.quick_ratio() > best and matcher.ratio() > best:
            best, nearest = matcher.ratio(), source
    return words_difference(nearest, sentence) if nearest else format_html("<ins>{}</ins>", sentence)
