"""Print: a Typst template and plain data become an accessible PDF for the archive. Knows no meeting.

The data travel as JSON and are never Typst markup. A file is PDF/UA-1 and PDF/A-2a in one; what refuses
that is printed one step lower, and the log says which kind of thing forced the step, never which words.
"""

import json
import logging
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from sagsgang.documents import fonts
from sagsgang.documents.row_headers import tag_row_headers

logger = logging.getLogger(__name__)

type Standards = list[typst.PDFStandard]  # a lazy alias: the name exists for the type checker only

LIBRARY = Path(__file__).parent / "print"  # what a template may `#import`, e.g. "/house.typ"
LARGE = 100_000  # signs of JSON; some ten pages
GENERATIONS_KEPT = 10
REPLACEMENT = "\ufffd"  # the visible sign for a character that no font of ours has

_BLANKS = frozenset("\t\n\r\v\f\x85\u2028\u2029")
_LADDER: tuple[tuple[str, Standards], ...] = (
    ("ua-1+a-2a", ["ua-1", "a-2a"]),
    ("a-2b", ["a-2b"]),
    ("plain", []),
)
_KINDS = {
    "could not be displayed": "glyph missing",
    "heading level": "heading level skipped",
    "first heading": "first heading is not of level 1",
    "heading title is empty": "heading empty",
    "structure": "tags in a wrong order",
    "missing alt text": "image without alternative text",
    "missing document title": "document without title",
}


@dataclass(frozen=True, slots=True)
class Pdf:
    """A printed file; `standard` is "ua-1+a-2a", "a-2b" or "plain"; `forced_by` tells what lowered it."""

    content: bytes
    standard: str
    forced_by: str = ""


def render_pdf(template: Path, data: object, *, title: str, made_at: datetime, will_be_joined: bool = False) -> Pdf:
    """Print `data` (JSON values) by `template`, which reads them from ``json(bytes(sys.inputs.data))``.

    The template sees ``{"title", "data"}``; it may import from `LIBRARY` and reads no other file. The same
    template, data, title and `made_at` (aware) give the same bytes. What `will_be_joined` gets the headings of its
    rows there (`joining`). Raises ValueError for a naive `made_at`
    and typst.TypstError if the template itself is at fault.
    """
    if made_at.tzinfo is None:
        raise ValueError("made_at must be an aware time")
    sheet = {"title": printable(title), "data": printable_tree(data)}
    inputs = {"data": json.dumps(sheet)}
    source = template.read_bytes()
    made = made_at.astimezone(UTC).replace(microsecond=0)
    forced_by = ""
    for name, standards in _LADDER:
        try:
            content = _compiled(source, inputs, standards, made)
        except typst.TypstError as error:
            if not standards:
                raise
            forced_by = forced_by or _kind_of(error)
            logger.warning("%s cannot be printed as %s: %s", template.name, name, _kind_of(error))
        else:
            is_tagged_here = name == "ua-1+a-2a" and not will_be_joined
            return Pdf(tag_row_headers(content) if is_tagged_here else content, name, forced_by)
    raise AssertionError("the last step of the ladder either returns or raises")


def _compiled(source: bytes, inputs: dict[str, str], standards: Standards, made: datetime) -> bytes:
    # A compiler forgets a template given as bytes after its first compilation: each attempt makes its own.
    compiler = typst.Compiler(source, root=LIBRARY, font_paths=_fonts(), sys_inputs=inputs)
    try:
        content = compiler.compile(format="pdf", pdf_standards=standards, timestamp=made)
    finally:
        if len(inputs["data"]) > LARGE:
            _forget()
    if not isinstance(content, bytes):
        raise TypeError("Typst gave no PDF")
    return content


def _forget() -> None:
    """Let Typst drop what it keeps of a large document.

    It keeps intermediate results for ten more compilations: with 100 pages each a worker grew to 1.1 GB.
    Empty compilations (60 ms together) keep it at 220 MB.
    """
    for _ in range(GENERATIONS_KEPT + 1):
        typst.Compiler(b"", font_paths=_fonts()).compile(format="pdf")


@cache
def _fonts() -> typst.Fonts:
    """Our own fonts, read once a process; without any, Typst would leave out every word in silence."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.FOLDER])
    if not found.families():
        raise FileNotFoundError(f"no fonts in {fonts.FOLDER}")
    return found


def _kind_of(error: typst.TypstError) -> str:
    """The kind of a refusal without the words that it quotes."""
    return next((kind for sign, kind in _KINDS.items() if sign in error.message), "another refusal")


def printable_tree(value: object) -> Any:
    """`value` (JSON values, tuples) with every text in it made printable; keys stay as they are."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: printable_tree(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [printable_tree(inner) for inner in value]
    return value


def printable(text: str) -> str:
    """`text` as our fonts can print it.

    Line ends and tabs become blanks; control and format characters (zero width, soft hyphen, direction marks)
    go; a character that no font has (private use among them) becomes a visible sign.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text)
    return composed.translate({ord(sign): _printable_character(sign) for sign in set(composed)})


@cache
def _printable_character(character: str) -> str:
    if character in _BLANKS:
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cf"):
        return ""
    if category == "Zs" or ord(character) in fonts.printable_characters():
        return character
    return REPLACEMENT
