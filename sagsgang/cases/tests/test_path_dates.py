"""The proposal of dates: earliest, without errors, and the same as trying everything."""

import random
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from sagsgang.cases.plans import PathPlan, PlanBody, PlannedHearing, PlanStep
from sagsgang.cases.rules.dates import propose_dates
from sagsgang.cases.rules.path import check_path
from sagsgang.cases.tests.path_plans import BODIES, day, plan

KINDS = ("directorate", "committee", "finance", "council", "other")


def dates(*steps: str, earliest: str = "2023-04-01", kept: tuple[int, ...] = (), **facts: object) -> list[str | None]:
    proposed = propose_dates(plan(*steps, **facts), earliest=day(earliest), kept=kept)
    return [found.isoformat() if found else None for found in proposed]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        # The council of May cannot be reached safely from the finance committee of 16 May, but it can from 9 May.
        (
            ["DIR - discussion", "MTU - recommendation", "ØK - recommendation", "KB - decision"],
            ["2023-04-12", "2023-04-24", "2023-05-09", "2023-05-23"],
        ),
        (
            ["DIR - discussion", "MTU - recommendation", "BSU - recommendation parallel", "ØK - recommendation"],
            ["2023-04-12", "2023-04-24", "2023-04-25", "2023-05-09"],
        ),
        (["KB - recommendation 1", "KB - decision 2"], ["2023-04-25", "2023-05-23"]),
        (["HU - discussion", "HU - orientation", "HU - hearing"], ["2023-04-27", "2023-06-01", None]),
    ],
)
def test_the_earliest_meetings_that_follow_each_other(steps: list[str], expected: list[str | None]) -> None:
    assert dates(*steps) == expected


def test_the_days_that_steps_have_are_not_looked_at_unless_they_are_kept() -> None:
    steps = ("MTU 2023-05-30 recommendation", "ØK 2023-05-16 recommendation", "KB 2023-05-23 decision")

    assert dates(*steps) == ["2023-04-24", "2023-05-09", "2023-05-23"]
    assert dates(*steps, kept=(0,)) == ["2023-05-30", "2023-06-13", "2023-06-20"]


def test_a_safe_path_is_preferred_and_one_that_only_just_works_is_proposed_where_there_is_no_other() -> None:
    steps = ("ØK - recommendation", "KB - decision")
    may = {"ØK": (day("2023-05-16"),), "KB": (day("2023-05-23"), day("2023-06-20"))}

    assert dates(*steps, meetings=may) == ["2023-05-16", "2023-06-20"]
    assert dates(*steps, meetings=may | {"KB": (day("2023-05-23"),)}) == ["2023-05-16", "2023-05-23"]


def test_a_risk_is_taken_early_where_the_path_would_not_end_otherwise() -> None:
    meetings = {
        "MTU": (day("2023-05-16"),),
        "ØK": tuple(map(day, ("2023-05-23", "2023-06-13"))),
        "KB": (day("2023-06-06"),),
    }

    found = dates("MTU - recommendation", "ØK - recommendation", "KB - decision", meetings=meetings)

    assert found == ["2023-05-16", "2023-05-23", "2023-06-06"]


def test_the_budget_waits_three_weeks_and_the_hearing_is_awaited() -> None:
    meetings = {"ØK": (day("2023-08-29"),), "KB": tuple(map(day, ("2023-09-12", "2023-09-26", "2023-10-10")))}
    steps = ("ØK - statement", "KB - discussion 1", "KB - decision 2")

    assert dates(*steps, meetings=meetings) == ["2023-08-29", "2023-09-12", "2023-09-26"]
    assert dates(*steps, meetings=meetings, budget=True) == ["2023-08-29", "2023-09-12", "2023-10-10"]
    late = (PlannedHearing("elderly", day("2023-09-25")),)
    assert dates(*steps, meetings=meetings, elderly=True, hearings=late) == ["2023-08-29", "2023-09-12", "2023-10-10"]


def test_meetings_on_a_holiday_are_left_out_where_another_will_do() -> None:
    meetings = {"KB": (day("2023-05-18"), day("2023-06-20"))}

    assert dates("KB - decision", meetings=meetings) == ["2023-06-20"]
    assert dates("KB - decision", meetings={"KB": (day("2023-05-18"),)}) == ["2023-05-18"]


def test_a_body_without_meetings_leaves_the_others_their_days() -> None:
    meetings = {"MTU": (day("2023-04-24"),), "KB": (day("2023-05-23"),)}

    assert dates("MTU - recommendation", "HU - discussion", "KB - decision", meetings=meetings) == [
        "2023-04-24",
        None,
        "2023-05-23",
    ]


def small_plan(dice: random.Random) -> PathPlan:
    """A random plan of two to four steps, each body with one to four meetings close together, over Easter and May."""
    start = date(2023, 3, 27)
    bodies, meetings = {}, {}
    for kind in KINDS:
        bodies[kind] = PlanBody(
            kind, kind, agenda_days=dice.choice((1, 2, 4, 4)), protocol_days=dice.choice((0, 1, 1, 3))
        )
        meetings[kind] = tuple(start + timedelta(days=dice.randrange(60)) for _ in range(dice.randrange(1, 5)))
    steps = [
        PlanStep(dice.choice(KINDS), None, "recommendation", None, dice.random() < 0.3)
        for _ in range(dice.randrange(2, 5))
    ]
    if dice.random() < 0.4:
        steps = [PlanStep("council", None, "discussion", 1), *steps[:2], PlanStep("council", None, "decision", 2)]
    hearings = (PlannedHearing("elderly", start + timedelta(days=dice.randrange(50))),) if dice.random() < 0.4 else ()
    return PathPlan(bodies, meetings, tuple(steps), elderly=bool(hearings), hearings=hearings)


def dated(small: PathPlan, days: tuple[date | None, ...]) -> PathPlan:
    steps = zip(small.steps, days, strict=True)
    return replace(small, steps=tuple(replace(step, on=found) for step, found in steps))


def score(small: PathPlan, days: tuple[date, ...]) -> tuple[int, date, tuple[date, ...]] | None:
    """How good the days are by `check_path` alone, smaller is better; None if they cannot stand."""
    findings = [found for found in check_path(dated(small, days)) if (found.rule, found.nearest) != ("R11", None)]
    if any(finding.severity == "error" for finding in findings):
        return None
    return len({finding.step for finding in findings}), max(days), days


@pytest.mark.parametrize("seed", range(250))
def test_the_proposal_is_what_trying_everything_finds(seed: int) -> None:
    small = small_plan(random.Random(seed))
    earliest = date(2023, 4, 3)
    choices = [[found for found in set(small.meetings[step.body]) if found >= earliest] for step in small.steps]
    possible = [found for days in product(*choices) if (found := score(small, days))]

    proposed = tuple(propose_dates(small, earliest=earliest))

    if possible:
        whole = tuple(found for found in proposed if found)
        assert len(whole) == len(proposed)
        assert score(small, whole) == min(possible)
    else:
        assert None in proposed
        findings = check_path(dated(small, proposed))
        assert {finding.rule for finding in findings if finding.severity == "error"} <= {"R11"}


def test_most_random_plans_can_be_followed() -> None:
    followed = [
        None not in propose_dates(small_plan(random.Random(seed)), earliest=date(2023, 4, 3)) for seed in range(250)
    ]

    assert 50 < sum(followed) < 250


def test_ten_steps_with_many_close_calls_stay_few() -> None:
    """Every step can be taken safely or only just: a thousand combinations, none of which is tried."""
    code, kind = "MTU", BODIES["MTU"].kind
    tuesdays = tuple(day("2023-01-03") + timedelta(weeks=week) for week in range(60))
    bodies = {code: PlanBody(code, kind, agenda_days=4, protocol_days=2)}
    steps = tuple(PlanStep(code, None, "discussion" if place % 2 else "orientation") for place in range(10))

    proposed = propose_dates(PathPlan(bodies, {code: tuesdays}, steps), earliest=tuesdays[0])

    assert None not in proposed
