"""What can be done in the room. Every act has a key made where it was typed, and happens once (`entering`).

All take ``*, key, at, actor`` and answer their `SittingAct`. What an act makes has the key for its id.
"""

from sagsgang.sittings.actions.coming import (
    note_all_present,
    note_arrival,
    note_departure,
    undo_departure,
    undo_stretch,
)
from sagsgang.sittings.actions.constituting import put_constitution
from sagsgang.sittings.actions.deciding import decide_here
from sagsgang.sittings.actions.deputies import approve_substitutes, call_substitute, dismiss_substitute
from sagsgang.sittings.actions.doors import close_here, open_here
from sagsgang.sittings.actions.floor import ask_floor, end_turn, give_floor, move_turn, withdraw_turn
from sagsgang.sittings.actions.opening import adjourn_meeting, name_acting_chair, open_meeting
from sagsgang.sittings.actions.polls import (
    adopt_without_vote,
    close_poll,
    enter_ballots,
    enter_roll_call,
    open_poll,
    withdraw_poll,
)
from sagsgang.sittings.actions.postponing import demand_postponement
from sagsgang.sittings.actions.proposals import move_proposal, withdraw_proposal
from sagsgang.sittings.actions.recusal import declare_conflict, return_after_conflict
from sagsgang.sittings.actions.settling import settle_poll
from sagsgang.sittings.actions.taking_off import take_off_here
from sagsgang.sittings.actions.treating import end_item, leave_block, take_up_block, take_up_item

__all__ = [
    "adjourn_meeting",
    "adopt_without_vote",
    "approve_substitutes",
    "ask_floor",
    "call_substitute",
    "close_here",
    "close_poll",
    "decide_here",
    "declare_conflict",
    "demand_postponement",
    "dismiss_substitute",
    "end_item",
    "end_turn",
    "enter_ballots",
    "enter_roll_call",
    "give_floor",
    "leave_block",
    "move_proposal",
    "move_turn",
    "name_acting_chair",
    "note_all_present",
    "note_arrival",
    "note_departure",
    "open_here",
    "open_meeting",
    "open_poll",
    "put_constitution",
    "return_after_conflict",
    "settle_poll",
    "take_off_here",
    "take_up_block",
    "take_up_item",
    "undo_departure",
    "undo_stretch",
    "withdraw_poll",
    "withdraw_proposal",
    "withdraw_turn",
]
