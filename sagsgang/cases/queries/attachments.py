"""A case's attachments with everything that a page shows of them, in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case, CaseAttachment, Presentation
from sagsgang.cases.rules.attachments import Placed, numbers_of, successor_of
from sagsgang.documents import kinds
from sagsgang.documents.access import Access
from sagsgang.documents.models import DocumentVersion, Examination, Scan
from sagsgang.documents.queries import queue_positions


class Stage(StrEnum):
    """How far an attachment's file has come in the background."""

    QUEUED = "queued"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    REFUSED = "refused"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class FileState:
    """Its stage, its place in the queue (from 1), and the sentence of an error."""

    stage: Stage
    place: int | None = None
    sentence: str = ""

    @property
    def is_waiting(self) -> bool:
        """Will it change by itself?"""
        return self.stage in (Stage.QUEUED, Stage.RUNNING)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment with its newest version, earlier ones, state and number.

    `number` is None for one that was replaced (then `replaced_by` is what stands in its place, and that one's
    `replaced_by_number`); `version` and `examination` are None for a link to a draft.
    """

    attachment: CaseAttachment
    state: FileState
    number: int | None = None
    replaced_by: CaseAttachment | None = None
    replaced_by_number: int | None = None
    version: DocumentVersion | None = None
    examination: Examination | None = None
    earlier: tuple[DocumentVersion, ...] = ()

    @property
    def goes_on_web(self) -> bool:
        """May a release lay it on the web? Only what is open."""
        return self.attachment.on_web and self.attachment.access == Access.OPEN

    @property
    def pages(self) -> int | None:
        """Pages of the newest version, where they are known."""
        return self.examination.pages if self.examination else None

    @property
    def kind(self) -> str:
        """What the file is, in a short word: PDF, Word, or its ending."""
        return kind_of(self.version) if self.version else ""


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """All attachments of a case: those that stand, in order, and those that were withdrawn."""

    rows: tuple[AttachmentRow, ...]
    withdrawn: tuple[AttachmentRow, ...]

    @property
    def waiting(self) -> int:
        """How many are not processed yet."""
        return sum(row.state.is_waiting for row in self.rows)

    @property
    def done(self) -> int:
        """How many are."""
        return len(self.rows) - self.waiting

    @property
    def pages(self) -> int:
        """Pages of all that stand and were not replaced, as far as they are known."""
        return sum(row.pages or 0 for row in self.rows if row.number is not None)

    @property
    def size(self) -> int:
        """Bytes of the newest versions."""
        return sum(row.version.size for row in self.rows if row.version)

    @property
    def next_position(self) -> int:
        """The position after the last, for the first file of a new lot."""
        return max((row.attachment.position for row in (*self.rows, *self.withdrawn)), default=0) + 1

    def row_of(self, pk: UUID) -> AttachmentRow:
        """The row of one attachment; `KeyError` if the case has none such."""
        return {row.attachment.pk: row for row in (*self.rows, *self.withdrawn)}[pk]


@dataclass(slots=True)
class _Files:
    """The versions of the documents of a case, and the queue."""

    versions: dict[UUID, list[DocumentVersion]] = field(default_factory=dict)
    places: dict[UUID, int] = field(default_factory=dict)


def attachments_of(case: Case) -> AttachmentList:
    """Every attachment of the case, in two queries; two more while any of them waits in the queue."""
    attachments = list(
        case.attachments.select_related("file", "presentation__case", "presentation__body", "hearing__body")
    )
    files = _files(attachment.file_id for attachment in attachments if attachment.file_id)
    standing = [attachment for attachment in attachments if attachment.withdrawn_at is None]
    order = [Placed(attachment.pk, attachment.replaced_by_id) for attachment in standing]
    numbers = numbers_of(order)
    by_pk = {attachment.pk: attachment for attachment in standing}
    rows = []
    for attachment in standing:
        successor = successor_of(attachment.pk, order)
        rows.append(
            _row(
                attachment,
                files,
                number=numbers.get(attachment.pk),
                replaced_by=by_pk.get(successor) if successor else None,
                replaced_by_number=numbers.get(successor) if successor else None,
            )
        )
    gone = tuple(_row(attachment, files) for attachment in attachments if attachment.withdrawn_at is not None)
    return AttachmentList(tuple(rows), gone)


def changed_since(listed: AttachmentList, since: datetime | None) -> list[AttachmentRow]:
    """The rows whose state may have changed since then: those that wait, and those that were finished after it."""
    return [
        row
        for row in listed.rows
        if row.state.is_waiting
        or since is None
        or (row.examination and row.examination.finished_at and row.examination.finished_at >= since)
    ]


def _files(document_ids: Iterable[UUID]) -> _Files:
    files = _Files()
    # `examination` from the other side of a one-to-one: a version that was taken in before there were any has none.
    rows = DocumentVersion.objects.filter(document__in=list(document_ids)).select_related("examination")
    for version in rows.order_by("-number"):
        files.versions.setdefault(version.document_id, []).append(version)
    if any(_is_waiting(examination_of(versions[0])) for versions in files.versions.values()):
        files.places = queue_positions()
    return files


def _row(
    attachment: CaseAttachment,
    files: _Files,
    *,
    number: int | None = None,
    replaced_by: CaseAttachment | None = None,
    replaced_by_number: int | None = None,
) -> AttachmentRow:
    version, *earlier = files.versions.get(attachment.file_id, []) if attachment.file_id else [None]
    examination = examination_of(version) if version else None
    return AttachmentRow(
        attachment=attachment,
        state=_state(version, examination, files.places),
        number=number,
        replaced_by=replaced_by,
        replaced_by_number=replaced_by_number,
        version=version,
        examination=examination,
        earlier=tuple(older for older in earlier if older),
    )


def examination_of(version: DocumentVersion) -> Examination | None:
    """What became of it in the background; None for one that never was in the queue."""
    return getattr(version, "examination", None)


def _is_waiting(examination: Examination | None) -> bool:
    return examination is not None and examination.finished_at is None


def _state(version: DocumentVersion | None, examination: Examination | None, places: dict[UUID, int]) -> FileState:
    if version is None:
        return FileState(Stage.DRAFT)
    if examination is None:
        return FileState(Stage.READY)
    if examination.finished_at is None:
        stage = Stage.RUNNING if examination.started_at else Stage.QUEUED
        return FileState(stage, places.get(version.pk))
    if examination.scan == Scan.INFECTED:
        return FileState(Stage.REFUSED, sentence=examination.error)
    if examination.error:
        return FileState(Stage.FAILED, sentence=examination.error)
    return FileState(Stage.READY)


_KINDS = {
    kinds.PDF: "PDF",
    **dict.fromkeys((kinds.DOCX, kinds.DOC, kinds.RTF), "Word"),
    **dict.fromkeys((kinds.XLSX, kinds.XLS), "Excel"),
    **dict.fromkeys((kinds.PPTX, kinds.PPT), "PowerPoint"),
    **dict.fromkeys((kinds.ODT, kinds.ODS, kinds.ODP), "OpenDocument"),
    kinds.CSV: "CSV",
}


def kind_of(version: DocumentVersion) -> str:
    """The file's kind as people call it."""
    if version.media_type in _KINDS:
        return _KINDS[version.media_type]
    return _("picture") if version.media_type.startswith("image/") else _("text file")


def drafts_to_link(case: Case, user: User) -> QuerySet[Presentation]:
    """The drafts of the related cases that she sees: those tied to this one, what it came from, what came from it."""
    ties = Case.objects.filter(
        Q(relations_out__other=case, relations_out__withdrawn_at=None)
        | Q(relations_in__case=case, relations_in__withdrawn_at=None)
        | Q(submatters=case)
        | Q(parent=case)
        | Q(promoted=case)
        | Q(promoted_from=case)
    )
    seen = Case.objects.visible_to(user).filter(pk__in=ties.values("pk")).exclude(pk=case.pk)
    drafts = Presentation.objects.filter(frozen_at=None, case__in=seen.values("pk"))
    return drafts.select_related("case", "body").order_by("case__title")
