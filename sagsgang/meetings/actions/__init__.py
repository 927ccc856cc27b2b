"""What can be done to a meeting. Every write goes through here."""

from sagsgang.meetings.actions.decide import record_decision
from sagsgang.meetings.actions.presence import mark_absence, mark_presence
from sagsgang.meetings.actions.reading import log_closed_reading
from sagsgang.meetings.actions.restore import RestoreReport, restore_meeting

__all__ = [
    "RestoreReport",
    "log_closed_reading",
    "mark_absence",
    "mark_presence",
    "record_decision",
    "restore_meeting",
]
