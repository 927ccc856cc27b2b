"""Danish words and their lemmas, held small: the list of the package simplemma as one sorted text.

Read when the first word is asked for (about two seconds); kept in some 12 MB, where a dictionary would take 120.
"""

from functools import cache

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

SHORTEST, LONGEST = 3, 24  # letters


class WordList:
    """Lines of word and lemma in order of their bytes, looked up by halving."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def lemma_of(self, word: str) -> str | None:
        """The lemma of a word in small letters; None for what is no word."""
        wanted = word.encode() + b"\t"
        low, high = 0, len(self._lines)
        while low < high:
            start = self._lines.rfind(b"\n", 0, (low + high) // 2) + 1
            end = self._lines.find(b"\n", start)
            if self._lines.startswith(wanted, start):
                return self._lines[start + len(wanted) : end].decode()
            if self._lines[start:end] < wanted:
                low = end + 1
            else:
                high = start
        return None


@cache
def word_list() -> WordList:
    """All words of small letters alone, up to `LONGEST`."""
    found = DefaultDictionaryFactory().get_dictionary("da").items()
    lines = [
        f"{form}\t{lemma}\n".encode()
        for form, lemma in found
        if SHORTEST <= len(form) <= LONGEST and form.isalpha() and form.islower()
    ]
    lines.sort()
    return WordList(b"".join(lines))
