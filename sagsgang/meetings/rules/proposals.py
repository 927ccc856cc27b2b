"""When a member's proposal is in time, and what may become of it (R9, KSL § 11 stk. 1). Pure.

The last day is counted in calendar days before the meeting, as the bodies' own rules of procedure do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

MOST_PROPOSAL_DAYS = 60


@dataclass(frozen=True, slots=True)
class Reach:
    """A coming meeting as a proposal sees it. `is_sent`: its agenda has gone out, which ends the time too."""

    held_on: date
    last_day: date
    is_sent: bool = False

    def is_in_time(self, written_on: date) -> bool:
        """Does what is written on this day get on its agenda?"""
        return written_on <= self.last_day and not self.is_sent


def last_day(held_on: date, days: int) -> date:
    """The last day on which a proposal is in time for a meeting, that day with."""
    return held_on - timedelta(days=days)


def next_reached(coming: Iterable[Reach], written_on: date) -> Reach | None:
    """The nearest meeting whose agenda a proposal of this day still gets on; None where none is planned."""
    reached = (row for row in coming if row.is_in_time(written_on))
    return min(reached, key=lambda row: row.held_on, default=None)


def require_proposal(title: str, words: str) -> None:
    """A proposal is in writing, and says what it is about."""
    if not title.strip():
        raise RuleBrokenError(_("Give the matter a title."))
    if not words.strip():
        raise RuleBrokenError(_("Write what the matter is about."))


def require_seat(*, has_seat: bool) -> None:
    """Who sits in the body raises matters there."""
    if not has_seat:
        raise RuleBrokenError(_("Only who has a seat in the body can raise a matter there."))


def require_wish(*, fits: bool) -> None:
    """The wished meeting is one of the body that is still to come."""
    if not fits:
        raise RuleBrokenError(_("Choose one of the body's coming meetings."))


def require_waiting(*, is_withdrawn: bool, is_answered: bool) -> None:
    """A proposal is answered once; what was taken back is over."""
    if is_withdrawn:
        raise RuleBrokenError(_("The member has taken the proposal back in the meantime."))
    if is_answered:
        raise RuleBrokenError(_("The proposal has been taken up or answered in the meantime."))


def require_answer(words: str) -> None:
    """Who is told no is told why."""
    if not words.strip():
        raise RuleBrokenError(_("Write why the proposal does not get on an agenda. The member reads it."))


def require_cutoff(days: int) -> None:
    """A body's last day lies on the day of the meeting at the latest, and leaves members a fair time."""
    if not 0 <= days <= MOST_PROPOSAL_DAYS:
        raise RuleBrokenError(
            _("Members' proposals are in between 0 and {most} days before the meeting.").format(most=MOST_PROPOSAL_DAYS)
        )
