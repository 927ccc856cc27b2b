"""Danish words and their lemmas, held small: the list of the package simplemma, read where it stands packed.

Read when the first word is asked for (one second, 15 MB), and only by a process that releases.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory

SHORTEST, LONGEST = 3, 24  # letters


class WordList:
    """The words of small letters alone."""

    def __init__(self, lemmas: Mapping[str, str]) -> None:
        self._lemmas = lemmas

    def lemma_of(self, word: str) -> str | None:
        """The lemma of a word in small letters; None for what is no word."""
        return self._lemmas.get(word) if _is_plain(word) else None

    def __iter__(self) -> Iterator[str]:
        """All words, always in the same order."""
        return (word for word in self._lemmas if _is_plain(word))


@cache
def word_list() -> WordList:
    """The list, read once."""
    return WordList(StreamDictionaryFactory().get_dictionary("da"))


def _is_plain(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha() and word.islower()
