"""The gate's examination of one file or one text: everything personal in it, and where."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sagsgang.gate.finding import everything
from sagsgang.gate.finding.everything import Wanted
from sagsgang.gate.finding.folded import shown
from sagsgang.gate.pieces import Box, Kind, Piece, Reading, Where
from sagsgang.gate.reading import opening, texts

LONGEST_FINDING = 300  # signs of a comment or a revision that are told
_NOBODY = re.compile(
    r"kommunes?\b|\bregion\b|styrelsen?\b|ministeriet?\b|forvaltning(?:en)?\b|sekretariat(?:et)?\b|udvalget\b|\bbyråd(?:et)?\b"
    r"|\b(?:a/s|aps|i/s|p/s|k/s|f\.?m\.?b\.?a|a\.?m\.?b\.?a)(?!\w)|python-docx|openpyxl|xlsxwriter|reportlab|libreoffice"
    r"|openoffice|microsoft|\b(?:oces|trust\d+|nets|danid|root|issuing|timestamp\w*)\b|\bca\b",
    re.IGNORECASE,
)
_BY_DEFAULT = frozenset(
    (
        "anonymous",
        "anonym",
        "unspecified",
        "administrator",
        "admin",
        "user",
        "bruger",
        "ukendt",
        "unknown",
        "author",
        "forfatter",
        "none",
        "null",
    )
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that must be looked at before the file leaves the house. `text` is what was found, on one line."""

    kind: Kind
    where: Where
    page: int | None
    box: Box | None
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What an examination came to; the first four as in `Reading`."""

    pages: int | None
    readable: bool
    tagged: bool | None
    findings: list[Finding]
    lacks: tuple[str, ...]


def examine(
    path: Path, *, names: Iterable[str] = (), help_texts: Iterable[str] = (), own_domains: Collection[str] = ()
) -> Examined:
    """Examine a file of any kind the house takes in.

    `names` are looked for again, `help_texts` must not have been left standing, addresses at `own_domains` are nobody's
    own. Raises UnreadableError, with a sentence for the user.
    """
    return examine_for(path, Wanted.of(names, help_texts, own_domains))


def examine_for(path: Path, wanted: Wanted) -> Examined:
    """As `examine`, with a search made ready once for many files."""
    reading = opening.read(path)
    findings = list(_findings(reading.pieces, wanted))
    return _examined(reading, findings)


def examine_text(
    text: str, *, names: Iterable[str] = (), help_texts: Iterable[str] = (), own_domains: Collection[str] = ()
) -> list[Finding]:
    """Examine words that lie in no file, such as an item's: plain, or HTML if they begin with a tag."""
    wanted = Wanted.of(names, help_texts, own_domains)
    is_markup = text.lstrip().startswith("<")
    pieces = texts.pieces_of_html(text) if is_markup else texts.parts_of(text, Where.TEXT)
    return list(_findings(pieces, wanted))


def _examined(reading: Reading, findings: list[Finding]) -> Examined:
    """Made after the pieces have been read, since only then the reading is complete."""
    lacks = tuple(dict.fromkeys(reading.lacks))
    return Examined(reading.pages, reading.readable, reading.tagged, findings, lacks)


def _findings(pieces: Iterable[Piece], wanted: Wanted) -> Iterator[Finding]:
    """Each thing once in each layer and place."""
    known: set[Finding] = set()
    for piece in pieces:
        for finding in _in_piece(piece, wanted):
            if finding not in known:
                known.add(finding)
                yield finding


def _in_piece(piece: Piece, wanted: Wanted) -> Iterator[Finding]:
    if piece.kind and not (piece.kind == Kind.METADATA and is_nobody(piece.text)):
        yield _finding(piece, piece.kind, 0, len(piece.text))
    for one in everything.find(piece.text, wanted, piece.heading):
        yield _finding(piece, one.kind, one.start, one.end)


def is_nobody(author: str) -> bool:
    """Is it the name of an authority, a company or a program, and not a person's?"""
    words = author.strip(" ()").casefold()
    return not re.search(r"[^\W\d_]{2}", words) or words in _BY_DEFAULT or bool(_NOBODY.search(words))


def _finding(piece: Piece, kind: Kind, start: int, end: int) -> Finding:
    words = shown(piece.text[start:end])
    if len(words) > LONGEST_FINDING:
        words = words[: LONGEST_FINDING - 1] + "…"
    return Finding(
        kind=kind,
        where=piece.where_of(start, end) if piece.where_of else piece.where,
        page=piece.page,
        box=piece.box_of(start, end) if piece.box_of else None,
        place=piece.place,
        text=words,
    )
