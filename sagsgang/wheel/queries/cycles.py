"""The cycles of a year as a page shows them: meetings, deadlines, load, holidays and what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sagsgang.accounts.models import User
from sagsgang.bodies.calendar import why_closed
from sagsgang.bodies.models import Authority, Body, BodyKind, Role, roles_of, sees_whole_house
from sagsgang.cases.models import PathStep
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting
from sagsgang.wheel.models import CycleBriefing
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.shapes import Cycle, CycleStep, YearFinding


@dataclass(frozen=True, slots=True)
class Load:
    """How much lies before a meeting: items on its agenda, cases whose path comes by it and that are on no agenda of it
    yet, and the pages of its attachments as far as they are known.
    """

    items: int
    waiting: int
    pages: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A meeting of a cycle; `load` is None for who does not see the body."""

    step: CycleStep
    body: Body
    meeting: Meeting | None
    is_seen: bool
    load: Load | None
    findings: tuple[YearFinding, ...]


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in the list of a year, with how many of its findings are errors and warnings."""

    cycle: Cycle
    steps: tuple[tuple[CycleStep, Body], ...]
    findings: tuple[YearFinding, ...]
    days: int


@dataclass(frozen=True, slots=True)
class CycleView:
    """A cycle with everything that its page says; `before` and `after` are the ids of its neighbours."""

    cycle: Cycle
    lines: tuple[StepLine, ...]
    findings: tuple[YearFinding, ...]
    holidays: tuple[tuple[date, str], ...]
    briefing: CycleBriefing | None
    before: str
    after: str
    days: int


@dataclass(frozen=True, slots=True)
class CycleMeeting:
    """The day on which a body meets in a cycle, by the cycle's id, and the day on which the council closes it."""

    cycle: str
    on: date
    closes: date


def authority_of(authorities: Iterable[Authority], chosen: str = "") -> Authority | None:
    """The authority whose year she looks at: the one that is named by its slug, else her first one; one query."""
    rows = list(authorities)
    return next((row for row in rows if row.slug == chosen), rows[0] if rows else None)


def cycle_lines(year: Year) -> tuple[CycleLine, ...]:
    """The cycles that close in the year; no query."""
    return tuple(
        CycleLine(
            cycle,
            tuple((step, year.bodies[step.body]) for step in cycle.steps),
            _findings_of(year, cycle),
            (cycle.closes - cycle.start).days,
        )
        for cycle in year.plan.cycles
    )


def cycles_to_come(meeting: Meeting) -> tuple[CycleMeeting, ...]:
    """The body's meetings in the cycles after a meeting of it, those of the next year too; two queries.

    The plan names meetings of a cycle by the body's code; what is on no plan has no cycle.
    """
    year = year_of(meeting.body.authority, meeting.held_on.year, entries=())
    code = year.code_of(meeting.body_id)
    return tuple(
        CycleMeeting(cycle.id, step.on, cycle.closes)
        for cycle in year.cycles_around
        for step in cycle.steps
        if step.body == code and step.on > meeting.held_on
    )


def _findings_of(year: Year, cycle: Cycle) -> tuple[YearFinding, ...]:
    """What is wrong within the cycle, and meetings of it that lie on a closed day."""
    days = {(step.body, step.on) for step in cycle.steps}
    return tuple(
        found
        for found in year.plan.findings
        if found.cycle == cycle.id or (not found.entry and not found.cycle and (found.body, found.on) in days)
    )


def year_in(cycle_id: str) -> int | None:
    """The year in which a cycle of this id closes; None for what is no id."""
    first, _dash, rest = cycle_id.partition("-")
    if len(first) == 4 and first.isascii() and first.isdigit() and rest:
        return int(first)
    return None


def cycle_view(authority: Authority, cycle_id: str, user: User) -> CycleView | None:
    """A cycle by its id; None if no council meeting closes it. Six queries. Raises `RuleBrokenError` for a far-off year."""
    number = year_in(cycle_id)
    if number is None:
        return None
    year = year_of(authority, number, entries=())
    ids = [cycle.id for cycle in year.plan.cycles]
    if cycle_id not in ids:
        return None
    at = ids.index(cycle_id)
    cycle = year.plan.cycles[at]
    findings = _findings_of(year, cycle)
    return CycleView(
        cycle=cycle,
        lines=_step_lines(year, cycle, findings, user),
        findings=findings,
        holidays=holidays_in(year, cycle),
        briefing=_briefing_of(authority, cycle, user),
        before=ids[at - 1] if at else "",
        after=ids[at + 1] if at + 1 < len(ids) else "",
        days=(cycle.closes - cycle.start).days,
    )


def _briefing_of(authority: Authority, cycle: Cycle, user: User) -> CycleBriefing | None:
    rows = CycleBriefing.objects.filter(body__authority=authority, cycle=cycle.id)
    return rows.filter(body__in=Body.objects.visible_to(user)).select_related("item__meeting").first()


def holidays_in(year: Year, cycle: Cycle) -> tuple[tuple[date, str], ...]:
    """The days from Monday to Friday within the cycle on which nobody works, with their names."""
    last = (cycle.closes - cycle.start).days
    days = (cycle.start + timedelta(days=n) for n in range(last + 1))
    named = ((day, why_closed(day, year.closing_days)) for day in days if day.weekday() < 5)
    return tuple((day, why) for day, why in named if why)


def _step_lines(year: Year, cycle: Cycle, findings: Iterable[YearFinding], user: User) -> tuple[StepLine, ...]:
    meetings = _meetings_of(year, cycle)
    loads = loads_of(row.pk for row in meetings.values())
    seen = seen_bodies(user, year.bodies.values())
    # A number of items tells that something is there: it is shown to who sees the body, and to who keeps the year.
    keeps = keeps_year(user, year.bodies.values())
    lines = []
    for step in cycle.steps:
        body = year.bodies[step.body]
        meeting = meetings.get((body.pk, step.on))
        load = loads.get(meeting.pk) if meeting and (keeps or body.pk in seen) else None
        own = tuple(found for found in findings if (found.body, found.on) == (step.body, step.on))
        lines.append(StepLine(step, body, meeting, body.pk in seen, load, own))
    return tuple(lines)


def seen_bodies(user: User, bodies: Iterable[Body]) -> frozenset[UUID]:
    """Those of the bodies that she sees; of the roles that were read already."""
    if sees_whole_house(user):
        return frozenset(body.pk for body in bodies)
    return frozenset(body for body, _role in roles_of(user) if body)


def keeps_year(user: User, bodies: Iterable[Body]) -> bool:
    """Is she a directorate's secretary? Of the roles that were read already."""
    held = roles_of(user)
    return any(body.kind == BodyKind.DIRECTORATE and (body.pk, Role.SECRETARY) in held for body in bodies)


def _meetings_of(year: Year, cycle: Cycle) -> Mapping[tuple[UUID, date], Meeting]:
    places = Q(pk__in=[])
    for step in cycle.steps:
        places |= Q(body=year.bodies[step.body].pk, held_on=step.on)
    rows = Meeting.objects.filter(places, cancelled_at=None).order_by("kind")
    return {(row.body_id, row.held_on): row for row in rows}


def loads_of(meetings: Iterable[UUID]) -> dict[UUID, Load]:
    """The load of each meeting; one query. Of items that were taken off nothing counts."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk"), parent=None, withdrawn_at=None)
    placed = AgendaItem.objects.filter(step=OuterRef("pk"), withdrawn_at=None, meeting__cancelled_at=None)
    steps = PathStep.objects.filter(
        ~Exists(placed), body=OuterRef("body"), planned_on=OuterRef("held_on"), withdrawn_at=None
    )
    pages = Attachment.objects.filter(
        Q(item__parent=None) | Q(item__parent__withdrawn_at=None),
        item__meeting=OuterRef("pk"), item__withdrawn_at=None, withdrawn_at=None,
    )  # fmt: skip
    rows: QuerySet[Any] = Meeting.objects.filter(pk__in=list(meetings)).annotate(
        n_items=_one(items.order_by().values("meeting").annotate(n=Count("pk"))),
        n_waiting=_one(steps.order_by().values("body").annotate(n=Count("case", distinct=True))),
        n_pages=_one(pages.order_by().values("item__meeting").annotate(n=Sum("version__examination__pages"))),
    )
    return {row.pk: Load(row.n_items, row.n_waiting, row.n_pages) for row in rows}


def _one(rows: QuerySet[Any, Any]) -> Coalesce:
    return Coalesce(Subquery(rows.values("n")[:1], output_field=IntegerField()), 0)
