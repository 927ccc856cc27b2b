"""What is asked of a short talk: before the committee, within the body's slots, one page. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sagsgang.core.errors import RuleBrokenError

LONGEST_NOTE = 3000
"""Signs of plain text: one printed page."""


@dataclass(frozen=True, slots=True)
class TalkFinding:
    """Why a talk comes too late on a day, and the nearest earlier meeting that would do, if there is one."""

    message: str
    nearest: date | None


def check_before_committee(
    on: date, *, committee: str, treated_on: date | None, meetings: Sequence[date]
) -> TalkFinding | None:
    """The talk is held before the committee treats the matter (domain 6); None if it is, or if no day is known.

    `meetings` are the days on which the talk could be held, in order. The day of the committee itself is too late.
    """
    if treated_on is None or on < treated_on:
        return None
    nearest = max((day for day in meetings if day < treated_on), default=None)
    sentence = _(
        "%(body)s treats the matter on %(treated)s. A talk on %(day)s is not held before the committee."
    ) % {"body": committee, "treated": date_format(treated_on), "day": date_format(on)}  # fmt: skip
    if nearest:
        proposal = _("The nearest earlier meeting is on %(day)s.") % {"day": date_format(nearest)}
    else:
        proposal = _("There is no earlier meeting on which it could be held.")
    return TalkFinding(f"{sentence} {proposal}", nearest)


def require_before_committee(found: TalkFinding | None, *, anyway: bool) -> None:
    """Raises `RuleBrokenError` for a talk that comes too late, unless it is held `anyway`."""
    if found and not anyway:
        raise RuleBrokenError(found.message)


def require_slot(*, taken: int, slots: int) -> None:
    """A meeting has room for so many talks as the body has decided. Raises `RuleBrokenError`."""
    if taken >= slots:
        raise RuleBrokenError(
            ngettext(
                "The meeting has room for %(slots)s talk, and it is taken. Choose another meeting.",
                "The meeting has room for %(slots)s talks, and they are taken. Choose another meeting.",
                slots,
            )
            % {"slots": slots}
        )


def require_talk(*, theme: str, note_signs: int) -> None:
    """A talk has a theme, and its note fills one page at the most. Raises `RuleBrokenError`."""
    if not theme.strip():
        raise RuleBrokenError(_("Write what the talk is about."))
    if note_signs > LONGEST_NOTE:
        raise RuleBrokenError(
            _("The note is %(signs)s signs long. One page holds about %(most)s.")
            % {"signs": note_signs, "most": LONGEST_NOTE}
        )


def require_not_placed(*, is_placed: bool) -> None:
    """Raises `RuleBrokenError` where the talk has its place already."""
    if is_placed:
        raise RuleBrokenError(_("The talk stands on an agenda already. Take it off there first."))


def require_placed(*, is_placed: bool) -> None:
    """Raises `RuleBrokenError` where the talk has no place to be taken from."""
    if not is_placed:
        raise RuleBrokenError(_("The talk stands on no agenda."))


def require_its_body(*, same: bool) -> None:
    """Raises `RuleBrokenError` for a meeting of another body."""
    if not same:
        raise RuleBrokenError(_("Choose a meeting of the body that the talk is held for."))


def require_day_come(*, is_over: bool) -> None:
    """Remarks are made at the meeting. Raises `RuleBrokenError` before its day."""
    if not is_over:
        raise RuleBrokenError(_("The talk has not been held yet."))
