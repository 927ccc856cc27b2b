"""Planning years from rules: `python -m bench.year`. No database.

Three years for thirty bodies (one directorate, one works council, 26 committees, one finance committee, one council) and
sixty entries of the wheel, half of them deadlines with a path of four bodies: meetings from their RFC 5545 rules, cycles,
days, paths and findings. Aim: under 2 s. Beside it the reading of the meetings' rules alone, in the same run.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django

YEARS = (2023, 2024, 2025)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")
COMMITTEES = 26


def main() -> None:
    """Print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sagsgang.site.settings"
    django.setup()
    rules = import_module("sagsgang.wheel.rules")
    recurrence, calendar = import_module("sagsgang.wheel.rules.recurrence"), import_module("sagsgang.bodies.calendar")

    def unprepared() -> None:
        for kept in (recurrence._days_in, rules.parse_rule, calendar.deadline_days, calendar.public_holidays):
            kept.cache_clear()

    def three_years() -> list[Any]:
        whole = [bodies(rules, year) for year in YEARS]
        return [rules.plan_year(some, entries(), year) for some, year in zip(whole, YEARS, strict=True)]

    def fresh() -> None:
        unprepared()
        three_years()

    def meetings() -> None:
        unprepared()
        for year in YEARS:
            bodies(rules, year)

    plans = three_years()
    found = [(len(plan.cycles), len(plan.days), len(plan.findings)) for plan in plans]
    row("cycles, days of entries and findings of each year", f"{found}")
    spent = {
        "the meetings of 30 bodies in 3 years, from their rules alone": measured(meetings),
        "three years for 30 bodies, 60 entries, nothing known yet (aim: under 2 s)": measured(fresh),
        "the same again, rules and deadlines kept": measured(three_years),
    }
    yardstick = next(iter(spent.values()))
    for name, seconds in spent.items():
        row(name, f"{seconds:.2f} s = {seconds / yardstick:.1f} ×")


def bodies(rules: Any, year: int) -> list[Any]:
    """Thirty bodies with their meetings of the year and of the years beside it, none in July."""
    plans = {"DIR": ("directorate", "FREQ=WEEKLY;BYDAY=WE"), "HU": ("works_council", "FREQ=MONTHLY;BYDAY=-1TH")}
    for number in range(COMMITTEES):
        place = f"{1 + number % 4}{WEEKDAYS[number % 5]}"
        plans[f"U{number}"] = ("committee", f"FREQ=MONTHLY;BYDAY={place}")
    plans |= {"ØK": ("finance", "FREQ=MONTHLY;BYDAY=3TU"), "KB": ("council", "FREQ=MONTHLY;BYDAY=4TU")}
    shapes = import_module("sagsgang.wheel.shapes")
    return [shapes.CycleBody(code, kind, code, _days(rules, rule, year)) for code, (kind, rule) in plans.items()]


def _days(rules: Any, rule: str, year: int) -> tuple[Any, ...]:
    years = (year - 1, year, year + 1)
    return tuple(day for some in years for day in rules.days_of_rule(rule, some) if day.month != 7)


def entries() -> list[Any]:
    """Thirty deadlines with a path, and thirty that return with the cycles, with one another or by the calendar."""
    entry = import_module("sagsgang.wheel.shapes").Entry
    found = []
    for number in range(30):
        rule = f"FREQ=YEARLY;BYMONTH={1 + number % 12};BYMONTHDAY={1 + number % 28}"
        path = ("DIR", f"U{number % COMMITTEES}", "ØK", "KB")
        found.append(entry(f"d{number}", f"Frist {number}", rule, is_deadline=True, lead_days=90, path=path))
        other = ("CYCLE", f"EVENT=d{number};DAYS=-21", "FREQ=MONTHLY;BYDAY=2TU")[number % 3]
        found.append(entry(f"e{number}", f"Punkt {number}", other, path=("DIR",) if other == "CYCLE" else ()))
    return found


def measured(work: Callable[[], Any], times: int = 5) -> float:
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
