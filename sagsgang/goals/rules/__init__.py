"""Pure rules of goals: what may be written, what is suggested, which items a body asks about, what a file says."""

from sagsgang.goals.rules.acts import (
    MOST_REASON,
    parse_goal,
    require_free_name,
    require_goal,
    require_note_day,
    require_period,
    require_reason,
)
from sagsgang.goals.rules.asking import is_asked_for, kind_of_purpose
from sagsgang.goals.rules.suggesting import suggested
from sagsgang.goals.rules.targets import TargetWords, targets_of

__all__ = [
    "MOST_REASON",
    "TargetWords",
    "is_asked_for",
    "kind_of_purpose",
    "parse_goal",
    "require_free_name",
    "require_goal",
    "require_note_day",
    "require_period",
    "require_reason",
    "suggested",
    "targets_of",
]
