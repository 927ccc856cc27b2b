"""The agenda as it is composed: frozen values for the secretary's page, made from fetched rows. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.arranging import placed_rows
from sagsgang.meetings.rendering.shown import Reader
from sagsgang.meetings.rules.agenda import MOST_BLOCKS, Part, Placed, printed, stamp_of, supplement_number


@dataclass(frozen=True, slots=True)
class ComposedLine:
    """An item or sub-item with what can be done to it. `is_fixed`: sent, or from outside; then nothing can."""

    pk: UUID
    number: str
    title: str
    kind: str  # B, D, O or ""
    kind_words: str
    ground: str  # "" = open
    block: int | None
    late_reason: str
    supplement: int
    attachments: int
    has_conflict: bool
    is_standing: bool
    is_fixed: bool
    is_sub: bool
    has_above: bool  # something that it can change places with
    has_below: bool
    lines: tuple["ComposedLine", ...] = ()

    @property
    def may_stand_in_block(self) -> bool:
        """Can it be decided together with others?"""
        return not (self.ground or self.is_sub or self.is_standing or self.has_conflict or self.kind == "D")


@dataclass(frozen=True, slots=True)
class ComposedPart:
    """A part of the meeting under its heading."""

    key: str
    heading: str
    lines: tuple[ComposedLine, ...]


@dataclass(frozen=True, slots=True)
class Composing:
    """The whole agenda in its parts: what has gone out, and what is still composed. `stamp` is what a move names."""

    parts: tuple[ComposedPart, ...]
    sent_parts: tuple[ComposedPart, ...]
    stamp: str
    order: tuple[UUID, ...]
    count: int
    shows_closed: bool

    @property
    def blocks(self) -> range:
        """The numbers that a block may have."""
        return range(1, MOST_BLOCKS + 1)


def composing(meeting: Meeting, items: Sequence[AgendaItem], reader: Reader) -> Composing:
    """The agenda for who composes it; of `queries.arranging.composed_items`."""
    rows = placed_rows(meeting, items)
    by_id = {item.pk: item for item in items}
    lines = {row.pk: _line(by_id[row.pk], row, rows, reader) for row in rows}
    tops = [_with_subs(lines, row, rows) for row in rows if row.parent is None]
    part_of = {row.pk: row.part for row in rows}
    free = [line for line in tops if not line.is_fixed]
    fixed = [line for line in tops if line.is_fixed]
    return Composing(
        parts=_parts(free, part_of, "new"),
        sent_parts=_parts(fixed, part_of, "sent"),
        stamp=stamp_of(rows),
        order=tuple(row.pk for row in printed(rows)),
        count=len(tops),
        shows_closed=reader.closed_too and any(item.is_closed for item in items),
    )


def _parts(lines: Iterable[ComposedLine], part_of: dict[UUID, Part], key: str) -> tuple[ComposedPart, ...]:
    headings = {
        Part.OPEN: gettext("Open part"),
        Part.CLOSED: gettext("Closed part"),
        Part.END: gettext("At the end"),
    }
    shown = list(lines)
    found = ((part, tuple(line for line in shown if part_of[line.pk] == part)) for part in Part)
    return tuple(ComposedPart(f"{key}-{part}", headings[part], group) for part, group in found if group)


def _with_subs(lines: dict[UUID, ComposedLine], top: Placed, rows: Sequence[Placed]) -> ComposedLine:
    subs = tuple(lines[row.pk] for row in rows if row.parent == top.pk)
    line = lines[top.pk]
    values = {name: getattr(line, name) for name in line.__dataclass_fields__}
    return ComposedLine(**values | {"lines": subs})


def _line(item: AgendaItem, row: Placed, rows: Sequence[Placed], reader: Reader) -> ComposedLine:
    group = [
        one.pk
        for one in rows
        if one.parent == row.parent and not one.is_fixed and (row.parent is not None or one.part == row.part)
    ]
    readable = not item.is_closed or reader.reads_closed_at(item)
    return ComposedLine(
        pk=item.pk,
        number=item.number,
        title=item.title or gettext("(without title)"),
        kind=item.kind,
        kind_words=item.get_kind_display(),
        ground=item.get_ground_display() if item.is_closed else "",
        block=item.block,
        late_reason=item.late_reason if readable else "",
        supplement=supplement_number(item.first_sent_in),
        attachments=getattr(item, "attachment_count", 0),
        has_conflict=getattr(item, "has_conflict", False),
        is_standing=item.standing_id is not None,
        is_fixed=row.is_fixed,
        is_sub=row.parent is not None,
        has_above=row.pk in group and row.pk != group[0],
        has_below=row.pk in group and row.pk != group[-1],
    )
