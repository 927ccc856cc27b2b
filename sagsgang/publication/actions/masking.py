"""Masking what the gate found in a file: a new version of it, looked through again, and the preparation renewed."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.documents import actions as documents
from sagsgang.documents import storage
from sagsgang.documents.intake import TakenFile, examined
from sagsgang.documents.kinds import UnfitFileError
from sagsgang.documents.models import DocumentVersion
from sagsgang.gate.examining import examine
from sagsgang.gate.masking.act import Masked, mask
from sagsgang.gate.pieces import Box, Kind, UnreadableError, Where
from sagsgang.meetings.actions.masked import point_attachment
from sagsgang.meetings.models import Attachment, Meeting
from sagsgang.publication.actions import mask_orders
from sagsgang.publication.actions.gate import begin_check
from sagsgang.publication.actions.outgoing import outgoing_of
from sagsgang.publication.actions.release import outgoing_as_prepared
from sagsgang.publication.gatekeeping.looking import looked_for, rules_mark
from sagsgang.publication.gatekeeping.things import digest_of
from sagsgang.publication.models import FileCheck, FindingState, GateFinding, Preparation, ReleaseCheck
from sagsgang.publication.rules import examining as rules
from sagsgang.publication.rules import scope_of


@dataclass(frozen=True, slots=True)
class MaskReport:
    """What came of masking: how much was taken out, and is still found; and sentences on what else was changed."""

    removed: int
    left: int
    said: tuple[str, ...]


@transaction.atomic
def mask_findings(
    preparation: Preparation, *, pks: Collection[UUID], only_here: bool, actor: User
) -> MaskReport | None:
    """Mask findings of one file: all that it holds of their kinds, or (`only_here`) what stands in their boxes alone.

    What somebody has accepted stays. The file gets a new version, the earlier ones stay in the house, and the
    preparation is renewed in the name of who masks: another person must release it. A large file is masked by a job
    (`masking_job`): then the answer is None. Raises `RuleBrokenError`; then nothing is changed.
    """
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    check = ReleaseCheck.objects.filter(preparation=preparation).first()
    rules.require_checked(is_finished=check is not None and check.finished_at is not None)
    rows = list(preparation.findings.filter(pk__in=pks, state=FindingState.OPEN))
    rules.require_maskable(has_file=all(row.attachment_id for row in rows), is_open=bool(rows))
    if len({row.attachment_id for row in rows}) > 1 or not all(rules.can_be_masked(row.kind) for row in rows):
        raise RuleBrokenError(_("Mask the findings of one file at a time; a file that cannot be examined is replaced."))
    outgoing_as_prepared(preparation)
    attachment = _attachment_of(rows[0])
    rules.require_not_masking(is_masking=mask_orders.order_of(preparation.pk, attachment.pk) is not None)
    if not _is_quick(attachment, rows[0]):
        mask_orders.put_order(
            preparation, attachment.pk, findings=[row.pk for row in rows], only_here=only_here, actor=actor
        )
        record(actor, "order_masking", Meeting(pk=preparation.meeting_id), attachment=str(attachment.pk))
        return None
    task = _task(preparation, attachment, rows, only_here=only_here)
    return _apply(preparation, task, _masked(task), actor=actor)


def carry_out(preparation_id: UUID, attachment_id: UUID, order: dict[str, Any], *, actor: User) -> None:
    """Mask a file as it was ordered: the slow part without holding anything, then all of the rest at once.

    Raises `RuleBrokenError` if it cannot be masked, or if words or files are not as they were prepared.
    """
    preparation = Preparation.objects.get(pk=preparation_id)
    rows = list(preparation.findings.filter(pk__in=order["findings"], state=FindingState.OPEN))
    rules.require_maskable(has_file=True, is_open=bool(rows))
    attachment = _attachment_of(rows[0])
    task = _task(preparation, attachment, rows, only_here=order["only_here"])
    done = _masked(task)
    with transaction.atomic():
        open_rows = Preparation.objects.select_for_update().filter(pk=preparation_id, ended_at=None)
        locked = open_rows.first()
        if locked is None or not mask_orders.is_current(preparation_id, attachment_id, order):
            return  # called off meanwhile
        outgoing_as_prepared(locked)
        _apply(locked, task, done, actor=actor)


def _is_quick(attachment: Attachment, row: GateFinding) -> bool:
    """Can the file be masked while somebody waits?"""
    assert attachment.version
    check = FileCheck.objects.filter(sha256=row.sha256, rules=rules_mark()).first()
    return rules.masks_at_once(
        size=attachment.version.size,
        pages=(check.pages if check else None) or 1,
        has_pictures=check is None or any(one["where"] == Where.IMAGE for one in check.findings),
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """A file, the findings in it that go, and those that somebody has accepted."""

    attachment: Attachment
    version: DocumentVersion
    rows: tuple[GateFinding, ...]
    accepted: Counter[tuple[str, str]]  # kind and digest
    names: tuple[str, ...]
    only_here: bool

    @property
    def kinds(self) -> frozenset[Kind]:
        """What is masked wherever it stands in the file."""
        return frozenset() if self.only_here else frozenset(Kind(row.kind) for row in self.rows)

    @property
    def in_boxes(self) -> tuple[GateFinding, ...]:
        """The findings that are masked by their place: all, or those whose like is accepted elsewhere in the file."""
        return tuple(row for row in self.rows if self.only_here or (row.kind, row.digest) in self.accepted)

    def is_kept(self, kind: Kind, text: str) -> bool:
        """Has somebody accepted the same in this file?"""
        return (str(kind), digest_of(kind, text)) in self.accepted


def _task(preparation: Preparation, attachment: Attachment, rows: Sequence[GateFinding], *, only_here: bool) -> _Task:
    """Raises `RuleBrokenError` for what cannot be masked without what is accepted."""
    here = preparation.findings.filter(attachment_id=attachment.pk)
    kinds = {row.kind for row in rows}
    if not only_here:
        rows = list(here.filter(state=FindingState.OPEN, kind__in=kinds))
    accepted = here.filter(state=FindingState.ACCEPTED, kind__in=kinds).order_by().values_list("kind", "digest")
    assert attachment.version
    task = _Task(
        attachment,
        attachment.version,
        tuple(rows),
        Counter(accepted),
        looked_for(preparation.meeting_id) if Kind.NAME in kinds else (),
        only_here,
    )
    rules.require_parted({kind for kind, _digest in task.accepted} if not only_here else ())
    if not all(row.box for row in task.in_boxes):
        raise RuleBrokenError(
            _("The gate cannot say where on the page it stands. Mask all of its kind instead.")
            if only_here
            else _("The same is accepted in another place of the file. Answer both alike, or replace the file.")
        )
    return task


def _apply(preparation: Preparation, task: _Task, done: tuple[Masked, TakenFile], *, actor: User) -> MaskReport:
    """Let the masked file take the place of the other, and look through all of it again; the preparation is locked."""
    report, taken = done
    # Of an old version the masked copy is an old one too: what comes after it is what later bodies get.
    version = documents.add_version_after(task.version, taken=taken, actor=actor)
    point_attachment(task.attachment, version=version, actor=actor)
    preparation.findings.filter(pk__in=[row.pk for row in task.rows], state=FindingState.OPEN).update(
        state=FindingState.MASKED, by=actor, at=now()
    )
    renew(preparation, actor=actor)
    record(
        actor,
        "mask_findings",
        Meeting(pk=preparation.meeting_id),
        attachment=str(task.attachment.pk),
        version=str(version.pk),
        removed=len(report.removed),
        left=len(report.left),
    )
    return MaskReport(len(report.removed) or len(task.rows), len(report.left), report.said)


def _attachment_of(row: GateFinding) -> Attachment:
    assert row.attachment_id
    return Attachment.objects.select_related("version__document", "item").get(pk=row.attachment_id)


def _masked(task: _Task) -> tuple[Masked, TakenFile]:
    """The masked copy, in the house's store. Of the house's original, never of the copy that would leave."""
    source = storage.house().path(task.version.sha256)
    with TemporaryDirectory(prefix=".mask-", dir=source.parent) as folder:
        out = Path(folder) / "masked"
        try:
            done = mask(
                source,
                task.kinds,
                out,
                names=task.names,
                areas=[(row.page or 1, Box(*row.box)) for row in task.in_boxes if row.box],
                own_domains=settings.OWN_DOMAINS,
                kept=task.is_kept,
            )
        except UnreadableError as refusal:
            raise RuleBrokenError(str(refusal)) from refusal
        if count := len(done.left) + _more_than_accepted(task, out):
            raise RuleBrokenError(_still_there(count))
        with out.open("rb") as file:
            try:
                media_type, size = examined(file, task.version.name)
            except UnfitFileError as unfit:
                raise RuleBrokenError(_("The masked file cannot be read again. Replace the file instead.")) from unfit
            file.seek(0)
            sha256 = storage.house().put_file(iter(lambda: file.read(256 * 1024), b""))
    if sha256 == task.version.sha256:
        raise RuleBrokenError(_("There was nothing that could be masked. Replace the file instead."))
    return done, TakenFile(sha256, task.version.name, size, media_type)


def _more_than_accepted(task: _Task, out: Path) -> int:
    """How many places of an accepted thing stand in the masked file beyond those that were accepted."""
    if task.only_here or not task.in_boxes:
        return 0
    found = examine(out, names=task.names, own_domains=settings.OWN_DOMAINS).findings
    counts = Counter((str(one.kind), digest_of(one.kind, one.text)) for one in found)
    return sum(max(0, counts[key] - most) for key, most in task.accepted.items())


def _still_there(count: int) -> str:
    return _(
        "%(count)s of it is still found in the masked file, so it was not used. Replace the file with one without it."
    ) % {"count": count}


@transaction.atomic
def renew_preparation(preparation: Preparation, *, actor: User) -> Preparation:
    """Take up what has been changed since it was prepared, words and files, and look through it again.

    Findings of a file that has another version now count as replaced.
    """
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    rules.require_not_masking(is_masking=any(mask_orders.orders_of(preparation.pk)))
    mask_orders.forget_refused(preparation)
    renew(preparation, actor=actor)
    record(actor, "renew_preparation", Meeting(pk=preparation.meeting_id), kind=preparation.kind)
    return preparation


def renew(preparation: Preparation, *, actor: User) -> None:
    """Hold fast what would go out now, in the name of who changed it; nobody has approved that."""
    outgoing = outgoing_of(preparation.meeting_id, scope_of(preparation.kind), preparation.public_reason)
    preparation.kind, preparation.digest = outgoing.kind, outgoing.snapshot.digest
    preparation.changes = [asdict(change) for change in outgoing.changes]
    preparation.prepared_by, preparation.approved_by, preparation.approved_at = actor, None, None
    preparation.save()
    begin_check(preparation, outgoing)
