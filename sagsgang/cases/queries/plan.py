"""The meeting plan and a case's steps as the plain values that the rules of the path are asked about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, Value
from django.utils.timezone import localdate

from sagsgang.bodies.models import Authority, Body, ClosingDay
from sagsgang.cases.models import Case, Hearing, PathStep
from sagsgang.cases.plans import PathPlan, PlanBody, PlannedHearing, PlanStep

_BACK, _AHEAD = timedelta(days=400), timedelta(days=1100)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """The authority's bodies by name, the days on which each meets, and its closing days."""

    bodies: dict[str, Body]
    meetings: dict[str, tuple[date, ...]]
    closing_days: frozenset[date]

    def days_of(self, body: Body, *, since: date) -> list[date]:
        """The days on which the body meets from `since` on."""
        return [day for day in self.meetings.get(body.name, ()) if day >= since]


def meeting_plan(authority: Authority, *, around: Iterable[date] = ()) -> MeetingPlan:
    """The plan from a year back to three years ahead, and around the given days; one query."""
    today = localdate()
    days = [today, *around]
    first, last = min(days) - _BACK, max(days) + _AHEAD
    closed = ClosingDay.objects.filter(authority=authority, day__range=(first, last))
    rows = Body.objects.filter(authority=authority).annotate(
        days=ArrayAgg(
            "meetings__held_on",
            filter=Q(meetings__held_on__range=(first, last), meetings__cancelled_at=None),
            order_by="meetings__held_on",
            default=Value([]),
        ),
        closed=ArraySubquery(closed.values("day")),
    )  # fmt: skip
    bodies = {body.name: body for body in rows}
    closing = next(iter(bodies.values())).closed if bodies else ()  # type: ignore[attr-defined]
    return MeetingPlan(
        bodies=bodies,
        meetings={name: tuple(body.days) for name, body in bodies.items()},  # type: ignore[attr-defined]
        closing_days=frozenset(closing),
    )


def path_plan(case: Case, steps: Iterable[PlanStep], plan: MeetingPlan, hearings: Iterable[Hearing]) -> PathPlan:
    """What the rules look at, for these steps and standing hearings of this case."""
    return PathPlan(
        bodies={
            name: PlanBody(code=name, kind=body.kind, agenda_days=body.agenda_days, protocol_days=body.protocol_days)
            for name, body in plan.bodies.items()
        },
        meetings=plan.meetings,
        steps=tuple(steps),
        closing_days=plan.closing_days,
        economy=case.concerns_economy,
        budget=case.is_budget,
        elderly=case.concerns_elderly,
        disability=case.concerns_disability,
        hearings=tuple(
            PlannedHearing(
                concern=row.concern, answer_by=row.answered_on or row.answer_by, is_waived=bool(row.waived_reason)
            )
            for row in hearings
        ),
    )


def plan_step(step: PathStep) -> PlanStep:
    """A stored step as the rules see it; the body by its name."""
    return PlanStep(
        body=step.body.name,
        on=step.planned_on,
        purpose=step.purpose,
        reading=step.reading,
        is_parallel=step.is_parallel,
    )
