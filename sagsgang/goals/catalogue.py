"""The goals of the United Nations as plain values: numbers, short titles, the numbers of the targets. No database."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import ascii_lowercase
from typing import Any

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class UNGoal:
    """One of the seventeen. `targets`: "3.1", "3.2", … and then "3.a", "3.b", …, in the order of the resolution."""

    number: int
    da: str
    en: str
    targets: tuple[str, ...]

    @property
    def title(self) -> str:
        """The short title in the language of the page."""
        return self.en if (get_language() or "da").startswith("en") else self.da

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


@dataclass(frozen=True, slots=True)
class StarterArea:
    """A policy area as most houses have it, with the goals that it usually touches."""

    name: str
    goals: tuple[int, ...]


@cache
def un_goals() -> tuple[UNGoal, ...]:
    """The seventeen, by number."""
    return tuple(_goal(row) for row in _data()["goals"])


@cache
def un_goal(number: int) -> UNGoal:
    """The goal of this number; raises `KeyError` where there is none."""
    return {goal.number: goal for goal in un_goals()}[number]


@cache
def target_numbers() -> tuple[str, ...]:
    """All 169, goal by goal."""
    return tuple(target for goal in un_goals() for target in goal.targets)


def goal_of_target(target: str) -> int:
    """The goal that a target belongs to: "3.4" → 3; raises `KeyError` where there is no such target."""
    return _goal_by_target()[target]


def target_order(target: str) -> int:
    """The place of a target in the whole list, so that 3.10 follows 3.9 and 3.a comes last."""
    return _places()[target]


@cache
def starter_areas() -> tuple[StarterArea, ...]:
    """The usual areas, in the order in which they are laid in."""
    return tuple(StarterArea(row["name"], tuple(row["goals"])) for row in _data()["areas"])


@cache
def _goal_by_target() -> dict[str, int]:
    return {target: goal.number for goal in un_goals() for target in goal.targets}


@cache
def _places() -> dict[str, int]:
    return {target: place for place, target in enumerate(target_numbers())}


def _goal(row: dict[str, Any]) -> UNGoal:
    numbers = [str(place) for place in range(1, row["numbered"] + 1)] + list(ascii_lowercase[: row["lettered"]])
    return UNGoal(row["number"], row["da"], row["en"], tuple(f"{row['number']}.{one}" for one in numbers))


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("sagsgang.goals").joinpath("catalogue.toml").read_text(encoding="utf-8"))
