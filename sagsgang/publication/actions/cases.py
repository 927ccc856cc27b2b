"""The public's cases follow the released items: made with the first, renewed with each, gone with the last.

Whoever writes in `pub` writes alone until the transaction ends (the edition's row, migration 0011), so that a case is
never taken away while another body's release puts an item on it.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from sagsgang.publication.document import ItemDocument, MeetingDocument
from sagsgang.publication.identity import new_public_id
from sagsgang.publication.models import PublicBody, PublicCase, PublicItem
from sagsgang.publication.slugs import slug_of


def put_cases(document: MeetingDocument, at: datetime) -> set[UUID]:
    """Make the rows that the document's open items hang on, where they are not there yet; answers their ids."""
    rows = {
        UUID(item.case_id): PublicCase(
            id=UUID(item.case_id),
            authority=document.authority,
            title=item.title,
            slug=slug_of(item.title),
            held_on=document.held_on,
            changed_at=at,
        )
        for item in _items(document.items)
        if item.case_id
    }
    PublicCase.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return set(rows)


def _items(items: tuple[ItemDocument, ...]) -> Iterator[ItemDocument]:
    for item in items:
        yield item
        yield from item.subitems


def renew_cases(ids: Collection[UUID], at: datetime) -> None:
    """Give these cases the title and day of their newest item; one without any item goes."""
    newest = {
        item.case_id: item
        for item in PublicItem.objects.filter(case__in=ids)
        .select_related("meeting")
        .defer("content")
        .order_by("meeting__held_on", "meeting__starts", "-position")
    }
    PublicCase.objects.filter(pk__in=set(ids) - set(newest)).delete()
    rows = PublicCase.objects.in_bulk([pk for pk in newest if pk is not None])
    for row in rows.values():
        item = newest[row.pk]
        row.title, row.slug, row.held_on = item.title, slug_of(item.title), item.meeting.held_on
        row.version, row.changed_at = new_public_id(), at
    PublicCase.objects.bulk_update(rows.values(), ["title", "slug", "held_on", "version", "changed_at"], batch_size=500)


def move_cases_of(body: PublicBody, at: datetime) -> None:
    """The pages of the cases that the body has treated name it: they move when its name does."""
    PublicCase.objects.filter(items__meeting__body=body).update(version=new_public_id(), changed_at=at)
