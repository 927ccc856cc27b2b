"""Puts the cases on the agendas, numbers the items, lets the held meetings decide, in the order of time."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sagsgang.site.demo.attendance import Attendance, draw_attendance
from sagsgang.site.demo.bodies import NAMES
from sagsgang.site.demo.cases import Case, join
from sagsgang.site.demo.decisions import Bench, Ruling
from sagsgang.site.demo.mirror import gather
from sagsgang.site.demo.people import People
from sagsgang.site.demo.plan import LENGTH, PLACES, SENT_BEFORE, STARTS, Plan, Planned
from sagsgang.site.demo.shapes import Body, Decision, FollowUp, Item, Meeting, MeetingState
from sagsgang.site.demo.standing import Standing

KIND_ORDER = {"B": 0, "D": 1, "O": 2}
ITEMS_A_MONTH = {"KB": 14, "ØK": 13, "MTU": 9}  # about as many they had before the first meeting shown
TASK_DAYS = 60


@dataclass(frozen=True, slots=True)
class House:
    """What the agendas are made from."""

    plan: Plan
    people: People
    bodies: dict[str, Body]
    cases: list[Case]
    composite: Case
    parts: list[Case]


class Agendas:
    """Makes every meeting of the plan; earlier bodies' decisions are remembered by case."""

    def __init__(self, house: House, rng: Random) -> None:
        self.house = house
        self.rng = rng
        self.decided: dict[str, list[Decision]] = defaultdict(list)
        self.numbers: dict[tuple[str, int], int] = {}
        self.listed: dict[Planned, list[tuple[Case, int]]] = defaultdict(list)
        for case in [*house.cases, *house.parts]:
            for place, step in enumerate(case.steps):
                if case not in house.parts or place:
                    self.listed[step].append((case, place))

    def meetings(self) -> tuple[Meeting, ...]:
        return tuple(self._meeting(planned) for planned in self.house.plan.meetings)

    def _meeting(self, planned: Planned) -> Meeting:
        code = planned.body_code
        state = self.house.plan.state(planned)
        blank = Meeting(code, planned.held_on, STARTS[code], None, PLACES[code], "planned")
        if state == "planned":
            return blank
        attendance = self._attendance(planned) if state == "minutes" else None
        items = self._items(planned, attendance)
        sent = planned.held_on - timedelta(days=SENT_BEFORE)
        meeting = replace(
            blank, state="agenda", items=items, agenda_sent_on=sent if sent <= self.house.plan.today else None
        )
        return self._held(meeting, attendance) if attendance else meeting

    def _held(self, meeting: Meeting, attendance: Attendance) -> Meeting:
        length = LENGTH[meeting.body_code] + self.rng.randrange(-20, 30, 5)
        ends = datetime.combine(meeting.held_on, meeting.starts) + timedelta(minutes=length)
        state: MeetingState = "minutes"
        return replace(
            meeting,
            state=state,
            ends=ends.time(),
            chaired_by=attendance.chaired_by,
            present=attendance.present,
            absent=attendance.absent,
        )

    def _attendance(self, planned: Planned) -> Attendance:
        bodies = self.house.bodies
        is_mirror = planned == self.house.plan.mirror
        return draw_attendance(bodies[planned.body_code], self.house.people, bodies["KB"], self.rng, is_mirror)

    def _items(self, planned: Planned, attendance: Attendance | None) -> tuple[Item, ...]:
        body = self.house.bodies[planned.body_code]
        standing = Standing(body, planned, attendance, self.house.people, self.rng)
        bench = Bench(body, attendance, self.house.people, self.rng) if attendance else None
        listed = sorted(self.listed[planned], key=lambda pair: _order(pair[0]))
        entries: list[Item | tuple[Case, int]] = [*standing.opening()]
        if planned == self.house.plan.mirror:
            entries.append((self.house.composite, 0))
        entries += [*listed, *standing.closing()]
        number = self._first_number(body, planned, len(entries))
        return tuple(self._entry(entry, number + n, bench) for n, entry in enumerate(entries))

    def _first_number(self, body: Body, planned: Planned, count: int) -> int:
        if body.numbering == "meeting":
            return 1
        key = (body.code, planned.held_on.year)
        is_first_year = all(known[0] != body.code for known in self.numbers)
        before = (planned.held_on.month - 1) * ITEMS_A_MONTH[body.code] if is_first_year else 0
        first = self.numbers.get(key, before + 1)
        self.numbers[key] = first + count
        return first

    def _entry(self, entry: Item | tuple[Case, int], number: int, bench: Bench | None) -> Item:
        if isinstance(entry, Item):
            return replace(entry, number=number, decisions=tuple(replace(d, number=number) for d in entry.decisions))
        case, place = entry
        item = self._item(case, place, number, bench)
        if case is not self.house.composite:
            return item
        return gather(item, [self._item(part, 0, number, bench) for part in self.house.parts])

    def _item(self, case: Case, place: int, number: int, bench: Bench | None) -> Item:
        ruling = bench.rule(case, place) if bench else None
        if ruling:
            step = case.steps[place]
            decision = Decision(step.body_code, step.held_on, ruling.html, ruling.outcome, number)
            self.decided[case.key].append(decision)
        item = Item(
            number=number,
            title=case.title,
            public_title=case.public_title,
            kind=case.kind.kind,
            access="closed" if case.kind.closing else "open",
            policy_area=case.kind.area,
            case_key=case.key,
            case_number=case.number,
            responsible=case.kind.caseworker,
            path=case.path,
            sections=case.sections,
            recommendation=case.recommendation(place),
            decisions=tuple(self.decided[case.key]),
            absent=ruling.absent if ruling else (),
            attachments=case.attachments,
            followups=self._followups(case, place) if ruling else (),
        )
        return _close(item, case, place, ruling)

    def _followups(self, case: Case, place: int) -> tuple[FollowUp, ...]:
        """Tasks from the first body's decision, due before the next step."""
        if place:
            return ()
        manager = self.house.people.manager_of(case.kind.caseworker)
        day = case.steps[0].held_on + timedelta(days=TASK_DAYS)
        if len(case.steps) > 1:
            day = case.steps[1].held_on - timedelta(days=SENT_BEFORE)
        return tuple(FollowUp(text, manager.key, manager.title, day) for text in case.tasks)


def _close(item: Item, case: Case, place: int, ruling: Ruling | None) -> Item:
    """Add the ground and the reason; on decided items the public extract, or why there is none."""
    if not case.kind.closing:
        return item
    item = replace(item, ground=case.kind.closing.ground, reason=case.reason, marker=case.marker)
    if ruling is None:
        return item
    later = [NAMES[step.body_code] for step in case.steps[place + 1 :]]
    if later:
        extract = f"{NAMES[case.steps[place].body_code]} har afgivet indstilling til {join(later)}."
        return replace(item, extract=extract)
    return replace(item, extract=case.extract, withheld_reason="" if case.extract else case.withheld)


def _order(case: Case) -> tuple[bool, int, str]:
    """Open before closed; to decide before to discuss before to be told."""
    return case.kind.closing is not None, KIND_ORDER[case.kind.kind], case.key
