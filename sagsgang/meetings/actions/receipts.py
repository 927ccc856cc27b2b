"""Delivery of an agenda to each member: when it was made available to her, and when she first opened it (R7)."""

from django.db import connection
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person, Seat
from sagsgang.meetings.models import AgendaReceipt, AgendaVersion, Meeting, Substitution


def deliver(version: AgendaVersion) -> None:
    """A part of the sending: one receipt for each who has a seat on the day, or was called as a substitute before the
    meeting, and has pages of her own; two queries.
    """
    meeting = version.meeting
    seats = Seat.objects.on(meeting.held_on).filter(body=meeting.body_id, person__user__isnull=False)
    called = Substitution.objects.filter(meeting=meeting, item=None, substitute__user__isnull=False)
    people = seats.order_by().values_list("person").union(called.order_by().values_list("substitute"))
    AgendaReceipt.objects.bulk_create(
        AgendaReceipt(version=version, person_id=person, available_at=version.sent_at) for (person,) in people
    )


def deliver_to(person: Person, meeting: Meeting) -> None:
    """A part of calling her in before the meeting: what has gone out already is made available to her now."""
    if person.user_id is not None:
        versions = AgendaVersion.objects.filter(meeting=meeting)
        AgendaReceipt.objects.bulk_create(
            [AgendaReceipt(version=version, person=person, available_at=now()) for version in versions],
            ignore_conflicts=True,
        )


_OPEN = """
INSERT INTO meetings_agendaopening (id, receipt_id, opened_at)
SELECT gen_random_uuid(), receipt.id, %s
FROM meetings_agendareceipt receipt
JOIN meetings_agendaversion version ON version.id = receipt.version_id
JOIN bodies_person person ON person.id = receipt.person_id
WHERE version.meeting_id = %s AND person.user_id = %s
ON CONFLICT (receipt_id) DO NOTHING
"""


def note_opening(meeting: Meeting, *, actor: User) -> None:
    """She has opened what was delivered to her: the first time stands, also of two at once. One query, each time.

    It is asked for by the page on which she reads it, and leaves no trace in the audit log: the row is the trace.
    """
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [now(), meeting.pk, actor.pk])
