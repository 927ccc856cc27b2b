"""What the acts on the wheel ask for. Pure; each raises `RuleBrokenError` with a sentence for the screen."""

from datetime import date

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_entry(*, title: str, is_duty: bool, law: str, valid_from: date | None, valid_to: date | None) -> None:
    """An entry has a title, a duty its law, and what is valid ends no earlier than it begins."""
    if not title.strip():
        raise RuleBrokenError(_("Write what returns."))
    if is_duty and not law.strip():
        raise RuleBrokenError(_("Write which law lays the duty on the authority."))
    if valid_from and valid_to and valid_to < valid_from:
        raise RuleBrokenError(_("The duty cannot end before it begins."))


def require_empty_register(*, holds_duties: bool) -> None:
    """The known duties are put in once: not over a register that somebody has begun."""
    if holds_duties:
        raise RuleBrokenError(_("The register holds duties already. Add what is missing by hand."))


def require_standing(*, is_dropped: bool, is_done: bool) -> None:
    """Only what neither was dropped nor is done can be changed."""
    if is_dropped:
        raise RuleBrokenError(_("This occurrence was dropped. Take it up again first."))
    if is_done:
        raise RuleBrokenError(_("This occurrence is done."))


def require_same_year(origin_day: date, day: date) -> None:
    """An occurrence may be moved within a year on either side: further off it would be another return."""
    if abs((day - origin_day).days) > _FURTHEST_MOVE:
        raise RuleBrokenError(_("An occurrence can be moved by at most a year."))


_FURTHEST_MOVE = 366  # days
