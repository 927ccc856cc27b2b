"""Documents and their versions: made from files that the door let in, and handed to the examination."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.documents import rules, tasks
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.models import Document, DocumentVersion, Examination


@transaction.atomic
def add_document(authority: Authority, *, title: str, taken: TakenFile, actor: User) -> DocumentVersion:
    """Make a document of a file that has been taken in; answers its first version, which waits to be examined."""
    document = Document.objects.create(authority=authority, title=title)
    version = _new_version(document, taken, number=1)
    record(actor, "add_document", document, version=str(version.pk))
    return version


@transaction.atomic
def add_version(document: Document, *, taken: TakenFile, actor: User) -> DocumentVersion:
    """Add the next version; the same bytes as the newest one are that one, and nothing happens."""
    Document.objects.select_for_update().get(pk=document.pk)
    newest = document.versions.order_by("-number").first()
    if newest and newest.sha256 == taken.sha256:
        return newest
    version = _new_version(document, taken, number=newest.number + 1 if newest else 1)
    record(actor, "add_version", document, version=str(version.pk), number=version.number)
    return version


@transaction.atomic
def add_version_after(version: DocumentVersion, *, taken: TakenFile, actor: User) -> DocumentVersion:
    """Add a version that was made of `version` and takes its place among the others: of an old one it comes before
    those that came later, whose numbers move up, so that the newest stays the newest. The same bytes twice are one.
    """
    document = Document.objects.select_for_update().get(pk=version.document_id)
    place = document.versions.get(pk=version.pk).number
    later = list(document.versions.filter(number__gt=place).order_by("-number"))
    if not later:
        return add_version(document, taken=taken, actor=actor)
    if later[-1].sha256 == taken.sha256:
        return later[-1]
    for row in later:  # the last first: no two may have the same number on the way
        document.versions.filter(pk=row.pk).update(number=row.number + 1)
    made = _new_version(document, taken, number=place + 1)
    record(actor, "add_version", document, version=str(made.pk), number=made.number, moved=len(later))
    return made


def _new_version(document: Document, taken: TakenFile, *, number: int) -> DocumentVersion:
    version = DocumentVersion.objects.create(
        document=document,
        number=number,
        sha256=taken.sha256,
        name=taken.name,
        size=taken.size,
        media_type=taken.media_type,
    )
    Examination.objects.create(version=version)
    tasks.order_examination(str(version.pk))
    return version


@transaction.atomic
def examine_again(version: DocumentVersion, *, actor: User) -> None:
    """Clear a failed examination and put the version at the head of the queue."""
    examination = Examination.objects.select_for_update().get(version=version)
    rules.require_failed(finished=examination.finished_at is not None, error=examination.error)
    Examination.objects.filter(pk=examination.pk).update(
        scan="", pdf_sha256="", text_sha256="", pages=None, started_at=None, finished_at=None, error=""
    )
    record(actor, "examine_again", version.document, version=str(version.pk))
    tasks.order_examination(str(version.pk), priority=tasks.AGAIN)


@transaction.atomic
def order_examinations(version_ids: Iterable[UUID]) -> int:
    """Examine versions that nobody waits for (an import's, or those whose job was lost); answers how many were ordered.

    No person does this, and nothing that a person wrote changes: it leaves no trace in the audit log.
    """
    ids = list(version_ids)
    Examination.objects.bulk_create([Examination(version_id=version_id) for version_id in ids], ignore_conflicts=True)
    return sum(tasks.order_examination(str(version_id), priority=tasks.FOUND_LATER) for version_id in ids)
