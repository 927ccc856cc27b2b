"""Call a substitute before the meeting, for who has reported that she will not come (R30, R31)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import BodyKind, Person
from sagsgang.core.models import record
from sagsgang.meetings.actions.absences import end_call
from sagsgang.meetings.actions.arising import put_approval_of_substitutes
from sagsgang.meetings.actions.receipts import deliver_to
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import Meeting, Substitution, SubstitutionKind
from sagsgang.meetings.queries.absences import report_of
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.meetings.rules.absences import require_absence_open
from sagsgang.sittings.actions import deputies
from sagsgang.sittings.rules import substitutes


@transaction.atomic
def call_ahead(
    meeting: Meeting, *, absent: Person, substitute: Person, skipped: Mapping[UUID, str] | None = None, actor: User
) -> Substitution:
    """Call a substitute by the rules of `call_substitute`: she gets the agenda with the members, or now if it is sent.

    The council approves her at the meeting, and the item for it comes on the agenda; until then she has no vote, and
    what is closed is shut to her (R30). Called twice is once. Raises RuleBrokenError once the meeting is opened, or if
    the absence is not reported.
    """
    meeting = _coming(meeting)
    known = Substitution.objects.filter(meeting=meeting, item=None, absent=absent, substitute=substitute).first()
    if known is not None:
        return known
    substitutes.require_reported(absent.name, is_reported=report_of(meeting, absent) is not None)
    substitutes.require_coming(substitute.name, is_absent=report_of(meeting, substitute) is not None)
    roll = roll_of(meeting)
    deputies.require_free(roll, absent=absent, substitute=substitute)
    is_council = meeting.body.kind == BodyKind.COUNCIL
    grounds: dict[UUID, str] = {}
    if is_council:
        grounds = deputies.listed_grounds(meeting, roll, absent, substitute, skipped or {})
    else:
        deputies.require_chosen(meeting, roll, absent, substitute)
    row = Substitution.objects.create(
        meeting=meeting,
        kind=SubstitutionKind.COUNCIL if is_council else SubstitutionKind.COMMITTEE,
        absent=absent,
        substitute=substitute,
        skipped=[{"person": str(person), "ground": ground} for person, ground in grounds.items()],
    )
    deliver_to(substitute, meeting)
    if is_council:
        put_approval_of_substitutes(meeting, actor=actor)
    record(actor, "call_ahead", meeting, person=str(substitute.pk), absent=str(absent.pk))
    return row


@transaction.atomic
def cancel_call(meeting: Meeting, *, absent: Person, actor: User) -> None:
    """The substitute called for her does not come; what she could read is shut again. Until the meeting is opened."""
    end_call(_coming(meeting), absent=absent, actor=actor)


def _coming(meeting: Meeting) -> Meeting:
    meeting = lock_meeting(meeting)
    require_absence_open(
        is_cancelled=meeting.cancelled_at is not None,
        is_opened=meeting.opened_at is not None,
        is_over=meeting.held_on < localdate(),
    )
    return meeting
