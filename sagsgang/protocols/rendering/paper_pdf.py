"""A paper as a PDF: each part is printed by itself, kept under a hash of what it is made of, and joined.

So a late change prints one part anew. The key covers every word of the part, and therefore who may read it: two
readers share a part only where they are shown the same.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from sagsgang.documents import pdf
from sagsgang.documents.joining import Piece, join_pieces
from sagsgang.protocols.rendering.paper import PLACE, Paper, PaperPart

LANGUAGE = "da"  # a protocol is a Danish document, whatever language the person who prints it reads
TEMPLATE = Path(__file__).parent / "paper.typ"
KEPT_DAYS = 60
AT_ONCE = 2  # parts
_WORST = ("ua-1+a-2a", "a-2b", "plain")

type Sheet = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part in PDF; `standard` as `documents.pdf.Pdf`. `is_new` = it was printed now, and not kept from before."""

    part: PaperPart
    content: bytes
    standard: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A whole paper in PDF; `compiled` counts the parts that had to be printed, the cover left out."""

    content: bytes
    pages: int
    standard: str
    compiled: int


def print_paper(paper: Paper, *, made_at: datetime) -> PrintedPaper:
    """Print the paper: cover with contents, its parts, numbered pages. The same arguments give the same bytes."""
    with override(LANGUAGE):
        parts = print_parts(paper)
        pieces = [Piece(one.content, one.part.heading, one.part.key) for one in parts]
        if not paper.is_one_part:
            rows = contents_of([(one.part, piece.pages, ()) for one, piece in zip(parts, pieces, strict=True)])
            cover = print_cover(paper, rows, made_at=made_at)
            pieces.insert(0, Piece(cover.content, paper.kind, "cover"))
            standards = [cover.standard, *(one.standard for one in parts)]
        else:
            standards = [one.standard for one in parts]
        standard = max(standards, key=_WORST.index)
        made = join_pieces(
            pieces, title=paper.title, claims=standard == _WORST[0], stamp=gettext("Page {page} of {pages}")
        )
    return PrintedPaper(made.content, made.pages, standard, sum(one.is_new for one in parts))


def print_parts(paper: Paper) -> list[PrintedPart]:
    """Each part in PDF, from the store or printed now."""
    shared = _chrome(paper)
    # Typst lets other threads of Python run while it prints.
    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(lambda part: _print(paper, shared, part), paper.parts))


def print_part(paper: Paper, part: PaperPart) -> PrintedPart:
    """One part of the paper in PDF, from the store or printed now. Its date is the meeting's: the same words, the same bytes."""
    return _print(paper, _chrome(paper), part)


def _print(paper: Paper, shared: Sheet, part: PaperPart) -> PrintedPart:
    made_at = datetime.combine(paper.held_on, time(), UTC)
    return _printed(part, shared | {"part": asdict(part)}, paper.title, made_at)


def print_cover(paper: Paper, contents: Iterable[Sheet], *, made_at: datetime) -> pdf.Pdf:
    """The cover with the list of contents; of `contents_of`."""
    sheet = _chrome(paper) | {
        "is_cover": True,
        "facts": paper.facts,
        "lists": paper.lists,
        "opening": [asdict(one) for one in paper.opening],
        "contents": list(contents),
    }
    return pdf.render_pdf(TEMPLATE, sheet, title=paper.title, made_at=made_at, will_be_joined=True)


def contents_of(parts: Iterable[tuple[PaperPart, int, Sequence[tuple[str, str, int]]]]) -> list[Sheet]:
    """The lines of the contents of parts, each with its number of pages and what lies behind it: (key, title, pages).

    `after` is the page, counted from the first one after the cover.
    """
    rows: list[Sheet] = []
    page = 1
    for part, pages, behind in parts:
        rows.append(_line(part.key, part.number, part.title, page, 0))
        page += pages
        for key, title, count in behind:
            rows.append(_line(key, "", title, page, 1))
            page += count
    return rows


def _line(key: str, number: str, title: str, after: int, depth: int) -> Sheet:
    return {"href": PLACE + key, "number": number, "title": title, "after": after, "depth": depth}


def _chrome(paper: Paper) -> Sheet:
    return {
        "labels": {"contents": gettext("Contents")},
        "kind": paper.kind,
        "authority": paper.authority,
        "body": paper.body,
        "day": paper.day,
        "notes": paper.notes,
        "is_cover": False,
        "is_alone": paper.is_one_part,
    }


def _printed(part: PaperPart, sheet: Sheet, title: str, made_at: datetime) -> PrintedPart:
    key = _key(sheet, title, made_at)
    for standard in _WORST:
        kept = _place(key, standard)
        if kept.is_file():
            kept.touch()
            return PrintedPart(part, kept.read_bytes(), standard, is_new=False)
    made = pdf.render_pdf(TEMPLATE, sheet, title=title, made_at=made_at, will_be_joined=True)
    keep_print(_place(key, made.standard), made.content)
    return PrintedPart(part, made.content, made.standard, is_new=True)


def _key(sheet: Sheet, title: str, made_at: datetime) -> str:
    inputs = json.dumps([sheet, title, made_at.isoformat()], sort_keys=True).encode()
    digest = hashlib.sha256(inputs)
    for template in (TEMPLATE, pdf.LIBRARY / "house.typ"):
        digest.update(template.read_bytes())
    return digest.hexdigest()


def _place(key: str, standard: str) -> Path:
    return Path(settings.HOUSE_FILES) / "prints" / key[:2] / f"{key}.{standard}.pdf"


def keep_print(place: Path, content: bytes) -> None:
    """Keep a print in its place; a crash leaves the whole file or none."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".part-", delete=False) as part:
        part.write(content)
    Path(part.name).replace(place)


def forget_old_parts(now: datetime) -> int:
    """Drop the kept parts that nobody has asked for in `KEPT_DAYS`; they can be printed again. Answers how many."""
    dropped = 0
    limit = now.timestamp() - KEPT_DAYS * 86400
    prints = Path(settings.HOUSE_FILES) / "prints"
    for place in (*prints.glob("*/*.pdf"), *prints.glob("*/*.docx")):
        if place.stat().st_mtime < limit:
            place.unlink(missing_ok=True)
            dropped += 1
    return dropped
