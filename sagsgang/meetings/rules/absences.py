"""When absence can be reported, and who is called instead (R30, R31, R33). Pure: no queries, no writes, no user."""

from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _

from sagsgang.bodies.models import BodyKind
from sagsgang.core.errors import RuleBrokenError

BY_GROUP = frozenset({BodyKind.COMMITTEE, BodyKind.FINANCE})  # the group chooses the substitute (KSL § 28(2))


def is_absence_open(*, is_cancelled: bool, is_opened: bool, is_over: bool) -> bool:
    """Can absence still be reported?"""
    return not (is_cancelled or is_opened or is_over)


def require_absence_open(*, is_cancelled: bool, is_opened: bool, is_over: bool) -> None:
    """Absence is reported before the meeting is opened; afterwards it is marked by who keeps the minutes."""
    if is_cancelled:
        raise RuleBrokenError(_("The meeting is cancelled."))
    if is_opened or is_over:
        raise RuleBrokenError(_("The meeting has begun or is over. Tell the secretary who was not there."))


def first_free[P: Hashable](line: Iterable[P], taken: AbstractSet[P]) -> P | None:
    """The first of those in line who is not taken; None = nobody is left."""
    return next((one for one in line if one not in taken), None)


def substitute_words(kind: str, *, next_name: str = "", has_conflict: bool = False) -> str:
    """By which rule a substitute comes for who is absent, in sentences.

    `next_name` is the first on the candidate list ("" = nobody is left); it counts for a council alone.
    """
    words = [_rule_of(kind, next_name)]
    if has_conflict:
        words.append(
            _(
                "A conflict of interest is noted here too. No substitute is called on that ground for who is absent anyway."
            )
        )
    return " ".join(words)


def _rule_of(kind: str, next_name: str) -> str:
    if kind == BodyKind.COUNCIL:
        rule = _(
            "A substitute is called in if the absence lasts at least a month, or for less where the municipality's "
            "own statute says so (KSL § 15). The council decides in each case."
        )
        if next_name:
            return f"{rule} " + _("First on the candidate list: {name}.").format(name=next_name)
        return f"{rule} " + _("Nobody is left on the candidate list.")
    if kind in BY_GROUP:
        return _(
            "The electoral group chooses the substitute, who must sit in the council; "
            "the council need not approve it (KSL § 28(2))."
        )
    return _("The body's own rules say whether a substitute comes.")
