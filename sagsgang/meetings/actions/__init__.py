"""What can be done to a meeting. Every write goes through here."""

from sagsgang.meetings.actions.carry import carry_forward
from sagsgang.meetings.actions.closing import state_closing
from sagsgang.meetings.actions.conflicts import note_conflict, withdraw_conflict
from sagsgang.meetings.actions.decide import record_decision
from sagsgang.meetings.actions.presence import mark_absence, mark_presence
from sagsgang.meetings.actions.promote import promote_subitem
from sagsgang.meetings.actions.reading import log_closed_reading
from sagsgang.meetings.actions.restore import RestoreReport, restore_meeting
from sagsgang.meetings.actions.schedule import (
    add_collective_item,
    put_back_on_agenda,
    put_on_agenda,
    take_off_agenda,
)
from sagsgang.meetings.actions.send import gaps_before_sending, renew_item, send_agenda

__all__ = [
    "RestoreReport",
    "add_collective_item",
    "carry_forward",
    "gaps_before_sending",
    "log_closed_reading",
    "mark_absence",
    "mark_presence",
    "note_conflict",
    "promote_subitem",
    "put_back_on_agenda",
    "put_on_agenda",
    "record_decision",
    "renew_item",
    "restore_meeting",
    "send_agenda",
    "state_closing",
    "take_off_agenda",
    "withdraw_conflict",
]
