"""Mark what is read. A member's reading is hers alone: it leaves no trace in the audit log, which others see."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.members import rules
from sagsgang.members.models import ItemReading
from sagsgang.members.queries.material import Entry, material_of


@transaction.atomic
def mark_read(item: AgendaItem, *, seen: str, actor: User) -> None:
    """She has read the item with its sub-items, in the version whose fingerprint is `seen`. Twice is once.

    Raises `RuleBrokenError` if it was changed while she read, or is not for her.
    """
    _lock(actor)
    entry = material_of(actor, item.meeting).entry_of(item.pk)
    rules.require_unchanged(seen, entry.seen if entry else "")
    _write([entry] if entry else [], now(), actor)


@transaction.atomic
def mark_unread(item: AgendaItem, *, actor: User) -> None:
    """She has not read it after all."""
    _lock(actor)
    family = AgendaItem.objects.filter(pk=item.pk) | AgendaItem.objects.filter(parent=item.pk)
    standing = ItemReading.objects.filter(user=actor, item__in=family, withdrawn_at=None)
    standing.update(withdrawn_at=now(), modified_at=now())


@transaction.atomic
def mark_all_read(meeting: Meeting, *, seen: str, actor: User) -> datetime:
    """She has read all that was sent to her of the meeting; answers the moment by which it can be undone.

    Raises `RuleBrokenError` if something was changed since she saw the list.
    """
    _lock(actor)
    material, at = material_of(actor, meeting), now()
    rules.require_unchanged(seen, material.seen)
    _write(material.readable, at, actor)
    return at


@transaction.atomic
def undo_mark_all_read(meeting: Meeting, *, at: datetime, actor: User) -> None:
    """Undo what `mark_all_read` did at this moment: what was read before is as it was. Twice is once."""
    _lock(actor)
    hers = ItemReading.objects.filter(user=actor, item__meeting=meeting)
    hers.filter(created_at=at, withdrawn_at=None).update(withdrawn_at=now(), modified_at=now())
    read_since = hers.filter(withdrawn_at=None).values("item")
    hers.filter(withdrawn_at=at).exclude(item__in=read_since).update(withdrawn_at=None, modified_at=now())


def _lock(actor: User) -> None:
    """One hand at a time on a user's readings."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)


def _write(entries: Iterable[Entry], at: datetime, actor: User) -> None:
    """A reading, at this moment, of each part that she has not read as it stands; the older one is taken back."""
    parts = [part for entry in entries for part in entry.parts if not part.is_read]
    older = ItemReading.objects.filter(user=actor, item__in=[part.pk for part in parts], withdrawn_at=None)
    older.update(withdrawn_at=at, modified_at=at)
    rows = [ItemReading(user=actor, item_id=part.pk, presentation=part.version) for part in parts]
    ItemReading.objects.bulk_create(rows)
    # The database sets `created_at` row by row; what was marked together is undone together.
    ItemReading.objects.filter(pk__in=[row.pk for row in rows]).update(created_at=at)
