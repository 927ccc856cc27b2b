"""When a remark may be made, answered, taken back, or become a task; and when a task is done. Pure."""

from datetime import date

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_words(text: str) -> None:
    """A remark says something."""
    if not text.strip():
        raise RuleBrokenError(_("Write the remark."))


def require_open_remark(*, has_task: bool, is_answered: bool) -> None:
    """A remark gets one answer: a task, or words."""
    if has_task:
        raise RuleBrokenError(_("The remark has already become a task."))
    if is_answered:
        raise RuleBrokenError(_("The remark is already answered."))


def require_answer(answer: str) -> None:
    """Who sets a remark aside says why."""
    if not answer.strip():
        raise RuleBrokenError(_("Write an answer to who made the remark."))


def require_due(due_on: date, today: date) -> None:
    """A task is given for a day that is still to come, today included."""
    if due_on < today:
        raise RuleBrokenError(_("The day has passed. Choose today or a later one."))


def require_own(*, is_hers: bool) -> None:
    """Only who made a remark takes it back."""
    if not is_hers:
        raise RuleBrokenError(_("Only the one who made the remark can take it back."))


def require_unfinished(*, is_done: bool) -> None:
    """A task is done once."""
    if is_done:
        raise RuleBrokenError(_("The task is already marked as done."))
