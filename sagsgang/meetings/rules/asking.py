"""When access to another committee's item can be asked for, granted and refused (R21, KSL § 20 stk. 6). Pure."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_askable(*, is_askable: bool) -> None:
    """Access is asked for at an item as a whole, of another committee's agenda that was sent."""
    if not is_askable:
        raise RuleBrokenError(_("The item is no longer on a sent agenda. There is nothing to ask for."))


def require_unanswered(*, is_answered: bool) -> None:
    """An answer stands: a grant is taken back, and a refusal is followed by a new request."""
    if is_answered:
        raise RuleBrokenError(_("The request is answered already. Look at the list of requests."))


def require_standing(*, is_withdrawn: bool) -> None:
    """What was taken back is over."""
    if is_withdrawn:
        raise RuleBrokenError(_("The request has been taken back in the meantime."))


def require_not_her_own(*, is_own: bool) -> None:
    """Nobody lets herself in."""
    if is_own:
        raise RuleBrokenError(_("Somebody else must answer your own request."))


def require_refusal_reason(words: str, *, granted: bool) -> None:
    """Who is refused is told why."""
    if not granted and not words.strip():
        raise RuleBrokenError(_("Write why access is refused. She who asked reads it."))
