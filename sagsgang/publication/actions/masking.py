"""Masking what the gate found in a file: a new version of it, looked through again, and the preparation renewed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
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
from sagsgang.gate.masking.act import Masked, mask
from sagsgang.gate.pieces import Box, Kind, UnreadableError
from sagsgang.meetings.actions.masked import point_attachment
from sagsgang.meetings.models import Attachment, Meeting
from sagsgang.publication.actions.gate import begin_check
from sagsgang.publication.actions.outgoing import outgoing_of
from sagsgang.publication.actions.release import outgoing_as_prepared
from sagsgang.publication.gatekeeping.looking import looked_for
from sagsgang.publication.models import FindingState, GateFinding, Preparation, ReleaseCheck
from sagsgang.publication.rules import examining as rules
from sagsgang.publication.rules import scope_of


@dataclass(frozen=True, slots=True)
class MaskReport:
    """What came of masking: how much was taken out, and is still found; and sentences on what else was changed."""

    removed: int
    left: int
    said: tuple[str, ...]


@transaction.atomic
def mask_findings(preparation: Preparation, *, pks: Collection[UUID], only_here: bool, actor: User) -> MaskReport:
    """Mask findings of one file: all that it holds of their kinds, or (`only_here`) what stands in their boxes alone.

    The file gets a new version, the earlier ones stay in the house, and the preparation is renewed in the name of who
    masks: another person must release it. Raises `RuleBrokenError`; then nothing is changed.
    """
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    check = ReleaseCheck.objects.filter(preparation=preparation).first()
    rules.require_checked(is_finished=check is not None and check.finished_at is not None)
    rows = list(preparation.findings.filter(pk__in=pks, state=FindingState.OPEN))
    rules.require_maskable(has_file=all(row.attachment_id for row in rows), is_open=bool(rows))
    if len({row.attachment_id for row in rows}) > 1 or any(row.kind == rules.UNREAD for row in rows):
        raise RuleBrokenError(_("Mask the findings of one file at a time; a file that cannot be examined is replaced."))
    outgoing_as_prepared(preparation)
    attachment = _attachment_of(rows[0])
    assert attachment.version
    report, taken = _masked(attachment.version, rows, _names(preparation, rows), only_here=only_here)
    version = documents.add_version(attachment.version.document, taken=taken, actor=actor)
    point_attachment(attachment, version=version, actor=actor)
    _answer(preparation, attachment, rows, report, only_here=only_here, actor=actor)
    renew(preparation, actor=actor)
    record(
        actor,
        "mask_findings",
        Meeting(pk=preparation.meeting_id),
        attachment=str(attachment.pk),
        version=str(version.pk),
        removed=len(report.removed),
        left=len(report.left),
    )
    return MaskReport(len(report.removed) or len(rows), len(report.left), report.said)


def _attachment_of(row: GateFinding) -> Attachment:
    assert row.attachment_id
    return Attachment.objects.select_related("version__document", "item").get(pk=row.attachment_id)


def _names(preparation: Preparation, rows: Iterable[GateFinding]) -> tuple[str, ...]:
    return looked_for(preparation.meeting_id) if any(row.kind == Kind.NAME for row in rows) else ()


def _masked(
    version: DocumentVersion, rows: Sequence[GateFinding], names: tuple[str, ...], *, only_here: bool
) -> tuple[Masked, TakenFile]:
    """The masked copy, in the house's store. Of the house's original, never of the copy that would leave."""
    areas = [(row.page or 1, Box(*row.box)) for row in rows if row.box]
    if only_here and len(areas) < len(rows):
        raise RuleBrokenError(_("The gate cannot say where on the page it stands. Mask all of its kind instead."))
    kinds = frozenset() if only_here else frozenset(Kind(row.kind) for row in rows)
    source = storage.house().path(version.sha256)
    with TemporaryDirectory(prefix=".mask-", dir=source.parent) as folder:
        out = Path(folder) / "masked"
        try:
            done = mask(
                source, kinds, out, names=names, areas=areas if only_here else (), own_domains=settings.OWN_DOMAINS
            )
        except UnreadableError as refusal:
            raise RuleBrokenError(str(refusal)) from refusal
        if done.left:
            raise RuleBrokenError(_still_there(len(done.left)))
        with out.open("rb") as file:
            try:
                media_type, size = examined(file, version.name)
            except UnfitFileError as unfit:
                raise RuleBrokenError(_("The masked file cannot be read again. Replace the file instead.")) from unfit
            file.seek(0)
            sha256 = storage.house().put_file(iter(lambda: file.read(256 * 1024), b""))
    if sha256 == version.sha256:
        raise RuleBrokenError(_("There was nothing that could be masked. Replace the file instead."))
    return done, TakenFile(sha256, version.name, size, media_type)


def _still_there(count: int) -> str:
    return _(
        "%(count)s of it is still found in the masked file, so it was not used. Replace the file with one without it."
    ) % {"count": count}


def _answer(
    preparation: Preparation,
    attachment: Attachment,
    rows: Sequence[GateFinding],
    report: Masked,
    *,
    only_here: bool,
    actor: User,
) -> None:
    """All of the kinds in the file is masked, or what was pointed at alone."""
    found = preparation.findings.filter(attachment_id=attachment.pk, state=FindingState.OPEN)
    if only_here:
        found = found.filter(pk__in=[row.pk for row in rows])
    else:
        found = found.filter(kind__in={row.kind for row in rows})
    found.update(state=FindingState.MASKED, by=actor, at=now())


@transaction.atomic
def renew_preparation(preparation: Preparation, *, actor: User) -> Preparation:
    """Take up what has been changed since it was prepared, words and files, and look through it again.

    Findings of a file that has another version now count as replaced.
    """
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
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
