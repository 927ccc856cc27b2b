"""When the body may take an item off its agenda, and what the protocol says of it (R8). Pure."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_time_to_take_off(*, is_beginning: bool) -> None:
    """A sent agenda is the body's: it changes it when it adopts it."""
    if not is_beginning:
        raise RuleBrokenError(
            _(
                "An item is taken off at the beginning, while the agenda is adopted. Later it is postponed by its decision."
            )
        )


def require_own_matter(*, is_sub: bool, is_standing: bool) -> None:
    """An item goes as a whole; what stands on every agenda is no case that could wait."""
    if is_sub:
        raise RuleBrokenError(_("A sub-item is not taken off by itself. Take off its item, or decide it."))
    if is_standing:
        raise RuleBrokenError(_("A standing item is not taken off: it is on every agenda of the body."))


def require_untreated(*, is_treated: bool) -> None:
    """What has been taken up is ended with a decision."""
    if is_treated:
        raise RuleBrokenError(_("The item has been taken up already. Postpone it by its decision instead."))


def motion() -> str:
    """What the protocol says was decided with the agenda."""
    return _("The item is taken off the agenda.")


def sentence(reason: str) -> str:
    """What stands at the item."""
    said = _("The item was taken off the agenda when the agenda was adopted.")
    return f"{said}\n{reason.strip()}" if reason.strip() else said
