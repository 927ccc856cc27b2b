"""What an answer to "may this closed item be opened now?" must hold (R15, R18, R23). Pure."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.access import Ground
from sagsgang.meetings.models import ReviewAnswer


def require_review_date(answer: str, review_on: date | None, today: date) -> None:
    """Kept closed until a day that comes; kept for good, or opened, without one."""
    if answer == ReviewAnswer.KEEP and review_on is None:
        raise RuleBrokenError(_("Choose the day on which it is asked again."))
    if answer == ReviewAnswer.KEEP and review_on is not None and review_on <= today:
        raise RuleBrokenError(_("The day on which it is asked again must come later than today."))


def require_ground(answer: str, ground: str, reason: str) -> None:
    """Whoever keeps it closed says on what ground and why; each time anew, since the ground may have lapsed."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why you answer so. The reason stays in the house."))
    if answer != ReviewAnswer.OPEN and ground in {"", Ground.UNKNOWN}:
        raise RuleBrokenError(_("Choose the ground on which it stays closed."))


def require_looked_through(answer: str, *, has_looked: bool) -> None:
    """Opening lets out more than the decision: somebody has looked at all of it."""
    if answer == ReviewAnswer.OPEN and not has_looked:
        raise RuleBrokenError(_("Look through what becomes open, and tick that you have."))


def require_parent_open(answer: str, *, parent_is_closed: bool) -> None:
    """A sub-item of what is closed cannot be open."""
    if answer == ReviewAnswer.OPEN and parent_is_closed:
        raise RuleBrokenError(_("The item above it is closed. That one must be opened first."))


def require_house_opens(answer: str, *, is_with_body: bool) -> None:
    """Between the sending and the end of the meeting the body itself moves an item to the open part (R8, R16)."""
    if answer == ReviewAnswer.OPEN and is_with_body:
        raise RuleBrokenError(
            _(
                "The agenda is sent, so the body itself decides whether the item is opened: at the beginning of the "
                "meeting, at the desk. Once the meeting is over, it can be opened here."
            )
        )


def kept_closed(attachments: Iterable[str], opened: Iterable[str]) -> set[str]:
    """Of the attachments that would follow the item into the open: those that are not opened by name (R43)."""
    return set(attachments) - set(opened)
