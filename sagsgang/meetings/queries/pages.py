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
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Person, Role, Seat
from sagsgang.cases.models import PathStep, RecommendationPoint, Section
from sagsgang.core.gathering import Part, Question, gathered, place
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    ConflictOfInterest,
    Decision,
    Meeting,
    PlannedStep,
)
from sagsgang.meetings.queries.deciding import said_of_items, said_points
from sagsgang.meetings.queries.replaced import replaced_facts

_STANDING = AgendaItem.objects.filter(withdrawn_at=None)
_NAMED = ("person", "substitute_for")
_OWN = Q(body=OuterRef("meeting__body")) | Q(body=None), Q(decided_on=OuterRef("meeting__held_on")) | Q(decided_on=None)

_ON_AGENDA = (
    "id", "meeting_id", "parent_id", "position", "number", "title", "kind", "access", "ground", "public_title",
    "block", "first_sent_in", "late_reason", "created_at", "withdrawn_at",
)  # fmt: skip


def _items() -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(withdrawn_at=None).annotate(**said_of_items()).order_by("position")


def meeting_rows(meeting_id: UUID) -> Meeting:
    """One meeting with its items, sub-items and all their parts; two queries. Raises `Meeting.DoesNotExist`."""
    return with_items(Meeting.objects.select_related("body__authority").get(pk=meeting_id))


def with_items(meeting: Meeting) -> Meeting:
    """The meeting, which comes with its body and authority, with what `meeting_rows` says; one query."""
    found = _OF_MEETING.ask(meeting.pk, meeting=meeting.pk)
    place([meeting], "attendance", found["presence"], "meeting")
    top = _placed(found, meeting)
    place([meeting], "items", top, "meeting")
    return meeting


def item_rows(item_id: UUID) -> AgendaItem:
    """One item with its sub-items, all their parts, and what ties them to the case's path and to other items.

    Two queries. The parts of the item and of its sub-items are fetched together.
    """
    item = _STANDING.select_related("meeting__body__authority", "parent").get(pk=item_id)
    row = item_at(item.meeting, item.pk)
    row.parent = item.parent
    return row


def item_at(meeting: Meeting, pk: UUID) -> AgendaItem:
    """The standing item of the meeting, which comes with its body and authority, as `item_rows` has it; one query."""
    found = _AT_ITEM.ask(meeting.pk, pk=pk)
    rows = found["items"]
    place(rows, "conflicts", found["conflicts"], "item")
    place(rows, "carried_to", found["carried"], "carried_from")
    place_paths(rows, found)
    _placed(found, meeting, pk)
    top: AgendaItem = next(row for row in rows if row.pk == pk)
    return top


def _parts_at(pk: UUID) -> dict[str, Part]:
    """All that hangs on an item and its sub-items."""
    here = Q(pk=pk) | Q(parent=pk)
    items = _items().filter(here)
    under = Q(item=pk) | Q(item__parent=pk, item__withdrawn_at=None)
    cases = AgendaItem.objects.filter(here).order_by().values("case")
    carried = _STANDING.filter(Q(carried_from=pk) | Q(carried_from__parent=pk, carried_from__withdrawn_at=None))
    conflicts = ConflictOfInterest.objects.filter(under, withdrawn_at=None).order_by("created_at")
    return {
        "items": Part(items, ("case", "presentation", "step", "carried_from__meeting__body")),
        "conflicts": Part(conflicts, ("person",)),
        "carried": Part(carried.order_by("position"), ("meeting__body",)),
        **path_parts(cases),
        **_item_parts(items, under),
    }


_AT_ITEM = Question(Meeting, _parts_at)


def _parts_of(meeting: UUID) -> dict[str, Part]:
    """All that hangs on the items of a meeting."""
    items = _items().filter(meeting=meeting)
    return {
        "items": Part(items, ("case", "presentation", "step")),
        "presence": Part(Attendance.objects.filter(meeting=meeting).order_by("position"), _NAMED),
        **_item_parts(items, Q(item__meeting=meeting, item__withdrawn_at=None)),
    }


_OF_MEETING = Question(Meeting, _parts_of)


def _item_parts(items: QuerySet[AgendaItem], under: Q) -> dict[str, Part]:
    """What hangs on items and sub-items; `under` finds their rows by "item"."""
    words = items.order_by().values("presentation")
    return {
        "steps": Part(PlannedStep.objects.filter(under).order_by("position")),
        "sections": Part(Section.objects.filter(presentation__in=words).order_by("position")),
        "points": Part(
            RecommendationPoint.objects.filter(section__presentation__in=words, section__withdrawn_at=None).order_by(
                "position"
            )
        ),
        "decisions": Part(
            Decision.objects.filter(under).annotate(said_points=said_points()).order_by("position", "version"),
            ("recorded_by",),
        ),
        "absences": Part(Attendance.objects.filter(under).order_by("position"), _NAMED),
        "attachments": Part(
            Attachment.objects.filter(under, withdrawn_at=None).annotate(**replaced_facts()).order_by("position"),
            ("version", "presentation"),
        ),
    }


def _placed(found: dict[str, list[Any]], meeting: Meeting, top: UUID | None = None) -> list[AgendaItem]:
    """Lay the parts at their items; the items of the agenda, each with its sub-items, or those of the item `top`."""
    rows: list[AgendaItem] = found["items"]
    place(found["sections"], "points", found["points"], "section")
    sections: dict[UUID, list[Section]] = {}
    for section in found["sections"]:
        sections.setdefault(section.presentation_id, []).append(section)
    for row in rows:
        row.meeting = meeting
        if row.presentation is not None:
            place([row.presentation], "sections", sections.get(row.presentation.pk, []), "presentation")
    for name in ("steps", "decisions", "attachments"):
        place(rows, name, found[name], "item")
    place(rows, "attendance", found["absences"], "item")
    tops = [row for row in rows if row.pk == top or row.parent_id is None]
    place(tops, "subitems", [row for row in rows if row.parent_id is not None and row.pk != top], "parent")
    return tops


def path_parts(cases: QuerySet[Any]) -> dict[str, Part]:
    """The paths of the cases, and which of their steps stand on the agenda of a meeting; for `place_paths`."""
    standing = _STANDING.filter(step__case__in=cases, meeting__cancelled_at=None)
    return {
        "path": Part(PathStep.objects.filter(case__in=cases).order_by("position"), ("body",)),
        "on_path": Part(standing.order_by("position"), ("meeting__body",)),
    }


def place_paths(items: Iterable[AgendaItem], found: dict[str, list[Any]]) -> None:
    """Lay the paths that were gathered at the cases of the items."""
    place(found["path"], "agenda_items", found["on_path"], "step")
    path: dict[UUID, list[PathStep]] = {}
    for step in found["path"]:
        path.setdefault(step.case_id, []).append(step)
    for item in items:
        place([item.case], "path", path.get(item.case_id, []), "case")


def meetings_of(bodies: Iterable[Body]) -> QuerySet[Meeting]:
    """The bodies' meetings, newest first, with their bodies."""
    return Meeting.objects.filter(body__in=bodies).select_related("body").order_by("-held_on", "body__name")


def agenda_rows(meeting: Meeting) -> tuple[Meeting, list[AgendaItem]]:
    """The meeting with its presence and what its agenda shows of each item; and what was taken off it (`taken_off`).

    One query. Each item comes with `is_decided` and `file_count`.
    """
    own = Decision.objects.filter(*_OWN, item=OuterRef("pk"))
    files = Attachment.objects.filter(item=OuterRef("pk"), withdrawn_at=None)
    items = AgendaItem.objects.filter(meeting=meeting.pk).annotate(is_decided=Exists(own), file_count=_number_of(files))
    presence = Attendance.objects.filter(meeting=meeting.pk, item=None)
    found = gathered(
        meeting,
        items=Part(items.order_by("position", "withdrawn_at"), only=_ON_AGENDA),
        presence=Part(presence.order_by("position"), _NAMED),
    )
    standing = [row for row in found["items"] if row.withdrawn_at is None]
    tops = [row for row in standing if row.parent_id is None]
    place(tops, "subitems", [row for row in standing if row.parent_id is not None], "parent")
    place([meeting], "attendance", found["presence"], "meeting")
    place([meeting], "items", tops, "meeting")
    return meeting, [row for row in found["items"] if row.withdrawn_at and row.parent_id is None]


def seats_on(body: Body, day: date) -> QuerySet[Seat]:
    """The seats of a body that are held on `day`, by name in Danish order."""
    return body.seats.on(day).select_related("person").order_by(DanishKey("person__name"))


def people_of(meeting: Meeting) -> list[Person]:
    """Whom the protocol can name: who has a seat on the day, and who is in it already; in Danish order."""
    seated = Q(seats__in=Seat.objects.on(meeting.held_on).filter(body=meeting.body_id))
    named = Q(attendance__meeting=meeting.pk)
    return list(Person.objects.filter(seated | named).distinct().order_by(DanishKey("name")))


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


def _number_of(rows: QuerySet[Any]) -> Coalesce:
    """How many of the rows hang on the item that is asked for."""
    counted = rows.order_by().values("item").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


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
