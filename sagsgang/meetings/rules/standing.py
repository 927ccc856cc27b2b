"""When a body's list of standing items can be changed. Pure."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_one_a_use(*, is_taken: bool) -> None:
    """The system finds the item for the adoption of the agenda, the signing and so on: there is one of each."""
    if is_taken:
        raise RuleBrokenError(
            _("The body already has a standing item for this. Change that one, or choose another use.")
        )


def require_listed(*, is_listed: bool) -> None:
    """What somebody else took off the list meanwhile is not changed."""
    if not is_listed:
        raise RuleBrokenError(_("The standing item has been taken off the list in the meantime."))
