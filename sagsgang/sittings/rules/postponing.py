"""Postponement because of a conflict of interest (R32, KSL § 14). Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.core.errors import RuleBrokenError


def is_postponed(*, present: int, against: int, misses_deadline: bool) -> bool:
    """The demand is followed unless two thirds of those present object, or a deadline would be missed."""
    return not misses_deadline and 3 * against < 2 * present


def require_conflict(*, is_noted: bool) -> None:
    """Only who is out because of a conflict gives the right to this demand."""
    if not is_noted:
        raise RuleBrokenError(_("No conflict of interest is noted at this item."))


def require_demander(who: str) -> None:
    """A member or a group demands it."""
    if not who.strip():
        raise RuleBrokenError(_("Choose the member or the group that demands it."))


def require_objections(*, present: int, against: int) -> None:
    """No more object than are there."""
    if not 0 <= against <= present:
        raise RuleBrokenError(
            ngettext(
                "{count} member is present at this item.", "{count} members are present at this item.", present
            ).format(count=present)
        )


def motion(conflicted: str, *, misses_deadline: bool) -> str:
    """What the protocol says was demanded, where the demand is not followed."""
    words = _("The item is postponed because of the conflict of interest of {conflicted} (KSL § 14).").format(
        conflicted=conflicted
    )
    return f"{words} " + _("A deadline would be missed, and the item was treated.") if misses_deadline else words


def sentence(who: str, conflicted: str, *, present: int, against: int) -> str:
    """What the protocol says of it."""
    return _(
        "{who} demanded that the item be postponed because of the conflict of interest of {conflicted} (KSL § 14). "
        "{against} of {present} present objected, fewer than two thirds, and no deadline is missed. The item was postponed."
    ).format(who=who, conflicted=conflicted, against=against, present=present)
