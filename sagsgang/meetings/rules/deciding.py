"""When a decision may be written, halted, returned, opened. Pure: no queries, no writes, no user."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from sagsgang.bodies.models import BodyKind
from sagsgang.cases.models import ItemKind
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import HaltPower, Outcome

LONGEST_DISSENT = 1000  # signs (R41)
ACKNOWLEDGING = frozenset({Outcome.NOTED, Outcome.DISCUSSED})
PROCEDURE = frozenset({Outcome.POSTPONED, Outcome.RETURNED})
HALTABLE_BODIES = frozenset({BodyKind.COMMITTEE, BodyKind.FINANCE})


def outcome_of(points: Sequence[str], chosen: str) -> str:
    """The outcome of the whole: what every point says, where all say the same; else what was chosen for it."""
    said = set(points)
    return said.pop() if len(said) == 1 and "" not in said else chosen


def is_divided(points: Iterable[str]) -> bool:
    """Do the points say different things?"""
    return len({outcome for outcome in points if outcome}) > 1


def require_acknowledging(kind: str, outcomes: Iterable[str], *, all_agreed: bool) -> None:
    """An orientation is taken note of, or discussed; more only as a matter outside the agenda, if all present agree (R10).

    To postpone or return it decides nothing in the matter.
    """
    if kind == ItemKind.ORIENTATION and not all_agreed and not set(outcomes) <= ACKNOWLEDGING | PROCEDURE:
        raise RuleBrokenError(
            _(
                "An orientation can only be taken note of or discussed, or else postponed or returned. If all present "
                "agreed to decide the matter, mark it."
            )
        )


def is_outside_agenda(created_at: datetime, opened_at: datetime | None) -> bool:
    """Did the item come when the meeting was open? Then it is decided because all present agree to take it up (R10)."""
    return opened_at is not None and created_at > opened_at


def require_not_final(*, is_final: bool) -> None:
    """What the protocol says stands fast when it is final; afterwards there are only amendments (R38)."""
    if is_final:
        raise RuleBrokenError(_("The protocol is final. It can only be amended now."))


def require_reason_stands(*, is_final: bool) -> None:
    """Why a matter was closed is written before its protocol is final, or once afterwards; it is never rewritten."""
    if is_final:
        raise RuleBrokenError(
            _(
                "The protocol is final, so the reason why the item was closed stands. The public title can be changed; "
                "what else is to be said is entered as an amendment of the protocol."
            )
        )


def require_written_down(*, is_run_here: bool) -> None:
    """Marks of absence are for meetings that are written down; of one run here it is known who came and went."""
    if is_run_here:
        raise RuleBrokenError(_("The meeting is run here. Who comes and who leaves is noted at the desk."))


def require_dissent(words: str) -> None:
    """A dissent is entered briefly (KSL § 13 stk. 2)."""
    if not words.strip():
        raise RuleBrokenError(_("Write the dissent."))
    if len(words.strip()) > LONGEST_DISSENT:
        raise RuleBrokenError(
            _("A dissent may have at most {most} signs; this one has {count}.").format(
                most=LONGEST_DISSENT, count=len(words.strip())
            )
        )


def require_took_part(name: str, *, took_part: bool) -> None:
    """Only who took part in the item may dissent from it, or halt it."""
    if not took_part:
        raise RuleBrokenError(_("{name} did not take part in this item.").format(name=name))


def require_haltable(body_kind: str, outcome: str, *, is_decided: bool) -> None:
    """Only real decisions of a committee can be halted, never procedure (R34)."""
    if body_kind not in HALTABLE_BODIES:
        raise RuleBrokenError(_("Only the decisions of a committee can be halted."))
    if not is_decided:
        raise RuleBrokenError(_("The item has no decision to halt."))
    if outcome in PROCEDURE:
        raise RuleBrokenError(_("To postpone or return a matter is procedure, and cannot be halted."))


def require_right_to_halt(power: str, name: str, *, order: str, took_part: bool, is_open: bool, is_mayor: bool) -> None:
    """A member halts before the meeting is adjourned (KSL § 23), the mayor in writing at any time (KSL § 31 a)."""
    if power == HaltPower.MAYOR:
        if not is_mayor:
            raise RuleBrokenError(_("{name} is not the mayor.").format(name=name))
        if not order.strip():
            raise RuleBrokenError(_("Write the mayor's order: it must be in writing."))
        return
    require_took_part(name, took_part=took_part)
    if not is_open:
        raise RuleBrokenError(_("The meeting is adjourned, and so a member can no longer halt the decision."))


def require_council(*, is_there: bool) -> None:
    """What is halted goes to the council."""
    if not is_there:
        raise RuleBrokenError(_("The authority has no council in the list of bodies."))


def require_later(day: date | None, held_on: date) -> None:
    """A matter comes again after this meeting."""
    if day is not None and day <= held_on:
        raise RuleBrokenError(_("Choose a day after this meeting."))


def require_not_returning(*, is_returning: bool) -> None:
    """A matter comes again once."""
    if is_returning:
        raise RuleBrokenError(_("The matter already comes again at a later meeting. Take that back first."))


def require_decider(name: str, *, presides: bool, body_kind: str) -> None:
    """Between meetings the mayor decides for the council, and the chair for the committee (R35); the vice chair while
    she is away (R29).
    """
    if presides:
        return
    if body_kind == BodyKind.COUNCIL:
        words = _("Only the mayor or the vice chair in her place decides for the council. {name} was neither that day.")
    else:
        words = _(
            "Only the chair or the vice chair in her place decides for the committee. {name} was neither that day."
        )
    raise RuleBrokenError(words.format(name=name))


def require_untold(*, is_sent: bool) -> None:
    """What the body was told stands; it is for the body then."""
    if is_sent:
        raise RuleBrokenError(
            _(
                "The agenda with the notice is sent, so the decision stands. What is to be said of it is said at the item."
            )
        )


def require_same_notice(*, same: bool) -> None:
    """The notice was moved meanwhile."""
    if not same:
        raise RuleBrokenError(_("The notice was put on another agenda in the meantime. Look at the page again."))


def require_notice_stands(*, is_withdrawn: bool) -> None:
    """An item tells of a decision that was made."""
    if is_withdrawn:
        raise RuleBrokenError(_("The decision of which the item tells was taken back, and so the item stays off."))


def require_decidable_between(body_kind: str) -> None:
    """The law knows urgent decisions for the council and its committees."""
    if body_kind not in {BodyKind.COUNCIL, *HALTABLE_BODIES}:
        raise RuleBrokenError(_("Only the mayor and the chairs of committees decide between meetings."))


def require_past(day: date, today: date) -> None:
    """What is recorded has happened."""
    if day > today:
        raise RuleBrokenError(_("The day of the decision lies in the future."))


def require_words(words: str, lack: str) -> None:
    """`lack` is the sentence for words that are missing."""
    if not words.strip():
        raise RuleBrokenError(lack)


def require_parties(parties: str, *, told: bool) -> None:
    """Parties can be told only where there are some."""
    if told and parties != "some":
        raise RuleBrokenError(_("Say first that there are parties; then that they are told."))


def require_extract(extract: str, reason: str) -> None:
    """The public gets a closed decision as far as secrecy allows, or is told why not (R18)."""
    if not extract.strip() and not reason.strip():
        raise RuleBrokenError(_("Write what the public may know of the decision, or why it may know nothing."))


def require_before_meeting(*, is_open: bool) -> None:
    """Speakers are named on the agenda, before the meeting."""
    if not is_open:
        raise RuleBrokenError(_("The meeting has begun. Speakers are named before it."))


def require_why_not_first(words: str, *, is_planned: bool) -> None:
    """The committee first, if there is time (R35, KSL § 22 stk. 2): where it meets next, the chair says why it is not."""
    if is_planned and not words.strip():
        raise RuleBrokenError(_("Write why the committee cannot treat the matter first, at its next meeting."))
