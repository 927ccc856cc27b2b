"""Who got an agenda when, and who has opened it, as its page shows the secretary."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sagsgang.bodies.models import Seat
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import AgendaReceipt, Meeting


@dataclass(frozen=True, slots=True)
class Delivery:
    """One version of the agenda to one member: made available, and first opened (None = not yet)."""

    number: int
    available_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member with what she got, in its order. `has_login`: without one she gets nothing on pages of her own."""

    name: str
    has_login: bool
    deliveries: tuple[Delivery, ...]


def recipients_of(meeting: Meeting) -> list[Recipient]:
    """Who has a seat on the day, and who got something though she has none any more; in Danish order; two queries."""
    rows = AgendaReceipt.objects.filter(version__meeting=meeting).select_related("version", "person", "opening")
    got: dict[UUID, list[Delivery]] = {}
    people: dict[UUID, tuple[str, bool]] = {}
    seats = Seat.objects.on(meeting.held_on).filter(body=meeting.body_id).select_related("person")
    for seat in seats.order_by(DanishKey("person__name")):
        people[seat.person_id] = seat.person.name, seat.person.user_id is not None
    for row in rows.order_by("version__number", DanishKey("person__name")):
        opening = getattr(row, "opening", None)
        people.setdefault(row.person_id, (row.person.name, True))
        delivery = Delivery(row.version.number, row.available_at, opening.opened_at if opening else None)
        got.setdefault(row.person_id, []).append(delivery)
    return [Recipient(name, login, tuple(got.get(pk, ()))) for pk, (name, login) in people.items()]
