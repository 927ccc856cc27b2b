"""Release a meeting: one consistent snapshot of its public part, checked, hashed into the chain, and shown."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.faults import reached
from sagsgang.core.models import record
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.extract import NoTextError, text_of
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.publication import gate, rules, tasks
from sagsgang.publication.actions.copy_rows import copy_rows, end_current
from sagsgang.publication.copies import public_copy, public_file_name
from sagsgang.publication.canonical import SCHEMA, ReleaseDocument, plain, sha256
from sagsgang.publication.disclosure import disclose_meeting, may_release
from sagsgang.publication.document import AttachmentLine, FileFacts, ItemDocument, MeetingDocument
from sagsgang.publication.identity import new_salt, public_ids
from sagsgang.publication.models import PublicBody, Release, ReleaseKind, ReleaseRecord, ReleaseState
from sagsgang.publication.slugs import slug_of


def release_meeting(
    meeting: Meeting, *, kind: str, prepared_by: User, released_by: User, at: datetime | None = None
) -> Release:
    """Let the meeting's agenda, minutes or archive copy out; answers the release.

    The same public words as the current release are no new release: that one is answered. Raises
    `RuleBrokenError` if the body does not publish, if one person would do both parts, or if the gate finds
    something. All or nothing is written.
    """
    rules.require_two_persons(kind, same=prepared_by.pk == released_by.pk)
    with transaction.atomic():
        # One snapshot: what another session commits meanwhile is in the next release, never half in this one.
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        rows = meeting_rows(meeting.pk)
        rules.require_policy(rows.body.name, allowed=may_release(rows.body, kind))
        ids = public_ids(_rows_with_identity(rows))
        files = {row.pk: _staged_copy(row) for row in _open_files(rows)}
        document = disclose_meeting(rows, with_minutes=kind != ReleaseKind.AGENDA, ids=ids, files=files)
        body = _locked_body(document, at or now())
        current = Release.objects.filter(meeting_id=document.public_id, state=ReleaseState.CURRENT).first()
        if current is not None and _says_the_same(current, document, kind):
            return current
        findings = gate.check(_texts(document))
        rules.require_clean(findings)
        release = _append(body, document, current, kind, prepared_by, released_by, rows.pk, at or now())
        reached("release.rows")
        record(released_by, "release_meeting", rows, release=str(release.pk), number=release.number, kind=kind)
        tasks.render_meeting_pdf.defer(release_id=str(release.pk))
        reached("release.before_commit")
    reached("release.committed")
    return release


def _rows_with_identity(meeting: Meeting) -> Iterator[Meeting | AgendaItem | Attachment]:
    yield meeting.body  # type: ignore[misc]
    yield meeting
    for item in meeting.items.all():
        for row in (item, *item.subitems.all()):
            yield row
            yield from row.attachments.all()


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


def _open_files(meeting: Meeting) -> Iterator[Attachment]:
    for row in _rows_with_identity(meeting):
        if isinstance(row, Attachment) and row.version and Access.OPEN == row.access == row.item.access:
            yield row


def _staged_copy(row: Attachment) -> FileFacts:
    """The copy that would leave, kept in the house until the gate has let it pass."""
    assert row.version
    title = row.public_title or row.title
    content = public_copy(storage.house().get(row.version.sha256), media_type=row.version.media_type, title=title)
    return FileFacts(
        name=public_file_name(title, row.version.media_type),
        sha256=storage.house().put(content),
        size=len(content),
        media_type=row.version.media_type,
    )


def _texts(document: MeetingDocument) -> Iterator[tuple[str, str]]:
    """Everything that would leave, as (place, text): the words of each item, then each open file's text layer."""
    cover = [document.place, *(f"{p.title} {p.name} {p.note}" for p in (document.present or ()) + (document.absent or ()))]
    yield _("the meeting's head"), "\n".join(cover)
    for item in document.items:
        yield from _item_texts(item)


def _item_texts(item: ItemDocument) -> Iterator[tuple[str, str]]:
    place = _("item %(number)s") % {"number": item.number} if item.number else _("an item without a number")
    yield place, "\n".join(to_plain(words) for words in gate.words_of(plain(item)))
    for line in item.attachments or ():
        if line.file:
            yield _file_text(place, line)
    for sub in item.subitems:
        yield from _item_texts(sub)


def _file_text(place: str, line: AttachmentLine) -> tuple[str, str]:
    assert line.file
    where = _("%(place)s, attachment %(no)s") % {"place": place, "no": line.no}
    try:
        return where, text_of(storage.house().get(line.file.sha256), line.file.media_type)
    except NoTextError as error:
        raise RuleBrokenError(_("%(place)s cannot be read, and so not be checked.") % {"place": where}) from error


def _append(
    body: PublicBody,
    document: MeetingDocument,
    current: Release | None,
    kind: str,
    prepared_by: User,
    released_by: User,
    meeting_id: UUID,
    at: datetime,
) -> Release:
    """Write the next link of the chain, its record inside the house, and the rows that the portal reads."""
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
    release = Release.objects.create(
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
    ReleaseRecord.objects.create(
        release_id=release.pk,
        meeting_id=meeting_id,
        prepared_by=prepared_by,
        released_by=released_by,
        sha256=release.sha256,
        document=text,
    )
    reached("release.chain")
    copy_rows(release, document, body, at)
    return release
