"""What can be done to a follow-up. Every write goes through here."""

from sagsgang.followups.actions.change import change_follow_up, seen_stamp
from sagsgang.followups.actions.give import FollowUpFacts, give_follow_up
from sagsgang.followups.actions.progress import (
    begin_follow_up,
    drop_follow_up,
    finish_follow_up,
    note_follow_up,
    reopen_follow_up,
)
from sagsgang.followups.actions.reading import log_closed_reading
from sagsgang.followups.actions.report import report_follow_up

__all__ = [
    "FollowUpFacts",
    "begin_follow_up",
    "change_follow_up",
    "drop_follow_up",
    "finish_follow_up",
    "give_follow_up",
    "log_closed_reading",
    "note_follow_up",
    "reopen_follow_up",
    "report_follow_up",
    "seen_stamp",
]
