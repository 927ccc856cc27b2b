"""The rows that a figure counts, as a list: of a closed item its number and what the public may call it, whoever looks.

Who opens an item from there leaves the trace of it. Where the figure itself tells what was decided, a closed item that she
may not read is counted without its place.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from sagsgang.core.plots import Cell, Table
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.models import AgendaItem, Outcome
from sagsgang.meetings.rendering.shown import public_face
from sagsgang.reports.queries.year.rows import FollowUpRow, Group, ItemRow, MeetingRow, PresenceRow, SignatureRow
from sagsgang.reports.rendering.body_year_words import how_words, label_of


def meetings_table(rows: Sequence[MeetingRow]) -> Table:
    """Days and kinds."""
    return Table(
        (gettext("Meeting"), pgettext("meeting", "Kind")),
        tuple(
            (
                Cell(_day(row.held_on), reverse("meetings:meeting", args=[row.pk]), is_number=False),
                Cell(_kind(row), is_number=False),
            )
            for row in rows
        ),
    )


def _kind(row: MeetingRow) -> str:
    words = pgettext("meeting", "extraordinary") if row.is_extraordinary else pgettext("meeting", "ordinary")
    return gettext("{kind}, cancelled").format(kind=words) if row.is_cancelled else words


def items_table(
    rows: Sequence[ItemRow], items: Mapping[UUID, AgendaItem], unread: Collection[UUID], *, is_telling: bool
) -> Table:
    """Items with what is known of them. `unread` are closed ones that she may not read; where the figure itself tells what
    became of an item (`is_telling`), those stand without day, number and way.
    """
    headings = (gettext("Item"), pgettext("item", "Outcome"), gettext("Days"), gettext("Why late"))
    unplaced = (Cell(gettext("Closed item"), is_number=False), *(Cell("", is_number=False) for _column in range(3)))
    return Table(
        headings,
        tuple(
            unplaced if is_telling and row.pk in unread else _item(row, items[row.pk], is_unread=row.pk in unread)
            for row in rows
        ),
    )


def _item(row: ItemRow, item: AgendaItem, *, is_unread: bool) -> tuple[Cell, ...]:
    name = _face(row, item) if row.is_shut else item.title
    words = gettext("{day}, {number} {title}").format(day=_day(row.held_on), number=row.number, title=name)
    outcome = "" if row.is_shut or not row.outcome else str(Outcome(row.outcome).label)
    days = ngettext("{count} day", "{count} days", row.days or 0).format(count=row.days)
    late = f"{label_of(f'late-{row.late}')}: {row.late_words}".removesuffix(": ") if row.late else ""
    return (
        Cell(" ".join(words.split()), reverse("meetings:item", args=[row.pk]), is_number=False),
        Cell(outcome, is_number=False),
        Cell("" if is_unread or row.days is None else days),
        Cell(late, is_number=False),
    )


def _face(row: ItemRow, item: AgendaItem) -> str:
    return public_face(item) if row.is_closed else gettext("Closed item")


def follow_ups_table(rows: Sequence[FollowUpRow], seen: Mapping[UUID, Any]) -> Table:
    """Follow-ups; the words of those that she may read (`seen`: rows of `FollowUpRows`), others by their day alone."""
    headings = (gettext("Follow-up"), gettext("Given"), gettext("Due"), pgettext("follow-up", "Done"))
    return Table(headings, tuple(_follow_up(row, seen.get(row.pk)) for row in rows))


def _follow_up(row: FollowUpRow, found: FollowUp | None) -> tuple[Cell, ...]:
    may_read = found is not None and bool(getattr(found, "may_read", False))
    words = found.words if found is not None and may_read else gettext("not for you to read")
    href = reverse("followups:follow-up", args=[row.pk]) if found is not None else ""
    days = (row.made_on, row.due_on, row.done_on)
    return (Cell(words, href, is_number=False), *(Cell(_day(day) if day else "–", is_number=False) for day in days))


def signatures_table(rows: Sequence[SignatureRow]) -> Table:
    """Who has not signed which protocol."""
    return Table(
        (gettext("Name"), gettext("Protocol")),
        tuple(
            (
                Cell(row.name, is_number=False),
                Cell(_day(row.held_on), reverse("meetings:meeting", args=[row.meeting]), is_number=False),
            )
            for row in rows
        ),
    )


def presence_table(rows: Sequence[PresenceRow]) -> Table:
    """Who took part how."""
    words = how_words()
    return Table(
        (gettext("Name"), gettext("Meeting"), pgettext("presence", "Took part")),
        tuple(
            (
                Cell(row.name, is_number=False),
                Cell(_day(row.held_on), reverse("meetings:meeting", args=[row.meeting]), is_number=False),
                Cell(words[row.how], is_number=False),
            )
            for row in rows
        ),
    )


def plain_table(group: Group, rows: Sequence[Any]) -> Table:
    """The lists that are made of the rows alone: meetings, missing signatures, presence."""
    if group == Group.MEETINGS:
        return meetings_table(rows)
    return signatures_table(rows) if group == Group.SIGNATURES else presence_table(rows)


def _day(day: Any) -> str:
    return date_format(day, "j. F Y")
