"""Write a rule, generate a year, and change a planned meeting: every act on a body's plan waits for the one before it."""

from sagsgang.planning.actions.generate import Generated, generate_year
from sagsgang.planning.actions.meetings import (
    call_extraordinary,
    cancel_meeting,
    change_meeting,
    move_meeting,
    remove_meeting,
    undo_cancellation,
)
from sagsgang.planning.actions.rules import RuleFacts, add_rule, change_rule, remove_rule

__all__ = [
    "Generated",
    "RuleFacts",
    "add_rule",
    "call_extraordinary",
    "cancel_meeting",
    "change_meeting",
    "change_rule",
    "generate_year",
    "move_meeting",
    "remove_meeting",
    "remove_rule",
    "undo_cancellation",
]
