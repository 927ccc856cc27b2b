"""Prepare and release a meeting: its public words, checked, hashed into the body's chain, and shown."""

from dataclasses import asdict
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
from sagsgang.publication.actions.gate import begin_check, require_gate
from sagsgang.publication.actions.outgoing import Outgoing, outgoing_of
from sagsgang.publication.canonical import SCHEMA, ReleaseDocument, plain, sha256
from sagsgang.publication.document import MeetingDocument
from sagsgang.publication.identity import new_salt
from sagsgang.publication.models import Preparation, PublicBody, Release, ReleaseKind, ReleaseRecord, ReleaseState
from sagsgang.publication.slugs import slug_of


@transaction.atomic
def prepare_release(
    meeting: Meeting, *, kind: str, public_reason: str = "", release_at: datetime | None = None, actor: User
) -> Preparation:
    """The first person's part: the words are held fast, and looked through by the gate, until a second person releases them.

    `kind` is what is asked for, agenda or minutes; what it becomes is derived (`rules.kind_of`). With `release_at`
    they go out at that hour, once a second person has approved them.
    """
    at = now()
    rules.require_hour_ahead(release_at, at)
    outgoing = outgoing_of(meeting.pk, kind, public_reason)
    Preparation.objects.filter(meeting_id=meeting.pk, ended_at=None).update(ended_at=at)
    preparation = Preparation.objects.create(
        meeting_id=meeting.pk,
        kind=outgoing.kind,
        digest=outgoing.snapshot.digest,
        prepared_by=actor,
        public_reason=public_reason.strip(),
        changes=[asdict(change) for change in outgoing.changes],
        release_at=release_at,
    )
    begin_check(preparation, outgoing)
    record(actor, "prepare_release", meeting, kind=outgoing.kind, timed=release_at is not None)
    return preparation


@transaction.atomic
def release_prepared(preparation: Preparation, *, actor: User) -> Release:
    """The second person's part: what was prepared goes out, if it is still what would go out."""
    preparation = Preparation.objects.select_for_update().get(pk=preparation.pk, ended_at=None)
    rules.require_hour_come(preparation.release_at, now())
    return let_out(preparation, released_by=actor)


def let_out(preparation: Preparation, *, released_by: User) -> Release:
    """Release a locked preparation that is open: two persons, the same words, and the gate anew."""
    rules.require_two_persons(preparation.kind, same=preparation.prepared_by_id == released_by.pk)
    outgoing = outgoing_as_prepared(preparation)
    release = _release(outgoing, preparation.prepared_by, released_by, now(), preparation)
    preparation.ended_at = now()
    preparation.save(update_fields=["ended_at"])
    return release


def outgoing_as_prepared(preparation: Preparation) -> Outgoing:
    """What would go out now. Raises `RuleBrokenError` if it is not what was prepared."""
    asked = rules.scope_of(preparation.kind)
    outgoing = outgoing_of(preparation.meeting_id, asked, preparation.public_reason)
    same = outgoing.snapshot.digest == preparation.digest and outgoing.kind == preparation.kind
    rules.require_as_prepared(same=same)
    return outgoing


@transaction.atomic
def release_meeting(
    meeting: Meeting,
    *,
    kind: str,
    prepared_by: User,
    released_by: User,
    at: datetime | None = None,
    public_reason: str = "",
) -> Release:
    """Both parts in one act: agenda, minutes or archive copy go out; answers the release.

    The same public words as the current release are no new release: that one is answered. Raises
    `RuleBrokenError` if the body does not publish, if one person would do both parts, if minutes are corrected
    without a `public_reason`, or if the gate finds something. All or nothing is written.
    """
    rules.require_two_persons(kind, same=prepared_by.pk == released_by.pk)
    return _release(outgoing_of(meeting.pk, kind, public_reason), prepared_by, released_by, at or now())


def _release(
    outgoing: Outgoing, prepared_by: User, released_by: User, at: datetime, preparation: Preparation | None = None
) -> Release:
    document, kind = outgoing.document, outgoing.kind
    body = _locked_body(document, at)
    current = Release.objects.filter(meeting_id=document.public_id, state=ReleaseState.CURRENT).first()
    if current is not None and _says_the_same(current, document, kind):
        return current
    gate = require_gate(outgoing, preparation)
    release = _append(body, outgoing, current, at)
    ReleaseRecord.objects.create(
        release_id=release.pk,
        meeting_id=outgoing.snapshot.meeting_id,
        prepared_by=prepared_by,
        released_by=released_by,
        gate=gate,
        sha256=release.sha256,
        document=release.document or "",
    )
    reached("release.chain")
    copy_rows(release, document, body, at, news=outgoing.news)
    reached("release.rows")
    meeting = Meeting(pk=outgoing.snapshot.meeting_id)
    record(released_by, "release_meeting", meeting, release=str(release.pk), number=release.number, kind=kind)
    tasks.render_meeting_pdf.configure(queueing_lock=f"pdf-{release.pk}").defer(release_id=str(release.pk))
    tasks.read_released_files.configure(queueing_lock=f"read-{release.pk}").defer(release_id=str(release.pk))
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
    return not rules.is_another_kind(old.kind, kind) and plain(old.meeting) == plain(document)


def _append(body: PublicBody, outgoing: Outgoing, current: Release | None, at: datetime) -> Release:
    """Write the next link of the body's chain; the release that it takes the place of is ended."""
    document, kind = outgoing.document, outgoing.kind
    last = Release.objects.filter(body=body).order_by("-number").first()
    content = ReleaseDocument(
        schema=SCHEMA,
        salt=new_salt(),
        kind=kind,
        number=last.number + 1 if last else 1,
        previous=last.sha256 if last else "",
        released_at=at,
        meeting=document,
        reason=outgoing.public_reason if kind == ReleaseKind.CORRECTION else "",
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
