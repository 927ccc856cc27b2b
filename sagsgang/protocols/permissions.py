"""Who may read the protocol, write in it, make it final and sign it (domain 2.1; R37)."""

from django.db.models import QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.permissions import PREPARES_AGENDA, may_keep_minutes

READS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)


def may_read_protocol(user: User, meeting: Meeting) -> bool:
    """The body's own people, once they know the agenda; what is closed in it is asked apart, item by item."""
    is_known = bool(meeting.agenda_sent_at or meeting.opened_at) or meeting.held_on < localdate()
    roles = READS if is_known else PREPARES_AGENDA
    return Appointment.objects.in_body(user, meeting.body_id, *roles).exists()


def may_write_protocol(user: User, meeting: Meeting) -> bool:
    """The body's secretary."""
    return may_keep_minutes(user, meeting)


def may_sign_protocol(user: User, meeting: Meeting) -> bool:
    """Who sits in the body; whether she took part is a rule of the act."""
    return Appointment.objects.in_body(user, meeting.body_id, *READS).exists()


class ProtocolRows:
    """The meetings that have happened: what a protocol is written of."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Meetings with their body."""
        return Meeting.objects.visible_to(user).select_related("body__authority")
