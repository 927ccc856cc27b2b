"""What the system lists at månedsgrebet: the cycle's cases, the wheel's days in it, open follow-ups, endangered deadlines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, Hearing, PathStep
from sagsgang.cases.permissions import CaseRows
from sagsgang.cases.plans import Finding
from sagsgang.cases.queries.plan import MeetingPlan, path_plan, plan_step
from sagsgang.cases.rules.path import check_path
from sagsgang.core.gathering import Part, gathered
from sagsgang.followups.permissions import FollowUpRows, eyes_of
from sagsgang.meetings.models import AgendaItem
from sagsgang.wheel.models import CycleBriefing, Occurrence
from sagsgang.wheel.queries.cycles import year_in
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.shapes import Cycle

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class CycleCase:
    """A case of the cycle: at which of its meetings. `title` is "" where it is closed to who asks."""

    pk: UUID
    title: str
    places: tuple[tuple[Body, date], ...]


@dataclass(frozen=True, slots=True)
class Endangered:
    """A case whose path cannot be followed, or may fail, and why."""

    pk: UUID
    title: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """All lists of a månedsgreb; `cycle` is None where the plan has no such cycle any more."""

    cycle: Cycle | None
    cases: tuple[CycleCase, ...]
    occurrences: tuple[Occurrence, ...]
    follow_ups: tuple[Any, ...]
    endangered: tuple[Endangered, ...]


def listed_for(briefing: CycleBriefing, user: User) -> Listed:
    """The lists as this user may see them: cases that she sees, follow-ups by what she may read; eight queries."""
    year = year_of(briefing.body.authority, year_in(briefing.cycle) or localdate().year, entries=())
    cycle = next((one for one in year.plan.cycles if one.id == briefing.cycle), None)
    if cycle is None:
        return Listed(None, (), (), _follow_ups(briefing, user), ())
    cases = {row.pk: row for row in _cases_of(year, cycle, briefing, user)}
    found = gathered(
        briefing,
        steps=Part(PathStep.objects.filter(case__in=list(cases), withdrawn_at=None).order_by("position"), ("body",)),
        items=Part(_items_of(year, cycle).filter(case__in=list(cases)), ("meeting__body",)),
        hearings=Part(Hearing.objects.filter(case__in=list(cases), withdrawn_at=None)),
        occurrences=Part(_occurrences_in(year, cycle), ("entry",)),
    )
    steps: dict[UUID, list[PathStep]] = {}
    for step in found["steps"]:
        steps.setdefault(step.case_id, []).append(step)
    return Listed(
        cycle=cycle,
        cases=tuple(_line(row, steps.get(row.pk, []), found["items"], year, cycle) for row in cases.values()),
        occurrences=tuple(found["occurrences"]),
        follow_ups=_follow_ups(briefing, user),
        endangered=tuple(_endangered(cases.values(), steps, found["hearings"], year)),
    )


def _places(year: Year, cycle: Cycle, body: str, day: str) -> Q:
    wanted = Q(pk__in=[])
    for step in cycle.steps:
        wanted |= Q(**{body: year.bodies[step.body].pk, day: step.on})
    return wanted


def _items_of(year: Year, cycle: Cycle) -> Any:
    """The items of the cycle's agendas, without the standing ones."""
    places = _places(year, cycle, "meeting__body", "meeting__held_on")
    return AgendaItem.objects.filter(
        places, withdrawn_at=None, standing=None, meeting__cancelled_at=None, parent__withdrawn_at=None
    )


def _cases_of(year: Year, cycle: Cycle, briefing: CycleBriefing, user: User) -> list[Case]:
    planned = PathStep.objects.filter(_places(year, cycle, "body", "planned_on"), withdrawn_at=None)
    ids = Q(pk__in=planned.order_by().values("case")) | Q(pk__in=_items_of(year, cycle).order_by().values("case"))
    rows = CaseRows().visible_to(user).filter(ids).exclude(pk=briefing.item.case_id)
    return list(rows.order_by("title")[:MOST_LINES])


def _occurrences_in(year: Year, cycle: Cycle) -> Any:
    return Occurrence.objects.filter(
        entry__authority=year.authority.pk,
        entry__withdrawn_at=None,
        day__range=(cycle.start, cycle.closes),
        dropped_at=None,
        gone_at=None,
    ).order_by("day", "created_at")


def _is_shut(case: Any) -> bool:
    return bool(case.is_closed and not case.may_read)


def _line(case: Any, steps: Iterable[PathStep], items: Iterable[Any], year: Year, cycle: Cycle) -> CycleCase:
    planned = {(step.body_id, step.planned_on) for step in steps}
    planned |= {(item.meeting.body_id, item.meeting.held_on) for item in items if item.case_id == case.pk}
    places = [(year.bodies[step.body], step.on) for step in cycle.steps]
    here = tuple((body, on) for body, on in places if (body.pk, on) in planned)
    return CycleCase(case.pk, "" if _is_shut(case) else case.title, here)


def _endangered(
    cases: Iterable[Any], steps: dict[UUID, list[PathStep]], hearings: Iterable[Hearing], year: Year
) -> Iterable[Endangered]:
    """The cases whose words she reads, with what speaks against the steps of their path that are still to come."""
    plan = MeetingPlan(
        bodies={body.name: body for body in year.bodies.values()},
        meetings={body.name: tuple(body.days) for body in year.bodies.values()},  # type: ignore[attr-defined]
        closing_days=year.closing_days,
    )
    for case in cases:
        if not case.may_read or case.pk not in steps:
            continue
        laid = [plan_step(step) for step in steps[case.pk]]
        own = [row for row in hearings if row.case_id == case.pk]
        found = check_path(path_plan(case, laid, plan, own))
        ahead = tuple(one for one in found if one.step >= len(laid) or _is_ahead(laid[one.step].on))
        if ahead:
            yield Endangered(case.pk, case.title, ahead)


def _is_ahead(on: date | None) -> bool:
    return on is None or on >= localdate()


def _follow_ups(briefing: CycleBriefing, user: User) -> tuple[Any, ...]:
    """The open follow-ups that the body gave or that are reported to it; five queries."""
    rows = FollowUpRows().seen_by(eyes_of(user)).filter(Q(body=briefing.body_id) | Q(reports_to=briefing.body_id))
    return tuple(rows.filter(is_over=False).order_by("-is_late", "due_on", "created_at")[:MOST_LINES])
