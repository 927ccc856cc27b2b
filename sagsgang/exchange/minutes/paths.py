"""Who handles an item, in order (layouts page, section 4): codes, names, a sentence, a title prefix, a matrix."""

import re

from sagsgang.exchange.minutes.grammar import body_name
from sagsgang.exchange.minutes.lines import Line
from sagsgang.exchange.minutes.parsed import UNKNOWN, Unknown
from sagsgang.exchange.minutes.vocabulary import fold

CODE = re.compile(r"[A-ZÆØÅ][A-ZÆØÅa-zæøå]{0,2}[A-ZÆØÅ]{0,3}")
CUT = re.compile(r"\s*(?:[,/;>→]|–|\s-\s|\bog\b|\bsamt\b)\s*")
VIA = re.compile(
    r"indstiller til (?P<to>[A-ZÆØÅ]{2,4}),? via (?P<via>[A-ZÆØÅ]{2,4}(?:(?:, | og |/)[A-ZÆØÅ]{2,4}){0,12})\b"
)
PREFIX = re.compile(r"(?P<codes>[A-ZÆØÅ]{2,4}(?:/[A-ZÆØÅ]{2,4}){1,5}|[A-ZÆØÅ]{2,3})\s-\s(?=\S)")
KINDS = frozenset({"beslutningssag", "orienteringssag", "drøftelsessag", "beslutning", "orientering", "drøftelse"})


def path_of_words(text: str) -> tuple[str, ...] | None:
    """Codes or body names in order; None unless every part is one."""
    parts = [part.strip(" .:") for part in CUT.split(text) if part.strip(" .:")]
    if parts and all(_is_code(part) for part in parts):
        return tuple(parts)
    names = [
        part.strip(" .")
        for part in re.split(r"\s*(?:/|;|→|>)\s*|,\s(?=[A-ZÆØÅ][\wæøå-]*(?:udvalg|råd|best))", text)
        if part.strip()
    ]
    return tuple(names) if names and all(body_name(name) for name in names) else None


def _is_code(part: str) -> bool:
    return len(part) >= 2 and CODE.fullmatch(part) is not None and sum(letter.isupper() for letter in part) >= 2


def path_of_lines(lines: list[Line]) -> tuple[tuple[str, ...] | None, list[Line]]:
    """The path under its heading and the lines that are no part of it."""
    path: list[str] = []
    for position, line in enumerate(lines):
        if fold(line.text) in KINDS:
            return tuple(path) or None, lines[position + 1 :]
        step = path_of_words(line.text)
        if step is None:
            return tuple(path) or None, lines[position:]
        path += step
    return tuple(path) or None, []


def path_of_sentence(text: str) -> tuple[str, ...] | None:
    """ "... indstiller til KB via DIR, SSU og ØU": the ways first, the goal last."""
    match = VIA.search(text[:600])
    if match is None:
        return None
    return (*re.split(r", | og |/", match["via"]), match["to"])


def path_of_title(title: str) -> tuple[tuple[str, ...] | None, str]:
    """ "MBU/ØU/KB - Title": the path and the title without it; a single code only names the body whose point it is."""
    match = PREFIX.match(title)
    if match is None:
        return None, title
    codes = tuple(match["codes"].split("/"))
    return (codes if len(codes) > 1 else None), title[match.end() :]


def path_of_matrix(lines: list[Line]) -> tuple[int, tuple[str, ...] | Unknown | None]:
    """A row of codes, one a line, then as many cells, some with an X; how many lines it takes and what it says.

    A flattened table can lose a cell, which moves every cross: the count of cells (and the blank paragraph that ends
    the table) must agree, else the path is unknown.
    """
    codes: list[str] = []
    for line in lines[:40]:
        if not _is_code(line.text) or line.bullet:
            break
        codes.append(line.text)
    if len(codes) < 4:
        return 0, None
    crosses: list[int] = []
    seen = used = 0
    used = len(codes)
    for line in lines[used:]:
        seen += line.cells
        if line.text.upper() != "X":
            break
        crosses.append(seen)
        seen += 1
        used += 1
    if not crosses:
        return used, None
    if seen != len(codes) + 1 or crosses[-1] >= len(codes):
        return used, UNKNOWN
    return used, tuple(codes[place] for place in crosses)
