"""Where a follow-up stands, and the day that follows from a meeting. No database."""

from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from sagsgang.bodies.models import Body
from sagsgang.cases.models import PathStep
from sagsgang.core.errors import RuleBrokenError
from sagsgang.followups import rules
from sagsgang.followups.queries.choices import StepChoice
from sagsgang.followups.rules import State


@pytest.mark.parametrize(
    ("progress", "state"),
    [
        (None, State.OPEN), ("begun", State.BEGUN), ("done", State.DONE), ("dropped", State.DROPPED),
        ("reopened", State.OPEN),
    ],
)  # fmt: skip
def test_the_newest_event_says_where_it_stands(progress: str | None, state: State) -> None:
    assert rules.state_of(progress) == state


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [
        (State.OPEN, date(2026, 4, 14), True),
        (State.BEGUN, date(2026, 4, 14), True),
        (State.OPEN, date(2026, 4, 15), False),  # on the day itself it is in time
        (State.OPEN, None, False),
        (State.DONE, date(2026, 4, 14), False),
        (State.DROPPED, date(2026, 4, 14), False),
    ],
)
def test_it_is_overdue_when_its_day_has_passed_and_it_is_not_over(
    state: State, due_on: date | None, late: bool
) -> None:
    assert rules.is_overdue(state, due_on, date(2026, 4, 15)) is late


@pytest.mark.parametrize(
    ("meeting_on", "agenda_days", "closed", "due_on"),
    [
        # Monday 20 April, 4 working days: safe Tuesday 14 April; the working day before it is Monday.
        (date(2026, 4, 20), 4, set(), date(2026, 4, 13)),
        (date(2026, 4, 20), 4, {date(2026, 4, 13)}, date(2026, 4, 10)),
        # Easter: Thursday 2 to Monday 6 April 2026.
        (date(2026, 4, 8), 4, set(), date(2026, 3, 27)),
        (date(2026, 4, 20), 0, set(), date(2026, 4, 17)),  # no deadline: the working day before the meeting
        (date(2150, 4, 20), 4, set(), date(2150, 4, 20)),
    ],
)
def test_it_is_due_on_the_working_day_before_the_agenda_goes_out(
    meeting_on: date, agenda_days: int, closed: set[date], due_on: date
) -> None:
    assert rules.due_before(meeting_on, agenda_days, closed) == due_on


def test_a_step_before_which_it_is_too_late_says_so() -> None:
    step, today = PathStep(body=Body(name="Direktionen")), localdate()
    late, in_time = (StepChoice(step, today + timedelta(days=1), today + timedelta(days=days)) for days in (-1, 0))
    with override("en"):
        assert "overdue" in late.words
        assert "overdue" not in in_time.words


def test_it_is_due_on_a_day_or_before_a_step() -> None:
    rules.require_one_due(has_day=True, has_step=False)
    rules.require_one_due(has_day=False, has_step=True)
    for both in (True, False):
        with pytest.raises(RuleBrokenError):
            rules.require_one_due(has_day=both, has_step=both)
