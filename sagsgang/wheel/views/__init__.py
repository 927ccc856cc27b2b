"""The doors of the year."""

from sagsgang.wheel.views.entries import (
    add_body_entry,
    add_entry,
    edit_entry,
    entry,
    restore_entry,
    withdraw_entry,
)
from sagsgang.wheel.views.occurrences import (
    drop_occurrence,
    finish_occurrence,
    move_occurrence,
    open_case,
    take_up_occurrence,
)
from sagsgang.wheel.views.wheel import body_wheel, print_body_wheel, print_wheel, turn_wheel, wheel

__all__ = [
    "add_body_entry",
    "add_entry",
    "body_wheel",
    "drop_occurrence",
    "edit_entry",
    "entry",
    "finish_occurrence",
    "move_occurrence",
    "open_case",
    "print_body_wheel",
    "print_wheel",
    "restore_entry",
    "take_up_occurrence",
    "turn_wheel",
    "wheel",
    "withdraw_entry",
]
