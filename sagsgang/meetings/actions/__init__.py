"""What can be done to a meeting. Every write goes through here."""

from sagsgang.meetings.actions.arrange import edit_line, reorder_agenda, state_late_reason
from sagsgang.meetings.actions.carry import carry_forward
from sagsgang.meetings.actions.closing import close_item, state_closing
from sagsgang.meetings.actions.conflicts import note_conflict, withdraw_conflict
from sagsgang.meetings.actions.decide import PointFacts, record_decision
from sagsgang.meetings.actions.dissents import enter_dissent, withdraw_dissent
from sagsgang.meetings.actions.halts import halt_decision, withdraw_halt
from sagsgang.meetings.actions.parties import state_extract, state_parties
from sagsgang.meetings.actions.phrases import add_phrase, withdraw_phrase
from sagsgang.meetings.actions.presence import mark_absence, mark_presence
from sagsgang.meetings.actions.promote import promote_subitem
from sagsgang.meetings.actions.reading import log_closed_reading
from sagsgang.meetings.actions.restore import RestoreReport, restore_meeting
from sagsgang.meetings.actions.returning import return_item, withdraw_return
from sagsgang.meetings.actions.reviewing import review_closing, set_review
from sagsgang.meetings.actions.schedule import (
    add_collective_item,
    put_back_on_agenda,
    put_on_agenda,
    take_off_agenda,
)
from sagsgang.meetings.actions.send import gaps_before_sending, renew_item, send_agenda, send_supplement
from sagsgang.meetings.actions.speakers import SpeakerFacts, change_speaker, name_speaker, remove_speaker
from sagsgang.meetings.actions.standing import (
    add_standing_item,
    edit_standing_item,
    move_standing_item,
    put_standing_items,
    remove_standing_item,
    use_usual_items,
    usual_items,
)
from sagsgang.meetings.actions.urgent import put_notice, record_urgent_decision, withdraw_urgent_decision

__all__ = [
    "PointFacts",
    "RestoreReport",
    "SpeakerFacts",
    "add_collective_item",
    "add_phrase",
    "add_standing_item",
    "carry_forward",
    "change_speaker",
    "close_item",
    "edit_line",
    "edit_standing_item",
    "enter_dissent",
    "gaps_before_sending",
    "halt_decision",
    "log_closed_reading",
    "mark_absence",
    "mark_presence",
    "move_standing_item",
    "name_speaker",
    "note_conflict",
    "promote_subitem",
    "put_back_on_agenda",
    "put_notice",
    "put_on_agenda",
    "put_standing_items",
    "record_decision",
    "record_urgent_decision",
    "remove_speaker",
    "remove_standing_item",
    "renew_item",
    "reorder_agenda",
    "restore_meeting",
    "return_item",
    "review_closing",
    "send_agenda",
    "send_supplement",
    "set_review",
    "state_closing",
    "state_extract",
    "state_late_reason",
    "state_parties",
    "take_off_agenda",
    "use_usual_items",
    "usual_items",
    "withdraw_conflict",
    "withdraw_dissent",
    "withdraw_halt",
    "withdraw_phrase",
    "withdraw_return",
    "withdraw_urgent_decision",
]
