"""When an act in the room is possible. Pure."""

from datetime import datetime, timedelta

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.rules.presence import in_utc

SKEW = timedelta(minutes=2)  # how far the clock of somebody's machine may be off


def true_time(at: datetime, *, clock: datetime, since: datetime | None = None) -> datetime:
    """The moment of an act: what a machine said, set right by the `SKEW` its clock may be off. In UTC.

    Never later than our own `clock`, never before `since`, what it follows upon. Raises RuleBrokenError if it is further
    off, or has no zone.
    """
    if at.tzinfo is None:
        raise RuleBrokenError(_("The time of the act lacks its time zone."))
    moment = in_utc(at)
    if moment > clock + SKEW:
        raise RuleBrokenError(_("The time {time} has not come yet.").format(time=_clock_words(moment)))
    moment = min(moment, in_utc(clock))
    if since is None or moment >= since:
        return moment
    if moment < since - SKEW:
        raise RuleBrokenError(
            _("The time {time} lies before {since}, which it follows upon.").format(
                time=_clock_words(moment), since=_clock_words(since)
            )
        )
    return in_utc(since)


def _clock_words(moment: datetime) -> str:
    return time_format(localtime(moment), "H.i")


def require_same_act(*, is_same: bool) -> None:
    """A key belongs to one act."""
    if not is_same:
        raise RuleBrokenError(_("This act was sent before as another one. Load the page again."))


def require_acting_chair(*, is_named: bool) -> None:
    """Who is constituted as acting chair is somebody who presides while the chair is away."""
    if not is_named:
        raise RuleBrokenError(_("Name who takes the chair first."))


def require_next_agenda(*, is_there: bool) -> None:
    """There is an agenda to put it on."""
    if not is_there:
        raise RuleBrokenError(_("No meeting of the body is planned whose agenda has not gone out."))


def require_agenda_sent(*, is_sent: bool) -> None:
    """A meeting is held on an agenda that was sent; the duty to send one may not be waived (R4)."""
    if not is_sent:
        raise RuleBrokenError(_("The agenda is not sent yet. Send it before the meeting is opened."))


def require_not_opened(*, is_opened: bool, is_cancelled: bool) -> None:
    """A meeting is opened once, and not if it was cancelled."""
    if is_cancelled:
        raise RuleBrokenError(_("The meeting is cancelled."))
    if is_opened:
        raise RuleBrokenError(_("The meeting is opened already."))


def require_open(*, is_opened: bool, is_adjourned: bool) -> None:
    """What is done between the opening of the meeting and its end."""
    if not is_opened:
        raise RuleBrokenError(_("The meeting is not opened yet."))
    if is_adjourned:
        raise RuleBrokenError(_("The meeting is over."))


def require_on_agenda(*, is_there: bool) -> None:
    """An item is taken up that stands on the sent agenda of this meeting."""
    if not is_there:
        raise RuleBrokenError(_("The item does not stand on the sent agenda of this meeting."))


def require_running(*, is_running: bool) -> None:
    """What belongs to an item happens while it is treated."""
    if not is_running:
        raise RuleBrokenError(_("The item is not being treated. Take it up first."))


def require_no_open_poll(*, is_open: bool) -> None:
    """One vote at a time, and nothing goes on while it is taken."""
    if is_open:
        raise RuleBrokenError(_("A vote is open. Close it or take it back first."))


def require_new_conclusion(*, is_noted: bool) -> None:
    """The chair concludes once; the same conclusion right after it is a button that was pressed twice."""
    if is_noted:
        raise RuleBrokenError(
            _(
                "This is noted already. Take that note back if it was a mistake, or call a vote if somebody asks for one."
            )
        )


def require_poll_open(*, is_open: bool) -> None:
    """Votes are entered while the poll is open."""
    if not is_open:
        raise RuleBrokenError(_("The vote is closed."))


def require_undecided(*, is_closed: bool, is_decided: bool) -> None:
    """A vote that was counted, and that a recorded decision stands on, is not taken back; it can be taken anew."""
    if is_closed and is_decided:
        raise RuleBrokenError(
            _(
                "The decision is recorded on this vote, so it cannot be taken back. Vote again, and correct the decision."
            )
        )


def require_undecided_item(*, is_decided: bool) -> None:
    """What is decided is postponed no more."""
    if is_decided:
        raise RuleBrokenError(_("The item is decided already."))


def require_votes(*, are_there: bool) -> None:
    """A poll is closed when its votes are entered."""
    if not are_there:
        raise RuleBrokenError(_("No votes are entered. Enter them, or take the vote back."))


def require_quorum(sentence: str, *, is_quorate: bool) -> None:
    """Nothing is voted on while the body cannot decide (R24); `sentence` says what is lacking."""
    if not is_quorate:
        raise RuleBrokenError(sentence)


def require_method(*, fits: bool) -> None:
    """What is entered is what the method asks for."""
    if not fits:
        raise RuleBrokenError(_("These votes do not fit the way of voting that was chosen."))


def require_seated(name: str, *, is_seated: bool) -> None:
    """Only who holds a seat at this moment, or sits in for one who does, takes part."""
    if not is_seated:
        raise RuleBrokenError(_("{name} holds no seat in this body now.").format(name=name))


def require_away(name: str, *, is_here: bool) -> None:
    """Nobody arrives twice."""
    if is_here:
        raise RuleBrokenError(_("{name} is here already.").format(name=name))


def require_here(name: str, *, is_here: bool) -> None:
    """What needs somebody to be there."""
    if not is_here:
        raise RuleBrokenError(_("{name} is not here.").format(name=name))


def require_no_conflict(name: str, *, has_conflict: bool) -> None:
    """Who has a conflict of interest takes no part in the item."""
    if has_conflict:
        raise RuleBrokenError(_("{name} has a conflict of interest at this item.").format(name=name))


def require_remote_allowed(*, is_allowed: bool) -> None:
    """Remote attendance is the exception that a body must allow (R28)."""
    if not is_allowed:
        raise RuleBrokenError(_("This body does not allow remote attendance."))


def require_departed(name: str, *, is_last: bool) -> None:
    """Only the last departure is taken back, while she is away."""
    if not is_last:
        raise RuleBrokenError(_("{name} has not left, or came back since.").format(name=name))


def require_nothing_voted(name: str, *, is_voted: bool) -> None:
    """What was voted while somebody was noted as away was counted without her."""
    if is_voted:
        raise RuleBrokenError(
            _(
                "There was a vote after {name} left, which was counted without her. Note that she arrives instead."
            ).format(name=name)
        )


def require_block(*, is_there: bool) -> None:
    """What is taken out of a block, or up with it, waits in it."""
    if not is_there:
        raise RuleBrokenError(_("No item of that block waits to be taken up. Look at the agenda again."))


def require_unvoted(name: str, *, has_voted: bool) -> None:
    """A stretch of presence in which somebody voted stands."""
    if has_voted:
        raise RuleBrokenError(_("{name} voted in this time, so it cannot be taken back.").format(name=name))


def require_uncounted(name: str, *, is_counted: bool) -> None:
    """A stretch of presence in which the body decided something stands: the quorum was counted with her."""
    if is_counted:
        raise RuleBrokenError(
            _(
                "There was a vote while {name} was noted as present, and she was counted among those present. "
                "Take the vote back first, or note when she left."
            ).format(name=name)
        )


def require_left_after_voting(name: str, *, voted_later: bool) -> None:
    """Nobody left before a vote in which her own vote was counted."""
    if voted_later:
        raise RuleBrokenError(
            _("{name} voted after that time. Note a later time, or take the vote back first.").format(name=name)
        )


def require_plain_block(*, has_conflict: bool) -> None:
    """A block is treated without debate; an item at which somebody has to leave is taken up by itself."""
    if has_conflict:
        raise RuleBrokenError(
            _("Somebody here has a conflict of interest at an item of the block. Take that item up by itself.")
        )


def require_words(words: str) -> None:
    """A proposal has words."""
    if not words.strip():
        raise RuleBrokenError(_("Write the proposal."))


def require_speaker(*, is_named: bool) -> None:
    """Somebody asks for the floor."""
    if not is_named:
        raise RuleBrokenError(_("Write or choose who asks for the floor."))


def require_turn(*, fits: bool) -> None:
    """The turn is where the act expects it: waiting, or speaking."""
    if not fits:
        raise RuleBrokenError(_("The list of speakers has changed. Look again."))


def require_left(name: str, *, is_out: bool) -> None:
    """Only who left comes back."""
    if not is_out:
        raise RuleBrokenError(_("{name} has not left because of a conflict of interest.").format(name=name))
