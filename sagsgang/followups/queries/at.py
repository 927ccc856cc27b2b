"""Follow-ups at an item and on a case; and what the protocol of a meeting needs of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.documents.access import Access
from sagsgang.followups.models import FollowUp, Progress
from sagsgang.followups.permissions import Eyes, FollowUpRows, eyes_of, is_closed_material
from sagsgang.meetings.models import AgendaItem, Meeting


@dataclass(frozen=True, slots=True)
class Place:
    """An item or sub-item with its follow-ups: those given here, then the others of its case, each by their day."""

    item: AgendaItem
    here: tuple[FollowUp, ...]
    others: tuple[FollowUp, ...]

    @property
    def is_empty(self) -> bool:
        """Is there none?"""
        return not self.here and not self.others


def places_of(item: AgendaItem, user: User) -> tuple[list[Place], list[AgendaItem]]:
    """An item of an agenda and its sub-items, each with what was given at it and elsewhere in its case;
    and those of them at which she may give one. Six queries.

    A sub-item that lies in its item's case has its own ones alone.
    """
    subs = list(
        item.subitems.filter(withdrawn_at=None).select_related("case", "meeting__body", "parent", "presentation")
    )
    for sub in subs:
        sub.parent, sub.meeting = item, item.meeting
    parts = [item, *subs]
    eyes = eyes_of(user, cases={part.case_id for part in parts})
    rows = _of_cases({part.case_id for part in parts}, eyes)
    given = {part.pk for part in parts}
    places = []
    for part in parts:
        here = tuple(row for row in rows if row.item_id == part.pk)
        others = () if part is not item and part.case_id == item.case_id else _others(rows, part, given)
        places.append(Place(part, here, others))
    return places, [part for part in parts if eyes.gives_at(part)]


def _others(rows: list[FollowUp], part: AgendaItem, given: set[UUID]) -> tuple[FollowUp, ...]:
    return tuple(row for row in rows if row.matter == part.case_id and row.item_id not in given)  # type: ignore[attr-defined]


def on_case(case: Case, user: User) -> list[FollowUp]:
    """Every follow-up of the case, by its day; five queries."""
    return _of_cases({case.pk}, eyes_of(user))


def items_of(case: Case) -> list[AgendaItem]:
    """The items of the case on the agendas of bodies, the newest meeting first; one query."""
    rows = case.agenda_items.filter(withdrawn_at=None).select_related("meeting__body")
    return list(rows.order_by("-meeting__held_on", "position"))


def _of_cases(cases: set[UUID], eyes: Eyes) -> list[FollowUp]:
    rows = FollowUpRows().seen_by(eyes).filter(matter__in=cases)
    return list(rows.order_by("is_over", "due_on", "created_at", "pk"))


type GivenLine = tuple[str, str, date | None]  # words, owner by role, due on
type ReportedLine = tuple[str, str, str]  # words, owner by role, what was done


def given_at(meeting: Meeting) -> dict[UUID, list[GivenLine]]:
    """What was given at each item and sub-item of the meeting, for its protocol, in the order given; one query.

    Closed ones stand where their closed item stands; at an open item there are open ones alone. One that was dropped
    is left out.
    """
    lines: dict[UUID, list[GivenLine]] = {}
    for row in _printed(FollowUp.objects.with_standing().filter(item__meeting=meeting), "item"):
        assert row.item_id is not None
        lines.setdefault(row.item_id, []).append((row.words, row.owner_role, row.due_on))
    return lines


def reported_at(meeting: Meeting) -> dict[UUID, list[ReportedLine]]:
    """What was reported back at each item of the meeting, with the words of who finished it; one query."""
    lines: dict[UUID, list[ReportedLine]] = {}
    for row in _printed(FollowUp.objects.with_standing().filter(reported_in__meeting=meeting), "reported_in"):
        assert row.reported_in_id is not None
        said: str = row.said or ""
        lines.setdefault(row.reported_in_id, []).append((row.words, row.owner_role, said))
    return lines


def _printed(rows: QuerySet[Any], place: str) -> QuerySet[Any]:
    """Those whose words may stand where the item at `place` stands: nothing closed under an open item."""
    closed = Q(**{f"{place}__access": Access.CLOSED}) | Q(**{f"{place}__parent__access": Access.CLOSED})
    kept = Q(progress=None) | ~Q(progress=Progress.DROPPED)
    found: QuerySet[Any] = rows.annotate(is_closed=is_closed_material())
    return found.filter(Q(is_closed=False) | closed, kept, **{f"{place}__withdrawn_at": None}).order_by(
        "created_at", "pk"
    )
