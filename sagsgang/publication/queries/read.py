"""What the pages that are read most show: a meeting with its items, and one item with its case. Fixed statements."""
# ruff: noqa: S608 - statements are put together of names of ours; what somebody asked for goes beside them as a value

import json
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models

from sagsgang.publication.models import PublicBody, PublicCase, PublicItem, PublicMeeting, Release
from sagsgang.publication.queries.fixed import Columns, lines
from sagsgang.publication.queries.released import WALL

_BODY = Columns(PublicBody, "body")
_CASE = Columns(PublicCase, "matter")  # "case" is a word of SQL
_ITEM = Columns(PublicItem, "item", without=["content"])
_MEETING = Columns(PublicMeeting, "meeting")
_PARENT = Columns(PublicItem, "parent", only=["slug"])
_RELEASE = Columns(Release, "release", without=["document"])
_AROUND = Columns(PublicMeeting, "meeting", without=["present", "absent", "record", "changes"])  # an item
_BESIDE = Columns(PublicItem, "item", only=["position", "number", "title", "slug"])
_STEP = Columns(PublicItem, "item", only=["parent", "position", "slug"])
_STEP_MEETING = Columns(PublicMeeting, "meeting", only=["held_on"])
_STEP_BODY = Columns(PublicBody, "body", only=["name", "code"])


class WrittenItem(NamedTuple):
    """An item as it is read, its content as JSON text: enough to know it again by, without decoding it."""

    id: UUID
    parent_id: UUID | None
    case_id: UUID | None
    position: int
    number: str
    title: str
    slug: str
    access: str
    content: str

    def row(self) -> PublicItem:
        """The row, with its content decoded; `meeting` and `parent` are not fetched."""
        values: list[Any] = [*self[:-1], json.loads(self.content)]
        return PublicItem.from_db(WALL, self._fields, values, fetch_mode=models.FETCH_RAISE)


_WRITTEN = ", ".join(f"item.{name}" for name in WrittenItem._fields)

_ONE_MEETING = f"""
    SELECT {_MEETING.listed}, {_BODY.listed}, {_RELEASE.listed} FROM {_MEETING.table}
    JOIN {_BODY.table} ON body.id = meeting.body_id JOIN {_RELEASE.table} ON release.id = meeting.release_id
    WHERE meeting.id = %s
"""


def meeting(pk: UUID) -> PublicMeeting | None:
    """A meeting, or the tombstone of a withdrawn one, with its body and its release's number and hash."""
    return next((_meeting(_MEETING, iter(line)) for line in lines(_ONE_MEETING, pk)), None)


def _meeting(columns: Columns[PublicMeeting], values: Iterator[Any]) -> PublicMeeting:
    row = columns.row(values)
    row.body, row.release = _BODY.row(values), _RELEASE.row(values)
    return row


_ITEMS_OF_A_MEETING = f"""
    SELECT {_WRITTEN} FROM {_ITEM.table} WHERE item.meeting_id = %s ORDER BY item.parent_id, item.position
"""


def items_with_words(meeting: PublicMeeting) -> list[WrittenItem]:
    """All items and sub-items of a meeting in order."""
    return [WrittenItem._make(line) for line in lines(_ITEMS_OF_A_MEETING, meeting.pk)]


_ONE_ITEM = f"""
    SELECT {_ITEM.listed}, {_CASE.listed}, {_PARENT.listed}, {_AROUND.listed}, {_BODY.listed}, {_RELEASE.listed}
    FROM {_ITEM.table} JOIN {_AROUND.table} ON meeting.id = item.meeting_id
    JOIN {_BODY.table} ON body.id = meeting.body_id JOIN {_RELEASE.table} ON release.id = meeting.release_id
    LEFT JOIN {_CASE.table} ON matter.id = item.case_id LEFT JOIN {_PARENT.table} ON parent.id = item.parent_id
    WHERE item.id = %s
"""


def item(pk: UUID) -> PublicItem | None:
    """An item or sub-item with its case, its parent's address and its meeting, and without its words."""
    return next((_item(iter(line)) for line in lines(_ONE_ITEM, pk)), None)


def _item(values: Iterator[Any]) -> PublicItem:
    row = _ITEM.row(values)
    row.case, row.parent = _CASE.row_if_any(values), _PARENT.row_if_any(values)
    row.meeting = _meeting(_AROUND, values)
    return row


_ITEM_WITH_SUBITEMS = f"""
    SELECT {_WRITTEN} FROM {_ITEM.table} WHERE item.id = %s OR item.parent_id = %s ORDER BY item.position
"""


def item_with_subitems(pk: UUID) -> list[WrittenItem]:
    """An item and its sub-items, in no order."""
    return [WrittenItem._make(line) for line in lines(_ITEM_WITH_SUBITEMS, pk, pk)]


_ON_THE_AGENDA = f"SELECT {_BESIDE.listed} FROM {_BESIDE.table} WHERE item.meeting_id = %s AND item.parent_id IS NULL"
_NEIGHBOURS = f"""
    ({_ON_THE_AGENDA} AND item.position < %s ORDER BY item.position DESC LIMIT 1)
    UNION ALL ({_ON_THE_AGENDA} AND item.position > %s ORDER BY item.position LIMIT 1)
"""


def neighbours_of(item: PublicItem) -> tuple[PublicItem | None, PublicItem | None]:
    """The names and addresses of the items before and after one on its meeting's agenda; None at its ends."""
    place = (item.meeting_id, item.position)
    rows = [_BESIDE.row(iter(line)) for line in lines(_NEIGHBOURS, *place, *place)]
    before = next((row for row in rows if row.position < item.position), None)
    return before, next((row for row in rows if row.position > item.position), None)


_STEPS = f"""
    SELECT {_STEP.listed}, {_PARENT.listed}, {_STEP_MEETING.listed}, {_STEP_BODY.listed}
    FROM {_STEP.table} JOIN {_STEP_MEETING.table} ON meeting.id = item.meeting_id
    JOIN {_STEP_BODY.table} ON body.id = meeting.body_id LEFT JOIN {_PARENT.table} ON parent.id = item.parent_id
    WHERE item.case_id = %s ORDER BY meeting.held_on, meeting.starts, item.position, item.id
"""


def steps_taken(case: UUID | None) -> list[PublicItem]:
    """The addresses of a case's items with the days and bodies of their meetings, the oldest first; none for no case."""
    return [_step(iter(line)) for line in lines(_STEPS, case)] if case else []


def _step(values: Iterator[Any]) -> PublicItem:
    row = _STEP.row(values)
    row.parent, row.meeting = _PARENT.row_if_any(values), _STEP_MEETING.row(values)
    row.meeting.body = _STEP_BODY.row(values)
    return row
