"""Reads the word lists in `texts/words/`: blocks of "key: one | two | three"; the order in a list is kept."""

from functools import cache
from pathlib import Path

from sagsgang.site.demo.grammar import blocks, one_line

LISTS = Path(__file__).parent / "texts" / "words"


@cache
def words(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of one file, by key."""
    found: dict[str, tuple[str, ...]] = {}
    for block in blocks((LISTS / f"{name}.txt").read_text("utf-8")):
        key, _colon, listed = one_line(block).partition(": ")
        found[key] = tuple(word.strip() for word in listed.split("|"))
    return found
