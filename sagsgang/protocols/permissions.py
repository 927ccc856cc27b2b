"""Who may read the protocol, write in it, make it final and sign it (domain 2.1; R37)."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Role, has_role
from sagsgang.meetings.called import called_at, calls_of, was_called
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.permissions import PREPARES_AGENDA, may_keep_minutes

READS = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)


def may_read_protocol(user: User, meeting: Meeting) -> bool:
    """The body's own people, once they know the agenda; what is closed in it is asked apart, item by item."""
    roles = READS if _is_known(meeting) else PREPARES_AGENDA
    return has_role(user, meeting.body_id, *roles)


def _is_known(meeting: Meeting) -> bool:
    """Do others than those who prepare it know the agenda?"""
    return bool(meeting.agenda_sent_at or meeting.opened_at) or meeting.held_on < localdate()


def may_write_protocol(user: User, meeting: Meeting) -> bool:
    """The body's secretary."""
    return may_keep_minutes(user, meeting)


def may_read_protocol_at(user: User, item: AgendaItem) -> bool:
    """May she see the last protocol at the standing item where it is approved? Who reads protocols of the body."""
    return may_read_protocol(user, item.meeting)


def may_approve_at(user: User, item: AgendaItem) -> bool:
    """May she enter the approval at the standing item? The body's secretary."""
    return may_write_protocol(user, item.meeting)


def may_sign_protocol(user: User, meeting: Meeting) -> bool:
    """Who sits in the body, or was called to sit in; whether she took part is a rule of the act."""
    return has_role(user, meeting.body_id, *READS) or _sat_in(user, meeting)


def may_read_her_part(user: User, meeting: Meeting) -> bool:
    """May she see the page of the protocol? Its readers, and who sat in for a member: her items alone."""
    return may_read_protocol(user, meeting) or _sat_in(user, meeting)


def _sat_in(user: User, meeting: Meeting) -> bool:
    return _is_known(meeting) and was_called(user, meeting)


class ProtocolRows:
    """The meetings that have happened: what a protocol is written of."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Meetings with their body."""
        return Meeting.objects.visible_to(user).select_related("body__authority")


class SignerRows:
    """The meetings whose protocol a user signs, or reads: those of the bodies she sees, and those she was called to."""

    def visible_to(self, user: User, /) -> QuerySet[Meeting]:
        """Meetings with their body."""
        seen = Meeting.objects.visible_to(user).order_by().values("pk")
        calls = calls_of(user).order_by().values("meeting")
        return Meeting.objects.filter(Q(pk__in=seen) | Q(pk__in=calls)).select_related("body__authority")


def her_part(user: User, meeting: Meeting) -> frozenset[UUID] | None:
    """The items and sub-items of which she may read in the protocol; None = all that its readers may."""
    return None if may_read_protocol(user, meeting) else called_at(user, meeting)
