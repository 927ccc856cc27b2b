"""Prepare and release a meeting: its public words, checked, hashed into the body's chain, and shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.meetings.models import Meeting
from sagsgang.publication import rules, tasks
from sagsgang.publication.actions.copy_rows import copy_rows, end_current
from sagsgang.publication.actions.snapshot import Snapshot, require_gate_passed, take_snapshot
from sagsgang.publication.canonical import SCHEMA, ReleaseDocument, plain, sha256
from sagsgang.publication.document import MeetingDocument
from sagsgang.publication.identity import new_salt
from sagsgang.publication.models import Preparation, PublicBody, Release, ReleaseRecord, ReleaseState
from sagsgang.publication.slugs import slug_of


@transaction.atomic
def prepare_release(meeting: Meeting, *, kind: str, actor: User) -> Preparation:
    """The first person's part: the words pass the gate, and are held fast until a second person releases them."""
    snapshot = take_snapshot(meeting.pk, kind)
    require_gate_passed(snapshot.document)
    Preparation.objects.filter(meeting_id=meeting.pk, ended_at=None).update(ended_at=now())
    preparation = Preparation.objects.create(
        meeting_id=meeting.pk, kind=kind, digest=snapshot.digest, prepared_by=actor
    )
    record(actor, "prepare_release", meeting, kind=kind)
    return preparation


@transaction.atomic
def release_prepared(preparation: Preparation, *, actor: User) -> Release:
    """The second person's part: what was prepared goes out, if it is still what would go out."""
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    rules.require_two_persons(preparation.kind, same=preparation.prepared_by_id == actor.pk)
    snapshot = take_snapshot(preparation.meeting_id, preparation.kind)
    rules.require_as_prepared(same=snapshot.digest == preparation.digest)
    release = _release(snapshot, preparation.kind, preparation.prepared_by, actor, now())
    preparation.ended_at = now()
    preparation.save(update_fields=["ended_at"])
    return release


@transaction.atomic
def release_meeting(
    meeting: Meeting, *, kind: str, prepared_by: User, released_by: User, at: datetime | None = None
) -> Release:
    """Both parts in one act: agenda, minutes or archive copy go out; answers the release.

    The same public words as the current release are no new release: that one is answered. Raises
    `RuleBrokenError` if the body does not publish, if one person would do both parts, or if the gate finds
    something. All or nothing is written.
    """
    rules.require_two_persons(kind, same=prepared_by.pk == released_by.pk)
    return _release(take_snapshot(meeting.pk, kind), kind, prepared_by, released_by, at or now())


def _release(snapshot: Snapshot, kind: str, prepared_by: User, released_by: User, at: datetime) -> Release:
    document = snapshot.document
    body = _locked_body(document, at)
    current = Release.objects.filter(meeting_id=document.public_id, state=ReleaseState.CURRENT).first()
    if current is not None and _says_the_same(current, document, kind):
        return current
    require_gate_passed(document)
    release = _append(body, document, kind, current, at)
    ReleaseRecord.objects.create(
        release_id=release.pk,
        meeting_id=snapshot.meeting_id,
        prepared_by=prepared_by,
        released_by=released_by,
        sha256=release.sha256,
        document=release.document or "",
    )
    reached("release.chain")
    copy_rows(release, document, body, at)
    reached("release.rows")
    meeting = Meeting(pk=snapshot.meeting_id)
    record(released_by, "release_meeting", meeting, release=str(release.pk), number=release.number, kind=kind)
    tasks.render_meeting_pdf.configure(queueing_lock=f"pdf-{release.pk}").defer(release_id=str(release.pk))
    reached("release.before_commit")
    return release


def _locked_body(document: MeetingDocument, at: datetime) -> PublicBody:
    """The body's public row, locked: the chain has one writer at a time."""
    PublicBody.objects.bulk_create(
        [
            PublicBody(
                id=UUID(document.body_id),
                authority=document.authority,
                name=document.body,
                code=document.body_code,
                slug=slug_of(document.body),
                changed_at=at,
            )
        ],
        ignore_conflicts=True,
    )
    return PublicBody.objects.select_for_update().get(pk=document.body_id)


def _says_the_same(current: Release, document: MeetingDocument, kind: str) -> bool:
    old = ReleaseDocument.from_text(current.document or "")
    return old.kind == kind and plain(old.meeting) == plain(document)


def _append(body: PublicBody, document: MeetingDocument, kind: str, current: Release | None, at: datetime) -> Release:
    """Write the next link of the body's chain; the release that it takes the place of is ended."""
    last = Release.objects.filter(body=body).order_by("-number").first()
    content = ReleaseDocument(
        schema=SCHEMA,
        salt=new_salt(),
        kind=kind,
        number=last.number + 1 if last else 1,
        previous=last.sha256 if last else "",
        released_at=at,
        meeting=document,
    )
    text = content.to_text()
    if current is not None:
        end_current(current, ReleaseState.SUPERSEDED, at)
    return Release.objects.create(
        authority=document.authority,
        body=body,
        meeting_id=document.public_id,
        number=content.number,
        kind=kind,
        sha256=sha256(text),
        previous=content.previous,
        document=text,
        released_at=at,
    )
