"""Words as they are searched: where they end, which of them are counted, and what stands for å."""

import re
import unicodedata

LONGEST_QUERY = 200  # signs
# Signs that part words here and in a query, though PostgreSQL would read a path, an address or a number over them.
PARTING = "/@_:.,;–—'’\\|<>=&*()!+#§-"
_WORD = re.compile(r"[^\W\d_]{2,}")
_BROKEN_LINE = re.compile(r"(?<=\w)(?:[\ufffe\u00ad\x02][ \r\n]*|-\r?\n)(?!(?:og|eller|samt)\b)(?=[a-zæøåé])")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\ufeff\ufffe\uffff]")
_QUOTED = re.compile(r'(?:(?<=\s)|^)"([^"]*)"(?=\s|$)')
_COUNTED = range(3, 41)  # letters of a word that is offered for spelling and while one types


def cleaned(text: str) -> str:
    """The text with the words whole that were broken at the end of a line, and without signs that are no text.

    "børne-" before "og", "eller" or "samt" stays as it is; page breaks (form feeds) stay.
    """
    joined = _BROKEN_LINE.sub("", unicodedata.normalize("NFC", text))
    return _NOT_TEXT.sub("", joined.replace("\ufffe", "-"))


def counted_words(text: str) -> list[str]:
    """The words of letters alone, small, each once and in order of their letters."""
    return sorted({word for word in _WORD.findall(text.lower()) if len(word) in _COUNTED})


def other_spellings(text: str) -> list[str]:
    """The names of the text with aa for å and å for aa; å itself is never folded. In order of their letters."""
    names = {word.lower() for word in _WORD.findall(text) if word[0].isupper()}
    there = {name.replace("å", "aa") for name in names if "å" in name}
    back = {name.replace("aa", "å") for name in names if "aa" in name}
    return sorted(there | back)


def query_words(words: str) -> str:
    """What somebody typed, made fit for PostgreSQL's `websearch_to_tsquery`: any input is a query.

    "Quotes", -word and OR (also ELLER) keep their meaning; other signs part words, as they do in what is searched.
    """
    text = _NOT_TEXT.sub(" ", unicodedata.normalize("NFC", words))[:LONGEST_QUERY]
    text = re.sub(r"[“”„«»]", '"', text)
    text = re.sub(r"\bELLER\b", "OR", text)
    minus = re.sub(r"(^|[\s\"])-(?=[\w\"])", "\\1\x01", text)
    parted = minus.translate({ord(sign): " " for sign in PARTING})
    return " ".join(parted.replace("\x01", "-").split())


def phrases_of(query: str) -> list[str]:
    """The words in quotes that every hit of a query (`query_words`) must have: none where there is a choice (OR)."""
    if re.search(r"(?:^|\s)or(?=\s|$)", _QUOTED.sub(" ", query), re.IGNORECASE):
        return []
    return [found for found in _QUOTED.findall(query) if found.strip()]
