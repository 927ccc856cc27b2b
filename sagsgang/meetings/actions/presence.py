"""Mark who was not there, at the meeting or at one item, and take a mark back."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import record
from sagsgang.meetings import rules
from sagsgang.meetings.actions.records import lock_changeable
from sagsgang.meetings.models import AgendaItem, Attendance, AttendanceState, Meeting
from sagsgang.meetings.rules import deciding


@transaction.atomic
def mark_absence(meeting: Meeting, *, item: AgendaItem | None, person: Person, note: str, actor: User) -> Attendance:
    """Mark a person absent from the whole meeting, or (`item`) from one item alone."""
    return _mark(meeting, item, person, AttendanceState.ABSENT, note, actor)


@transaction.atomic
def mark_presence(meeting: Meeting, *, item: AgendaItem | None, person: Person, actor: User) -> Attendance:
    """Mark a person present: takes a wrong mark of absence back."""
    return _mark(meeting, item, person, AttendanceState.PRESENT, "", actor)


def _mark(
    meeting: Meeting, item: AgendaItem | None, person: Person, state: AttendanceState, note: str, actor: User
) -> Attendance:
    meeting = lock_changeable(meeting)
    deciding.require_written_down(is_run_here=meeting.opened_at is not None)
    seat = person.seats.filter(body_id=meeting.body_id).on(meeting.held_on).first()
    known = Attendance.objects.filter(meeting=meeting, item=item, person=person).first()
    rules.require_known_to_body(person.name, is_known=seat is not None or known is not None)
    row, _created = Attendance.objects.update_or_create(
        meeting=meeting,
        item=item,
        person=person,
        defaults={"state": state, "note": note},
        create_defaults={
            "state": state,
            "note": note,
            "title": person.title,
            "role": seat.get_role_display() if seat and seat.role != "member" else "",
            "party": seat.party if seat else "",
            "position": Attendance.objects.filter(meeting=meeting, item=item).count() + 1,
        },
    )
    record(actor, f"mark_{state}", meeting, person=str(person.pk), item=str(item.pk) if item else None)
    return row
