"""The pages of the meeting plan."""

from sagsgang.planning.views.meeting import (
    call_extraordinary,
    cancel_meeting,
    change_meeting,
    move_meeting,
    remove_meeting,
    undo_cancellation,
)
from sagsgang.planning.views.plan import add_rule, change_rule, generate_year, plan, remove_rule

__all__ = [
    "add_rule",
    "call_extraordinary",
    "cancel_meeting",
    "change_meeting",
    "change_rule",
    "generate_year",
    "move_meeting",
    "plan",
    "remove_meeting",
    "remove_rule",
    "undo_cancellation",
]
