"""When the body may close or open an item at its meeting (R8, R15, R16; KSL § 10). Pure."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import StandingUse

# What may be treated before the agenda is adopted, where that is no item of its own.
_BEFORE = frozenset({StandingUse.SUBSTITUTES, StandingUse.APPROVE_PROTOCOL, StandingUse.QUESTION_TIME})


def is_beginning(lines: Iterable[tuple[str, str]]) -> bool:
    """Is the agenda being adopted? `lines`: of each item its use as a standing item ("" = none) and its state.

    While its item of the adoption is treated; on an agenda without one, until the first matter is taken up.
    """
    rows = list(lines)
    adoption = [state for use, state in rows if use == StandingUse.APPROVE_AGENDA]
    if adoption:
        return "running" in adoption
    return all(state == "waiting" or use in _BEFORE for use, state in rows)


def require_time_to_open(*, is_beginning: bool) -> None:
    """What is moved to the open part is announced as open before it is treated (R16)."""
    if not is_beginning:
        raise RuleBrokenError(_("An item is moved to the open part at the beginning, while the agenda is adopted."))


def require_time_to_close(*, is_beginning: bool, is_running: bool) -> None:
    """With the agenda; or at the item itself, when it turns out there that the doors must be closed."""
    if not (is_beginning or is_running):
        raise RuleBrokenError(
            _("An item is closed while the agenda is adopted, or when it is taken up itself. Take it up first.")
        )


def require_adopted_motion(*, is_there: bool) -> None:
    """Where a vote was asked for, its result stands in the protocol."""
    if not is_there:
        raise RuleBrokenError(
            _(
                "No procedural motion was adopted at this item. Enter the motion and vote on it first, or leave out the vote."
            )
        )


def closing_motion() -> str:
    """What the protocol says was decided."""
    return _("The item is treated behind closed doors (KSL § 10).")


def opening_motion() -> str:
    """The same, of an item that stood in the closed part."""
    return _("The item is moved to the open part of the agenda.")
