"""Deals matters to the meetings of the plan: which kind takes which path in which rul."""

from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from sagsgang.site.demo.matters import MatterKind
from sagsgang.site.demo.plan import COMMITTEES, Plan, Planned

ITEMS = 404
STANDING = {"DIR": 2, "HU": 3, "ØK": 3, "KB": 3, "BSU": 3, "SSU": 3, "MTU": 3, "KFU": 3}
WEIGHTS = {"DIR": 6.0, "HU": 5.0, "ØK": 11.0, "KB": 11.0, "BSU": 7.0, "SSU": 7.0, "MTU": 8.0, "KFU": 6.0}
MIRROR_ITEMS = 2  # beside the composite item
BEYOND = 5  # matters that may already be on their way to a meeting without an agenda
ORDER = ("KB", "ØK", "HU", *COMMITTEES, "DIR")
TRAVELLED = {1: 1.0, 2: 3.0, 3: 4.0, 4: 3.0}  # a matter that travels is preferred
CLOSED_SHARE = 0.11  # of the matters: some 8 per cent of all items
LACKING = 15.0  # how much a closed matter is preferred while there are too few
POSTPONED_SHARE = 0.12


@dataclass(frozen=True, slots=True)
class Dealt:
    """A kind of matter on its way: `steps` are meetings; `turn` is what else happens."""

    kind: MatterKind
    steps: tuple[Planned, ...]
    turn: str = ""  # "postponed" at the first step, "halted" at the first step
    is_whole: bool = False  # with every attachment that the kind names


class Docket:
    """Fills the meetings rul by rul, from the council downwards."""

    def __init__(self, plan: Plan, kinds: tuple[MatterKind, ...], taken: Counter[Planned], rng: Random) -> None:
        self.plan = plan
        self.kinds = kinds
        self.rng = rng
        self.used: Counter[str] = Counter()
        self.closed = 0
        self.places = 0
        self.dealt: list[Dealt] = []
        self.need = self._needs(taken)

    def _needs(self, taken: Counter[Planned]) -> Counter[Planned]:
        held = [m for m in self.plan.meetings if self.plan.has_items(m)]
        standing = sum(STANDING[m.body_code] for m in held)
        weight = sum(WEIGHTS[m.body_code] for m in held if m != self.plan.mirror)
        each = (ITEMS - standing - sum(taken.values()) - MIRROR_ITEMS) / weight
        need = Counter({m: max(2, round(WEIGHTS[m.body_code] * each)) for m in held})
        need[self.plan.mirror] = MIRROR_ITEMS
        need.update({m: BEYOND for m in self.plan.meetings if m not in need})
        return need

    def deal(self) -> list[Dealt]:
        for rul in sorted({m.rul for m in self.plan.meetings}):
            meetings = [m for m in self.plan.meetings if m.rul == rul]
            month = meetings[-1].held_on.month
            for code in ORDER:
                for meeting in [m for m in meetings if m.body_code == code]:
                    self._fill(meeting, meetings, month)
        self._halt_one()
        return self.dealt

    def _fill(self, meeting: Planned, meetings: list[Planned], month: int) -> None:
        while self.need[meeting] > 0 and (options := self._options(meeting, meetings, month)):
            weights = [self._weight(option) for option in options]
            self._take(self.rng.choices(options, weights)[0])

    def _options(self, meeting: Planned, meetings: list[Planned], month: int) -> list[Dealt]:
        """Each kind that may end at this meeting, with a path through the rul's meetings before it."""
        near = {d.kind.key for d in self.dealt if d.steps[0].rul >= meeting.rul - (d.kind.closing is None)}
        options = []
        for kind in self.kinds:
            if kind.key in near or (kind.months and month not in kind.months):
                continue
            if kind.closing and self.closed >= CLOSED_SHARE * (self.places + 25):
                continue
            for route in kind.routes:
                if route[-1] == meeting.body_code and (steps := self._path(route, meeting, meetings)):
                    options.append(Dealt(kind, steps))
        return options

    def _path(self, route: tuple[str, ...], last: Planned, meetings: list[Planned]) -> tuple[Planned, ...]:
        steps = [last]
        for code in reversed(route[:-1]):
            fits = [m for m in meetings if m.body_code == code and m.held_on < steps[0].held_on and self.need[m] > 0]
            if not fits:
                return ()
            steps.insert(0, self.rng.choice(fits))
        return tuple(steps) if self.plan.has_items(steps[0]) else ()

    def _weight(self, option: Dealt) -> float:
        seasonal = 4.0 if option.kind.months else 1.0
        lacking = option.kind.closing is not None and self.closed < CLOSED_SHARE * self.places
        seasonal *= LACKING if lacking else 1.0
        return seasonal * TRAVELLED[len(option.steps)] / (1 + 6 * self.used[option.kind.key]) ** 2

    def _take(self, option: Dealt) -> None:
        if option.kind.kind == "B" and len(option.steps) == 1 and self.rng.random() < POSTPONED_SHARE:
            option = self._postponed(option)
        self.dealt.append(option)
        self.used[option.kind.key] += 1
        for step in option.steps:
            self.need[step] -= 1
            if self.plan.has_items(step):
                self.places += 1
                self.closed += option.kind.closing is not None

    def _postponed(self, option: Dealt) -> Dealt:
        """Postponed to the same body's next meeting."""
        later = self.plan.after(option.steps[0])
        if later is None or option.kind.closing or self.plan.state(option.steps[0]) != "minutes":
            return option
        return replace(option, steps=(*option.steps, later), turn="postponed")

    def _halt_one(self) -> None:
        """One committee decision is taken to the council by a member (standsningsretten)."""
        for place, dealt in enumerate(self.dealt):
            first = dealt.steps[0]
            if (
                first.body_code not in COMMITTEES
                or len(dealt.steps) > 1
                or dealt.kind.closing
                or dealt.kind.kind != "B"
            ):
                continue
            council = next(m for m in self.plan.of("KB") if m.rul == first.rul)
            if self.plan.state(council) == "minutes":
                self.dealt[place] = replace(dealt, steps=(first, council), turn="halted")
                return
