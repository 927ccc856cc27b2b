"""The shapes that the gate's readers and finders share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    CPR = "cpr"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    ACCOUNT = "account"
    NAME = "name"
    METADATA = "metadata"
    TEMPLATE = "template"
    COMMENT = "comment"
    REVISION = "revision"


class Where(StrEnum):
    """In which layer of a file it lies: what a reader sees, and all that she does not."""

    TEXT = "text"
    HIDDEN = "hidden"
    ANNOTATION = "annotation"
    FORM = "form"
    METADATA = "metadata"
    EMBEDDED = "embedded"
    SIGNATURE = "signature"
    IMAGE = "image"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in PDF points from its lower left corner, as the page is shown."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is read as one, and where it lies.

    `page` counts from 1, None where there are no pages. `place` says where in words, for who must find it: a sheet
    and a cell, the name of a file inside the file. `box_of(start, end)` answers the box of a slice of `text`.
    `kind` is set where the piece itself is the finding: a comment, a revision, an author's name. `where_of(start, end)`
    answers for a slice where the piece lies in more than one layer, such as a page with hidden words between the others.
    `heading` says what the figures in a cell of a table are (`finding.heading`); it is no part of the piece.
    """

    text: str
    where: Where
    page: int | None = None
    place: str = ""
    box_of: Callable[[int, int], Box | None] | None = None
    kind: Kind | None = None
    where_of: Callable[[int, int], Where] | None = None
    heading: str = ""


@dataclass(slots=True)
class Reading:
    """A file taken apart. `pieces` are read once, in the order of the file, and not kept; what is said of the file beside
    them is complete when they have been read.

    `readable`: does it have a text layer (True for what is no PDF and no picture)? `tagged`: is it a tagged PDF, None
    for other files? `pages` is None where there are none. `lacks` says in sentences what could not be looked at.
    """

    pages: int | None
    readable: bool
    tagged: bool | None
    pieces: Iterator[Piece]
    lacks: tuple[str, ...] = ()


class UnreadableError(Exception):
    """The file cannot be examined; the message is a sentence for the user and quotes nothing of the file."""
