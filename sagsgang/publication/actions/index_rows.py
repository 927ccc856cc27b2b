"""The words by which a released meeting is found, written in the transaction of its release."""

from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import override
from procrastinate.exceptions import AlreadyEnqueued

from sagsgang.publication import tasks
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.document import ItemDocument, MeetingDocument
from sagsgang.publication.indexing.entries import EntryWords, decision_words, item_words, meeting_words
from sagsgang.publication.models import (
    EntryKind,
    PublicFile,
    PublicMeeting,
    ReadFile,
    Release,
    ReleaseState,
    SearchEntry,
)
from sagsgang.publication.rendering.labels import LANGUAGE, document_title, person_words

_PLACES = 1000  # sub-items and files below an item; its own entry is the first


def index_meeting(meeting: PublicMeeting, document: MeetingDocument) -> None:
    """Write the entries of the meeting, of all items, and of every file whose words have been read; a job reads others.

    The entries of a release that ended are gone with its rows.
    """
    rows = [_meeting_row(meeting, document)]
    for number, item in enumerate(document.items, start=1):
        for place, part in enumerate((item, *item.subitems)):
            rows += _entries(meeting, part, number * _PLACES + place)
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    files = list(PublicFile.objects.filter(item__meeting=meeting).select_related("item__parent", "item__meeting"))
    names = {file.sha256 for file in files}
    read = set(ReadFile.objects.filter(pk__in=names).values_list("pk", flat=True))
    unread = [file for file in files if file.sha256 not in read or not tasks.index_known_file(file)]
    if unread:
        _ordered(str(meeting.release_id))


def index_unsearched() -> int:
    """Index the current releases that are not searched, and order the reading of files that are not.

    Answers how many meetings that were.
    """
    current = PublicMeeting.objects.filter(state=ReleaseState.CURRENT)
    whole = current.exclude(search_entries__kind=EntryKind.MEETING)
    files = PublicFile.objects.filter(search_entries=None, item__meeting__in=current)
    partly = set(files.values_list("item__meeting__release_id", flat=True))
    taken_up = 0
    for pk in list(whole.values_list("pk", flat=True)):
        release_id = _index_again(pk)
        taken_up += release_id is not None
        partly.discard(release_id)
    return taken_up + sum(_ordered(str(release_id)) for release_id in partly)


@transaction.atomic
def _index_again(pk: UUID) -> UUID | None:
    """Of a meeting that was indexed when meetings as a whole were not, the entry that is wanting."""
    meeting = PublicMeeting.objects.select_for_update().filter(pk=pk, state=ReleaseState.CURRENT).first()
    kinds = set(SearchEntry.objects.filter(meeting=pk).values_list("kind", flat=True).distinct())
    if meeting is None or EntryKind.MEETING in kinds:
        return None
    text = Release.objects.get(pk=meeting.release_id).document
    if text is None:
        return None
    document = ReleaseDocument.from_text(text).meeting
    if kinds:
        _meeting_row(meeting, document).save(force_insert=True)
    else:
        index_meeting(meeting, document)
    return meeting.release_id


def _ordered(release_id: str) -> bool:
    try:
        with transaction.atomic():
            tasks.index_released_files.configure(queueing_lock=f"index-{release_id}").defer(release_id=release_id)
    except AlreadyEnqueued:
        return False
    return True


def _meeting_row(meeting: PublicMeeting, document: MeetingDocument) -> SearchEntry:
    """What the meeting's page says around the items: before all of them, and in Danish as the document."""
    with override(LANGUAGE):
        people = [person_words(line) for line in (*(document.present or ()), *(document.absent or ()))]
        title = document_title(document)
    lines = (*document.record, meeting.public_reason, document.place, document.number, *people)
    return _row(meeting, None, 0, EntryKind.MEETING, 0, meeting_words(title, lines))


def _entries(meeting: PublicMeeting, item: ItemDocument, position: int) -> list[SearchEntry]:
    found = [(EntryKind.ITEM, words) for words in item_words(item)]
    decision = decision_words(item)
    if decision:
        found.append((EntryKind.DECISION, decision))
    return [_row(meeting, item, position, kind, no, words) for no, (kind, words) in enumerate(found)]


def _row(
    meeting: PublicMeeting, item: ItemDocument | None, position: int, kind: EntryKind, no: int, words: EntryWords
) -> SearchEntry:
    return SearchEntry(
        id=uuid5(UUID(item.public_id) if item else meeting.pk, f"{kind} {no}"),
        authority=meeting.authority,
        kind=kind,
        body_id=meeting.body_id,
        meeting=meeting,
        item_id=item.public_id if item else None,
        held_on=meeting.held_on,
        year=meeting.held_on.year,
        state=meeting.kind,
        position=position,
        title=words.title,
        strong=words.strong,
        text=words.text,
        parts=words.parts,
        words=words.words,
    )
