"""The kinds of paper (notat, kort, høringssvar ..) and their text, from `texts/papers/`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sagsgang.site.demo.grammar import blocks, one_line
from sagsgang.site.demo.matters import RANGE, read_fields

GENRES = Path(__file__).parent / "texts" / "papers" / "genrer.txt"
STORY = "STORY"  # where the presentation of the case is put in
PLAIN = "notat"


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of paper: recognised by a title's first word; `rows` is a table for its end."""

    key: str
    words: frozenset[str]
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    ranges: tuple[str, ...]


@cache
def genres() -> tuple[Genre, ...]:
    found: list[dict[str, str]] = []
    for name, value in read_fields(GENRES.read_text("utf-8")):
        if name == "genre":
            found.append({})
        found[-1][name] = value
    return tuple(_genre(fields) for fields in found)


def genre_of(title: str) -> Genre:
    """By the first word of the title that a genre knows; a notat when none does."""
    known = {word: genre for genre in genres() for word in genre.words}
    plain = next(genre for genre in genres() if genre.key == PLAIN)
    return next((known[word] for word in title.replace(",", "").split() if word in known), plain)


def _genre(fields: dict[str, str]) -> Genre:
    lines = fields.get("rows", "").splitlines()
    return Genre(
        key=fields["genre"],
        words=frozenset(fields["words"].split()),
        paragraphs=tuple(one_line(block) for block in blocks(fields["text"])),
        rows=tuple(tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in lines),
        ranges=tuple(RANGE.findall("\n".join(fields.values()))),
    )
