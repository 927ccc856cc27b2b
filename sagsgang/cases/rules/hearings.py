"""Which hearings a case still needs (R14), and when one may be asked, answered or waived. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


@dataclass(frozen=True, slots=True)
class HearingFact:
    """One hearing that stands: `concern` is a `Concern` value."""

    concern: str
    answer_by: date
    is_answered: bool = False
    is_waived: bool = False

    @property
    def is_over(self) -> bool:
        """Answered, or not waited for."""
        return self.is_answered or self.is_waived


@dataclass(frozen=True, slots=True)
class MissingHearing:
    """A hearing that a tick on the case demands. `blocks`: without it the case goes no further (R14)."""

    concern: str
    problem: Literal["not_asked", "not_answered", "overdue"]
    answer_by: date | None
    blocks: bool

    @property
    def sentence(self) -> str:
        """What is missing, in words."""
        who = {
            "elderly": _("the elderly"),
            "disability": _("people with disabilities"),
            "staff": _("the staff"),
        }[self.concern]
        words = {
            "not_asked": _("The case concerns {who}, and no hearing has been asked for."),
            "not_answered": _("The case concerns {who}, and the hearing is not answered yet."),
            "overdue": _("The case concerns {who}, and the hearing should have been answered by now."),
        }[self.problem]
        return words.format(who=who)


def missing_hearings(
    elderly: bool, disability: bool, staff: bool, hearings: Sequence[HearingFact], today: date
) -> list[MissingHearing]:
    """What the case's ticks demand and has not got: for each, that nobody was asked or that an answer is awaited.

    The elders' and the disability council must have been heard, or a reason written (R14, also in closed cases);
    of the staff it is only said.
    """
    found = []
    for concern, is_ticked, blocks in (
        ("elderly", elderly, True), ("disability", disability, True), ("staff", staff, False),
    ):  # fmt: skip
        own = [hearing for hearing in hearings if hearing.concern == concern]
        waiting = [hearing.answer_by for hearing in own if not hearing.is_over]
        if not is_ticked or (own and not waiting):
            continue
        if not own:
            found.append(MissingHearing(concern, "not_asked", None, blocks))
        else:
            first = min(waiting)
            found.append(MissingHearing(concern, "overdue" if first < today else "not_answered", first, blocks))
    return found


def require_askable(answer_by: date, today: date, *, is_asked_already: bool) -> None:
    """A council gets time to answer, and is asked once about the same."""
    if answer_by < today:
        raise RuleBrokenError(_("The day for the answer has passed. Choose a later one."))
    if is_asked_already:
        raise RuleBrokenError(_("This body has been asked already, and has not answered yet."))


def require_waiting(*, is_answered: bool, is_waived: bool, is_withdrawn: bool) -> None:
    """Only a hearing that is waited for can be answered, waived or withdrawn."""
    if is_withdrawn:
        raise RuleBrokenError(_("The hearing has been withdrawn."))
    if is_answered:
        raise RuleBrokenError(_("The hearing is already answered."))
    if is_waived:
        raise RuleBrokenError(_("It has already been decided not to wait for the hearing."))


def require_asked(*, was_asked: bool, is_withdrawn: bool) -> None:
    """Files of an answer come from a body that was asked, while the question stands."""
    if is_withdrawn:
        raise RuleBrokenError(_("The hearing has been withdrawn."))
    if not was_asked:
        raise RuleBrokenError(_("Nobody was asked here. There is no answer to lay files on."))


def require_answer(text: str, answered_on: date, asked_on: date, today: date) -> None:
    """An answer has words, and a day between the question and today."""
    if not text.strip():
        raise RuleBrokenError(_("Write what was answered; “no remarks” is an answer too."))
    if answered_on < asked_on:
        raise RuleBrokenError(_("The answer cannot be older than the question."))
    if answered_on > today:
        raise RuleBrokenError(_("The day of the answer lies in the future."))


def require_waive_reason(reason: str) -> None:
    """Who goes on without a hearing says why (R14)."""
    if not reason.strip():
        raise RuleBrokenError(_("Write why the hearing is not waited for."))
