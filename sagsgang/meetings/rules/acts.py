"""When an act is possible. Pure: no queries, no writes, no user."""

from datetime import date

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


def require_seen(seen: int, current: int) -> None:
    """Refuse to write over words that the writer has not seen."""
    if seen != current:
        raise RuleBrokenError(
            _(
                "Somebody else has written the decision in the meantime. Your text stands below; compare, then save again."
            )
        )


def require_decision_text(text: str, outcome: str) -> None:
    """A decision has words or an outcome."""
    if not text.strip() and not outcome:
        raise RuleBrokenError(_("Write the decision, or choose an outcome."))


def require_known_to_body(name: str, *, is_known: bool) -> None:
    """Only who has a seat in the body, or is already in the protocol, can be absent from it."""
    if not is_known:
        raise RuleBrokenError(_("%(name)s has no seat in this body on the day of the meeting.") % {"name": name})


GIGABYTE = 1024**3  # as much as the attachments of one meeting may fill


def is_late(day: date, outer: date, *, is_sent: bool) -> bool:
    """Does what comes on `day` miss the deadline beyond doubt, or come after the agenda went out (R3)?"""
    return is_sent or day > outer


def require_late_reason(reason: str, *, late: bool) -> None:
    """What missed the deadline may be decided only if it cannot wait, and the agenda says why (R3)."""
    if late and not reason.strip():
        raise RuleBrokenError(
            _("The deadline of this meeting is over. Write why the matter comes now and cannot wait; it is printed.")
        )


def require_approved(*, approved: bool, anyway: bool) -> None:
    """A case comes on an agenda when it is approved; the secretary may put it there before, knowingly."""
    if not approved and not anyway:
        raise RuleBrokenError(
            _(
                "The case is not approved. Wait for the approval, or mark that it shall be put on the agenda all the same."
            )
        )


def require_same_authority(*, same: bool) -> None:
    """A body treats its own authority's cases."""
    if not same:
        raise RuleBrokenError(_("The case belongs to another authority than the body."))


def require_not_on_agenda(*, is_there: bool) -> None:
    """A case stands once on an agenda."""
    if is_there:
        raise RuleBrokenError(_("The case is already on this agenda."))


def require_place_under(*, fits: bool) -> None:
    """A sub-item stands under an item of the same agenda, and never under another sub-item."""
    if not fits:
        raise RuleBrokenError(_("The item it shall stand under is not on this agenda."))


def require_closing_reason(reason: str, *, closed: bool) -> None:
    """Closing is decided case by case, on a concrete reason (R15)."""
    if closed and not reason.strip():
        raise RuleBrokenError(_("Write the concrete reason why the item is closed: the ground alone is not enough."))


def require_room(held: int, new: int) -> None:
    """The attachments of a meeting fill at most 1 GB; sizes in bytes."""
    if held + new > GIGABYTE:
        raise RuleBrokenError(
            _(
                "The attachments of a meeting may fill {most} together. "
                "There are {held} already, and these are {new}. Make some smaller, or link to them."
            ).format(most=filesizeformat(GIGABYTE), held=filesizeformat(held), new=filesizeformat(new))
        )


def require_removable(*, is_sent: bool, is_decided: bool) -> None:
    """An item leaves the agenda before it is sent; afterwards the body itself decides at the meeting's beginning (R8)."""
    if is_decided:
        raise RuleBrokenError(_("The item has a decision, and so it stays on the agenda."))
    if is_sent:
        raise RuleBrokenError(
            _("The agenda is sent. Only the body itself can take the item off now, at the beginning of the meeting.")
        )


def require_unsent(*, is_sent: bool) -> None:
    """What is done before the agenda goes out."""
    if is_sent:
        raise RuleBrokenError(_("The agenda is already sent."))


def require_items(count: int) -> None:
    """There is something to send."""
    if not count:
        raise RuleBrokenError(_("The agenda has no items, so there is nothing to send."))


def require_ready(count: int, *, anyway: bool) -> None:
    """What is not ready is looked at before the agenda goes out."""
    if count and not anyway:
        raise RuleBrokenError(
            _("Not everything on the agenda is ready. Put it in order, or mark that it shall be sent all the same.")
        )


def require_sent(*, is_sent: bool) -> None:
    """Before the agenda is sent an item follows its case by itself."""
    if not is_sent:
        raise RuleBrokenError(_("The agenda is not sent yet. The newest words go out with it by themselves."))


def require_newer_version(*, is_newer: bool) -> None:
    """A renewal has something new to bring."""
    if not is_newer:
        raise RuleBrokenError(_("The item already has the newest words of the case."))


def require_newer_approved(*, approved: bool) -> None:
    """Only approved words reach the members."""
    if not approved:
        raise RuleBrokenError(_("The newest version is not approved yet. Wait for the approval."))


def require_change_reason(reason: str) -> None:
    """The members are told why an item was changed after it was sent (R3)."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why the item is changed after it was sent. The reason is printed."))


def require_decided(*, is_decided: bool) -> None:
    """A case goes on to the next body when this one has decided."""
    if not is_decided:
        raise RuleBrokenError(_("The item has no decision yet. Record the decision first; then it can be sent on."))


def require_another_meeting(*, is_another: bool) -> None:
    """A case goes on to another meeting than the one that decided."""
    if not is_another:
        raise RuleBrokenError(_("Choose another meeting: the item stands on this one."))


def require_sub_item(*, is_sub: bool) -> None:
    """Only a sub-item is promoted."""
    if not is_sub:
        raise RuleBrokenError(_("Only a sub-item can be made a case of its own."))


def require_not_its_own(*, is_its_own: bool) -> None:
    """What is a case of its own already is not promoted again."""
    if is_its_own:
        raise RuleBrokenError(_("The sub-item is a case of its own already."))


def require_title(title: str) -> None:
    """A case has a title."""
    if not title.strip():
        raise RuleBrokenError(_("Write a title."))


def require_own_case(*, is_own: bool) -> None:
    """A sub-item that is only a part of its item's case has nothing to be sent on by."""
    if not is_own:
        raise RuleBrokenError(_("The sub-item has no case of its own. Make it a case first; then it can be sent on."))


def require_closed(*, is_closed: bool) -> None:
    """An open item has no closing to explain."""
    if not is_closed:
        raise RuleBrokenError(_("The item is open."))


def require_open(*, is_closed: bool) -> None:
    """What is closed is not closed again."""
    if is_closed:
        raise RuleBrokenError(_("The item is closed already."))


def require_another_person(*, same: bool) -> None:
    """Nobody lets herself in again."""
    if same:
        raise RuleBrokenError(_("Somebody else must take back a conflict of interest that is noted for yourself."))
