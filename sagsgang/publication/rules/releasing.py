"""When something may be released. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.models import ReleaseKind, ReleaseState


def require_policy(body: str, *, allowed: bool) -> None:
    """The body's publish policy decides what it lets out; for most it is a duty, for some a choice (R17, R22)."""
    if not allowed:
        raise RuleBrokenError(
            _("%(body)s does not publish this: its publish policy says no. Change the policy first, if it is to.")
            % {"body": body}
        )


# What is asked for, by what it becomes. Nobody types whether it is a draft, a supplement or a correction.
SCOPES = {
    ReleaseKind.AGENDA: ReleaseKind.AGENDA,
    ReleaseKind.SUPPLEMENT: ReleaseKind.AGENDA,
    ReleaseKind.DRAFT: ReleaseKind.MINUTES,
    ReleaseKind.MINUTES: ReleaseKind.MINUTES,
    ReleaseKind.CORRECTION: ReleaseKind.MINUTES,
    ReleaseKind.ARCHIVE: ReleaseKind.ARCHIVE,
}


def scope_of(kind: str) -> str:
    """Agenda, minutes or archive: what was asked for, of any kind of release."""
    return str(SCOPES[ReleaseKind(kind)])


def kind_of(asked: str, *, has_supplement: bool, is_unfinished: bool, current: str, is_correction: bool) -> str:
    """The kind that a release gets, of what the public itself can see.

    `has_supplement`: a shown item came with a supplementary agenda. `is_unfinished`: the protocol is not final.
    `current` is the kind that is out, "" = nothing; `is_correction`: something it said does not stand any more. What
    says the same as a correction that is out is no correction itself: it asks for no reason, and a signature that comes
    meanwhile does not make another kind of it.
    """
    if asked == ReleaseKind.AGENDA:
        return ReleaseKind.SUPPLEMENT if has_supplement else ReleaseKind.AGENDA
    if asked == ReleaseKind.MINUTES and is_unfinished:
        return ReleaseKind.DRAFT
    if asked == ReleaseKind.MINUTES and current in {ReleaseKind.MINUTES, ReleaseKind.CORRECTION}:
        return ReleaseKind.CORRECTION if is_correction else ReleaseKind.MINUTES
    return asked


def is_another_kind(current: str, kind: str) -> bool:
    """Would the same words be another release? Not final minutes in the place of final minutes."""
    final = {ReleaseKind.MINUTES, ReleaseKind.CORRECTION}
    return current != kind and not {current, kind} <= final


def require_draft_allowed(body: str, kind: str, *, allowed: bool) -> None:
    """The protocol goes out when it is final, unless the body has chosen to show it before."""
    if kind == ReleaseKind.DRAFT and not allowed:
        raise RuleBrokenError(
            _("The protocol is not final yet, and %(body)s does not publish drafts. Make the protocol final first.")
            % {"body": body}
        )


def require_public_reason(kind: str, reason: str) -> None:
    """Who corrects what the public has read says why, to the public."""
    if kind == ReleaseKind.CORRECTION and not reason.strip():
        raise RuleBrokenError(
            _("The new minutes say something else than those that are out. Write why, for the public to read.")
        )


LONGEST_WAIT = timedelta(days=366)


def hour_of(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment of a day and a time. In the hour that comes twice, the later one: an embargo ends never too early.

    Raises `RuleBrokenError` for the hour that is passed over in spring.
    """
    late = datetime.combine(day, clock.replace(fold=1), tzinfo=zone)
    moment = late.astimezone(ZoneInfo("UTC"))
    if moment.astimezone(zone).replace(tzinfo=None) != late.replace(tzinfo=None):
        raise RuleBrokenError(_("That time does not exist: the clock is put forward that night."))
    return moment


def require_hour_ahead(hour: datetime | None, now: datetime) -> None:
    """A release that waits for an hour waits for one that comes, within a year."""
    if hour is not None and hour <= now:
        raise RuleBrokenError(_("The hour of the release has passed. Choose one that comes."))
    if hour is not None and hour > now + LONGEST_WAIT:
        raise RuleBrokenError(_("The hour of the release is more than a year away."))


def require_hour_come(hour: datetime | None, now: datetime) -> None:
    """What is to wait for an hour does not go out before it."""
    if hour is not None and hour > now:
        raise RuleBrokenError(
            _("This is to go out on %(hour)s, and not before.") % {"hour": date_format(localtime(hour), "j. F Y H.i")}
        )


def require_not_approved(*, is_approved: bool) -> None:
    """It is approved once."""
    if is_approved:
        raise RuleBrokenError(_("It is approved already, and goes out at its hour."))


def require_approved(*, is_approved: bool) -> None:
    """Nothing goes out by itself that nobody has approved."""
    if not is_approved:
        raise RuleBrokenError(_("Nobody has approved the release, so it did not go out at its hour."))


def require_may_still(*, may: bool) -> None:
    """Who approved must still be one who may, when the hour comes."""
    if not may:
        raise RuleBrokenError(_("The one who approved the release may not release for this body any more."))


def require_no_drafts(places: Sequence[str]) -> None:
    """Words that can still change are no agenda: it is sent to the members first, and they stand fast with that."""
    if places:
        raise RuleBrokenError(
            _("The agenda is not sent yet, and the words of %(places)s can still change. Send the agenda first.")
            % {"places": ", ".join(places)}
        )


def require_two_persons(kind: str, *, same: bool) -> None:
    """One prepares, another releases (R42). What was already public elsewhere needs one only."""
    if same and kind != ReleaseKind.ARCHIVE:
        raise RuleBrokenError(
            _("Two different persons prepare and release. Choose somebody else as the second person.")
        )


def require_as_prepared(*, same: bool) -> None:
    """What goes out is what was looked at: a change after the preparation needs a new one."""
    if not same:
        raise RuleBrokenError(_("The meeting has been changed since the release was prepared. Prepare it again."))


def require_plan_clean(found: Sequence[tuple[str, str]], *, cpr: str, has_looked: bool) -> None:
    """What the gate found in a calendar (place, kind in words) waits until somebody has looked; a CPR number for ever."""
    places = "; ".join(_("%(kind)s in “%(place)s”") % {"kind": kind, "place": place} for place, kind in found)
    if any(kind == cpr for _place, kind in found):
        raise RuleBrokenError(
            _("The calendar is stopped by the gate: %(places)s. A CPR number never goes out.") % {"places": places}
        )
    if found and not has_looked:
        raise RuleBrokenError(
            _("The calendar is stopped by the gate: %(places)s. Correct the words, or tick that they may be public.")
            % {"places": places}
        )


def require_current(state: str) -> None:
    """Only what is out can be taken back."""
    if state != ReleaseState.CURRENT:
        raise RuleBrokenError(_("This release is no longer current, so there is nothing to withdraw."))


def require_reason(reason: str) -> None:
    """A withdrawal says why."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why the release is withdrawn."))
