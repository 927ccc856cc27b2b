"""The hearings of a case: those that stand, what is missing, and by when the first deciding body wants the answer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import deadline, is_known_year
from sagsgang.bodies.models import Appointment, Body, Role
from sagsgang.cases.models import Case, CaseAttachment, Hearing, Purpose
from sagsgang.cases.permissions import CaseRows, may_read_presentation, may_write_case
from sagsgang.cases.queries.journey import Stop
from sagsgang.cases.rules.hearings import HearingFact, MissingHearing, missing_hearings


class HearingRows:
    """The hearings of the cases that a user sees; those that were taken back are past."""

    def visible_to(self, user: User, /) -> QuerySet[Hearing]:
        """Hearings with case and body."""
        rows = Hearing.objects.filter(case__in=Case.objects.visible_to(user))
        return rows.select_related("case__unit__parent__parent", "case__authority", "case__caseworker", "body")


def may_keep_hearing(user: User, hearing: Hearing) -> bool:
    """May she waive or withdraw it? Who writes the case."""
    return may_write_case(user, hearing.case)


def may_answer_hearing(user: User, hearing: Hearing) -> bool:
    """May she record the answer and lay its files on? Who writes the case, and who keeps the papers of the body asked.

    She must be free to read the hearing: not shut out of a closed case by a conflict of interest.
    """
    case = CaseRows().visible_to(user).filter(pk=hearing.case_id).first()
    if case is None or not may_read_presentation(user, case):
        return False
    return may_write_case(user, case) or hearing.body_id in bodies_kept_by(user)


def bodies_kept_by(user: User) -> set[UUID]:
    """The bodies whose papers she keeps, by their ids; one query."""
    kept = Appointment.objects.filter(user=user, role=Role.SECRETARY, body__isnull=False)
    return set(kept.values_list("body_id", flat=True))


def hearing_facts(case: Case) -> list[HearingFact]:
    """The standing hearings as the rules see them; one query."""
    return [fact_of(row) for row in case.hearings.filter(withdrawn_at=None)]


def fact_of(hearing: Hearing) -> HearingFact:
    """One hearing as the rules see it."""
    return HearingFact(hearing.concern, hearing.answer_by, hearing.answered_on is not None, bool(hearing.waived_reason))


@dataclass(frozen=True, slots=True)
class ShownHearing:
    """A hearing on its page: ``overdue``, ``waiting``, ``answered``, ``waived`` or ``withdrawn``, with its files."""

    row: Hearing
    state: str
    files: tuple[CaseAttachment, ...]


def shown_hearings(case: Case) -> list[ShownHearing]:
    """Every hearing of the case: those that wait first, then what is over, then what was withdrawn; two queries."""
    today = localdate()
    rows = case.hearings.select_related("body", "asked_by").prefetch_related("answers")
    shown = [
        ShownHearing(row, _state(row, today), tuple(f for f in row.answers.all() if f.withdrawn_at is None))
        for row in rows
    ]
    return sorted(shown, key=lambda hearing: _ORDER.index(hearing.state))


_ORDER = ("overdue", "waiting", "answered", "waived", "withdrawn")


def _state(row: Hearing, today: date) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.answered_on:
        return "answered"
    if row.waived_reason:
        return "waived"
    return "overdue" if row.answer_by < today else "waiting"


def gaps_of(case: Case, hearings: list[ShownHearing]) -> list[MissingHearing]:
    """What the case's ticks demand and has not got; no query."""
    facts = [fact_of(hearing.row) for hearing in hearings if hearing.state != "withdrawn"]
    ticks = (case.concerns_elderly, case.concerns_disability, case.concerns_staff)
    return missing_hearings(*ticks, facts, localdate())


def wanted_answer_by(case: Case, stops: tuple[Stop, ...]) -> date | None:
    """The safe deadline of the first body that decides or recommends and still waits; None where no day is known.

    One query, for the closing days.
    """
    deciding = (Purpose.RECOMMENDATION, Purpose.STATEMENT, Purpose.DECISION)
    ahead = [stop for stop in stops if stop.step and stop.state == "planned" and stop.step.purpose in deciding]
    return safe_deadline(case, ahead[0]) if ahead else None


def next_deadline(case: Case, stops: tuple[Stop, ...]) -> date | None:
    """The safe deadline of the next step with a day, if it lies ahead; one query."""
    ahead = next((stop for stop in stops if stop.state != "done" and stop.on), None)
    return safe_deadline(case, ahead) if ahead else None


def safe_deadline(case: Case, stop: Stop) -> date | None:
    """When the material of this step must be there, if that day has not passed (R2, R5)."""
    if stop.on is None or not is_known_year(stop.on):
        return None
    closed = frozenset(case.authority.closing_days.values_list("day", flat=True))
    day = deadline(stop.on, days=max(stop.body.agenda_days, 1), closing_days=closed).safe
    return day if day >= localdate() else None


def bodies_to_hear(case: Case) -> QuerySet[Body]:
    """The authority's bodies that exist today."""
    today = localdate()
    return Body.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today), authority=case.authority_id).order_by(
        "name"
    )
