"""Whether a meeting's deadline is over. A part of other acts."""

from django.utils.timezone import localdate

from sagsgang.meetings import rules
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.deadlines import deadline_of


def require_in_time(meeting: Meeting, late_reason: str) -> str:
    """The reason to print, "" for what is in time. Raises `RuleBrokenError` where it is late and says no reason (R3)."""
    late = is_late(meeting)
    rules.require_late_reason(late_reason, late=late)
    return late_reason.strip() if late else ""


def is_late(meeting: Meeting) -> bool:
    """Would what is put on the agenda today come after the deadline?"""
    found = deadline_of(meeting)
    sent = meeting.agenda_sent_at is not None
    return rules.is_late(localdate(), found.outer, is_sent=sent) if found else sent
