"""What the pages of closed decisions read: those the public has had nothing of, and those to be asked about again.

In the public's words only: who looks through the list reads nothing closed. Who opens an item leaves a trace.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.reviewing import closed_in_her_hands, due_for_review, never_asked, without_extract
from sagsgang.meetings.rendering.shown import public_face
from sagsgang.publication.models import Release, ReleaseRecord, ReleaseState

MOST = 200  # lines of each list


@dataclass(frozen=True, slots=True)
class ClosedLine:
    """A closed item as the public may call it."""

    item: AgendaItem
    number: str
    title: str
    held_on: date
    review_on: date | None


@dataclass(frozen=True, slots=True)
class ClosedLists:
    """The three lists of a body; `unasked` is how many have no day."""

    without_extract: list[ClosedLine]
    due: list[ClosedLine]
    unasked: list[ClosedLine]
    unasked_count: int


def lists_of(body: Body, user: User) -> ClosedLists:
    """What is to be done of the body's closed items, for its secretary."""
    items = closed_in_her_hands(user).filter(meeting__body=body)
    unasked = never_asked(items)
    return ClosedLists(
        without_extract=_lines(without_extract(items)[:MOST]),
        due=_lines(due_for_review(items, localdate())[:MOST]),
        unasked=_lines(unasked[:MOST]),
        unasked_count=unasked.count(),
    )


def _lines(items: Iterable[AgendaItem]) -> list[ClosedLine]:
    return [
        ClosedLine(
            item=item,
            number=f"{item.parent.number}.{item.number}" if item.parent else item.number,
            title=public_face(item),
            held_on=item.meeting.held_on,
            review_on=item.review_on,
        )
        for item in items
    ]


def release_of(item: AgendaItem) -> Release | None:
    """The release of the item's meeting that is out now, if there is one; the words are not fetched."""
    records = ReleaseRecord.objects.filter(meeting_id=item.meeting_id).values("release_id")
    return Release.objects.filter(pk__in=records, state=ReleaseState.CURRENT).defer("document").first()


@dataclass(frozen=True, slots=True)
class ClosedCount:
    """How much waits at a body."""

    body: Body
    without_extract: int
    due: int


def counts_of(user: User) -> list[ClosedCount]:
    """The bodies of which she is secretary where closed decisions wait; three queries."""
    items = closed_in_her_hands(user)
    waiting: dict[UUID, list[int]] = {}
    for place, rows in enumerate((without_extract(items), due_for_review(items, localdate()))):
        for body_id in rows.order_by().values_list("meeting__body", flat=True):
            waiting.setdefault(body_id, [0, 0])[place] += 1
    bodies = Body.objects.filter(pk__in=list(waiting))
    return [ClosedCount(body, *waiting[body.pk]) for body in bodies]
