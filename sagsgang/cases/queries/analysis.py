"""Analyses: the list of those that a user sees, and the changes that came of the remarks on one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment
from sagsgang.cases.models import Analysis, Case, CaseKind
from sagsgang.cases.queries.journey import Stop, Treatment
from sagsgang.cases.queries.reading import is_changed_since
from sagsgang.core.sorting import DanishKey


@dataclass(frozen=True, slots=True)
class AnalysisLine:
    """An analysis in the list. Who only sees that the case is there gets neither effect nor remarks (None)."""

    case: Case
    year: int | None
    effect: Decimal | None
    owner: str
    open_remarks: int | None


def analyses_of(user: User, *, sort: str = "year", falls: bool = False) -> list[AnalysisLine]:
    """The analyses that the user sees, sorted; what is not stated comes last. Three queries."""
    reads = not Appointment.objects.whole_house(user).exists()
    open_remark = Q(remarks__answered_at=None) & (Q(remarks__task=None) | Q(remarks__task__done_at=None))
    rows = (
        Case.objects.visible_to(user)
        .filter(kind=CaseKind.ANALYSIS)
        .select_related("analysis__owner")
        .annotate(open_remarks=Count("remarks", open_remark, distinct=True))
        .order_by(DanishKey("title"))
    )
    lines = [_line(case, reads=reads) for case in rows]
    return _sorted(lines, sort, falls=falls)


def _line(case: Case, *, reads: bool) -> AnalysisLine:
    analysis: Analysis | None = getattr(case, "analysis", None)
    return AnalysisLine(
        case=case,
        year=analysis.budget_year if analysis else None,
        effect=analysis.expected_amount if analysis and reads else None,
        owner=str(analysis.owner) if analysis and analysis.owner else "",
        open_remarks=case.open_remarks if reads else None,  # type: ignore[attr-defined]
    )


def _sorted(lines: list[AnalysisLine], sort: str, *, falls: bool) -> list[AnalysisLine]:
    """In Danish order by title already; a stable sort by another column keeps it among equals."""
    if sort == "title":
        return lines[::-1] if falls else lines
    stated = [(value, line) for line in lines if (value := _value(line, sort)) is not None]
    unknown = [line for line in lines if _value(line, sort) is None]
    return [line for _known, line in sorted(stated, key=lambda pair: pair[0], reverse=falls)] + unknown


def _value(line: AnalysisLine, sort: str) -> Any:
    return {"year": line.year, "effect": line.effect, "owner": line.owner.casefold() or None}.get(
        sort, line.open_remarks
    )


def changed_after(case: Case, stops: tuple[Stop, ...]) -> Treatment | None:
    """The last meeting that decided, if the newest words are no longer those that it saw; at most one query."""
    decided = [stop.treatment for stop in stops if stop.treatment and stop.treatment.is_decided]
    last = max(decided, key=lambda treatment: treatment.held_on, default=None)
    return last if last is not None and is_changed_since(case, last.item_id) else None


def analysis_of(case: Case) -> Analysis | None:
    """What is written of the analysis; one query."""
    return Analysis.objects.select_related("owner").filter(case=case).first()
