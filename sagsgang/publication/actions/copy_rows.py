"""From a released document to the rows of `pub`, and away with the rows of the release before it."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from sagsgang.documents import storage
from sagsgang.publication import tasks
from sagsgang.publication.actions.cases import move_cases_of, put_cases, renew_cases
from sagsgang.publication.actions.index_rows import index_meeting
from sagsgang.publication.actions.item_goals import renew_item_goals
from sagsgang.publication.canonical import plain
from sagsgang.publication.changed import NO_NEWS, News
from sagsgang.publication.document import AttachmentLine, ItemDocument, MeetingDocument
from sagsgang.publication.identity import new_public_id
from sagsgang.publication.models import (
    FiguresPrint,
    PublicBody,
    PublicFigures,
    PublicFile,
    PublicItem,
    PublicMeeting,
    Release,
    ReleaseKind,
    ReleaseState,
)
from sagsgang.publication.slugs import slug_of


def copy_rows(
    release: Release, document: MeetingDocument, body: PublicBody, at: datetime, *, news: News = NO_NEWS
) -> PublicMeeting:
    """Put the release in the place of what was shown of this meeting, its tombstone included."""
    PublicMeeting.objects.filter(pk=document.public_id).delete()
    meeting = PublicMeeting.objects.create(
        id=UUID(document.public_id),
        authority=document.authority,
        body=body,
        release=release,
        kind=document.kind if release.kind == ReleaseKind.ARCHIVE else release.kind,
        held_on=document.held_on,
        starts=document.starts,
        ends=document.ends,
        place=document.place,
        number=document.number,
        slug=slug_of(document.body, document.held_on.isoformat()),
        present=plain(document.present),
        absent=plain(document.absent),
        record=plain(document.record),
        closed_items=_closed(document.items),
        changes=plain(news.changes),
        since=news.since,
        public_reason=news.public_reason,
        changed_at=at,
    )
    cases = put_cases(document, at)
    _copy_items(meeting, document)
    renew_cases(cases, at)
    touch_body(body, document, at)
    index_meeting(meeting, document)
    renew_item_goals(meeting)
    return meeting


def _closed(items: tuple[ItemDocument, ...]) -> int:
    return sum((item.access == "closed") + _closed(item.subitems) for item in items)


def _copy_items(meeting: PublicMeeting, document: MeetingDocument) -> None:
    """The items with their sub-items and files, in two statements however many they are."""
    rows: list[tuple[PublicItem, ItemDocument]] = []
    for position, item in enumerate(document.items, start=1):
        row = _item_row(meeting, None, item, position)
        rows.append((row, item))
        rows += [(_item_row(meeting, row, sub, no), sub) for no, sub in enumerate(item.subitems, start=1)]
    PublicItem.objects.bulk_create([row for row, _item in rows], batch_size=500)
    files = [_copy_file(row, line) for row, item in rows for line in item.attachments or () if line.file]
    PublicFile.objects.bulk_create(files, batch_size=500)


def _item_row(meeting: PublicMeeting, parent: PublicItem | None, item: ItemDocument, position: int) -> PublicItem:
    return PublicItem(
        id=UUID(item.public_id),
        authority=meeting.authority,
        meeting=meeting,
        parent=parent,
        case_id=UUID(item.case_id) if item.case_id else None,
        position=position,
        number=item.number,
        title=item.title,
        slug=slug_of(item.title),
        access=item.access,
        content={key: value for key, value in plain(item).items() if key != "subitems"},
    )


def _copy_file(item: PublicItem, line: AttachmentLine) -> PublicFile:
    assert line.file
    storage.released().put(storage.house().get(line.file.sha256))
    return PublicFile(
        id=UUID(line.public_id),
        authority=item.authority,
        item=item,
        position=line.no,
        title=line.title,
        name=line.file.name,
        sha256=line.file.sha256,
        size=line.file.size,
        media_type=line.file.media_type,
    )


def touch_body(body: PublicBody, document: MeetingDocument, at: datetime) -> None:
    """The body's public face moves with its releases; so do the caches that are keyed by it."""
    is_renamed = (body.name, body.code) != (document.body, document.body_code)
    body.name, body.code, body.slug = document.body, document.body_code, slug_of(document.body)
    body.version, body.changed_at = new_public_id(), at
    body.save()
    if is_renamed:
        move_cases_of(body, at)


def end_current(release: Release, state: ReleaseState, at: datetime) -> None:
    """End a release: its words leave `pub`, its number and hash stay. Files nobody shows any more go after commit."""
    shown = PublicMeeting.objects.filter(release=release)
    names = set(PublicFile.objects.filter(item__meeting__in=shown).values_list("sha256", flat=True))
    names |= set(shown.exclude(pdf_sha256="").values_list("pdf_sha256", flat=True))
    cases = set(PublicItem.objects.filter(meeting__in=shown, case__isnull=False).values_list("case_id", flat=True))
    names |= _prints_that_name(shown)
    shown.delete()
    renew_cases([pk for pk in cases if pk is not None], at)
    release.state, release.document, release.ended_at = state, None, at
    release.save(update_fields=["state", "document", "ended_at"])
    transaction.on_commit(partial(drop_unshown, names))


def _prints_that_name(shown: QuerySet[PublicMeeting]) -> set[str]:
    """The prints of figures in which something of these meetings is called by its title: they are made anew."""
    rows = PublicFigures.objects.filter(state=ReleaseState.CURRENT).exclude(links=[])
    if not rows.exists():
        return set()
    references = [f"meeting:{pk}" for pk in shown.values_list("pk", flat=True)]
    for item, case in PublicItem.objects.filter(meeting__in=shown).values_list("pk", "case_id"):
        references += [f"item:{item}", f"case:{case}"]
    stale = list(rows.filter(links__has_any_keys=references).values_list("pk", flat=True))
    for pk in stale:
        tasks.order_figures_print(pk)
    return taken_prints(stale)


def taken_prints(figures: Collection[UUID]) -> set[str]:
    """Show the prints of these figures no longer; answers the names of their files."""
    prints = FiguresPrint.objects.filter(figures__in=figures)
    names = set(prints.values_list("sha256", flat=True))
    prints.delete()
    return names


def drop_unshown(names: set[str]) -> int:
    """Take the released copies away that no public row names; answers how many."""
    kept = set(PublicFile.objects.filter(sha256__in=names).values_list("sha256", flat=True))
    kept |= set(PublicMeeting.objects.filter(pdf_sha256__in=names).values_list("pdf_sha256", flat=True))
    kept |= set(FiguresPrint.objects.filter(sha256__in=names).values_list("sha256", flat=True))
    for name in names - kept:
        storage.released().drop(name)
    return len(names - kept)
