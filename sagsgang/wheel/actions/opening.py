"""An entry becomes a draft case on its lead date: with owner, path and days, and once only."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, BodyKind
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.actions.path import StepFacts, compose_path, path_stamp
from sagsgang.cases.models import Case
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.wheel.models import EntryStep, Occurrence
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.rules.acts import require_standing

FURTHEST_LEAD = 800  # days: as far ahead as an occurrence is looked at


def open_due_cases(authority: Authority, today: date, *, actor: User) -> int:
    """Open a case for each occurrence whose lead date has come; answers how many. May run twice, or late, or while others work.

    Days that are over open none: what was forgotten then is for somebody to decide.
    """
    waiting = _waiting(authority, today)
    years = {row.day.year: year_of(authority, row.day.year) for row in waiting}
    due = [row for row in waiting if years[row.day.year].day_of(row.entry, row.day).lead_on <= today]
    return sum(_open_if_standing(row.pk, years[row.day.year], actor) for row in due)


@transaction.atomic
def open_case_now(row: Occurrence, *, actor: User) -> Case:
    """Open its case before the lead date; answers the one that is there already. Raises `RuleBrokenError`."""
    require_standing(is_dropped=row.dropped_at is not None, is_done=row.done_on is not None)
    opened = _open_once(row.pk, year_of(row.entry.authority, row.day.year), actor)
    if opened is None:
        held = Occurrence.objects.select_related("case").get(pk=row.pk)
        assert held.case is not None  # the only reason to open none
        return held.case
    return opened


def _waiting(authority: Authority, today: date) -> list[Occurrence]:
    """The occurrences to come that want a case and have none."""
    rows = Occurrence.objects.filter(
        entry__authority=authority,
        entry__withdrawn_at=None,
        entry__opens_case=True,
        case=None,
        dropped_at=None,
        gone_at=None,
        done_on=None,
        day__range=(today, today + timedelta(days=FURTHEST_LEAD)),
    )
    return list(rows.select_related("entry"))


def _open_if_standing(pk: UUID, year: Year, actor: User) -> bool:
    """Whether it opened one: what was dropped or done since it was looked up opens none."""
    try:
        return _open_once(pk, year, actor) is not None
    except RuleBrokenError:
        return False


@transaction.atomic
def _open_once(pk: UUID, year: Year, actor: User) -> Case | None:
    row = Occurrence.objects.select_for_update(of=("self",)).select_related("entry__unit").get(pk=pk)
    if row.case_id:
        return None
    require_standing(is_dropped=row.dropped_at is not None, is_done=row.done_on is not None)
    entry = year.entries.get(str(row.entry_id), row.entry)
    facts = CaseFacts(
        title=entry.case_title or f"{entry.title} {row.day.year}",
        kle=entry.kle,
        policy_area=entry.policy_area,
        unit=entry.unit,
        is_budget=entry.is_budget,
    )
    case = open_case(year.authority, facts, actor=actor)
    compose_path(case, path_of(year, row), seen=path_stamp([]), actor=actor)
    row.case = case
    row.save(update_fields=["case", "modified_at"])
    record(actor, "open_case_of_entry", row, case=str(case.pk))
    return case


def path_of(year: Year, row: Occurrence) -> list[StepFacts]:
    """A part of other acts: the entry's steps with the meetings that lead to its day; without days where the meetings are too few."""
    entry = year.entries.get(str(row.entry_id), row.entry)
    steps = list(entry.steps.all())
    laid = year.day_of(entry, row.day).path
    days = [step.on for step in laid] if len(laid) == len(steps) else [None] * len(steps)
    return [
        StepFacts(body=step.body, purpose=step.purpose, planned_on=on, reading=reading)
        for step, on, reading in zip(steps, days, _readings(steps), strict=True)
    ]


def _readings(steps: Sequence[EntryStep]) -> list[int | None]:
    """Which reading each step is: a council that stands twice reads the matter twice."""
    councils = [step.body_id for step in steps if step.body.kind == BodyKind.COUNCIL]
    numbers: list[int | None] = []
    for step in steps:
        is_reading = councils.count(step.body_id) == 2
        before = sum(known is not None for known in numbers)
        numbers.append(before + 1 if is_reading else None)
    return numbers
