"""What an act on goals needs; each raises `RuleBrokenError` with the sentence for whoever acts."""

from datetime import date

from django.utils.translation import gettext

from sagsgang.core.errors import RuleBrokenError
from sagsgang.goals.catalogue import goal_of_target, target_numbers

MOST_REASON = 300


def parse_goal(words: str) -> tuple[int, str]:
    """A goal or a target as it is written, "3" or "3.4": its goal, and the target ("" = the goal as a whole).

    Raises `RuleBrokenError` for anything else.
    """
    words = words.strip().lower()
    if words in target_numbers():
        return goal_of_target(words), words
    if words.isascii() and words.isdecimal() and 1 <= int(words) <= 17:
        return int(words), ""
    raise RuleBrokenError(gettext("“{words}” is no goal or target of the United Nations.").format(words=words[:20]))


def require_goal(goal: int | None, target: str, *, has_local: bool) -> None:
    """One kind of goal: one of the seventeen with or without its target, or one of the authority's own."""
    if (goal is None) != has_local or (has_local and target):
        raise RuleBrokenError(gettext("Choose one goal, one target or one local goal."))
    if goal is not None and parse_goal(target or str(goal))[0] != goal:
        raise RuleBrokenError(gettext("The target does not belong to the goal."))


def require_reason(words: str, *, needed: bool = False) -> None:
    """At most 300 signs; where none is relevant, it says why."""
    if needed and not words.strip():
        raise RuleBrokenError(gettext("Write why no goal is relevant."))
    if len(words) > MOST_REASON:
        raise RuleBrokenError(
            gettext("The reason is {count} signs long; there is room for {most}.").format(
                count=len(words), most=MOST_REASON
            )
        )


def require_period(starts: date | None, ends: date | None) -> None:
    """The end does not lie before the start."""
    if starts is not None and ends is not None and ends < starts:
        raise RuleBrokenError(gettext("The last day lies before the first."))


def require_note_day(on: date, today: date) -> None:
    """How a project goes is said of a day that has come."""
    if on > today:
        raise RuleBrokenError(gettext("The day has not come yet: say how it goes today."))


def require_free_name(name: str, *, is_taken: bool) -> None:
    """A name, and one that no other row of the authority has."""
    if not name.strip():
        raise RuleBrokenError(gettext("Write the name."))
    if is_taken:
        raise RuleBrokenError(gettext("There is one of this name already."))
