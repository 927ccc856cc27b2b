"""The check of a path: `python -m bench.paths`. No database.

A path of ten steps, two of them parallel, against three years of meetings of twelve bodies (40 a year each): as it is
proposed, with a finding at nearly every step, and beside a path of one step in the same run. Aim: under 50 ms.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import product
from typing import Any

import django

YEARS = (2023, 2024, 2025)
KINDS = ("directorate", "works_council", *["committee"] * 7, "other", "finance", "council")
STEPS = (
    ("B0", "discussion"), ("B1", "discussion"), ("B9", "hearing"), ("B2", "recommendation"), ("B3", "recommendation"),
    ("B4", "recommendation"), ("B10", "statement"), ("B11", "discussion"), ("B10", "recommendation"),
    ("B11", "decision"),
)  # fmt: skip


def main() -> None:
    """Print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sagsgang.site.settings"
    django.setup()
    check = import_module("sagsgang.cases.rules.path").check_path
    propose = import_module("sagsgang.cases.rules.dates").propose_dates
    whole = plan()
    earliest = date(2023, 1, 1)
    good = with_days(whole, propose(whole, earliest=earliest))
    bad = with_days(whole, [found and found + timedelta(days=1) for found in propose(whole, earliest=earliest)])
    one = replace(good, steps=good.steps[:1])
    calendar = import_module("sagsgang.bodies.calendar")

    def unprepared() -> None:
        calendar.deadline_days.cache_clear()
        calendar.public_holidays.cache_clear()
        check(bad)

    seconds = {
        "check of 1 step": measured(lambda: check(one)),
        "check of 10 steps, as proposed": measured(lambda: check(good)),
        "check of 10 steps, nearly every one wrong": measured(lambda: check(bad)),
        "the same, with no holiday and no deadline known yet": measured(unprepared, 20),
        "proposal of 10 dates": measured(lambda: propose(whole, earliest=earliest)),
    }
    meetings = sum(map(len, whole.meetings.values()))
    row(f"findings of the three paths, {meetings} meetings", f"{[len(check(some)) for some in (one, good, bad)]}")
    for name, spent in seconds.items():
        row(name, f"{spent * 1000:.2f} ms = {spent / seconds['check of 1 step']:.1f} ×")
    short = shortened(whole)
    spent = measured(lambda: propose(short, earliest=earliest))
    tried, combinations = trying_everything(check, short, earliest)
    row("proposal of 3 dates among 6 meetings each", f"{spent * 1000:.2f} ms")
    row(f"the same by checking all {combinations} combinations", f"{tried * 1000:.0f} ms = {tried / spent:.0f} ×")


def plan() -> Any:
    """Ten steps, three years of meetings of twelve bodies."""
    plans = import_module("sagsgang.cases.plans")
    dice = random.Random(1)
    bodies = {f"B{number}": plans.PlanBody(f"B{number}", kind) for number, kind in enumerate(KINDS)}
    meetings = {
        code: tuple(date(year, 1, 1) + timedelta(days=n) for year in YEARS for n in dice.sample(range(365), 40))
        for code in bodies
    }
    closed = frozenset(date(year, *day) for year in YEARS for day in ((5, 1), (6, 5), (12, 24), (12, 31)))
    steps = tuple(
        plans.PlanStep(code, None, purpose, {7: 1, 9: 2}.get(at), is_parallel=at in (4, 5))
        for at, (code, purpose) in enumerate(STEPS)
    )
    return plans.PathPlan(bodies, meetings, steps, closed, economy=True, elderly=True)


def with_days(whole: Any, days: list[date | None]) -> Any:
    """The plan with these days for its steps."""
    pairs = zip(whole.steps, days, strict=True)
    return replace(whole, steps=tuple(replace(step, on=found) for step, found in pairs))


def shortened(whole: Any) -> Any:
    """Three steps, six meetings each: few enough to try them all."""
    steps = tuple(whole.steps[at] for at in (0, 3, 8))
    days = {step.body: tuple(sorted(whole.meetings[step.body])[:6]) for step in steps}
    return replace(whole, steps=steps, meetings=days, economy=False, elderly=False)


def trying_everything(check: Callable[[Any], Any], short: Any, earliest: date) -> tuple[float, int]:
    """Seconds to check every combination of days, and how many there are."""
    combinations = list(product(*(short.meetings[step.body] for step in short.steps)))
    return measured(lambda: [check(with_days(short, list(days))) for days in combinations], 5), len(combinations)


def measured(work: Callable[[], Any], times: int = 200) -> float:
    """The median of so many runs, after one that fills the caches."""
    work()
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append(time.perf_counter() - began)
    return statistics.median(runs)


def row(name: str, value: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"| {name} | {value} |\n")


if __name__ == "__main__":
    main()
