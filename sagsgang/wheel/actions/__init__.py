"""Every act on the wheel, the cards and the talks; each with its trace."""

from sagsgang.wheel.actions.duties import seed_duties
from sagsgang.wheel.actions.entries import EntryFacts, StepWish, add_entry, edit_entry, restore_entry, withdraw_entry
from sagsgang.wheel.actions.freezing import attach_frozen_wheel
from sagsgang.wheel.actions.generate import Turned, turn_wheel
from sagsgang.wheel.actions.occurrences import (
    drop_occurrence,
    finish_occurrence,
    move_occurrence,
    take_up_occurrence,
)
from sagsgang.wheel.actions.opening import open_case_now, open_due_cases

__all__ = [
    "EntryFacts",
    "StepWish",
    "Turned",
    "add_entry",
    "attach_frozen_wheel",
    "drop_occurrence",
    "edit_entry",
    "finish_occurrence",
    "move_occurrence",
    "open_case_now",
    "open_due_cases",
    "restore_entry",
    "seed_duties",
    "take_up_occurrence",
    "turn_wheel",
    "withdraw_entry",
]
