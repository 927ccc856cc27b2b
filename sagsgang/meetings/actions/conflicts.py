"""Note that a member has a conflict of interest at an item, and take the note back (KSL § 14; leak rule 11)."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings import rules
from sagsgang.meetings.actions.records import lock_changeable, record_both
from sagsgang.meetings.models import AgendaItem, Attendance, ConflictOfInterest


@transaction.atomic
def note_conflict(item: AgendaItem, *, person: Person, actor: User) -> ConflictOfInterest:
    """From now on the person is shut out of the item's closed material everywhere. Noting it twice is noting it once."""
    meeting = lock_changeable(item.meeting)
    seated = person.seats.filter(body=meeting.body_id).on(meeting.held_on).exists()
    named = Attendance.objects.filter(meeting=meeting, person=person).exists()
    called = meeting.substitutions.filter(substitute=person).exists()
    rules.require_known_to_body(person.name, is_known=seated or named or called)
    known = ConflictOfInterest.objects.filter(item=item, person=person, withdrawn_at=None).first()
    if known is not None:
        return known
    conflict = ConflictOfInterest.objects.create(item=item, person=person, noted_by=actor)
    record_both(actor, "note_conflict", item, person=str(person.pk))
    return conflict


@transaction.atomic
def withdraw_conflict(item: AgendaItem, *, person: Person, actor: User) -> None:
    """The body found that there is none after all; the note stays in the table. Nobody takes back her own."""
    lock_changeable(item.meeting)
    rules.require_another_person(same=person.user_id == actor.pk)
    found = ConflictOfInterest.objects.filter(item=item, person=person, withdrawn_at=None)
    if found.update(withdrawn_at=now(), modified_at=now()):
        record_both(actor, "withdraw_conflict", item, person=str(person.pk))
