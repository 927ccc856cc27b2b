"""What would leave: one consistent reading of a meeting's public part, and the gate's word on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents import storage
from sagsgang.documents.access import Access
from sagsgang.documents.queries import refused_versions
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.meetings.queries import meeting_rows
from sagsgang.meetings.queries.deciding import is_protocol_final
from sagsgang.publication import rules
from sagsgang.publication.canonical import canonical_text, plain, sha256
from sagsgang.publication.copies import UncopyableError, public_copy, public_file_name
from sagsgang.publication.disclosure import disclose_meeting, has_public_case, is_draft, may_release
from sagsgang.publication.document import FileFacts, MeetingDocument
from sagsgang.publication.identity import public_ids
from sagsgang.publication.models import ReleaseKind
from sagsgang.publication.told import NOTHING_TOLD, told_of


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The public part of a meeting as it is now, and the hash of its words. `rows` is what it was made of."""

    meeting_id: UUID
    document: MeetingDocument
    rows: Meeting = field(repr=False, compare=False)  # closed parts and all, as `meeting_rows` has them
    is_unfinished: bool = False  # run here, and its protocol is not final
    publishes_draft: bool = False
    signed: str = ""  # the line that says how many have signed

    @property
    def digest(self) -> str:
        """The same words give the same digest; a signature that comes meanwhile does not change it."""
        record = tuple(line for line in self.document.record if line != self.signed)
        return sha256(canonical_text(plain(replace(self.document, record=record))))


def take_snapshot(meeting_id: UUID, kind: str) -> Snapshot:
    """Read the meeting's public part, inside the caller's transaction.

    The meeting's row is locked first, as every act that changes a meeting does: what another session commits
    meanwhile is in the next snapshot, never half in this one. Raises `RuleBrokenError` if the body does not publish.
    """
    Meeting.objects.select_for_update().get(pk=meeting_id)
    rows = meeting_rows(meeting_id)
    rules.require_policy(rows.body.name, allowed=may_release(rows.body, kind))
    rules.require_no_drafts([item_place(item.number) for item in _items(rows) if is_draft(item)])
    ids = public_ids(_rows_with_identity(rows))
    files = _staged_copies(list(_open_files(rows)))
    with_minutes = kind != ReleaseKind.AGENDA
    told = told_of(rows) if with_minutes else NOTHING_TOLD
    document = disclose_meeting(rows, with_minutes=with_minutes, ids=ids, files=files, told=told)
    is_unfinished = with_minutes and rows.opened_at is not None and not is_protocol_final(rows)
    return Snapshot(meeting_id, document, rows, is_unfinished, rows.body.publish_draft, told.signed)


def _items(meeting: Meeting) -> Iterator[AgendaItem]:
    for item in meeting.items.all():
        if item.parent_id is None:
            yield from (item, *item.subitems.all())


def _rows_with_identity(meeting: Meeting) -> Iterator[Body | Meeting | AgendaItem | Attachment | Case]:
    yield meeting.body
    yield meeting
    for item in meeting.items.all():
        for row in (item, *item.subitems.all()):
            yield row
            if has_public_case(row):
                yield row.case
            yield from row.attachments.all()


def _open_files(meeting: Meeting) -> Iterator[Attachment]:
    for row in _rows_with_identity(meeting):
        if isinstance(row, Attachment) and row.version and row.on_web and Access.OPEN == row.access == row.item.access:
            yield row


def _staged_copies(rows: list[Attachment]) -> dict[UUID, FileFacts]:
    """The copies that would leave, kept in the house until the gate has let them pass."""
    refused = refused_versions(row.version_id for row in rows if row.version_id)
    return {row.pk: _staged_copy(row, refused) for row in rows}


def _staged_copy(row: Attachment, refused: set[UUID]) -> FileFacts:
    assert row.version
    if row.version.pk in refused:
        place = _attachment_place(item_place(row.item.number), row.position)
        raise RuleBrokenError(
            _("A virus was found in %(place)s. Replace the file before the release.") % {"place": place}
        )
    title = row.public_title or row.title
    version, house = row.version, storage.house()
    try:
        copy = _copied(settings.HOUSE_FILES, version.sha256, version.media_type, title)
        if not (house.holds(copy.sha256) and house.holds(version.sha256)):
            _copied.cache_clear()
            copy = _copied(settings.HOUSE_FILES, version.sha256, version.media_type, title)
    except UncopyableError as error:
        raise _unreadable(_attachment_place(item_place(row.item.number), row.position)) from error
    return copy


@lru_cache(maxsize=4096)
def _copied(folder: Path, original: str, media_type: str, title: str) -> FileFacts:
    """Make the copy once: the second person's release asks for that of the first one's preparation.

    The same bytes under the same title are the same copy. `folder` is the house's; another one has no copy of ours.
    """
    content = public_copy(storage.house().get(original), media_type=media_type, title=title)
    name = public_file_name(title, media_type)
    return FileFacts(name=name, sha256=storage.house().put(content), size=len(content), media_type=media_type)


def item_place(number: str) -> str:
    """Which item, in words."""
    return _("item %(number)s") % {"number": number} if number else _("an item without a number")


def _attachment_place(item: str, no: int) -> str:
    return _("%(place)s, attachment %(no)s") % {"place": item, "no": no}


def _unreadable(place: str) -> RuleBrokenError:
    sentence = _("%(place)s cannot be read, and so not be checked.") % {"place": place}
    return RuleBrokenError(sentence[:1].upper() + sentence[1:])
