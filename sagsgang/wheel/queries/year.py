"""A year of an authority as it stands: its bodies and meetings, the wheel's entries, and what their rules make of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Prefetch, Q, Value

from sagsgang.bodies.models import Authority, Body, ClosingDay
from sagsgang.wheel.models import EntryStep, WheelEntry
from sagsgang.wheel.rules import entry_day, plan_year
from sagsgang.wheel.rules.cycles import all_cycles
from sagsgang.wheel.rules.path import lay_path
from sagsgang.wheel.rules.timetable import Timetable, timetable_of
from sagsgang.wheel.shapes import Cycle, CycleBody, Entry, EntryDay, YearPlan


@dataclass(frozen=True)
class Year:
    """An authority's year: `bodies` by the code that cycles and paths name them by, `entries` by their id as text."""

    authority: Authority
    year: int
    bodies: Mapping[str, Body]
    entries: Mapping[str, WheelEntry]
    plan: YearPlan
    _table: Timetable

    @cached_property
    def cycles_around(self) -> tuple[Cycle, ...]:
        """Those of the years beside it too."""
        return all_cycles(self._table)

    @property
    def closing_days(self) -> frozenset[date]:
        """The days of the three years on which the offices are closed beyond the public holidays."""
        return self._table.closed

    def day_of(self, entry: WheelEntry, on: date) -> EntryDay:
        """The entry as it falls on any day, also one it was moved to: when work begins, and the path before it."""
        shape = entry_shape(entry, {body.pk: code for code, body in self.bodies.items()})
        return entry_day(shape, on, lay_path(self._table, shape, on, self.cycles_around))

    def code_of(self, body_id: UUID) -> str:
        """The code of a body in this year's plan; "" for one of another authority."""
        return next((code for code, body in self.bodies.items() if body.pk == body_id), "")


def year_of(authority: Authority, year: int, *, entries: Iterable[WheelEntry] | None = None) -> Year:
    """The year as the rules see it, in three queries; `entries` = all that stand, if none are given.

    Raises `RuleBrokenError` for a year outside 2000–2100.
    """
    bodies, closing_days = _bodies(authority, year)
    rows = {str(entry.pk): entry for entry in (standing_entries(authority) if entries is None else entries)}
    codes = {body.pk: code for code, body in bodies.items()}
    meeting = [_cycle_body(code, body) for code, body in bodies.items()]
    plan = plan_year(meeting, [entry_shape(entry, codes) for entry in rows.values()], year, closing_days)
    return Year(authority, year, bodies, rows, plan, timetable_of(meeting, closing_days))


def standing_entries(authority: Authority) -> list[WheelEntry]:
    """The authority's entries with body, unit and steps, by title."""
    steps = Prefetch("steps", EntryStep.objects.select_related("body").order_by("position"))
    rows = WheelEntry.objects.filter(authority=authority).select_related("body", "unit", "relative_to")
    return list(rows.prefetch_related(steps).order_by("title", "created_at"))


def entry_shape(entry: WheelEntry, codes: Mapping[UUID, str]) -> Entry:
    """An entry as the rules need it; its key is its id as text."""
    return Entry(
        key=str(entry.pk),
        title=entry.title,
        rule=entry.rule,
        starts_on=entry.starts_on,
        relative_to=str(entry.relative_to_id or ""),
        is_deadline=entry.is_deadline,
        lead_days=entry.lead_days,
        path=tuple(codes[step.body_id] for step in entry.steps.all() if step.body_id in codes),
        valid_from=entry.valid_from,
        valid_to=entry.valid_to,
        is_budget=entry.is_budget,
    )


def _bodies(authority: Authority, year: int) -> tuple[dict[str, Body], frozenset[date]]:
    """The bodies with the days of three years, so that the cycles at both edges are whole; one query."""
    around = (date(year - 1, 1, 1), date(year + 1, 12, 31))
    closed = ClosingDay.objects.filter(authority=authority, day__range=around)
    rows = Body.objects.filter(authority=authority).annotate(
        days=ArrayAgg(
            "meetings__held_on",
            filter=Q(meetings__held_on__range=around, meetings__cancelled_at=None),
            order_by="meetings__held_on",
            distinct=True,
            default=Value([]),
        ),
        closed=ArraySubquery(closed.values("day")),
    )  # fmt: skip
    found: dict[str, Body] = {}
    for body in rows:
        found[body.name if not body.code or body.code in found else body.code] = body
    closing = next(iter(found.values())).closed if found else ()  # type: ignore[attr-defined]
    return found, frozenset(closing)


def _cycle_body(code: str, body: Body) -> CycleBody:
    return CycleBody(
        code=code,
        kind=body.kind,
        name=body.name,
        meetings=tuple(body.days),  # type: ignore[attr-defined]
        agenda_days=body.agenda_days,
        protocol_days=body.protocol_days,
    )
