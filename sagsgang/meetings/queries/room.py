"""The facts of the room: who came and went, what was treated when, who was shut out and who sat in. Two queries.

Plain values. What follows from them is said by `meetings.queries.roll`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from sagsgang.bodies.models import Seat, SeatRole
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import (
    AbsenceReport,
    ActingChair,
    AgendaItem,
    Attendance,
    ConflictOfInterest,
    Meeting,
    Mode,
    Presence,
    Substitution,
    SubstitutionKind,
    Treatment,
)


@dataclass(frozen=True, slots=True)
class PresenceFact:
    """One stretch of presence; `pk` is its row."""

    pk: UUID
    person: UUID
    name: str
    title: str
    since: datetime
    until: datetime | None
    is_remote: bool


@dataclass(frozen=True, slots=True)
class TreatmentFact:
    """An item was taken up, and ended (None = it runs)."""

    item: UUID
    began: datetime
    ended: datetime | None


@dataclass(frozen=True, slots=True)
class ConflictFact:
    """A conflict of interest at an item: noted when, left and came back when (None = not known, or not yet)."""

    item: UUID
    person: UUID
    name: str
    by_self: bool
    left: datetime | None
    returned: datetime | None


@dataclass(frozen=True, slots=True)
class SubstitutionFact:
    """Somebody was called for an absent member; `until` = when it was ended (None = it stands)."""

    pk: UUID
    kind: str
    item: UUID | None
    absent: UUID
    substitute: UUID
    name: str
    title: str
    approved: datetime | None
    until: datetime | None

    @property
    def is_for_conflict(self) -> bool:
        """For one item alone (KSL § 14)?"""
        return self.kind == SubstitutionKind.CONFLICT


@dataclass(frozen=True, slots=True)
class ChairingFact:
    """Somebody was named to preside while the chair is away, and when."""

    person: UUID
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ItemFact:
    """An item of the agenda: its item above, if it is a sub-item, and the block it is treated in."""

    pk: UUID
    parent: UUID | None
    block: int | None


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat: who holds it, and (`substitute_for`, a person) for whom she sits in as long as she holds it."""

    person: UUID
    name: str
    title: str
    role: str
    role_words: str
    party: str
    held_from: date | None
    held_to: date | None
    substitute_for: UUID | None


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """What is known of a meeting's room; `reported` are those who sent word that they would not come."""

    meeting: UUID
    held_on: date
    opened_at: datetime | None
    adjourned_at: datetime | None
    chairings: tuple[ChairingFact, ...]
    remote_allowed: bool
    presences: tuple[PresenceFact, ...]
    treatments: tuple[TreatmentFact, ...]
    conflicts: tuple[ConflictFact, ...]
    substitutions: tuple[SubstitutionFact, ...]
    items: tuple[ItemFact, ...]
    reported: frozenset[UUID]


def room_facts(meeting: Meeting) -> RoomFacts:
    """The facts of the room as they stand now; one query. Raises `Meeting.DoesNotExist`."""
    return _facts(_rooms(Meeting.objects.filter(pk=meeting.pk)).get())


def rooms_of(meetings: QuerySet[Meeting]) -> list[RoomFacts]:
    """The facts of the rooms of many meetings, in their order; one query."""
    return [_facts(row) for row in _rooms(meetings)]


def _rooms(meetings: QuerySet[Meeting]) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any, Any] = meetings.annotate(remote_allowed=F("body__remote_allowed"), **_lists())
    return rows.values("pk", "held_on", "opened_at", "adjourned_at", "remote_allowed", *_lists())


def _facts(row: dict[str, Any]) -> RoomFacts:
    return RoomFacts(
        meeting=row["pk"],
        held_on=row["held_on"],
        opened_at=row["opened_at"],
        adjourned_at=row["adjourned_at"],
        chairings=tuple(
            ChairingFact(UUID(one["person"]), one["name"], _moment(one["since"])) for one in row["chairing_rows"]
        ),
        remote_allowed=row["remote_allowed"],
        presences=tuple(_presence(one) for one in row["presence_rows"]),
        treatments=tuple(
            TreatmentFact(UUID(one["item"]), _moment(one["began"]), _maybe(one["ended"]))
            for one in row["treatment_rows"]
        ),
        conflicts=tuple(_conflict(one) for one in row["conflict_rows"]),
        substitutions=tuple(_substitution(one) for one in row["substitution_rows"]),
        items=tuple(ItemFact(UUID(one["pk"]), _uuid(one["parent"]), one["block"]) for one in row["item_rows"]),
        reported=frozenset(row["reported_ids"]),
    )


def _lists() -> dict[str, ArraySubquery]:
    """Each list of the room as one column, so that the whole room is one query."""
    here = OuterRef("pk")
    return {
        "presence_rows": _column(
            Presence, Q(meeting=here, withdrawn_at=None), "since",
            pk="pk", person="person", name="person__name", title="person__title",
            since="since", until="until", mode="mode",
        ),
        "treatment_rows": _column(
            Treatment, Q(meeting=here), "began_at", item="item", began="began_at", ended="ended_at"
        ),
        "conflict_rows": _column(
            ConflictOfInterest, Q(item__meeting=here, withdrawn_at=None), "created_at",
            item="item", person="person", name="person__name", by_self="raised_by_self",
            left="left_at", returned="returned_at",
        ),
        "substitution_rows": _column(
            Substitution, Q(meeting=here), "created_at",
            pk="pk", kind="kind", item="item", absent="absent", substitute="substitute",
            name="substitute__name", title="substitute__title", approved="approved_at", until="withdrawn_at",
        ),
        "item_rows": _column(
            AgendaItem, Q(meeting=here, withdrawn_at=None), "position", pk="pk", parent="parent", block="block"
        ),
        "chairing_rows": _column(
            ActingChair, Q(meeting=here, withdrawn_at=None), "since", person="person", name="person__name", since="since"
        ),
        "reported_ids": ArraySubquery(
            AbsenceReport.objects.filter(meeting=here).order_by("created_at").values("person")
        ),
    }  # fmt: skip


def _column(model: type[Model], which: Q, order: str, **fields: str) -> ArraySubquery:
    rows = model._base_manager.filter(which).order_by(order)
    return ArraySubquery(rows.values(row=JSONObject(**fields)))


def _presence(row: dict[str, Any]) -> PresenceFact:
    return PresenceFact(
        pk=UUID(row["pk"]),
        person=UUID(row["person"]),
        name=row["name"],
        title=row["title"],
        since=_moment(row["since"]),
        until=_maybe(row["until"]),
        is_remote=row["mode"] == Mode.REMOTE,
    )


def _conflict(row: dict[str, Any]) -> ConflictFact:
    return ConflictFact(
        item=UUID(row["item"]),
        person=UUID(row["person"]),
        name=row["name"],
        by_self=row["by_self"],
        left=_maybe(row["left"]),
        returned=_maybe(row["returned"]),
    )


def _substitution(row: dict[str, Any]) -> SubstitutionFact:
    return SubstitutionFact(
        pk=UUID(row["pk"]),
        kind=row["kind"],
        item=_uuid(row["item"]),
        absent=UUID(row["absent"]),
        substitute=UUID(row["substitute"]),
        name=row["name"],
        title=row["title"],
        approved=_maybe(row["approved"]),
        until=_maybe(row["until"]),
    )


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def seat_facts(meeting: Meeting) -> tuple[SeatFact, ...]:
    """The seats of the body on the day, and those of who came although their seat has ended since; one query.

    In the order of a protocol: chair, vice chair, then by name in Danish order.
    """
    return seats_from(seat_rows(meeting).select_related(*SEATED))


# What comes along with a seat.
SEATED = ("person", "substitute_for")


def seat_rows(meeting: Meeting) -> QuerySet[Seat]:
    """The rows of `seat_facts`, to be fetched with others."""
    came = Q(person__in=Presence.objects.filter(meeting=meeting.pk).values("person"))
    on_the_day = Seat.objects.on(meeting.held_on).values("pk")
    rows = Seat.objects.filter(Q(pk__in=on_the_day) | came, body=meeting.body_id)
    return rows.order_by(DanishKey("person__name"), "-held_from")


def seats_from(rows: Iterable[Seat]) -> tuple[SeatFact, ...]:
    """The seats of `seat_rows`, fetched with `SEATED`."""
    first = {SeatRole.CHAIR: 0, SeatRole.VICE_CHAIR: 1}
    ordered = sorted(rows, key=lambda row: first.get(SeatRole(row.role), 2))
    return tuple(
        SeatFact(
            person=row.person_id,
            name=row.person.name,
            title=row.person.title,
            role=row.role,
            role_words="" if row.role == SeatRole.MEMBER else row.get_role_display(),
            party=row.party,
            held_from=row.held_from,
            held_to=row.held_to,
            substitute_for=row.substitute_for.person_id if row.substitute_for else None,
        )
        for row in ordered
    )


def said_of(meeting: Meeting) -> tuple[Attendance, ...]:
    """What the protocol of a meeting that was not run here says of each person; one query, in printed order."""
    return tuple(said_rows(meeting).select_related(*SAID))


# What comes along with a line of a protocol's attendance.
SAID = ("person", "substitute_for")


def said_rows(meeting: Meeting) -> QuerySet[Attendance]:
    """The rows of `said_of`, to be fetched with others."""
    return Attendance.objects.filter(meeting=meeting.pk).order_by("position")
