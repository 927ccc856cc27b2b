"""A matter comes again to the same body: postponed, returned, or an orientation that goes on; and taking that back."""

from datetime import date

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.actions.path import StepFacts, compose_path, path_stamp
from sagsgang.cases.models import Case, PathStep, Purpose
from sagsgang.meetings.actions.records import lock_changeable, record_both
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.deciding import returning_step
from sagsgang.meetings.rules import deciding


@transaction.atomic
def return_item(item: AgendaItem, *, day: date | None, actor: User) -> PathStep:
    """Put the case on the body's waiting list again, for the meeting on `day` (None = without a day).

    It gets a step of its path for the same body and reading, right after the item's own; an item that has none of its
    own (a notice, and what was imported) gets that too. Raises `RuleBrokenError`.
    """
    meeting = lock_changeable(item.meeting)
    item = AgendaItem.objects.select_related("case", "step", "meeting__body").get(pk=item.pk)
    deciding.require_later(day, meeting.held_on)
    waiting = returning_step(item)
    if waiting is not None and waiting.planned_on == day:
        return waiting
    deciding.require_not_returning(is_returning=waiting is not None)
    own = item.step or _own_step(item, actor)
    step = add_step(
        item.case, body=meeting.body, after=own, purpose=own.purpose, planned_on=day, reading=own.reading, actor=actor
    )
    record_both(actor, "return_item", item, step=str(step.pk))
    return step


def wait_again(item: AgendaItem, *, actor: User) -> None:
    """A part of other acts: the case waits for the body again, for the day that is said already or else without one.

    A part of its item's case, and a standing item, have no way of their own.
    """
    if item.standing_id is not None or (item.parent is not None and item.parent.case_id == item.case_id):
        return
    if returning_step(item) is None:
        return_item(item, day=None, actor=actor)


def _own_step(item: AgendaItem, actor: User) -> PathStep:
    """The step that the item was: behind the last one that is on an agenda, or last."""
    taken = item.case.path.filter(agenda_items__withdrawn_at=None, agenda_items__isnull=False).order_by("position")
    item.step = add_step(
        item.case, body=item.meeting.body, after=taken.last(), purpose=_purpose_of(item),
        planned_on=item.meeting.held_on, actor=actor,
    )  # fmt: skip
    item.save(update_fields=["step", "modified_at"])
    return item.step


@transaction.atomic
def withdraw_return(item: AgendaItem, *, actor: User) -> None:
    """The case does not come again after all: the step goes off its path."""
    lock_changeable(item.meeting)
    step = returning_step(item)
    if step is None:
        return
    remove_step(step, actor=actor)
    record_both(actor, "withdraw_return", item, step=str(step.pk))


def add_step(
    case: Case,
    *,
    body: Body,
    after: PathStep | None,
    purpose: str,
    planned_on: date | None,
    reading: int | None = None,
    actor: User,
) -> PathStep:
    """A part of other acts: one step more on the case's path, behind `after`, or last."""
    held = _steps_of(case)
    facts = [_as_facts(step) for step in held]
    places = [number for number, step in enumerate(held, start=1) if after is not None and step.pk == after.pk]
    place = places[0] if places else len(held)
    facts.insert(place, StepFacts(body, purpose, planned_on, reading))
    compose_path(case, facts, seen=path_stamp(held), actor=actor)
    return case.path.get(position=place + 1)


def remove_step(step: PathStep, *, actor: User) -> None:
    """A part of other acts: the case's path without this step. One that is on the agenda of a meeting stays."""
    held = _steps_of(step.case)
    if step.agenda_items.filter(withdrawn_at=None, meeting__cancelled_at=None).exists():
        return
    facts = [_as_facts(row) for row in held if row.pk != step.pk]
    compose_path(step.case, facts, seen=path_stamp(held), actor=actor)


def _steps_of(case: Case) -> list[PathStep]:
    return list(case.path.select_related("body"))


def _as_facts(step: PathStep) -> StepFacts:
    return StepFacts(step.body, step.purpose, step.planned_on, step.reading, step.is_parallel, step.pk)


def _purpose_of(item: AgendaItem) -> str:
    return {"O": Purpose.ORIENTATION, "D": Purpose.DISCUSSION}.get(item.kind, Purpose.DECISION)
