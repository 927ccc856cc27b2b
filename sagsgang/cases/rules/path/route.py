"""A plan laid out for its rules: the stages of its steps, the meetings in order, and what a step asks of its day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sagsgang.bodies.calendar import MOST_DAYS, deadline_days, is_known_year, why_closed
from sagsgang.bodies.models import BodyKind
from sagsgang.cases.models.path import Purpose
from sagsgang.cases.plans import PathPlan, PlanBody, PlanStep, Severity

ADMINISTRATIVE = (BodyKind.DIRECTORATE, BodyKind.WORKS_COUNCIL)
READING_GAP = timedelta(days=6)  # kommunestyrelsesloven § 2, stk. 2
BUDGET_GAP = timedelta(weeks=3)  # kommunestyrelsesloven § 38, stk. 1


@dataclass(frozen=True, slots=True)
class Place:
    """A step in its place on the path. Parallel steps share a stage; `on` is its day, if that lies in a known year."""

    at: int
    stage: int
    step: PlanStep
    body: PlanBody

    @property
    def on(self) -> date | None:
        """The day of the step's meeting, as far as it can be reckoned with."""
        return self.step.on if self.step.on and is_known_year(self.step.on) else None

    @property
    def name(self) -> str:
        """The body as sentences name it."""
        return self.body.name or self.body.code

    def protocol_on(self, day: date) -> date:
        """From which day the protocol of a meeting on `day` can go on (R6)."""
        return day + timedelta(days=self.body.protocol_days)


@dataclass(frozen=True, slots=True)
class Route:
    """A plan with its steps in their places, and each body's meetings in order."""

    plan: PathPlan
    places: tuple[Place, ...]
    meetings: dict[str, tuple[date, ...]]

    def deadlines(self, place: Place, day: date) -> tuple[date, date]:
        """The safe and the outer deadline of the material for a meeting of the step's body on `day`."""
        return deadline_days(day, min(max(place.body.agenda_days, 1), MOST_DAYS), self.plan.closing_days)

    @property
    def reading_gap(self) -> timedelta:
        """How far apart the council's two readings are at the least (R11)."""
        return BUDGET_GAP if self.plan.budget else READING_GAP

    def first_reading(self, place: Place) -> Place | None:
        """The first reading that comes before this second one in the same council, if the path has it."""
        if place.body.kind != BodyKind.COUNCIL or place.step.reading != 2:
            return None
        same = (other for other in self.places if other.step.body == place.step.body and other.step.reading == 1)
        return next((other for other in same if other.stage < place.stage), None)

    def first_decider(self) -> Place | None:
        """The first step at which a political body decides; on a path without decisions, recommends (R14)."""
        political = [place for place in self.places if place.body.kind not in ADMINISTRATIVE]
        for purpose in (Purpose.DECISION, Purpose.RECOMMENDATION):
            if found := next((place for place in political if place.step.purpose == purpose), None):
                return found
        return None


def lay_out(plan: PathPlan) -> Route:
    """The plan's route. Every step's body is one of `plan.bodies`."""
    places: list[Place] = []
    for at, step in enumerate(plan.steps):
        stage = places[-1].stage + (not step.is_parallel) if places else 0
        places.append(Place(at, stage, step, plan.bodies[step.body]))
    wanted = {step.body for step in plan.steps}
    meetings = {
        code: tuple(sorted(day for day in set(plan.meetings.get(code, ())) if is_known_year(day))) for code in wanted
    }
    return Route(plan, tuple(places), meetings)


@dataclass(frozen=True, slots=True)
class Answer:
    """A hearing's answer: whom it concerns, from which day it is there, and whether the law demands it here (R14)."""

    concern: str
    on: date
    is_required: bool


def required_concerns(plan: PathPlan) -> tuple[str, ...]:
    """Whom the law wants heard about this case."""
    return tuple(name for name, flag in (("elderly", plan.elderly), ("disability", plan.disability)) if flag)


def answers(plan: PathPlan) -> list[Answer]:
    """The earliest answer for each concern; one that is waived asks for nothing."""
    waived = {hearing.concern for hearing in plan.hearings if hearing.is_waived}
    required = required_concerns(plan)
    found: dict[str, Answer] = {}
    for hearing in sorted(plan.hearings, key=lambda hearing: hearing.answer_by):
        if hearing.concern not in waived:
            found.setdefault(hearing.concern, Answer(hearing.concern, hearing.answer_by, hearing.concern in required))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Demands:
    """What the steps before, the readings and the hearings ask of the day of one step.

    `last`: the latest day before it; `protocol`: when the last protocol can go on; each with its place.
    `not_before`: the readings' gap. `answers`: those of hearings, if this is the step that needs them.
    """

    route: Route
    place: Place
    last: tuple[date, Place] | None
    protocol: tuple[date, Place] | None
    not_before: date | None
    answers: tuple[Answer, ...]

    def standing(self, day: date) -> Severity | None:
        """How bad this day would be for the step, all else as it is; None if nothing speaks against it."""
        if (self.last and day <= self.last[0]) or (self.not_before and day < self.not_before):
            return "error"
        deadlines = self.route.deadlines(self.place, day)
        verdicts = {lateness(answer.on, deadlines, is_required=answer.is_required) for answer in self.answers}
        if self.protocol:
            verdicts.add(lateness(self.protocol[0], deadlines))
        if "error" in verdicts:
            return "error"
        return "warning" if "warning" in verdicts or why_closed(day, self.route.plan.closing_days) else None


def lateness(ready_on: date, deadlines: tuple[date, date], *, is_required: bool = True) -> Severity | None:
    """Later than the safe deadline is a warning, later than the outer one an error (if the matter is required)."""
    safe, outer = deadlines
    if ready_on <= safe:
        return None
    return "error" if ready_on > outer and is_required else "warning"


def demands(route: Route, place: Place, days: Sequence[date | None]) -> Demands:
    """What is asked of the step's day when the steps before have these days (by their places)."""
    dated = [(day, other) for day, other in zip(days, route.places, strict=False) if day and other.stage < place.stage]
    first = route.first_reading(place)
    first_on = days[first.at] if first else None
    return Demands(
        route,
        place,
        last=max(dated, key=lambda pair: pair[0], default=None),
        protocol=max(((other.protocol_on(day), other) for day, other in dated), key=lambda pair: pair[0], default=None),
        not_before=first_on + route.reading_gap if first_on else None,
        answers=tuple(answers(route.plan)) if place == route.first_decider() else (),
    )


def days_of(route: Route) -> tuple[date | None, ...]:
    """The days that the steps have now."""
    return tuple(place.on for place in route.places)
