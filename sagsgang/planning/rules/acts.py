"""When a rule of the plan or a planned meeting may be changed. Pure: values in, `RuleBrokenError` or nothing out."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_standing_rule(*, is_gone: bool) -> None:
    """A rule that was taken off or replaced meanwhile is not changed again."""
    if is_gone:
        raise RuleBrokenError(_("The rule has been changed meanwhile. Look at the plan again."))


def require_new_rule(*, is_there: bool) -> None:
    """The same rule twice would say nothing more."""
    if is_there:
        raise RuleBrokenError(_("The plan has this rule already."))


def require_unchanged_plan(*, same: bool) -> None:
    """What is generated is what was looked at."""
    if not same:
        raise RuleBrokenError(_("The plan has been changed meanwhile. Look at it again, and then generate."))


def require_not_cancelled(*, is_cancelled: bool) -> None:
    """What is called off is first taken up again."""
    if is_cancelled:
        raise RuleBrokenError(_("The meeting is cancelled."))


def require_cancelled(*, is_cancelled: bool) -> None:
    """Only what is called off can be taken up again."""
    if not is_cancelled:
        raise RuleBrokenError(_("The meeting is not cancelled."))


def require_not_begun(*, is_opened: bool, is_decided: bool) -> None:
    """A meeting that has begun, or has decided something, has been held: its day stands fast."""
    if is_opened:
        raise RuleBrokenError(_("The meeting has been opened, and can no longer be moved or cancelled."))
    if is_decided:
        raise RuleBrokenError(
            _("Decisions are written at this meeting. It has been held, and can no longer be moved or cancelled.")
        )


def require_not_adjourned(*, is_adjourned: bool) -> None:
    """Time and place of a meeting that is over are history."""
    if is_adjourned:
        raise RuleBrokenError(_("The meeting is over. Its time and place stand as they were."))


def require_other_day(*, same: bool) -> None:
    """To move is to another day."""
    if same:
        raise RuleBrokenError(_("The meeting is on that day already. Choose another day."))


def require_day_to_come(day: date, today: date) -> None:
    """A meeting is called for today or later."""
    if day < today:
        raise RuleBrokenError(_("The day is over. Choose today or a later day."))


def require_free_day(body: str, day: date, *, is_free: bool) -> None:
    """A body meets once a day; only an extraordinary meeting may lie beside an ordinary one."""
    if not is_free:
        raise RuleBrokenError(
            _("{body} already meets on {day}. Choose another day.").format(
                body=body, day=date_format(day, "DATE_FORMAT")
            )
        )


def require_time_for_agenda(last_day: date | None, *, anyway: bool) -> None:
    """A day so near that the agenda can no longer go out in time is chosen with open eyes (R2).

    `last_day`: the last day of its agenda, where that is over; else None.
    """
    if last_day and not anyway:
        raise RuleBrokenError(
            _("The agenda of a meeting on that day had to be out by {day}, and it is not sent.").format(
                day=date_format(last_day, "DATE_FORMAT")
            )
        )


def require_reason(reason: str) -> None:
    """An extraordinary meeting says why it is called."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why the extraordinary meeting is called."))


def require_empty(*, is_empty: bool) -> None:
    """Only a meeting that holds nothing is taken out of the plan; any other is cancelled."""
    if not is_empty:
        raise RuleBrokenError(_("Something belongs to the meeting. Cancel it instead of taking it out of the plan."))
