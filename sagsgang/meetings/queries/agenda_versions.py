"""The versions in which an agenda went out, and what a comparison of two of them needs; a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from sagsgang.meetings.models import AgendaItem, AgendaVersion, Attachment, Meeting


def sent_items(meeting: Meeting) -> list[AgendaItem]:
    """The items and sub-items that have gone out and stand, with attachments, path and speakers; four queries."""
    attachments = Attachment.objects.filter(withdrawn_at=None).order_by("position")
    rows = (
        AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None)
        .select_related("presentation", "standing")
        .prefetch_related(Prefetch("attachments", attachments), "steps", "speakers")
    )
    return [row for row in rows if row.is_sent(meeting.agenda_sent_at)]


def versions_of(meeting: Meeting) -> list[AgendaVersion]:
    """The versions of a meeting's agenda, the first first; one query."""
    return list(AgendaVersion.objects.filter(meeting=meeting).select_related("sent_by").order_by("number"))


@dataclass(frozen=True, slots=True)
class Named:
    """The rows that the lines of some versions name: items with the item above, attachments with their file."""

    items: dict[UUID, AgendaItem]
    attachments: dict[UUID, Attachment]


def named_in(versions: Iterable[AgendaVersion]) -> Named:
    """What the versions' lines name, whether it still stands or not; two queries."""
    lines = [line for version in versions for line in version.lines]
    items = AgendaItem.objects.select_related("parent").in_bulk({UUID(line["item"]) for line in lines})
    ids = {UUID(pk) for line in lines for pk in line["attachments"]}
    return Named(items, Attachment.objects.select_related("version").in_bulk(ids))
