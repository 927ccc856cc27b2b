"""The checklist of a release that was taken back: what it must answer, and the 72 hours. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.models import Personal, Risk, Told

# GDPR art. 33, 1: hours as they pass, holidays and nights too; a change of the clock neither gives nor takes one.
AGENCY_HOURS = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Answers:
    """What is answered; "", None and () = not yet."""

    personal: str = ""
    kinds: Sequence[str] = ()
    persons: int | None = None
    seen_by: str = ""
    risk: str = ""
    risk_note: str = ""
    officer_told: str = ""
    officer_note: str = ""
    agency_told: str = ""
    agency_note: str = ""
    persons_told: str = ""
    persons_note: str = ""
    engines_told: str = ""
    engines_note: str = ""
    measures: str = ""


def deadline(discovered_at: datetime) -> datetime:
    """The moment by which the Data Protection Agency must be told."""
    return discovered_at + AGENCY_HOURS


def time_left(discovered_at: datetime, now: datetime) -> timedelta:
    """How long there is; less than nothing when it has passed."""
    return deadline(discovered_at) - now


POINTS = (
    "personal",
    "kinds",
    "persons",
    "seen_by",
    "risk",
    "risk_note",
    "officer_told",
    "agency_told",
    "persons_told",
    "engines_told",
    "measures",
)


def unanswered(answers: Answers) -> list[str]:
    """The names of the points that still want an answer, in the order of the list.

    Without personal data the list is done with that and with what is done about it. "Not needed" wants a reason.
    """
    points = ("personal", "measures") if answers.personal == Personal.NO else POINTS
    return [point for point in points if not _is_answered(answers, point)]


def _is_answered(answers: Answers, point: str) -> bool:
    value = getattr(answers, point)
    if value == Told.NOT_NEEDED:
        return bool(getattr(answers, point.replace("_told", "_note")).strip())
    return value is not None if point == "persons" else bool(value.strip() if isinstance(value, str) else value)


def require_consistent(answers: Answers) -> None:
    """A high risk is told to the persons, and a risk to the agency (GDPR art. 33, 1 and 34, 1)."""
    if answers.risk in {Risk.RISK, Risk.HIGH} and answers.agency_told == Told.NOT_NEEDED:
        raise RuleBrokenError(_("Where there is a risk to the persons, the Data Protection Agency must be told."))
    if answers.risk == Risk.HIGH and answers.persons_told == Told.NOT_NEEDED and not answers.persons_note.strip():
        raise RuleBrokenError(_("At a high risk the persons must be told. Write why it was not needed, if it was not."))


def require_all_answered(points: Sequence[str]) -> None:
    """The list is closed when every point is answered."""
    if points:
        raise RuleBrokenError(
            _("The list cannot be closed: %(count)s points are not answered.") % {"count": len(points)}
        )


def require_discovered(discovered_at: datetime, *, withdrawn_at: datetime) -> None:
    """What was taken back had been discovered by then."""
    if discovered_at > withdrawn_at:
        raise RuleBrokenError(_("It was discovered at the latest when the release was taken back."))


def require_open(*, is_closed: bool) -> None:
    """What is closed stays as it was written."""
    if is_closed:
        raise RuleBrokenError(_("The list is closed, and stays as it is."))
