"""Who may do what to a meeting (the start matrix of who sees what; each rule names its roles)."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role
from sagsgang.meetings.models import AgendaItem, Meeting

# Human resources see the open part of their bodies; auditor and administrator see titles, logs and settings.
READS_CLOSED = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR, Role.MANAGER, Role.CASEWORKER)


def may_see_meeting(user: User, meeting: Meeting) -> bool:
    """Who sees the body sees its meetings."""
    return True


def may_see_item(user: User, item: AgendaItem) -> bool:
    """Who sees the body sees that the item is there; its closed words are asked for apart."""
    return True


def may_read_closed(user: User, meeting: Meeting) -> bool:
    """May she read what is closed at this body's meetings? Every such reading is logged."""
    return Appointment.objects.in_body(user, meeting.body_id, *READS_CLOSED).exists()


def may_keep_minutes(user: User, meeting: Meeting) -> bool:
    """May she record decisions and presence? The body's secretary."""
    return Appointment.objects.in_body(user, meeting.body_id, Role.SECRETARY).exists()


def may_record_decision(user: User, item: AgendaItem) -> bool:
    """May she write the decision on this item?"""
    return may_keep_minutes(user, item.meeting)
