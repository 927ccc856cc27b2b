"""Composed reads: a meeting with everything that is printed of it, in a fixed number of queries."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from sagsgang.bodies.models import Body
from sagsgang.meetings.models import AgendaItem, Attachment, Attendance, Decision, Meeting

_ATTENDANCE = Attendance.objects.select_related("person", "substitute_for")
_ATTACHMENTS = Attachment.objects.filter(withdrawn_at=None).select_related("version")
_DECISIONS = Decision.objects.all()


def _item_parts(prefix: str) -> list[Prefetch[str, QuerySet[AgendaItem], str] | str]:
    return [
        f"{prefix}steps",
        f"{prefix}presentation__sections__points",
        Prefetch(f"{prefix}decisions", _DECISIONS),
        Prefetch(f"{prefix}attendance", _ATTENDANCE),
        Prefetch(f"{prefix}attachments", _ATTACHMENTS),
    ]


def _items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(withdrawn_at=None).select_related("case", "presentation")


def meeting_rows(meeting_id: UUID) -> Meeting:
    """One meeting with its items, sub-items and all their parts. Raises `Meeting.DoesNotExist`."""
    subitems = _items().filter(parent__isnull=False).prefetch_related(*_item_parts(""))
    items = _items().filter(parent__isnull=True).prefetch_related(*_item_parts(""), Prefetch("subitems", subitems))
    return (
        Meeting.objects.select_related("body__authority")
        .prefetch_related(Prefetch("attendance", _ATTENDANCE), Prefetch("items", items))
        .get(pk=meeting_id)
    )


def item_rows(item_id: UUID) -> AgendaItem:
    """One item with its sub-items and all their parts."""
    subitems = _items().filter(parent__isnull=False).prefetch_related(*_item_parts(""))
    return (
        _items()
        .select_related("meeting__body__authority", "parent")
        .prefetch_related(*_item_parts(""), Prefetch("subitems", subitems))
        .get(pk=item_id)
    )


def meetings_of(bodies: Iterable[Body]) -> QuerySet[Meeting]:
    """The bodies' meetings, newest first, with their bodies."""
    return Meeting.objects.filter(body__in=bodies).select_related("body").order_by("-held_on", "body__name")
