"""What the pages of the gate read: how far the check has come, what was found where, and what was answered."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext

from sagsgang.cases.models import CaseAttachment
from sagsgang.documents import storage
from sagsgang.documents.kinds import PDF
from sagsgang.gate.pieces import Kind, Where
from sagsgang.gate.words import where_word
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.publication.gatekeeping import draw_place
from sagsgang.publication.gatekeeping.kinds import word_of
from sagsgang.publication.gatekeeping.looking import HEAD, REASON, rules_mark
from sagsgang.publication.models import FileCheck, FindingState, GateFinding, Preparation, ReleaseCheck
from sagsgang.publication.rules import examining as rules

SLOWEST = 30  # seconds to draw a place


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A finding in words; `has_picture`: its place can be drawn."""

    row: GateFinding
    where: str
    place: str
    has_picture: bool

    @property
    def state(self) -> str:
        """What became of it, in words."""
        return self.row.get_state_display()

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return word_of(self.row.kind)


@dataclass(frozen=True, slots=True)
class KindGroup:
    """Findings of one kind in one place, that wait for an answer: they can be answered together."""

    kind: str
    words: str
    lines: tuple[FoundLine, ...]
    can_accept: bool
    needs_tick: bool
    can_mask: bool
    can_mask_here: bool
    is_held: bool

    @property
    def name(self) -> str:
        """Names the group in the page."""
        row = self.lines[0].row
        return f"{self.kind}-{row.attachment_id or row.item_id or row.part}"


@dataclass(frozen=True, slots=True)
class Masking:
    """A file that is being masked by a job; `refused` is the sentence of why it was not."""

    ordered_at: datetime
    refused: str


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """What was found in an item's words, or in one attachment."""

    heading: str
    item: AgendaItem | None
    attachment: Attachment | None
    case_attachment: UUID | None
    waiting: tuple[KindGroup, ...]
    answered: tuple[FoundLine, ...]
    warnings: tuple[str, ...]
    masking: Masking | None = None

    @property
    def is_masking(self) -> bool:
        """Is its file being masked now?"""
        return self.masking is not None and not self.masking.refused


@dataclass(frozen=True)
class GatePage:
    """All of a preparation's check."""

    preparation: Preparation
    meeting: Meeting
    check: ReleaseCheck | None
    groups: tuple[PlaceGroup, ...]

    @property
    def is_finished(self) -> bool:
        """Has the gate looked at all of it?"""
        return self.check is not None and self.check.finished_at is not None

    @property
    def is_busy(self) -> bool:
        """Is something under way that the page waits for?"""
        return (self.check is not None and not self.is_finished) or any(group.is_masking for group in self.groups)

    @cached_property
    def waiting(self) -> int:
        """How many findings stop the release."""
        return sum(len(kind.lines) for group in self.groups for kind in group.waiting)


def gate_page(preparation: Preparation) -> GatePage:
    """The page of a preparation's check; a fixed number of queries."""
    meeting = meeting_rows(preparation.meeting_id)
    check = ReleaseCheck.objects.filter(preparation=preparation).first()
    rows = list(preparation.findings.select_related("by"))
    copies = {row["sha256"] for row in check.files} if check else set()
    checks = {one.sha256: one for one in FileCheck.objects.filter(sha256__in=copies, rules=rules_mark())}
    return GatePage(preparation, meeting, check, tuple(_groups(meeting, rows, check, checks)))


def open_counts(preparation: Preparation) -> tuple[int, int]:
    """How many findings stop the release; and of how many files among them somebody has found that they are wrong."""
    kinds = list(preparation.findings.filter(state=FindingState.OPEN).order_by().values_list("kind", flat=True))
    return len(kinds), kinds.count(rules.HELD)


def _groups(
    meeting: Meeting, rows: Sequence[GateFinding], check: ReleaseCheck | None, checks: dict[str, FileCheck]
) -> Iterator[PlaceGroup]:
    by_place: dict[tuple[UUID | None, UUID | None], list[GateFinding]] = {}
    for row in rows:
        by_place.setdefault((row.item_id, row.attachment_id), []).append(row)
    copied = check.files if check else []
    files = {row["sha256"]: row for row in copied}
    copies = {UUID(row["attachment"]): row["sha256"] for row in copied}
    orders = {UUID(row["attachment"]): _masking(row["masking"]) for row in copied if "masking" in row}
    documents = _case_attachments(meeting)
    if found := by_place.get((None, None)):
        yield _group(gettext("The meeting's head"), None, None, None, found, files, None)
    for item in _in_order(meeting):
        if found := by_place.get((item.pk, None)):
            yield _group(_item_words(item), item, None, None, found, files, None)
        for attachment in item.attachments.all():
            found = by_place.get((item.pk, attachment.pk), [])
            examined = checks.get(copies.get(attachment.pk, ""))
            if found or (examined and _warnings(examined)):
                heading = gettext("{item}, attachment {number}: {title}").format(
                    item=_item_words(item), number=attachment.position, title=attachment.title
                )
                group = _group(heading, item, attachment, documents.get(attachment.pk), found, files, examined)
                yield replace(group, masking=orders.get(attachment.pk))


def _case_attachments(meeting: Meeting) -> dict[UUID, UUID]:
    """The attachment at the case that each of the meeting's attachments has its file from."""
    rows = [row for item in _in_order(meeting) for row in item.attachments.all()]
    documents = {row.pk: row.version.document_id for row in rows if row.version}
    at_case = CaseAttachment.objects.filter(file__in=documents.values(), withdrawn_at=None).order_by("created_at")
    by_file = dict(at_case.values_list("file", "pk"))
    return {pk: by_file[document] for pk, document in documents.items() if document in by_file}


def _in_order(meeting: Meeting) -> Iterator[AgendaItem]:
    for item in meeting.items.all():
        if item.parent_id is None:
            yield from (item, *item.subitems.all())


def _item_words(item: AgendaItem) -> str:
    """As the public reads it: a closed item by its public face."""
    title = item.public_title or gettext("Closed item") if item.is_closed else item.title
    return f"{item.number}. {title}" if item.number else title


def _group(
    heading: str,
    item: AgendaItem | None,
    attachment: Attachment | None,
    case_attachment: UUID | None,
    rows: Sequence[GateFinding],
    files: dict[str, dict[str, Any]],
    check: FileCheck | None,
) -> PlaceGroup:
    lines = [_line(row, files) for row in rows]
    waiting = [line for line in lines if line.row.state == FindingState.OPEN]
    by_kind: dict[str, list[FoundLine]] = {}
    for line in waiting:
        by_kind.setdefault(line.row.kind, []).append(line)
    return PlaceGroup(
        heading=heading,
        item=item,
        attachment=attachment,
        case_attachment=case_attachment,
        waiting=tuple(_kind_group(kind, found) for kind, found in by_kind.items()),
        answered=tuple(line for line in lines if line.row.state != FindingState.OPEN),
        warnings=_warnings(check) if check else (),
    )


def _masking(order: dict[str, Any]) -> Masking:
    return Masking(localtime(datetime.fromisoformat(order["at"])), order["refused"])


def _kind_group(kind: str, lines: Sequence[FoundLine]) -> KindGroup:
    in_file = lines[0].row.attachment_id is not None
    return KindGroup(
        kind=kind,
        words=_counted(kind, len(lines)),
        lines=tuple(lines),
        can_accept=rules.can_be_accepted(kind),
        needs_tick=rules.needs_tick(kind),
        can_mask=in_file and rules.can_be_masked(kind),
        can_mask_here=in_file and all(line.row.box for line in lines),
        is_held=kind == rules.HELD,
    )


def _counted(kind: str, count: int) -> str:
    word = word_of(kind)
    return f"{word[:1].upper()}{word[1:]}" + (f" ({count})" if count > 1 else "")


def _line(row: GateFinding, files: dict[str, dict[str, Any]]) -> FoundLine:
    media_type = files.get(row.sha256, {}).get("media_type", "")
    place = ", ".join(
        filter(None, [gettext("page {number}").format(number=row.page) if row.page else "", row.place, _part(row.part)])
    )
    where = (
        gettext("the page of the item says what is wrong") if row.kind == rules.HELD else where_word(Where(row.where))
    )
    return FoundLine(row, where, place, media_type == PDF and row.page is not None)


def _part(part: str) -> str:
    """A field of the public words, as a secretary calls it."""
    return {
        "": "",
        HEAD: gettext("place, presence or record"),
        REASON: gettext("reason for the public"),
        "title": gettext("title"),
        "sections": gettext("presentation"),
        "decisions": gettext("decision"),
        "withheld": gettext("public extract or reason"),
        "late_reason": gettext("why it comes late"),
        "attachments": gettext("title of an attachment"),
        "absent": gettext("absence"),
        "votes": gettext("vote"),
        "record": gettext("record"),
        "after": gettext("record"),
        "case_number": gettext("case number"),
    }.get(part, gettext("text"))


def _warnings(check: FileCheck) -> tuple[str, ...]:
    """What is no hindrance, and that who laid the file on should know."""
    said = []
    if check.readable is False:
        said.append(gettext("The file has no text layer: it can neither be read aloud nor searched."))
    if check.tagged is False:
        said.append(gettext("The PDF is not tagged: a screen reader cannot follow headings and tables."))
    return (*said, *check.lacks)


@dataclass(frozen=True, slots=True)
class FileWords:
    """What the uploader is told of her file: `found` are sentences, `warnings` what is wrong with the file itself."""

    is_checked: bool
    error: str
    found: tuple[str, ...]
    warnings: tuple[str, ...]


def file_words(sha256: str) -> FileWords:
    """What the gate says of a file that was laid on; one query."""
    check = FileCheck.objects.filter(sha256=sha256, rules=rules_mark()).exclude(finished_at=None).first()
    return _said(check) if check else FileWords(is_checked=False, error="", found=(), warnings=())


def files_words(attachments: Sequence[Attachment]) -> list[tuple[Attachment, FileWords]]:
    """Those of a meeting's attachments (with their versions) of which there is something to say; one query."""
    versions = {row.version.sha256 for row in attachments if row.version}
    rows = FileCheck.objects.filter(sha256__in=versions, rules=rules_mark()).exclude(finished_at=None)
    checks = {check.sha256: _said(check) for check in rows}
    pairs = [(row, checks[row.version.sha256]) for row in attachments if row.version and row.version.sha256 in checks]
    return [(row, words) for row, words in pairs if words.error or words.found or words.warnings]


def _said(check: FileCheck) -> FileWords:
    """What is said of the file itself; who made it is taken out of its copy (`copies`), and is no matter here."""
    counts = Counter((row["kind"], row["page"]) for row in check.findings if row["kind"] != Kind.METADATA)
    found = [_on_page(kind, page, count) for (kind, page), count in sorted(counts.items(), key=_by_page)]
    return FileWords(is_checked=True, error=check.error, found=tuple(found), warnings=_warnings(check))


def _by_page(one: tuple[tuple[str, int | None], int]) -> tuple[int, str]:
    (kind, page), _count = one
    return page or 0, kind


def _on_page(kind: str, page: int | None, count: int) -> str:
    words = f"{word_of(kind)}: {count}"
    return gettext("page {number}, {found}").format(number=page, found=words) if page else words


def draw(finding: GateFinding) -> bytes | None:
    """The place of a finding as PNG, drawn from the copy that would leave; None if it cannot be drawn."""
    path = storage.house().path(finding.sha256) if finding.sha256 else None
    if path is None or finding.page is None or not path.is_file():
        return None
    box = [str(value) for value in finding.box or ()]
    program = [sys.executable, str(Path(draw_place.__file__)), str(path), str(finding.page), *box]
    try:
        done = subprocess.run(program, capture_output=True, timeout=SLOWEST, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\x89PNG") else None
