"""Released rows as a page shows them: the words of an item as a tree, beside its address."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import cattrs

from sagsgang.publication.document import ItemDocument, PersonLine
from sagsgang.publication.models import PublicItem, PublicMeeting
from sagsgang.publication.rendering.order import DecisionBlock, Flow, decisions_of, flow_of, numbered

_converter = cattrs.Converter()
_converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item with its address and its sub-items."""

    row: PublicItem
    document: ItemDocument
    subitems: tuple["ShownItem", ...] = ()

    @property
    def title(self) -> str:
        """Number and title as printed."""
        return numbered(self.document.number, self.document.title)

    @property
    def anchor(self) -> str:
        """The sub-item's place on its item's page."""
        return f"delpunkt-{self.row.position}"

    @property
    def flow(self) -> Flow:
        """Its sections in order."""
        return flow_of(self.document)

    @property
    def decisions(self) -> list[DecisionBlock]:
        """Its decisions in order, with what each says of the sub-items."""
        return decisions_of(self.document)


def shown_items(rows: Iterable[PublicItem]) -> dict[UUID, list[ShownItem]]:
    """The items of each meeting in order, each with its sub-items."""
    below: dict[UUID | None, list[PublicItem]] = defaultdict(list)
    for row in rows:
        below[row.parent_id].append(row)
    found: dict[UUID, list[ShownItem]] = defaultdict(list)
    for row in sorted(below[None], key=lambda row: row.position):
        found[row.meeting_id].append(shown_item(row, below[row.pk]))
    return found


def shown_item(row: PublicItem, subrows: Sequence[PublicItem]) -> ShownItem:
    """One item with its sub-items in order."""
    subitems = tuple(ShownItem(sub, _words(sub)) for sub in sorted(subrows, key=lambda sub: sub.position))
    document = replace(_words(row), subitems=tuple(sub.document for sub in subitems))
    return ShownItem(row, document, subitems)


def _words(row: PublicItem) -> ItemDocument:
    return _converter.structure(row.content, ItemDocument)


def people(value: list[dict[str, str]] | None) -> list[PersonLine] | None:
    """Those present, or absent: None where the source says nothing, and empty where it says nobody."""
    return None if value is None else [PersonLine(**person) for person in value]


def meeting_context(meeting: PublicMeeting) -> dict[str, object]:
    """What the page of a meeting shows around its items."""
    return {
        "authority": meeting.authority,
        "body": meeting.body,
        "meeting": meeting,
        "release": meeting.release,
        "present": people(meeting.present),
        "absent": people(meeting.absent),
    }
