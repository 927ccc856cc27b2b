"""What is asked of the cards of månedsgrebet. Pure; each raises `RuleBrokenError` with a sentence for the screen."""

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_theme(theme: str) -> None:
    """A card has a theme."""
    if not theme.strip():
        raise RuleBrokenError(_("Write the theme that the directorate should look out for."))


def require_on_briefing(*, is_withdrawn: bool) -> None:
    """Something is made only of a card that stands."""
    if is_withdrawn:
        raise RuleBrokenError(_("The card was withdrawn. Put it back first."))


def require_case_title(title: str) -> None:
    """A case that is opened from a card has a title."""
    if not title.strip():
        raise RuleBrokenError(_("Write the title of the case."))
