"""Bodies and entries for the tests of the year's rules: the source document's year 2023 as its bodies' own rules give it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sagsgang.wheel.rules import days_of_rule
from sagsgang.wheel.shapes import Cycle, CycleBody, CycleStep, Entry

KINDS = {"DIR": "directorate", "HU": "works_council", "MTU": "committee", "ØK": "finance", "KB": "council"}
NAMES = {"MTU": "Miljø- og Teknikudvalget", "ØK": "Økonomiudvalget", "KB": "Kommunalbestyrelsen"}
RULES = {
    "DIR": "FREQ=MONTHLY;BYDAY=2WE",
    "HU": "FREQ=MONTHLY;BYDAY=-1TH",
    "MTU": "FREQ=MONTHLY;BYDAY=4MO",
    "ØK": "FREQ=MONTHLY;BYDAY=3TU",
    "KB": "FREQ=MONTHLY;BYDAY=4TU",
}
EQUALITY = Entry(
    key="ligestilling",
    title="Ligestillingsredegørelse",
    rule="FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1",
    starts_on=date(2020, 6, 1),
    is_deadline=True,
    lead_days=90,
    path=("DIR", "HU", "ØK", "KB"),
    valid_to=date(2024, 12, 31),
)


def day(text: str) -> date:
    """A day from "2023-05-23"."""
    return date.fromisoformat(text)


def body(code: str, meetings: Iterable[str], **facts: int) -> CycleBody:
    """A body that meets on these days."""
    days = tuple(sorted(map(day, meetings)))
    return CycleBody(code, KINDS.get(code, "committee"), NAMES.get(code, code), days, **facts)


def by_rule(code: str, year: int = 2023, rule: str = "") -> CycleBody:
    """A body that meets by its rule in the year and in those beside it, but in July."""
    days = [found for some in (year - 1, year, year + 1) for found in days_of_rule(rule or RULES[code], some)]
    return CycleBody(code, KINDS[code], NAMES.get(code, code), tuple(some for some in days if some.month != 7))


def document_bodies(year: int = 2023, **rules: str) -> tuple[CycleBody, ...]:
    """All bodies of the source document, by their rules or by these ones instead."""
    return tuple(by_rule(code, year, rules.get(code, "")) for code in RULES)


def moved(bodies: Iterable[CycleBody], code: str, *, away: str = "", to: str = "") -> tuple[CycleBody, ...]:
    """The bodies, one of them with a meeting moved, cancelled or added."""
    answer = []
    for one in bodies:
        if one.code == code:
            days = {some for some in one.meetings if not away or some != day(away)} | ({day(to)} if to else set())
            one = replace(one, meetings=tuple(sorted(days)))
        answer.append(one)
    return tuple(answer)


def steps(laid: Cycle | Iterable[CycleStep]) -> list[tuple[str, str]]:
    """Body and day of each step."""
    found = laid.steps if isinstance(laid, Cycle) else laid
    return [(step.body, step.on.isoformat()) for step in found]


def iso(days: Iterable[date]) -> list[str]:
    """The days as texts."""
    return [some.isoformat() for some in days]
