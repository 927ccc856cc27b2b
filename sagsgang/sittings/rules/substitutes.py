"""Who may sit in for whom (R29-R33). Pure, over any kind of id."""

from collections.abc import Collection, Hashable, Mapping, Sequence

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

SHORTEST_GROUND = 10  # letters; "syg" says too little for a protocol, "kunne ikke nås" is at least a sentence


def to_be_skipped[P: Hashable](listed: Sequence[P], chosen: P, unavailable: Collection[P] = ()) -> list[P]:
    """Those who stand before the chosen one on the list and could be called, in their order.

    `unavailable` sit in the council already. Raises RuleBrokenError if the chosen one is not on the list.
    """
    if chosen not in listed:
        raise RuleBrokenError(_("The substitute does not stand on the candidate list of the absent member."))
    return [one for one in listed[: listed.index(chosen)] if one not in unavailable]


def require_grounds_for_skipped[P: Hashable](
    skipped: Sequence[P], grounds: Mapping[P, str], names: Mapping[P, str]
) -> None:
    """The first on the list is called; each one passed over needs a lawful ground, in words (R30, KSL § 15)."""
    for one in skipped:
        ground = grounds.get(one, "").strip()
        if len(ground) < SHORTEST_GROUND or len(ground.split()) < 2:
            raise RuleBrokenError(
                _("{name} stands before on the list. Write the ground for passing over, in a few words.").format(
                    name=names.get(one, one)
                )
            )


def require_free_substitute(name: str, *, has_seat: bool, sits_in: bool) -> None:
    """A substitute holds no seat in the body, and sits in for one member only."""
    if has_seat:
        raise RuleBrokenError(_("{name} holds a seat in this body already.").format(name=name))
    if sits_in:
        raise RuleBrokenError(_("{name} sits in for another member already.").format(name=name))


def require_seat_to_fill(name: str, *, has_seat: bool, is_filled: bool) -> None:
    """Substitutes sit in for members, one for each."""
    if not has_seat:
        raise RuleBrokenError(_("{name} has no seat in this body on the day of the meeting.").format(name=name))
    if is_filled:
        raise RuleBrokenError(_("A substitute sits in for {name} already.").format(name=name))


def require_absent(name: str, *, is_here: bool) -> None:
    """A member who is there keeps her seat."""
    if is_here:
        raise RuleBrokenError(_("{name} is present, and needs no substitute.").format(name=name))


def require_reported(name: str, *, is_reported: bool) -> None:
    """Before the meeting a substitute is called for who has reported that she will not come."""
    if not is_reported:
        raise RuleBrokenError(_("{name} has not reported absence from this meeting.").format(name=name))


def require_coming(name: str, *, is_absent: bool) -> None:
    """Who is called has not said that she will not come."""
    if is_absent:
        raise RuleBrokenError(_("{name} has reported absence from this meeting herself.").format(name=name))


def require_committee_substitute(name: str, *, in_council: bool, same_group: bool) -> None:
    """A substitute in a committee sits in the council that day, also as an approved substitute there, and belongs to
    the group that chose the absent member (R31, KSL § 28 stk. 2)."""
    if not in_council:
        raise RuleBrokenError(_("{name} does not sit in the council on this day.").format(name=name))
    if not same_group:
        raise RuleBrokenError(_("{name} does not belong to the group that chose the absent member.").format(name=name))


def require_there_to_be_replaced(name: str, *, is_here: bool) -> None:
    """A conflict of interest of somebody who is absent anyway gives no right to a substitute (R33)."""
    if not is_here:
        raise RuleBrokenError(
            _("{name} is not at the meeting, so her conflict of interest gives no right to a substitute.").format(
                name=name
            )
        )


def require_chair(*, is_chaired: bool) -> None:
    """Without a chair nothing is decided: when the chair is absent, somebody is named (R29)."""
    if not is_chaired:
        raise RuleBrokenError(_("The chair is not present. Name an acting chair before an item is decided."))
