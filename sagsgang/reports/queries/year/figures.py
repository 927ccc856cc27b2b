"""The figures of a yearly report by name: which rows each of them counts. A list shows exactly the rows that are counted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sagsgang.documents.access import Ground
from sagsgang.meetings.models import Outcome
from sagsgang.reports.queries.year.rows import FollowUpRow, Group, How, ItemRow, Late, MeetingRow, PresenceRow, Row
from sagsgang.reports.rules import Period

type Counts = Callable[[Any, Period, date], bool]

UNSAID = "none"
"""In a name: an outcome that the words alone say, an item without a kind."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its name in addresses, the group whose rows it is of, and whether it counts a row of a period, today."""

    key: str
    group: Group
    counts: Counts


def _meetings(key: str, which: Callable[[MeetingRow], bool]) -> Figure:
    return Figure(key, Group.MEETINGS, lambda row, period, _today: period.holds(row.held_on) and which(row))


def _items(key: str, which: Callable[[ItemRow], bool]) -> Figure:
    return Figure(key, Group.ITEMS, lambda row, period, _today: period.holds(row.held_on) and which(row))


def _presence(how: How) -> Figure:
    def counts(row: PresenceRow, period: Period, _today: date) -> bool:
        return period.holds(row.held_on) and row.how == how

    return Figure(f"presence-{how}", Group.PRESENCE, counts)


def _follow_ups(key: str, which: Callable[[FollowUpRow, Period, date], bool]) -> Figure:
    return Figure(key, Group.FOLLOW_UPS, which)


def _is_overdue(row: FollowUpRow, period: Period, today: date) -> bool:
    return not row.is_over and row.due_on is not None and period.holds(row.due_on) and row.due_on < today


def _outcome(outcome: str) -> Figure:
    return _items(f"outcome-{outcome or UNSAID}", lambda row: row.outcome == outcome)


def _kind(kind: str) -> Figure:
    return _items(f"kind-{kind or UNSAID}", lambda row: row.kind == kind)


def _ground(ground: str) -> Figure:
    return _items(f"ground-{ground}", lambda row: row.ground == ground)


KINDS = ("B", "D", "O", "")
OUTCOMES = (*Outcome.values, "")

FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        _meetings("meetings", lambda row: row.is_held),
        _meetings("meetings-extraordinary", lambda row: row.is_held and row.is_extraordinary),
        _meetings("meetings-cancelled", lambda row: row.is_cancelled),
        _items("items", lambda row: True),
        *(_kind(kind) for kind in KINDS),
        _items("items-open", lambda row: not row.is_closed),
        _items("items-closed", lambda row: row.is_closed),
        _items("decisions", lambda row: row.is_decided),
        *(_outcome(outcome) for outcome in OUTCOMES),
        _items("cases-ended", lambda row: row.days is not None),
        *(_ground(ground) for ground in Ground.values),
        _items("closed-decisions", lambda row: row.is_closed and row.is_decided),
        _items("closed-extract", lambda row: row.is_closed and row.is_decided and row.has_extract),
        _items(
            "closed-reason", lambda row: row.is_closed and row.is_decided and row.has_reason and not row.has_extract
        ),
        _items(
            "closed-nothing", lambda row: row.is_closed and row.is_decided and not (row.has_reason or row.has_extract)
        ),
        Figure(
            "reviews-due",
            Group.ITEMS,
            lambda row, period, today: (
                row.is_closed and row.review_on is not None and period.holds(row.review_on) and row.review_on <= today
            ),
        ),
        _items("late", lambda row: row.late is not None),
        _items("late-supplement", lambda row: row.late == Late.SUPPLEMENT),
        _items("late-deadline", lambda row: row.late == Late.DEADLINE),
        *(_presence(how) for how in How),
        _follow_ups("follow-ups", lambda row, period, _today: period.holds(row.made_on)),
        _follow_ups("follow-ups-done", lambda row, period, _today: period.holds(row.done_on)),
        _follow_ups("follow-ups-overdue", _is_overdue),
        Figure("signatures", Group.SIGNATURES, lambda row, period, _today: period.holds(row.held_on)),
    )
}


@dataclass(frozen=True, slots=True)
class Year:
    """What was read for a report of a body and a period; `rows` of the groups that were asked for, of every body.

    `others` are the bodies of the authority that held a meeting in the period, without this one.
    """

    body: UUID
    period: Period
    today: date
    rows: dict[Group, list[Row]]
    others: tuple[UUID, ...] = ()
    _known: dict[tuple[str, Period], list[Any]] = field(default_factory=dict, compare=False)  # lists that were asked

    def rows_of(self, key: str, period: Period | None = None) -> list[Any]:
        """The rows of the body that the figure counts, in their order. Raises KeyError for no such figure."""
        figure, of = FIGURES[key], period or self.period
        if (key, of) not in self._known:
            rows = (row for row in self.rows[figure.group] if row.body == self.body)
            self._known[key, of] = [row for row in rows if figure.counts(row, of, self.today)]
        return self._known[key, of]

    def count(self, key: str, period: Period | None = None) -> int:
        """How many."""
        return len(self.rows_of(key, period))

    def counts_of_others(self, key: str) -> list[int]:
        """How many each of the other bodies has; nobody's presence but this body's is read."""
        figure = FIGURES[key]
        counted = dict.fromkeys(self.others, 0)
        for row in self.rows[figure.group]:
            if row.body in counted and figure.counts(row, self.period, self.today):
                counted[row.body] += 1
        return list(counted.values())
