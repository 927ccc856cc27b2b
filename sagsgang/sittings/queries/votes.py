"""Who voted what in a body, vote by vote, as far as names or groups were recorded and the asker may read it (R27)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Seat
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, Substitution, own_decision
from sagsgang.meetings.permissions import items_shut_to, may_read_closed
from sagsgang.sittings.models import Ballot, Method


@dataclass(frozen=True, slots=True)
class RecordedVote:
    """One recorded vote: of a member by name, or so many of a group (`name` is empty then). Words are as they stand."""

    held_on: date
    number: str
    title: str
    is_closed: bool
    poll: int
    subject: str
    method: str
    name: str
    party: str
    choice: str
    count: int
    decision: str


def recorded_votes(body: Body, user: User) -> list[RecordedVote]:
    """The votes of the body's ended polls that carry a name or a group, the newest meeting first; six queries.

    A secret ballot has none. What lies closed is left out for who may not read it.
    """
    rows = list(_ballots(body, user))
    parties = _Parties(body, {row.poll.meeting_id for row in rows})
    decided = _decisions({row.poll.item_id: row.poll.meeting for row in rows})
    return [
        RecordedVote(
            held_on=row.poll.meeting.held_on,
            number=_number(row.poll.item),
            title=row.poll.item.title,
            is_closed=_lies_closed(row.poll.item),
            poll=row.poll.position,
            subject=row.poll.proposal.words if row.poll.proposal else "",
            method=row.poll.get_method_display(),
            name=row.person.name if row.person else "",
            party=row.party or (parties.of(row.person_id, row.poll.meeting) if row.person_id else ""),
            choice=row.get_choice_display(),
            count=row.count,
            decision=decided.get(row.poll.item_id, ""),
        )
        for row in rows
    ]


def _ballots(body: Body, user: User) -> list[Ballot]:
    rows = (
        Ballot.objects.filter(
            ~Q(person=None) | ~Q(party=""),
            poll__meeting__body=body,
            poll__meeting__opened_at__isnull=False,
            poll__closed_at__isnull=False,
            poll__withdrawn_at=None,
            poll__item__withdrawn_at=None,
        )
        .exclude(poll__method=Method.SECRET)
        .select_related("poll__meeting", "poll__item__parent", "poll__proposal", "person")
        .order_by(
            "-poll__meeting__held_on", "poll__opened_at", "poll__position", "party", "person__name", "person", "choice"
        )
    )
    closed = Q(poll__item__access=Access.CLOSED) | Q(poll__item__parent__access=Access.CLOSED)
    if not may_read_closed(user, Meeting(body=body)):
        return list(rows.exclude(closed))
    shut = frozenset(items_shut_to(user).filter(meeting__body=body).values_list("pk", flat=True))
    return [row for row in rows if row.poll.item_id not in shut or not _lies_closed(row.poll.item)]


def _lies_closed(item: AgendaItem) -> bool:
    return item.is_closed or (item.parent is not None and item.parent.is_closed)


def _number(item: AgendaItem) -> str:
    return f"{item.parent.number}.{item.number}" if item.parent else item.number


class _Parties:
    """The group in which each voted: her own on the day, a substitute's that of the member she sat in for."""

    def __init__(self, body: Body, meetings: set[UUID]) -> None:
        self._seats = list(Seat.objects.filter(body=body))
        called = Substitution.objects.filter(meeting__in=meetings)
        self._called = {(row.meeting_id, row.substitute_id): row.absent_id for row in called}

    def of(self, person: UUID, meeting: Meeting) -> str:
        """Her group at the meeting; "" where none is known."""
        person = self._called.get((meeting.pk, person), person)
        for seat in self._seats:
            begun = seat.held_from is None or seat.held_from <= meeting.held_on
            if seat.person_id == person and begun and (seat.held_to is None or seat.held_to >= meeting.held_on):
                return seat.party
        return ""


def _decisions(items: dict[UUID, Meeting]) -> dict[UUID, str]:
    """The outcome of each item's own decision, in words."""
    found: dict[UUID, list[Decision]] = {}
    for decision in Decision.objects.filter(item__in=items):
        found.setdefault(decision.item_id, []).append(decision)
    own = {pk: own_decision(rows, items[pk]) for pk, rows in found.items()}
    return {pk: decision.get_outcome_display() for pk, decision in own.items() if decision is not None}
