"""The earliest days on which a path can be followed: a proposal that `check_path` has no error against."""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sagsgang.bodies.models import BodyKind
from sagsgang.cases.plans import PathPlan
from sagsgang.cases.rules.path.route import Demands, Place, Route, demands, lay_out


@dataclass(frozen=True, slots=True)
class _Beginning:
    """Days for the first steps: how many found none, and how many have one that is only just possible."""

    days: tuple[date | None, ...] = ()
    undated: int = 0
    warned: int = 0

    @property
    def order(self) -> tuple[date, ...]:
        return tuple(day or date.max for day in self.days)

    @property
    def score(self) -> tuple[int, int, date, tuple[date, ...]]:
        """What is better is smaller: every step dated, nothing only just, finished early, each step early."""
        return self.undated, self.warned, max((day for day in self.days if day), default=date.min), self.order


def propose_dates(plan: PathPlan, *, earliest: date, kept: Collection[int] = ()) -> list[date | None]:
    """A day for every step, none before `earliest`; None where the plan has no meeting that can be reached.

    Days that only just work (R6: if Saturday counts) are proposed where the path cannot be followed otherwise. The steps in
    `kept`, by place, keep their days: they have been held. The days that steps have otherwise are not looked at.

    Every rule asks for a day that is late enough, so an earlier beginning is never worse for what follows. Beginnings are
    therefore dropped when another one is as early in everything that the later steps look at, and no worse in itself.
    """
    route = lay_out(plan)
    beginnings = [_Beginning()]
    for place in route.places:
        longer = [found for begun in beginnings for found in _continued(route, place, begun, earliest, kept)]
        beginnings = _undominated(route, place, longer)
    return list(min(beginnings, key=lambda begun: begun.score).days)


def _continued(
    route: Route, place: Place, begun: _Beginning, earliest: date, kept: Collection[int]
) -> list[_Beginning]:
    if place.at in kept and place.on:
        return [_Beginning((*begun.days, place.on), begun.undated, begun.warned)]
    safe, possible = _first_days(demands(route, place, begun.days), route.meetings[place.step.body], earliest)
    found = []
    if safe:
        found.append(_Beginning((*begun.days, safe), begun.undated, begun.warned))
    if possible:
        found.append(_Beginning((*begun.days, possible), begun.undated, begun.warned + 1))
    return found or [_Beginning((*begun.days, None), begun.undated + 1, begun.warned)]


def _first_days(asked: Demands, meetings: tuple[date, ...], earliest: date) -> tuple[date | None, date | None]:
    """The first day that nothing speaks against, and one before it that is only just possible."""
    possible = None
    for day in meetings[bisect_left(meetings, earliest) :]:
        standing = asked.standing(day)
        if standing is None:
            return day, possible
        if standing == "warning":
            possible = possible or day
    return None, possible


def _undominated(route: Route, place: Place, beginnings: list[_Beginning]) -> list[_Beginning]:
    """Those that no other one is as good as in everything."""
    kept: list[tuple[tuple[date, ...], _Beginning]] = []
    for begun in sorted(beginnings, key=lambda begun: (begun.undated, begun.warned, begun.order)):
        facts = _facts(route, place, begun)
        if not any(
            other.order <= begun.order
            and other.undated <= begun.undated
            and other.warned <= begun.warned
            and all(a <= b for a, b in zip(known, facts, strict=True))
            for known, other in kept
        ):
            kept.append((facts, begun))
    return [begun for _, begun in kept]


def _facts(route: Route, place: Place, begun: _Beginning) -> tuple[date, ...]:
    """What later steps look at: last day and last protocol, before this stage and with it, and first readings."""
    dated = [(day, other) for day, other in zip(begun.days, route.places, strict=False) if day]
    before = [(day, other) for day, other in dated if other.stage < place.stage]
    firsts = (
        day or date.min
        for day, other in zip(begun.days, route.places, strict=False)
        if other.body.kind == BodyKind.COUNCIL and other.step.reading == 1
    )
    return (
        *(max((day for day, _ in group), default=date.min) for group in (before, dated)),
        *(max((other.protocol_on(day) for day, other in group), default=date.min) for group in (before, dated)),
        *firsts,
    )
