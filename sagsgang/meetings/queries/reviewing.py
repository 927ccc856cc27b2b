"""Closed decisions that the public has had nothing of, and closed items that are to be asked about again (R18, R23)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.documents.access import Access
from sagsgang.meetings.models import (
    AgendaItem,
    Attachment,
    ClosingReview,
    Decision,
    ReviewAnswer,
    current_decisions,
    own_decision,
)
from sagsgang.meetings.permissions import items_shut_to
from sagsgang.meetings.queries.deciding import said_origins
from sagsgang.meetings.rules.earlier import may_be_told


def closed_items() -> QuerySet[AgendaItem]:
    """The closed items that stand on agendas, of all bodies: to be counted, or cut down to who asks."""
    return AgendaItem.objects.filter(
        Q(parent=None) | Q(parent__withdrawn_at=None),
        meeting__cancelled_at=None,
        access=Access.CLOSED,
        withdrawn_at=None,
    )


def closed_in_her_hands(user: User) -> QuerySet[AgendaItem]:
    """The closed items that stand on agendas of the bodies whose secretary she is, unless she has a conflict there."""
    bodies = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False).order_by().values("body")
    return closed_items().filter(meeting__body__in=bodies).exclude(pk__in=items_shut_to(user).values("pk"))


def without_extract(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Those whose own meeting has decided, and of which the public has neither an extract nor a reason."""
    own = Decision.objects.filter(
        Q(body=None) | Q(body=OuterRef("meeting__body")),
        Q(decided_on=None) | Q(decided_on=OuterRef("meeting__held_on")),
        item=OuterRef("pk"),
    )
    return _in_order(items.filter(Exists(own), public_extract="", withheld_reason=""))


def due_for_review(items: QuerySet[AgendaItem], today: date) -> QuerySet[AgendaItem]:
    """Those whose day has come."""
    return _in_order(items.filter(review_on__lte=today))


def never_asked(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    """Those with no day on which they are asked about, and nobody has said that they stay closed for good."""
    last = ClosingReview.objects.filter(item=OuterRef("pk"), answer=ReviewAnswer.NEVER)
    return _in_order(items.filter(~Exists(last), review_on=None))


def would_open(item: AgendaItem) -> list[Attachment]:
    """The attachments that are marked open under the closed item, and under its open sub-items, in their order."""
    rows = opening_with(item).select_related("item__parent")
    return list(rows.order_by(F("item__parent").asc(nulls_first=True), "item__position", "position"))


def opening_with(item: AgendaItem) -> QuerySet[Attachment]:
    """The attachments that would be open if the item were: its own, and those of sub-items that are open themselves."""
    under = Q(item__parent=item, item__access=Access.OPEN, item__withdrawn_at=None)
    return Attachment.objects.filter(Q(item=item) | under, withdrawn_at=None, access=Access.OPEN)


@dataclass(frozen=True, slots=True)
class EarlierDecision:
    """A decision that the item brought from an earlier body: does it go out with the item, in its own words?"""

    body: str
    decided_on: date | None
    is_told: bool


def earlier_decisions(item: AgendaItem) -> list[EarlierDecision]:
    """What earlier bodies decided of the item's case, as it stands on the item; two queries."""
    row = AgendaItem.objects.select_related("meeting").annotate(said_origins=said_origins()).get(pk=item.pk)
    rows = current_decisions(row.decisions.all())
    own = own_decision(rows, row.meeting)
    return [
        EarlierDecision(one.stated_body, one.decided_on, is_told=may_be_told(row, one, own))
        for one in rows
        if one != own
    ]


def _in_order(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return items.select_related("meeting__body", "parent").order_by("-meeting__held_on", "position")
