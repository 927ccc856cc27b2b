"""Composed reads: a meeting with everything that is printed of it, in a fixed number of queries."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Person, Role, Seat
from sagsgang.cases.models import PathStep
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import AgendaItem, Attachment, Attendance, ConflictOfInterest, Decision, Meeting
from sagsgang.meetings.queries.deciding import said_of_items, said_points

_ATTENDANCE = Attendance.objects.select_related("person", "substitute_for")
_ATTACHMENTS = Attachment.objects.filter(withdrawn_at=None).select_related("version", "presentation")
_DECISIONS = Decision.objects.select_related("recorded_by")
_TOLD = _DECISIONS.annotate(said_points=said_points())
_CONFLICTS = ConflictOfInterest.objects.filter(withdrawn_at=None).select_related("person").order_by("created_at")
_STANDING = AgendaItem.objects.filter(withdrawn_at=None).select_related("meeting__body")
_PATH = PathStep.objects.select_related("body").prefetch_related(Prefetch("agenda_items", _STANDING))


def _item_parts(prefix: str) -> list[Any]:
    return [
        f"{prefix}steps",
        f"{prefix}presentation__sections__points",
        Prefetch(f"{prefix}decisions", _TOLD),
        Prefetch(f"{prefix}attendance", _ATTENDANCE),
        Prefetch(f"{prefix}attachments", _ATTACHMENTS),
    ]


def _items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(withdrawn_at=None).select_related("case", "presentation")


def meeting_rows(meeting_id: UUID) -> Meeting:
    """One meeting with its items, sub-items and all their parts. Raises `Meeting.DoesNotExist`."""
    said = said_of_items()
    subitems = _items().annotate(**said).filter(parent__isnull=False).prefetch_related(*_item_parts(""))
    items = _items().annotate(**said).filter(parent__isnull=True)
    items = items.prefetch_related(*_item_parts(""), Prefetch("subitems", subitems))
    return (
        Meeting.objects.select_related("body__authority")
        .prefetch_related(Prefetch("attendance", _ATTENDANCE), Prefetch("items", items))
        .get(pk=meeting_id)
    )


def item_rows(item_id: UUID) -> AgendaItem:
    """One item with its sub-items, all their parts, and what ties them to the case's path and to other items.

    The parts of the item and of its sub-items are fetched together.
    """
    item = _tied_items().select_related("meeting__body__authority", "parent").get(pk=item_id)
    prefetch_related_objects([item], Prefetch("subitems", _tied_items().filter(parent__isnull=False)))
    rows = [item, *item.subitems.all()]
    prefetch_related_objects(
        rows,
        *_item_parts(""),
        Prefetch("conflicts", _CONFLICTS),
        Prefetch("carried_to", _STANDING),
        Prefetch("case__path", _PATH),
    )
    return item


def _tied_items() -> QuerySet[AgendaItem]:
    return _items().select_related("step", "carried_from__meeting__body").annotate(**said_of_items())


def meetings_of(bodies: Iterable[Body]) -> QuerySet[Meeting]:
    """The bodies' meetings, newest first, with their bodies."""
    return Meeting.objects.filter(body__in=bodies).select_related("body").order_by("-held_on", "body__name")


def agenda_rows(meeting_id: UUID) -> Meeting:
    """One meeting with its presence and what its agenda shows of each item: no sections, no path."""
    parts = [Prefetch("decisions", _DECISIONS), Prefetch("attachments", _ATTACHMENTS)]
    subitems = _items().filter(parent__isnull=False).prefetch_related(*parts)
    items = _items().filter(parent__isnull=True).prefetch_related(*parts, Prefetch("subitems", subitems))
    presence = _ATTENDANCE.filter(item__isnull=True)
    return (
        Meeting.objects.select_related("body__authority")
        .prefetch_related(Prefetch("attendance", presence), Prefetch("items", items))
        .get(pk=meeting_id)
    )


def seats_on(body: Body, day: date) -> QuerySet[Seat]:
    """The seats of a body that are held on `day`, by name in Danish order."""
    return body.seats.on(day).select_related("person").order_by(DanishKey("person__name"))


def people_of(meeting: Meeting) -> list[Person]:
    """Whom the protocol can name: who has a seat on the day, and who is in it already; in Danish order."""
    seated = Q(seats__in=Seat.objects.on(meeting.held_on).filter(body=meeting.body_id))
    named = Q(attendance__meeting=meeting.pk)
    return list(Person.objects.filter(seated | named).distinct().order_by(DanishKey("name")))


_OWN = Q(body=OuterRef("meeting__body")) | Q(body=None), Q(decided_on=OuterRef("meeting__held_on")) | Q(decided_on=None)


def decided_items() -> QuerySet[AgendaItem]:
    """The items of agendas that carry their own meeting's decision, on themselves or on a sub-item."""
    own = Decision.objects.filter(Q(item=OuterRef("pk")) | Q(item__parent=OuterRef("pk")), *_OWN)
    return AgendaItem.objects.top().filter(Exists(own), withdrawn_at=None)


def with_counts(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each meeting with `item_count` and `decided_count`: its state is derived from the two, never typed."""
    return meetings.annotate(
        item_count=_count_of(AgendaItem.objects.top().filter(withdrawn_at=None)),
        decided_count=_count_of(decided_items()),
    )


def _count_of(items: QuerySet[AgendaItem]) -> Coalesce:
    counted = items.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def next_meetings(bodies: QuerySet[Body], day: date) -> QuerySet[Meeting]:
    """The bodies' meetings on `day` and after it, the nearest first."""
    rows = Meeting.objects.filter(body__in=bodies, held_on__gte=day, cancelled_at=None).select_related("body")
    return with_counts(rows).order_by("held_on", "starts")


def meetings_without_decisions(bodies: QuerySet[Body], day: date) -> QuerySet[Meeting]:
    """Meetings until `day` with an item that nobody has written a decision on, the newest first."""
    rows = Meeting.objects.filter(body__in=bodies, held_on__lte=day, cancelled_at=None).select_related("body")
    return with_counts(rows).filter(Q(("decided_count__lt", F("item_count")))).order_by("-held_on", "-starts")


def bodies_with_secretary(user: User) -> QuerySet[Body]:
    """The bodies whose minutes the user keeps."""
    return Body.objects.filter(appointments__in=Appointment.objects.filter(user=user, role=Role.SECRETARY)).distinct()


def roles_of(user: User) -> dict[UUID | None, list[str]]:
    """The user's roles in words, by body; under None those for the whole house."""
    roles: dict[UUID | None, list[str]] = {}
    for appointment in Appointment.objects.filter(user=user).order_by("role"):
        roles.setdefault(appointment.body_id, []).append(appointment.get_role_display())
    return roles


def years_of(body: Body) -> list[int]:
    """The years in which the body has meetings, the newest first."""
    return [day.year for day in body.meetings.dates("held_on", "year", order="DESC")]


def taken_off(meeting: Meeting) -> list[AgendaItem]:
    """The items that were taken off this agenda and can be put back, in their order."""
    rows = AgendaItem.objects.top().filter(meeting=meeting).exclude(withdrawn_at=None)
    return list(rows.order_by("position", "withdrawn_at"))
