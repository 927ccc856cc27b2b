"""Report that a member will not come, and take it back, until the meeting is opened. Who may: `members.permissions`."""

from django.db import transaction
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import record
from sagsgang.meetings import rules
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AbsenceReport, Meeting, Substitution
from sagsgang.meetings.queries.absences import is_expected, report_of
from sagsgang.meetings.rules.absences import require_absence_open


@transaction.atomic
def report_absence(meeting: Meeting, *, person: Person, reason: str = "", actor: User) -> AbsenceReport:
    """The person will not come. Sent twice it is one report; with other words the reason is changed.

    Raises `RuleBrokenError` from when the meeting is opened, and for somebody who is not expected there.
    """
    meeting = _open_meeting(meeting)
    rules.require_known_to_body(person.name, is_known=is_expected(meeting, person))
    words, known = reason.strip(), report_of(meeting, person)
    if known is None:
        known = AbsenceReport.objects.create(meeting=meeting, person=person, reason=words, reported_by=actor)
    elif known.reason == words:
        return known
    else:
        known.reason = words
        known.save(update_fields=["reason", "modified_at"])
    record(actor, "report_absence", meeting, person=str(person.pk))
    return known


@transaction.atomic
def withdraw_absence(meeting: Meeting, *, person: Person, actor: User) -> None:
    """She comes after all, and whoever was called for her does not; both rows stay in the table.

    Raises `RuleBrokenError` from when the meeting is opened.
    """
    meeting = _open_meeting(meeting)
    standing = AbsenceReport.objects.filter(meeting=meeting, person=person)
    if standing.update(withdrawn_at=now(), modified_at=now()):
        record(actor, "withdraw_absence", meeting, person=str(person.pk))
        end_call(meeting, absent=person, actor=actor)


def end_call(meeting: Meeting, *, absent: Person, actor: User) -> None:
    """A part of other acts, while the meeting is not opened: the call of a substitute for her is taken back."""
    calls = Substitution.objects.filter(meeting=meeting, absent=absent, item=None)
    if calls.update(withdrawn_at=now(), modified_at=now()):
        record(actor, "cancel_call", meeting, person=str(absent.pk))


def _open_meeting(meeting: Meeting) -> Meeting:
    meeting = lock_meeting(meeting)
    require_absence_open(
        is_cancelled=meeting.cancelled_at is not None,
        is_opened=meeting.opened_at is not None,
        is_over=meeting.held_on < localdate(),
    )
    return meeting
