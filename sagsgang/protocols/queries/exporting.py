"""Which protocols are final, and the newest entry of each that changes what is printed."""

from django.db.models import Exists, OuterRef, QuerySet

from sagsgang.protocols.models import EntryKind, ProtocolEntry


def newest_entries() -> QuerySet[ProtocolEntry]:
    """Of each meeting with a final protocol the newest entry, with meeting and body; a reminder prints nothing."""
    said = ProtocolEntry.objects.exclude(kind=EntryKind.REMINDER)
    final = said.filter(meeting=OuterRef("meeting"), kind=EntryKind.FINAL)
    rows = said.filter(Exists(final)).defer("document").select_related("meeting__body")
    return rows.order_by("meeting_id", "-number").distinct("meeting_id")
