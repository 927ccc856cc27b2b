"""When a step of a path takes place, as the plan is now, and by which day a follow-up before it is due."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from sagsgang.bodies.models import ClosingDay
from sagsgang.cases.models import PathStep
from sagsgang.followups.rules import due_before
from sagsgang.meetings.models import AgendaItem, Meeting


def meeting_days(steps: Iterable[PathStep]) -> dict[UUID, date | None]:
    """The day of each step: of the meeting on whose agenda it is, else the wished day, or to where that meeting moved.

    Two queries, however many there are.
    """
    rows = list(steps)
    if not rows:
        return {}
    items = AgendaItem.objects.filter(step__in=rows, withdrawn_at=None, meeting__cancelled_at=None)
    on_agenda = dict(items.order_by("meeting__held_on").values_list("step", "meeting__held_on"))
    wished = {step.planned_on for step in rows if step.planned_on}
    plan = Meeting.objects.filter(
        Q(held_on__in=wished) | Q(moved_from__in=wished), body__in={step.body_id for step in rows}, cancelled_at=None
    ).values_list("body", "held_on", "moved_from")
    held = {(body, day) for body, day, _moved in plan}
    moved = {(body, was): day for body, day, was in plan if was}
    return {step.pk: on_agenda.get(step.pk) or _wished_day(step, held, moved) for step in rows}


def _wished_day(step: PathStep, held: set[tuple[UUID, date]], moved: dict[tuple[UUID, date], date]) -> date | None:
    if step.planned_on is None:
        return None
    place = (step.body_id, step.planned_on)
    return step.planned_on if place in held else moved.get(place, step.planned_on)


def due_days(steps: Iterable[PathStep]) -> dict[UUID, date | None]:
    """By which day what is due before each step (with its body) is to be done; None while no meeting is chosen.

    Three queries.
    """
    rows = list(steps)
    days = meeting_days(rows)
    closed: dict[UUID, set[date]] = {}
    authorities = {step.body.authority_id for step in rows}
    for authority, day in ClosingDay.objects.filter(authority__in=authorities).values_list("authority", "day"):
        closed.setdefault(authority, set()).add(day)
    return {step.pk: _due_day(step, days[step.pk], closed.get(step.body.authority_id, set())) for step in rows}


def _due_day(step: PathStep, day: date | None, closed: set[date]) -> date | None:
    return None if day is None else due_before(day, step.body.agenda_days, frozenset(closed))
