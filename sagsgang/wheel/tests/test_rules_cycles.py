"""The political cycles of a year: the source document's spring of 2023, and years that are less tidy. No database."""

from datetime import date, timedelta
from random import Random

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules import cycles_of
from sagsgang.wheel.shapes import Cycle, CycleBody
from sagsgang.wheel.tests.years import body, by_rule, day, document_bodies, moved, steps

SPRING = [
    ("DIR", "2023-04-12"), ("MTU", "2023-04-24"), ("HU", "2023-04-27"), ("ØK", "2023-05-16"), ("KB", "2023-05-23"),
]  # fmt: skip


def cycle(name: str, *bodies: CycleBody, closing_days: frozenset[date] = frozenset()) -> Cycle:
    (found,) = [some for some in cycles_of(bodies, int(name[:4]), closing_days) if some.id == name]
    return found


@pytest.mark.parametrize("rule", ["FREQ=MONTHLY;BYDAY=2WE", "FREQ=WEEKLY;BYDAY=WE"])
def test_the_cycle_of_the_document_comes_from_the_rules_of_its_bodies(rule: str) -> None:
    may = cycle("2023-05", *document_bodies(DIR=rule))

    assert steps(may) == SPRING
    assert (may.start, may.closes) == (day("2023-04-12"), day("2023-05-23"))


def test_every_step_has_the_deadlines_of_the_worked_calendar() -> None:
    found = {
        step.body: (step.safe.isoformat(), step.outer.isoformat())
        for step in cycle("2023-05", *document_bodies()).steps
    }

    assert found == {
        "DIR": ("2023-04-03", "2023-04-04"),
        "MTU": ("2023-04-18", "2023-04-19"),
        "HU": ("2023-04-21", "2023-04-22"),
        "ØK": ("2023-05-10", "2023-05-11"),
        "KB": ("2023-05-16", "2023-05-17"),
    }


def test_each_meeting_of_the_council_closes_one_and_none_stands_in_two() -> None:
    bodies = document_bodies()
    cycles = cycles_of(bodies, 2023)

    assert [some.id for some in cycles] == [f"2023-{month:02}" for month in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)]
    used = [(step.body, step.on) for some in cycles for step in some.steps]
    assert len(used) == len(set(used))


def test_a_cycle_begins_before_new_year_and_leaves_its_meetings_to_no_other() -> None:
    bodies = document_bodies()

    january = cycle("2023-01", *bodies)
    december = cycles_of(bodies, 2022)[-1]
    assert january.start == day("2022-12-14")
    assert not {(step.body, step.on) for step in january.steps} & {(step.body, step.on) for step in december.steps}


def test_two_meetings_of_the_council_in_october_close_two_cycles() -> None:
    bodies = moved(document_bodies(), "KB", to="2023-10-03")

    october = [some for some in cycles_of(bodies, 2023) if some.id.startswith("2023-10")]

    assert [some.id for some in october] == ["2023-10", "2023-10-b"]
    assert steps(october[0]) == [("DIR", "2023-09-13"), ("MTU", "2023-09-25"), ("KB", "2023-10-03")]
    assert steps(october[1])[1:] == [("HU", "2023-09-28"), ("ØK", "2023-10-17"), ("KB", "2023-10-24")]
    # The directorate has met once only: both cycles begin with that meeting.
    assert october[1].start == day("2023-09-13")


def test_no_meeting_in_july_leaves_june_to_the_cycle_of_august() -> None:
    found = {some.id: some for some in cycles_of(document_bodies(), 2023)}

    assert "2023-07" not in found
    assert steps(found["2023-08"]) == [
        ("DIR", "2023-06-14"), ("MTU", "2023-06-26"), ("HU", "2023-06-29"), ("ØK", "2023-08-15"), ("KB", "2023-08-22"),
    ]  # fmt: skip


def test_a_moved_meeting_of_the_finance_committee_moves_what_reaches_it() -> None:
    later = moved(document_bodies(), "ØK", away="2023-05-16", to="2023-05-12")
    earlier = moved(document_bodies(), "ØK", away="2023-05-16", to="2023-05-02")

    assert steps(cycle("2023-05", *later)) == [*SPRING[:3], ("ØK", "2023-05-12"), ("KB", "2023-05-23")]
    # On 2 May it is too early for the works council of 27 April, whose protocol comes after the outer deadline.
    assert steps(cycle("2023-05", *earlier)) == [*SPRING[:2], ("ØK", "2023-05-02"), ("KB", "2023-05-23")]
    assert ("HU", "2023-04-27") not in steps(cycle("2023-05", *earlier))


def test_a_cancelled_meeting_of_a_committee_leaves_it_out_of_the_cycle() -> None:
    assert steps(cycle("2023-05", *moved(document_bodies(), "MTU", away="2023-04-24"))) == [SPRING[0], *SPRING[2:]]


def test_a_finance_meeting_that_comes_too_late_is_still_the_cycles_own() -> None:
    bodies = moved(document_bodies(), "ØK", away="2023-05-16", to="2023-05-19")

    assert ("ØK", "2023-05-19") in steps(cycle("2023-05", *bodies))


def test_a_closing_day_moves_the_deadline_and_with_it_the_step() -> None:
    finance = body("ØK", ["2023-05-08", "2023-05-16"])
    council = body("KB", ["2023-05-23"])

    assert steps(cycle("2023-05", finance, council))[0] == ("ØK", "2023-05-16")
    assert steps(cycle("2023-05", finance, council, closing_days=frozenset([day("2023-05-19")])))[0] == (
        "ØK", "2023-05-08",
    )  # fmt: skip


def test_without_a_directorate_the_earliest_step_is_the_start() -> None:
    found = cycle("2023-05", *(by_rule(code) for code in ("HU", "MTU", "ØK", "KB")))

    assert (found.start, steps(found)) == (day("2023-04-24"), SPRING[1:])


def test_without_a_finance_committee_the_others_lead_up_to_the_council() -> None:
    found = cycle("2023-05", *(by_rule(code) for code in ("DIR", "MTU", "KB")))

    assert steps(found) == [("DIR", "2023-04-12"), ("MTU", "2023-04-24"), ("KB", "2023-05-23")]


def test_a_council_alone_closes_what_it_begins_and_without_one_there_is_no_cycle() -> None:
    alone = cycle("2023-05", body("KB", ["2023-05-23"]))

    assert (alone.start, alone.closes, steps(alone)) == (alone.closes, day("2023-05-23"), [("KB", "2023-05-23")])
    assert cycles_of([by_rule("DIR"), by_rule("ØK")], 2023) == ()
    assert cycles_of([], 2023) == ()


def test_a_directorate_that_meets_seldom_opens_with_the_outer_deadline_rather_than_twice() -> None:
    # 20 April is in time for 27 April if Saturday counts, and not otherwise.
    directorate = body("DIR", ["2023-03-08", "2023-04-21"])
    council = body("KB", ["2023-04-25", "2023-05-23"])
    works = body("HU", ["2023-03-30", "2023-04-27"])
    finance = body("ØK", ["2023-04-18", "2023-05-16"])

    assert steps(cycle("2023-05", directorate, works, finance, council))[0] == ("DIR", "2023-04-21")
    assert steps(cycle("2023-04", directorate, works, finance, council))[0] == ("DIR", "2023-03-08")


def test_the_order_of_bodies_and_meetings_makes_no_difference() -> None:
    bodies = document_bodies()
    shuffled = [
        CycleBody(some.code, some.kind, some.name, (*reversed(some.meetings), some.meetings[0]))
        for some in reversed(bodies)
    ]

    assert cycles_of(shuffled, 2023) == cycles_of(bodies, 2023)


def test_a_council_that_meets_every_day_has_a_name_for_each_of_its_cycles() -> None:
    daily = CycleBody("KB", "council", "KB", tuple(date(2023, 5, 1) + timedelta(days=n) for n in range(31)))

    names = [some.id for some in cycles_of([daily], 2023)]
    assert len(set(names)) == 31 and names[:3] == ["2023-05", "2023-05-b", "2023-05-c"]
    assert max(map(len, names)) <= 10


KINDS_IN_ANY_TOWN = ("directorate", "works_council", "committee", "committee", "adhoc", "other", "finance", "council")


@pytest.mark.parametrize("seed", range(60))
def test_in_invented_towns_no_meeting_stands_in_two_cycles_and_each_reaches_the_next(seed: int) -> None:
    dice = Random(seed)
    bodies = {
        f"B{number}": CycleBody(
            f"B{number}",
            kind,
            "",
            tuple(date(2022, 6, 1) + timedelta(days=dice.randrange(760)) for _ in range(dice.choice([1, 5, 20, 60]))),
            dice.choice([0, 1, 4, 10]),
            dice.choice([0, 1, 7]),
        )
        for number, kind in enumerate(dice.sample(KINDS_IN_ANY_TOWN, 7))
    }
    seen = set()

    for some in cycles_of(list(bodies.values()), 2023):
        days = [step.on for step in some.steps]
        assert days == sorted(days) and (some.start, some.closes) == (days[0], days[-1])
        target = next((step for step in some.steps if bodies[step.body].kind == "finance"), some.steps[-1])
        for step in some.steps:
            assert step.on in bodies[step.body].meetings
            if bodies[step.body].kind in ("works_council", "committee", "adhoc"):
                ready = step.on + timedelta(days=bodies[step.body].protocol_days)
                assert ready <= target.outer and step.on < target.on
            if bodies[step.body].kind != "directorate":
                assert (step.body, step.on) not in seen
                seen.add((step.body, step.on))


def test_the_edges_of_the_calendar_have_cycles_and_years_beyond_have_none() -> None:
    assert len(cycles_of(document_bodies(2001), 2001)) == 11
    early = CycleBody("KB", "council", "KB", (date(1999, 12, 28), date(2000, 1, 4)))
    assert [some.id for some in cycles_of([early], 2000)] == ["2000-01"]
    for year in (1999, 2101):
        with pytest.raises(RuleBrokenError):
            cycles_of([early], year)
