"""A member's packet: the agenda and behind each item its attachments, in one file with bookmarks and links. No writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from sagsgang.accounts.models import User
from sagsgang.documents.joining import BrokenPieceError, Piece, join_pieces
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.rendering import ShownAttachment
from sagsgang.meetings.rendering.words import reading_mark
from sagsgang.protocols.queries.prints import PacketFile, Problem
from sagsgang.protocols.rendering.agenda_print import Shown, agenda_paper, attachments_under, holds_closed
from sagsgang.protocols.rendering.attached import PICTURES, TEXTS, picture_pages, text_part
from sagsgang.protocols.rendering.paper import Paper, PaperPart, lines_section
from sagsgang.protocols.rendering.paper_pdf import LANGUAGE, contents_of, print_cover, print_part, print_parts
from sagsgang.protocols.rendering.word import word_of

type Told = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class BuiltPacket:
    """A packet; `problems`: of each attachment that could not be joined, what was wrong. `compiled`: parts printed anew.
    `word`: the agenda of it as a .docx, with the pages on which the attachments lie in `content`.
    """

    content: bytes
    word: bytes
    pages: int
    compiled: int
    holds_closed: bool
    problems: tuple[tuple[UUID, Problem], ...]


def build_packet(
    meeting: Meeting,
    items: Sequence[Shown],
    files: Mapping[UUID, PacketFile],
    *,
    reader: User,
    made_at: datetime,
    told: Told,
) -> BuiltPacket:
    """Join it; `items` are what the reader is shown, and `told` hears of every piece that is ready.

    One that holds closed material bears the reader's name on every page (R23).
    """
    with override(LANGUAGE):
        paper = agenda_paper(meeting, items, with_links=True, kind=_("Agenda with attachments"))
        parts = print_parts(paper)
        behind = [attachments_under(shown) for _row, shown in items]
        total, done = len(parts) + sum(map(len, behind)) + 1, len(parts)
        told(done, total)
        pieces: list[Piece] = []
        rows: list[tuple[PaperPart, int, list[tuple[str, str, int]]]] = []
        problems: list[tuple[UUID, Problem]] = []
        for printed, attached in zip(parts, behind, strict=True):
            own = Piece(printed.content, printed.part.heading, printed.part.key)
            pieces.append(own)
            lines = []
            for row in attached:
                piece = _piece(paper, row, files.get(row.pk), problems)
                pieces.append(piece)
                lines.append((piece.key, piece.title, piece.pages))
                done += 1
                told(done, total)
            rows.append((printed.part, own.pages, lines))
        cover = print_cover(paper, contents_of(rows), made_at=made_at)
        pieces.insert(0, Piece(cover.content, paper.kind, "cover"))
        is_closed = any(holds_closed(shown) for _row, shown in items)
        mark = f"{reading_mark(reader, made_at)} · " if is_closed else ""
        joined = join_pieces(pieces, title=paper.title, claims=False, stamp=mark + _("Page {page} of {pages}"))
        told(total, total)
        listed = agenda_paper(meeting, items, with_links=True, kind=paper.kind, pages=joined.starts)
    return BuiltPacket(
        joined.content,
        word_of(listed),
        joined.pages,
        sum(part.is_new for part in parts),
        is_closed,
        tuple(problems),
    )


def _piece(paper: Paper, row: ShownAttachment, file: PacketFile | None, problems: list[tuple[UUID, Problem]]) -> Piece:
    """The attachment, or a page that says why it is not here."""
    title = _("Attachment {no}: {title}").format(no=row.no, title=row.title)
    problem = file.problem if file else Problem.MISSING
    if file is not None and problem is None:
        try:
            return _printed(paper, row, file, title)
        except BrokenPieceError:
            problem = Problem.BROKEN
    assert problem is not None
    problems.append((row.pk, problem))
    page = PaperPart(str(row.pk), "", title, sections=(lines_section([problem_words(problem)]),))
    return Piece(print_part(paper, page).content, title, str(row.pk), depth=1)


def _printed(paper: Paper, row: ShownAttachment, file: PacketFile, title: str) -> Piece:
    """The file as a PDF. Raises `BrokenPieceError`."""
    path, key = Path(file.path), str(row.pk)
    if file.media_type in TEXTS:
        return Piece(print_part(paper, text_part(path, key, title)).content, title, key, depth=1)
    if file.media_type in PICTURES:
        return Piece(picture_pages(path, file.media_type), title, key, depth=1, is_ours=False)
    return Piece(path, title, key, depth=1, is_ours=False)


def problem_words(problem: Problem) -> str:
    """Why an attachment is not in the packet; a sentence for its place."""
    return {
        Problem.MISSING: _("The file is not in the house's store, and so it is not in the packet."),
        Problem.INFECTED: _("A virus was found in the file, and so it is not in the packet."),
        Problem.WAITING: _("The file was still being processed when the packet was made. Make the packet again later."),
        Problem.NO_PDF: _("No PDF can be made of the file, and so it is not in the packet. Open it in Sagsgang."),
        Problem.BROKEN: _("The file is damaged or locked, and so it is not in the packet. Open it in Sagsgang."),
    }[problem]
