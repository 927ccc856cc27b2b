"""What is shown of the entries that a search finds: one narrow statement, and no rows of models."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sagsgang.publication.queries.search import _rows


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry with the names of what it leads to. The words are those of `SearchEntry`.

    An entry of a meeting as a whole has no item, and only that of an attachment has a file; `parent_id` is the item
    under which a sub-item stands.
    """

    id: UUID
    kind: str
    held_on: date
    body: str
    title: str
    strong: str
    text: str
    parts: str
    first_page: int | None
    meeting_id: UUID
    meeting_slug: str
    item_id: UUID | None
    item_title: str
    item_slug: str
    item_access: str
    item_position: int
    parent_id: UUID | None
    parent_slug: str
    file_id: UUID | None
    file_name: str


def entries(ids: tuple[UUID, ...]) -> list[Entry]:
    """The entries in the order of `ids`."""
    if not ids:
        return []
    sql = """
        SELECT entry.id, entry.kind, entry.held_on, body.name, entry.title, entry.strong, entry.text, entry.parts,
          entry.first_page, entry.meeting_id, meeting.slug, entry.item_id, coalesce(item.title, ''),
          coalesce(item.slug, ''), coalesce(item.access, ''), coalesce(item.position, 0), parent.id,
          coalesce(parent.slug, ''), entry.file_id, coalesce(file.name, '')
        FROM pub.search_entry AS entry
          JOIN pub.body AS body ON body.id = entry.body_id
          JOIN pub.meeting AS meeting ON meeting.id = entry.meeting_id
          LEFT JOIN pub.item AS item ON item.id = entry.item_id
          LEFT JOIN pub.item AS parent ON parent.id = item.parent_id
          LEFT JOIN pub.file AS file ON file.id = entry.file_id
        WHERE entry.id = ANY(%(ids)s)
    """
    found = {row[0]: Entry(*row) for row in _rows(sql, {"ids": list(ids)})}
    return [found[pk] for pk in ids if pk in found]
