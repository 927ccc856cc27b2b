"""The overview of goals: what is counted of assessed cases and the items on which bodies treated them. No database."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

FURTHERS, COUNTERS = "furthers", "counters"


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment of a case, or of one item of it (`item`). `goal` is "1" to "17", or the key of a local goal."""

    case: UUID
    item: UUID | None
    goal: str
    direction: str


@dataclass(frozen=True, slots=True)
class Treated:
    """A case on the agenda of a body. `is_own`: it stands there by itself, and not below another item of the same case."""

    item: UUID
    case: UUID
    title: str
    body: UUID
    body_name: str
    on: date
    is_own: bool
    is_decided: bool
    is_closed: bool
    page: UUID  # the item whose page shows it: itself, or the one that it stands below


@dataclass(frozen=True, slots=True)
class Placed:
    """An assessment where a body met it."""

    tag: Assessed
    at: Treated


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands behind one number of the heat map."""

    placed: tuple[Placed, ...] = ()

    @property
    def cases(self) -> frozenset[UUID]:
        """The cases, each once."""
        return frozenset(one.at.case for one in self.placed)

    @property
    def decisions(self) -> frozenset[UUID]:
        """The items that were decided, each once."""
        return frozenset(one.at.item for one in self.placed if one.at.is_decided)

    def kroner(self, amounts: Mapping[UUID, Decimal]) -> Decimal:
        """What its cases grant, each with its whole amount."""
        return sum((amounts.get(case, Decimal(0)) for case in self.cases), Decimal(0))

    def towards(self, direction: str) -> frozenset[UUID]:
        """The cases that are assessed so."""
        return frozenset(one.at.case for one in self.placed if one.tag.direction == direction)


@dataclass(frozen=True, slots=True)
class Within:
    """A case that furthers one goal and counters another."""

    case: UUID
    title: str
    furthers: tuple[str, ...]
    counters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Cases of one year at one body that pull one goal in different directions."""

    goal: str
    body: UUID
    body_name: str
    year: int
    furthers: frozenset[UUID]
    counters: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the overview is computed from: all that the reader may see of the period and of the year before its end."""

    start: date
    end: date
    tags: tuple[Assessed, ...] = ()
    treated: tuple[Treated, ...] = ()
    amounts: Mapping[UUID, Decimal] = field(default_factory=dict)
    local_names: Mapping[str, str] = field(default_factory=dict)

    def open_only(self) -> "Facts":
        """Without what is closed: what may stand in a file, which goes from hand to hand."""
        treated = tuple(one for one in self.treated if not one.is_closed)
        cases, items = {one.case for one in treated}, {one.item for one in treated}
        tags = tuple(tag for tag in self.tags if tag.case in cases and (tag.item is None or tag.item in items))
        amounts = {case: amount for case, amount in self.amounts.items() if case in cases}
        goals = {tag.goal for tag in tags}
        return replace(
            self, tags=tags, treated=treated, amounts=amounts,
            local_names={key: name for key, name in self.local_names.items() if key in goals},
        )  # fmt: skip

    def placed(self, *, since: date | None = None) -> list[Placed]:
        """Each assessment with each item that it is about, from `since` (the period's first day) to its end."""
        by_case: dict[UUID, list[Assessed]] = defaultdict(list)
        for tag in self.tags:
            by_case[tag.case].append(tag)
        return [
            Placed(tag, at)
            for at in self.treated
            if (since or self.start) <= at.on <= self.end
            for tag in by_case[at.case]
            if (at.is_own if tag.item is None else tag.item == at.item)
        ]

    def chosen(self, fits: Callable[[Placed], bool]) -> Cell:
        """What fits of the period: the rows behind a number are the rows that it counts."""
        return Cell(tuple(one for one in self.placed() if fits(one)))


def cells(facts: Facts) -> dict[tuple[str, UUID], Cell]:
    """By goal and body; what has no case is not there."""
    found: dict[tuple[str, UUID], list[Placed]] = defaultdict(list)
    for one in facts.placed():
        found[one.tag.goal, one.at.body].append(one)
    return {key: Cell(tuple(placed)) for key, placed in found.items()}


def untouched(facts: Facts, goals: Iterable[str], since: date) -> list[str]:
    """The goals of which no assessed case was on an agenda from `since` on."""
    touched = {one.tag.goal for one in facts.placed(since=since)}
    return [goal for goal in goals if goal not in touched]


def pulls_both_ways(furthers: Iterable[object], counters: Iterable[object]) -> bool:
    """Does what furthers and counters these goals further one of them and counter another?"""
    pushed, pulled = set(furthers), set(counters)
    return bool(pushed and pulled) and len(pushed | pulled) > 1


def conflicts_within(facts: Facts) -> list[Within]:
    """Cases of the period that further a goal and counter another, by title."""
    directions: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    titles: dict[UUID, str] = {}
    for one in facts.placed():
        directions[one.at.case][one.tag.direction].add(one.tag.goal)
        titles[one.at.case] = one.at.title
    return sorted(
        (
            Within(case, titles[case], tuple(sorted(by[FURTHERS], key=_order)), tuple(sorted(by[COUNTERS], key=_order)))
            for case, by in directions.items()
            if pulls_both_ways(by[FURTHERS], by[COUNTERS])
        ),
        key=lambda row: row.title.casefold(),
    )


def conflicts_between(facts: Facts) -> list[Between]:
    """Goals that different cases of a year pull both ways at the same body, the newest year first."""
    groups: dict[tuple[str, UUID, int], list[Placed]] = defaultdict(list)
    for one in facts.placed():
        groups[one.tag.goal, one.at.body, one.at.on.year].append(one)
    found = []
    for (goal, body, year), placed in groups.items():
        furthers, counters = Cell(tuple(placed)).towards(FURTHERS), Cell(tuple(placed)).towards(COUNTERS)
        if furthers and counters and len(furthers | counters) > 1:
            found.append(Between(goal, body, placed[0].at.body_name, year, furthers, counters))
    return sorted(found, key=lambda row: (-row.year, _order(row.goal), row.body_name.casefold()))


def _order(goal: str) -> tuple[int, str]:
    return (int(goal), "") if goal.isdecimal() else (99, goal)
