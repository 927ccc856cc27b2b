"""Closed decisions that the public has had nothing of, and closed items that are to be asked about again (R18, R23)."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Attachment, ClosingReview, Decision, ReviewAnswer
from sagsgang.meetings.permissions import items_shut_to


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
    """The attachments that are marked open under the closed item."""
    return list(Attachment.objects.filter(item=item, withdrawn_at=None, access=Access.OPEN).order_by("position"))


def _in_order(items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
    return items.select_related("meeting__body", "parent").order_by("-meeting__held_on", "position")
