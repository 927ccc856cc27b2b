"""What the reading pages show: the agenda as it was sent to her, and one item of it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.rendering import Reader, ShownItem, public_face, shown_item
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.members.queries.material import Entry, Material
from sagsgang.members.rules import Reading


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A line of the agenda that was sent to her. `reading` is empty where she may not read the item."""

    pk: UUID
    number: str
    title: str
    kind: str
    ground: str
    reading: str
    supplement: int
    files: int
    is_shut: bool = False

    @property
    def is_read(self) -> bool:
        return self.reading == Reading.READ

    @property
    def is_changed(self) -> bool:
        return self.reading == Reading.CHANGED


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The items that she reads before and after this one; `place` of `count`."""

    before: ShownEntry | None
    after: ShownEntry | None
    place: int
    count: int


def reader_of(material: Material) -> Reader:
    """The reader for whom her pages are made: a member, whatever else she is in the house; drafts are no material."""
    return Reader(closed_too=material.reads_closed, shut_out=material.shut, unsent_too=False)


def shown_entries(material: Material) -> tuple[ShownEntry, ...]:
    """The agenda as it was sent to her."""
    reader = reader_of(material)
    return tuple(_entry(entry, reader) for entry in material.entries)


def shows_closed_titles(material: Material) -> bool:
    """Do the lines hold an internal title that is closed?"""
    return material.reads_closed and any(entry.item.is_closed for entry in material.entries)


def shown_words(item: AgendaItem, meeting: Meeting, material: Material) -> ShownItem:
    """The item of `queries.material.fetch_words` as she may read it."""
    return shown_item(item, meeting, reader_of(material))


def neighbours(material: Material, item_id: UUID) -> Neighbours | None:
    """Where the item stands among those that she can read; None if it is not one of them."""
    reader = reader_of(material)
    rows = [_entry(entry, reader) for entry in material.readable]
    place = next((number for number, row in enumerate(rows) if row.pk == item_id), None)
    if place is None:
        return None
    after = rows[place + 1] if place + 1 < len(rows) else None
    return Neighbours(rows[place - 1] if place else None, after, place + 1, len(rows))


def _entry(entry: Entry, reader: Reader) -> ShownEntry:
    item = entry.item
    hidden = item.is_closed and not reader.knows_title_of(item)
    return ShownEntry(
        pk=item.pk,
        number=f"{item.parent.number}.{item.number}" if item.parent else item.number,
        title=public_face(item) if hidden else item.title or gettext("(without title)"),
        kind="" if hidden else item.get_kind_display(),
        ground=item.get_ground_display() if item.is_closed else "",
        reading=entry.reading if entry.is_readable else "",
        supplement=supplement_number(item.first_sent_in),
        files=entry.files if entry.is_readable else 0,
        is_shut=item.is_closed and item.pk in reader.shut_out and reader.knows_title_of(item),
    )
