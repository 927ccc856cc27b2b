"""From rows to what a page shows of a follow-up: plain values for one reader. Pure.

Of what she may not read nothing is taken over but the body and day where it was given, its day, and where it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.followups.models import FollowUp, FollowUpEvent, Progress
from sagsgang.followups.rules import State, is_overdue, state_of
from sagsgang.meetings.models import AgendaItem

_TONES = {State.OPEN: "info", State.BEGUN: "info", State.DONE: "success", State.DROPPED: ""}


def state_words(state: State) -> str:
    """Where it stands, as its badge says it."""
    return {
        State.OPEN: pgettext("state of a follow-up", "not begun"),
        State.BEGUN: pgettext("state of a follow-up", "begun"),
        State.DONE: pgettext("state of a follow-up", "done"),
        State.DROPPED: pgettext("state of a follow-up", "dropped"),
    }[state]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere, or stand alone where she does not see what they name."""

    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class ShownFollowUp:
    """A follow-up for one reader; without `is_readable` every word of it is empty."""

    pk: UUID
    is_readable: bool
    is_closed: bool
    words: str
    owner_role: str
    holder: str
    unit: str
    state: State
    state_words: str
    tone: str
    is_late: bool
    due_on: date | None
    before: str
    came_of: Link
    case: Link
    item_id: UUID | None
    reports_to: str
    reported_in: Link | None
    reported_id: UUID | None
    waits_for_report: bool
    said: str
    said_on: date | None
    given_by: str
    given_at: datetime
    may_change: bool
    may_work: bool
    may_report: bool

    @property
    def is_over(self) -> bool:
        """Is there nothing left to do?"""
        return self.state in (State.DONE, State.DROPPED)

    @property
    def address(self) -> str:
        """Its page."""
        return reverse("followups:follow-up", args=[self.pk])


def shown(rows: Iterable[FollowUp]) -> list[ShownFollowUp]:
    """The rows of `FollowUpRows` with their standing, as their reader may see them."""
    return [_shown(row) for row in rows]


def _shown(row: Any) -> ShownFollowUp:
    state = state_of(row.progress)
    late = is_overdue(state, row.due_on, localdate())
    may_read: bool = row.may_read
    reported = row.reported_in if row.reported_in and row.reported_in.withdrawn_at is None else None
    case = row.item.case if row.item else row.case
    case_address = reverse("cases:case", args=[case.pk]) if row.sees_case else ""
    return ShownFollowUp(
        pk=row.pk,
        is_readable=may_read,
        is_closed=row.is_closed,
        words=row.words if may_read else "",
        owner_role=row.owner_role if may_read else "",
        holder=str(row.owner or "") if may_read else "",
        unit=row.unit.name if may_read and row.unit else "",
        state=state,
        state_words=state_words(state),
        tone="error" if late else _TONES[state],
        is_late=late,
        due_on=row.due_on,
        before=_before(row) if may_read else "",
        came_of=_came_of(row, may_read),
        case=Link(case.title, case_address) if may_read else Link(""),
        item_id=row.item_id,
        reports_to=row.reports_to.name if may_read and row.reports_to else "",
        reported_in=_item_link(reported, sees=may_read) if reported and may_read else None,
        reported_id=reported.pk if reported else None,
        waits_for_report=may_read and state == State.DONE and row.reports_to_id is not None and reported is None,
        said=(row.said or "") if may_read else "",
        said_on=localdate(row.said_at) if row.said_at else None,
        given_by=str(row.given_by) if may_read else "",
        given_at=row.created_at,
        may_change=may_read and row.writes,
        may_work=may_read and row.works,
        may_report=may_read and row.tells,
    )


def _before(row: FollowUp) -> str:
    step = row.before_step
    if step is None:
        return ""
    if step.withdrawn_at is not None:
        return _("before {body}, which is taken off the path: choose another day").format(body=step.body.name)
    return _("before {body}").format(body=step.body.name)


def _came_of(row: Any, may_read: bool) -> Link:
    if row.item is not None:
        return _item_link(row.item, sees=row.sees_item and may_read, numbered=may_read)
    if not may_read:
        return Link(row.body.name if row.body else "")
    if row.remark is not None:
        address = reverse("cases:approval", args=[row.case_id]) + f"#remark-{row.remark_id}" if row.sees_case else ""
        return Link(_("remark from {body}").format(body=row.body.name) if row.body else _("a remark"), address)
    return Link(_("the presentation of the case"))


def _item_link(item: AgendaItem, *, sees: bool, numbered: bool = True) -> Link:
    words = f"{item.meeting.body.name}, {date_format(item.meeting.held_on, 'DATE_FORMAT')}"
    if item.number and numbered:
        words = _("{meeting}, item {number}").format(meeting=words, number=item.number)
    page = reverse("meetings:item", args=[item.parent_id or item.pk])
    place = f"#delpunkt-{item.pk}" if item.parent_id else ""
    return Link(words, page + place if sees else "")


@dataclass(frozen=True, slots=True)
class ShownEvent:
    """One thing that happened, with its words."""

    what: str
    words: str
    who: str
    at: datetime


def shown_events(events: Iterable[FollowUpEvent]) -> list[ShownEvent]:
    """What happened, the oldest first."""
    words = {
        Progress.BEGUN: _("Begun"),
        Progress.NOTE: _("Note"),
        Progress.DONE: _("Done"),
        Progress.REOPENED: _("Opened again"),
        Progress.DROPPED: _("Dropped"),
    }
    return [ShownEvent(words[Progress(row.progress)], row.words, str(row.by), row.at) for row in events]
