"""When a protocol can be made final, signed, approved and amended (R37-R39). Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError

LONGEST_AMENDMENT = 4000


def require_over(*, is_over: bool) -> None:
    """The protocol of a meeting that goes on is not final."""
    if not is_over:
        raise RuleBrokenError(_("The meeting is not over yet. Adjourn it first."))


def require_not_final(*, is_final: bool) -> None:
    """What is final is only added to (R38)."""
    if is_final:
        raise RuleBrokenError(_("The protocol is final. It can be amended, and no longer changed."))


def require_final(*, is_final: bool) -> None:
    """What is signed, approved and amended is the final protocol."""
    if not is_final:
        raise RuleBrokenError(_("The protocol is not final yet."))


def require_all_settled(missing: Sequence[str], *, anyway: bool) -> None:
    """Every item has its decision, or was knowingly not treated; `missing` are the numbers of the others."""
    if missing and not anyway:
        raise RuleBrokenError(
            _("No decision is recorded on: {items}. Record them, or mark that they were not treated.").format(
                items=", ".join(missing)
            )
        )


def require_same_protocol(*, is_same: bool) -> None:
    """What is made final is what was read."""
    if not is_same:
        raise RuleBrokenError(_("The protocol has changed since you read it. Read it again, then make it final."))


def require_signer(*, is_signer: bool) -> None:
    """Those who took part sign, each for herself (KSL § 13)."""
    if not is_signer:
        raise RuleBrokenError(_("You did not take part in the meeting, so the protocol is not yours to sign."))


def require_reservation(words: str, *, is_wanted: bool) -> None:
    """A reservation says what it is about (R38)."""
    if is_wanted and not words.strip():
        raise RuleBrokenError(_("Write what your reservation is about."))


def require_amendment(words: str, reason: str) -> None:
    """An amendment has words, and says why."""
    if not words.strip():
        raise RuleBrokenError(_("Write the amendment."))
    if not reason.strip():
        raise RuleBrokenError(_("Write why the protocol is amended."))
    if len(words) > LONGEST_AMENDMENT:
        raise RuleBrokenError(_("An amendment has at most {most} signs.").format(most=LONGEST_AMENDMENT))


def require_later_meeting(*, is_later: bool) -> None:
    """A protocol is approved at a later meeting of the same body."""
    if not is_later:
        raise RuleBrokenError(_("Choose a later meeting of the same body."))


def require_approval_item(*, fits: bool) -> None:
    """The last protocol is approved at the item that stands on the agenda for it."""
    if not fits:
        raise RuleBrokenError(_("This item is not there for the approval of the last protocol."))


def require_seen_revision(seen: int, current: int) -> None:
    """Refuse to write over words that the writer has not seen."""
    if seen != current:
        raise RuleBrokenError(
            _("Somebody else has written here in the meantime. Your words stand below; compare, then save again.")
        )


def require_member(*, is_one: bool) -> None:
    """A packet is made for who has a seat on the day and logs in."""
    if not is_one:
        raise RuleBrokenError(_("Choose a member of the body who logs in to Sagsgang."))
