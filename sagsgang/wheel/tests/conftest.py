"""The year 2023 of the source document's bodies, as rows."""

from dataclasses import dataclass
from datetime import date

import pytest

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role
from sagsgang.meetings.models import Meeting

DAYS = {
    "DIR": [(1, 11), (2, 8), (3, 8), (4, 12), (5, 10), (6, 14), (8, 9), (9, 13), (10, 11), (11, 8), (12, 13)],
    "MTU": [(1, 23), (2, 27), (3, 27), (4, 24), (5, 22), (6, 26), (8, 28), (9, 25), (10, 23), (11, 27)],
    "HU": [(1, 26), (4, 27), (8, 31), (11, 30)],
    "ØK": [(1, 17), (2, 21), (3, 21), (4, 18), (5, 16), (6, 20), (8, 15), (9, 19), (10, 17), (11, 21), (12, 12)],
    "KB": [(1, 24), (2, 28), (3, 28), (4, 25), (5, 23), (6, 27), (8, 22), (9, 26), (10, 24), (11, 28), (12, 19)],
}
BODIES = (
    ("DIR", "Direktionen", BodyKind.DIRECTORATE),
    ("MTU", "Miljø- og Teknikudvalget", BodyKind.COMMITTEE),
    ("HU", "Hovedudvalget", BodyKind.WORKS_COUNCIL),
    ("ØK", "Økonomiudvalget", BodyKind.FINANCE),
    ("KB", "Kommunalbestyrelsen", BodyKind.COUNCIL),
)


@dataclass(frozen=True)
class Town:
    """An authority whose bodies meet as those of the document did, and the directorate's secretary."""

    authority: Authority
    bodies: dict[str, Body]
    secretary: User

    def meeting(self, code: str, on: date) -> Meeting:
        """The body's meeting on that day."""
        return Meeting.objects.get(body=self.bodies[code], held_on=on)


@pytest.fixture
def town(db: None) -> Town:
    """The year 2023."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    secretary = User.objects.create_user("sekretær")
    bodies = {
        code: Body.objects.create(authority=authority, code=code, name=name, kind=kind) for code, name, kind in BODIES
    }
    Appointment.objects.create(user=secretary, body=bodies["DIR"], role=Role.SECRETARY)
    Meeting.objects.bulk_create(
        Meeting(body=bodies[code], held_on=date(2023, month, day)) for code, days in DAYS.items() for month, day in days
    )
    return Town(authority, bodies, secretary)
