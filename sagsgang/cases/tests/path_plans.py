"""Paths for the tests of the path's rules: the spring of 2023, and whatever is changed in it."""

from dataclasses import replace
from datetime import date
from typing import Any

from sagsgang.cases.plans import Finding, PathPlan, PlanBody, PlanStep
from sagsgang.cases.rules.path import check_path

BODIES = {
    "DIR": PlanBody("DIR", "directorate"),
    "HU": PlanBody("HU", "works_council"),
    "MTU": PlanBody("MTU", "committee", name="Miljø- og Teknikudvalget"),
    "BSU": PlanBody("BSU", "committee"),
    "ÆR": PlanBody("ÆR", "other"),
    "ØK": PlanBody("ØK", "finance", name="Økonomiudvalget"),
    "KB": PlanBody("KB", "council", name="Kommunalbestyrelsen"),
}
MEETINGS = {
    "DIR": ("2023-04-12", "2023-05-10", "2023-06-07"),
    "HU": ("2023-04-27", "2023-06-01"),
    "MTU": ("2023-04-24", "2023-05-30", "2023-06-26"),
    "BSU": ("2023-04-25", "2023-05-31"),
    "ÆR": ("2023-04-20", "2023-05-25"),
    "ØK": ("2023-05-09", "2023-05-16", "2023-06-13"),
    "KB": ("2023-04-25", "2023-05-23", "2023-06-20", "2023-08-29"),
}


def day(text: str) -> date:
    return date.fromisoformat(text)


def step(words: str) -> PlanStep:
    """A step from words: body, day or "-", purpose, and then perhaps its reading or "parallel"."""
    body, on, purpose, *rest = words.split()
    reading = next((int(word) for word in rest if word.isdecimal()), None)
    return PlanStep(body, None if on == "-" else day(on), purpose, reading, "parallel" in rest)


def plan(*steps: str, **facts: Any) -> PathPlan:
    """The bodies and meetings of the spring, and these steps."""
    meetings = {code: tuple(map(day, days)) for code, days in MEETINGS.items()}
    return replace(PathPlan(BODIES, meetings, tuple(map(step, steps))), **facts)


def short(findings: list[Finding]) -> list[tuple[int, str, str, str | None]]:
    """Step, rule, severity and nearest day of each finding."""
    return [(f.step, f.rule, f.severity, f.nearest.isoformat() if f.nearest else None) for f in findings]


def found(*steps: str, **facts: Any) -> list[tuple[int, str, str, str | None]]:
    """What the rules find."""
    return short(check_path(plan(*steps, **facts)))
