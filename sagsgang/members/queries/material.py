"""What was sent to a member, and how far she has read it; a fixed number of queries for any number of meetings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Prefetch, Q, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce, Greatest

from sagsgang.accounts.models import User
from sagsgang.cases.models import PathStep
from sagsgang.followups.queries import said_reports
from sagsgang.meetings.called import called_to, lone_subitems
from sagsgang.meetings.models import AgendaItem, Attachment, Attendance, Decision, Meeting, PlannedStep
from sagsgang.meetings.permissions import items_shut_to
from sagsgang.meetings.queries.deciding import said_of_items, said_points
from sagsgang.meetings.queries.replaced import replaced_facts
from sagsgang.members import rules
from sagsgang.members.models import ItemReading
from sagsgang.members.permissions import closed_readers, sent_to

_PACKET = Attachment.objects.filter(withdrawn_at=None, in_packet=True)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item that was sent to her; `subitems` are those of its sub-items that were sent and that she may read.

    `is_readable` False: it is closed, and not for her. `parts` are the item and the sub-items, as her reading counts.
    """

    item: AgendaItem
    subitems: tuple[AgendaItem, ...]
    is_readable: bool
    parts: tuple[rules.Part, ...]
    files: int

    @property
    def reading(self) -> rules.Reading:
        """How far she is with it."""
        return rules.reading_of(self.parts)

    @property
    def has_new_words(self) -> bool:
        """Have the item's own words been renewed since she read it?"""
        own = self.parts[0]
        return (
            own.read_at is not None and None not in {own.version, own.read_version} and own.version != own.read_version
        )

    @property
    def seen(self) -> str:
        """The fingerprint of what she has before her."""
        return rules.fingerprint(self.parts)


@dataclass(frozen=True, slots=True)
class Material:
    """All that was sent to her of one meeting. `shut` are the items closed to her by a conflict of interest."""

    entries: tuple[Entry, ...] = ()
    reads_closed: bool = False
    shut: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def readable(self) -> tuple[Entry, ...]:
        """What she can read: her progress counts these alone."""
        return tuple(entry for entry in self.entries if entry.is_readable)

    @property
    def read(self) -> int:
        """How many of them she has read as they stand now."""
        return sum(1 for entry in self.readable if entry.reading == rules.Reading.READ)

    @property
    def seen(self) -> str:
        """The fingerprint of all that she has before her."""
        return rules.fingerprint(part for entry in self.readable for part in entry.parts)

    def entry_of(self, item_id: UUID) -> Entry | None:
        """The entry of this item, if she may read it."""
        return next((entry for entry in self.readable if entry.item.pk == item_id), None)


NOTHING = Material()


def material_of(user: User, meeting: Meeting) -> Material:
    """What was sent to her of one meeting; two queries."""
    return materials_of(user, [meeting]).get(meeting.pk, NOTHING)


def materials_of(user: User, meetings: Iterable[Meeting]) -> dict[UUID, Material]:
    """What was sent to her of each of the meetings (of `MyMeetings`) that anything was sent of; two queries."""
    rows = list(_sent_rows(user, [meeting.pk for meeting in meetings]))
    readings = ItemReading.objects.filter(user=user, item__meeting__in={row.meeting_id for row in rows})
    read = {reading.item_id: reading for reading in readings.filter(withdrawn_at=None)}
    by_meeting: dict[UUID, list[AgendaItem]] = {}
    for row in rows:
        by_meeting.setdefault(row.meeting_id, []).append(row)
    return {pk: _material(found, read) for pk, found in by_meeting.items()}


def _sent_rows(user: User, meetings: list[UUID]) -> Iterable[AgendaItem]:
    files = Attachment.objects.filter(item=OuterRef("pk"), in_packet=True).order_by().values("item")
    count = files.filter(withdrawn_at=None).annotate(n=Count("pk")).values("n")
    newest = files.annotate(at=Greatest(Max("created_at"), Max("withdrawn_at"))).values("at")
    return (
        AgendaItem.objects.filter(sent_to(user), meeting__in=meetings, withdrawn_at=None)
        .select_related("parent")
        .annotate(
            reads_closed=Q(Exists(closed_readers(user).filter(body=OuterRef("meeting__body"))))
            | Q(pk__in=called_to(user, closed_too=True).order_by().values("pk")),
            is_shut=Q(pk__in=items_shut_to(user).order_by().values("pk")),
            is_lone=Q(pk__in=lone_subitems(user).order_by().values("pk")),
            file_count=Coalesce(Subquery(count, output_field=IntegerField()), 0),
            files_at=Subquery(newest),
        )
        .order_by("position")
    )


def _material(rows: list[AgendaItem], read: dict[UUID, ItemReading]) -> Material:
    under: dict[UUID, list[AgendaItem]] = {}
    for row in rows:
        if row.parent_id is not None:
            under.setdefault(row.parent_id, []).append(row)
    return Material(
        entries=tuple(
            _entry(row, under.get(row.pk, []), read) for row in rows if row.parent_id is None or _flag(row, "is_lone")
        ),
        reads_closed=all(_flag(row, "reads_closed") for row in rows),
        shut=frozenset(row.pk for row in rows if _flag(row, "is_shut")),
    )


def _entry(item: AgendaItem, subitems: list[AgendaItem], read: dict[UUID, ItemReading]) -> Entry:
    hers = tuple(sub for sub in subitems if _may_read(sub))
    return Entry(
        item=item,
        subitems=hers,
        is_readable=_may_read(item),
        parts=tuple(_part(row, read.get(row.pk)) for row in (item, *hers)),
        files=sum(int(row.__dict__["file_count"]) for row in (item, *hers)),
    )


def _part(row: AgendaItem, reading: ItemReading | None) -> rules.Part:
    files_at: datetime | None = row.__dict__["files_at"]
    if reading is None:
        return rules.Part(row.pk, row.presentation_id, files_at)
    return rules.Part(row.pk, row.presentation_id, files_at, reading.presentation, reading.created_at)


def _may_read(row: AgendaItem) -> bool:
    lies_closed = row.is_closed or (row.parent is not None and row.parent.is_closed)
    return not lies_closed or (_flag(row, "reads_closed") and not _flag(row, "is_shut"))


def _flag(row: AgendaItem, name: str) -> bool:
    return bool(row.__dict__[name])


def fetch_words(item: AgendaItem, user: User) -> AgendaItem:
    """Give an item of `MyItems` its sub-items and words as they were sent, for `meetings.rendering.shown_item`.

    Attachments outside the packet are left out; so are path and absence, which her page does not show. Five queries.
    """
    sent = AgendaItem.objects.filter(sent_to(user), withdrawn_at=None).annotate(
        **said_of_items(), said_reports=said_reports()
    )
    subitems = sent.select_related("case", "presentation", "step")
    prefetch_related_objects([item], Prefetch("subitems", subitems))
    decisions = Decision.objects.select_related("recorded_by").annotate(said_points=said_points())
    prefetch_related_objects(
        [item, *item.subitems.all()],
        "presentation__sections__points",
        Prefetch("decisions", decisions),
        Prefetch("attachments", _PACKET.annotate(**replaced_facts()).select_related("version", "presentation")),
        Prefetch("steps", PlannedStep.objects.none()),
        Prefetch("attendance", Attendance.objects.none()),
        Prefetch("case__path", PathStep.objects.none()),
    )
    return item
