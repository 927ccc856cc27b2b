"""Follow-ups at an item and on a case; and what the protocol of a meeting needs of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.documents.access import Access
from sagsgang.followups.models import FollowUp, FollowUpQuerySet, Progress, flag
from sagsgang.followups.permissions import Eyes, FollowUpRows, eyes_of, is_closed_material
from sagsgang.meetings.models import AgendaItem, Meeting, Parties


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


class ReportedLine(NamedTuple):
    """What was reported back: the follow-up's words, its owner by role, and what was done.

    `is_embargoed`: the decision that gave it waits for its parties to be told (R19), so that it stays in the house.
    """

    words: str
    owner: str
    said: str
    is_embargoed: bool = False


def given_rows(meeting: Meeting) -> QuerySet[Any]:
    """What was given at each item and sub-item of the meeting, for its protocol (`given_from`), in the order given.

    Closed ones stand where their closed item stands; at an open item there are open ones alone. One that was dropped
    is left out.
    """
    return _printed(FollowUp.objects.with_standing().filter(item__meeting=meeting.pk), "item")


def given_from(rows: Iterable[Any]) -> dict[UUID, list[GivenLine]]:
    """The lines of `given_rows`, by item."""
    lines: dict[UUID, list[GivenLine]] = {}
    for row in rows:
        lines.setdefault(row.item_id, []).append((row.words, row.owner_role, row.due_on))
    return lines


def reported_rows(meeting: Meeting) -> QuerySet[Any]:
    """What was reported back at each item of the meeting (`reported_from`), by the rules of `given_rows`."""
    return _reported(FollowUp.objects.filter(reported_in__meeting=meeting.pk))


def reported_from(rows: Iterable[Any]) -> dict[UUID, list[ReportedLine]]:
    """The lines of `reported_rows`, by item, with the words of who finished it."""
    lines: dict[UUID, list[ReportedLine]] = {}
    for row in rows:
        line = ReportedLine(row.words, row.owner_role, row.said or "", row.is_embargoed)
        lines.setdefault(row.reported_in_id, []).append(line)
    return lines


def place_reports(meeting: Meeting, *, until: datetime | None = None) -> None:
    """Lay at the items of `meetings.queries.meeting_rows` what was reported back there, done by `until`; one query."""
    rows = reported_rows(meeting)
    lines = reported_from(rows if until is None else rows.filter(said_at__lte=until))
    for item in meeting.items.all():
        for row in (item, *item.subitems.all()):
            row.__dict__["said_reports"] = [line._asdict() for line in lines.get(row.pk, ())]


def said_reports() -> ArraySubquery:
    """The annotation `said_reports`, that brings with an item what was reported back at it."""
    rows = _reported(FollowUp.objects.filter(reported_in=OuterRef("pk")))
    line = JSONObject(words="words", owner="owner_role", said="said", is_embargoed="is_embargoed")
    return ArraySubquery(rows.values(json=line))


def _reported(rows: FollowUpQuerySet) -> QuerySet[Any]:
    waits = Q()
    for place in ("item", "item__parent"):
        waits |= Q(**{f"{place}__parties": Parties.SOME, f"{place}__parties_told_at": None})
    found: QuerySet[Any] = _printed(rows.with_standing(), "reported_in").annotate(is_embargoed=flag(waits))
    return found


def _printed(rows: QuerySet[Any], place: str) -> QuerySet[Any]:
    """Those whose words may stand where the item at `place` stands: nothing closed under an open item."""
    closed = Q(**{f"{place}__access": Access.CLOSED}) | Q(**{f"{place}__parent__access": Access.CLOSED})
    kept = Q(progress=None) | ~Q(progress=Progress.DROPPED)
    found: QuerySet[Any] = rows.annotate(is_closed=is_closed_material())
    return found.filter(Q(is_closed=False) | closed, kept, **{f"{place}__withdrawn_at": None}).order_by(
        "created_at", "pk"
    )
