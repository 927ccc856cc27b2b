"""What lies on a member's desk: her coming and recent meetings, and the protocols that wait for her."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.models import AgendaVersion, Meeting
from sagsgang.members.permissions import MyMeetings
from sagsgang.protocols.queries.standing import ToSign, waiting_for

RECENTLY = timedelta(days=90)


def my_meetings(user: User, today: date) -> QuerySet[Meeting]:
    """Her meetings of the last three months and all that come, with the versions of their agendas; two queries."""
    versions = Prefetch("agenda_versions", AgendaVersion.objects.defer("lines").order_by("number"))
    rows = MyMeetings().visible_to(user).filter(held_on__gte=today - RECENTLY)
    return rows.prefetch_related(versions).order_by("held_on", "starts")


def person_of(user: User) -> Person | None:
    """Who the user is in the bodies."""
    return Person.objects.filter(user=user).first()


@dataclass(frozen=True, slots=True)
class ProtocolToSign:
    """A protocol that waits for her signature, with the address where she gives it."""

    meeting: UUID
    words: str
    address: str


def protocols_to_sign(user: User) -> tuple[ProtocolToSign, ...]:
    """The protocols that wait for her signature, the oldest first."""
    return tuple(
        ProtocolToSign(row.meeting.pk, _words(row), reverse("protocols:protocol", args=[row.meeting.pk]))
        for row in waiting_for(user)
    )


def _words(row: ToSign) -> str:
    day = date_format(row.meeting.held_on, "DATE_FORMAT")
    words = gettext("{body}, {day}").format(body=row.meeting.body.name, day=day)
    return gettext("{protocol} – you have been reminded").format(protocol=words) if row.is_reminded else words
