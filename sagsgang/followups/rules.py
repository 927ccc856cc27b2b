"""Where a follow-up stands, what may be done to it there, and when it is due. Pure."""

from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import ClosingDays, deadline, is_known_year
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups.models import Progress


class State(StrEnum):
    """Where a follow-up stands; whether it is overdue is asked apart (`is_overdue`)."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


OVER = (State.DONE, State.DROPPED)
_STATES = {Progress.BEGUN: State.BEGUN, Progress.DONE: State.DONE, Progress.DROPPED: State.DROPPED}


def state_of(progress: str | None) -> State:
    """The state that the newest event which is not a note leads to; None = nothing has happened."""
    return _STATES.get(Progress(progress), State.OPEN) if progress else State.OPEN


def is_overdue(state: State, due_on: date | None, today: date) -> bool:
    """Has its day passed while there is still something to do? On the day itself it is in time."""
    return state not in OVER and due_on is not None and due_on < today


def due_before(meeting_on: date, agenda_days: int, closing_days: ClosingDays) -> date:
    """The last working day before the safe deadline of a meeting's agenda; without such a deadline, before the meeting.

    So what is done by then can still go out with the agenda. Outside the years of known holidays: the meeting's day.
    """
    if not is_known_year(meeting_on):
        return meeting_on
    return deadline(meeting_on, days=agenda_days + 1, closing_days=closing_days).safe


def require_words(words: str) -> None:
    """A follow-up says what shall be done."""
    if not words.strip():
        raise RuleBrokenError(_("Write what shall be done."))


def require_owner(owner_role: str) -> None:
    """Somebody has it, by role: persons come and go."""
    if not owner_role.strip():
        raise RuleBrokenError(_("Write who follows up, by role: for example the head of a unit."))


def require_one_due(*, has_day: bool, has_step: bool) -> None:
    """A day or a step, not both: one of them would be wrong."""
    if has_day and has_step:
        raise RuleBrokenError(_("Choose either a step of the path or a day."))
    if not has_day and not has_step:
        raise RuleBrokenError(_("Choose before which step it is to be done, or write a day."))


def require_day_ahead(due_on: date | None, today: date) -> None:
    """A follow-up is given for a day that is still to come, today included."""
    if due_on is not None and due_on < today:
        raise RuleBrokenError(_("The day has passed. Choose today or a later one."))


def require_same_case(*, same: bool) -> None:
    """The item, the remark and the step belong to the case."""
    if not same:
        raise RuleBrokenError(_("It belongs to another case."))


def require_unchanged(*, same: bool) -> None:
    """What is saved is a change of what was seen."""
    if not same:
        raise RuleBrokenError(
            _("Somebody else has changed the follow-up in the meantime. Yours stands below; compare, then save again.")
        )


def require_open(state: State) -> None:
    """What is over is opened again before it is changed."""
    if state in OVER:
        raise RuleBrokenError(_("The follow-up is already over. Open it again first."))


def require_not_begun(state: State) -> None:
    """It is begun once."""
    require_open(state)
    if state == State.BEGUN:
        raise RuleBrokenError(_("The follow-up is already begun."))


def require_over(state: State) -> None:
    """Only what is over is opened again."""
    if state not in OVER:
        raise RuleBrokenError(_("The follow-up is not over."))


def require_result(words: str) -> None:
    """Who finishes says what was done: these words go back to the body."""
    if not words.strip():
        raise RuleBrokenError(_("Write what was done. The words go back to who gave the follow-up."))


def require_reason(words: str) -> None:
    """Who drops a follow-up says why."""
    if not words.strip():
        raise RuleBrokenError(_("Write why it is dropped."))


def require_note(words: str) -> None:
    """A note says something."""
    if not words.strip():
        raise RuleBrokenError(_("Write the note."))


def require_reportable(state: State, *, has_body: bool, is_reported: bool) -> None:
    """What is done, and wanted by a body, is reported to it once."""
    if state != State.DONE:
        raise RuleBrokenError(_("Only a follow-up that is done can be reported back."))
    if not has_body:
        raise RuleBrokenError(_("The follow-up reports to no body."))
    if is_reported:
        raise RuleBrokenError(_("The follow-up is already reported back."))


def require_its_body(*, same: bool) -> None:
    """It is reported to the body that it reports to."""
    if not same:
        raise RuleBrokenError(_("The follow-up reports to another body."))


def require_later_meeting(*, is_later: bool) -> None:
    """It is not reported at the meeting at which it was given, or at one before it."""
    if not is_later:
        raise RuleBrokenError(_("The follow-up was given at this meeting. Choose a later one."))


def require_closed_place(*, is_closed: bool, place_is_closed: bool) -> None:
    """What is closed is not reported under an open item (R14, R15)."""
    if is_closed and not place_is_closed:
        raise RuleBrokenError(
            _("The follow-up is closed, and the case stands on that agenda as an open item. Choose another meeting.")
        )
