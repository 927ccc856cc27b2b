"""The plan of a whole year: paths before deadlines, and what is wrong with it. No database."""

from dataclasses import replace
from datetime import date

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules import cycles_around, cycles_of, path_before, plan_year
from sagsgang.wheel.shapes import CycleBody, Entry, YearFinding, YearPlan
from sagsgang.wheel.tests.years import EQUALITY, body, by_rule, day, document_bodies, iso, moved, steps

BODIES = document_bodies()
CYCLES = cycles_of(BODIES, 2023)
PATH = [("DIR", "2023-04-12"), ("HU", "2023-04-27"), ("ØK", "2023-05-16"), ("KB", "2023-05-23")]


def laid(entry: Entry, on: str, bodies: tuple[CycleBody, ...] = BODIES) -> list[tuple[str, str]]:
    """Body and day of each step of the path before the day."""
    return steps(path_before(entry, day(on), bodies, cycles_around(bodies, 2023)))


def short(findings: tuple[YearFinding, ...]) -> list[tuple[str, str, str, str | None]]:
    """Rule, severity, body and day of each finding."""
    return [(f.rule, f.severity, f.body, f.on.isoformat() if f.on else None) for f in findings]


def of_entry(plan: YearPlan) -> list[tuple[str, str, str, str | None]]:
    """The findings about entries."""
    return short(tuple(finding for finding in plan.findings if finding.entry))


def test_the_path_of_the_equality_report_before_1_june_2023() -> None:
    assert laid(EQUALITY, "2023-06-01") == PATH


def test_with_a_weekly_directorate_the_path_still_begins_with_the_cycle() -> None:
    assert laid(EQUALITY, "2023-06-01", document_bodies(DIR="FREQ=WEEKLY;BYDAY=WE")) == PATH


@pytest.mark.parametrize(
    ("due", "closes"),
    [
        ("2023-06-01", "2023-05-23"),
        ("2023-05-25", "2023-05-23"),
        ("2023-05-24", "2023-04-25"),
        ("2023-05-23", "2023-04-25"),
    ],
)
def test_before_a_deadline_the_protocol_must_be_there_too(due: str, closes: str) -> None:
    assert laid(EQUALITY, due)[-1] == ("KB", closes)


def test_what_is_no_deadline_takes_the_meeting_on_its_day_or_before() -> None:
    entry = replace(EQUALITY, is_deadline=False)

    assert laid(entry, "2023-05-23") == PATH
    assert laid(entry, "2023-05-22")[-1] == ("KB", "2023-04-25")


def test_an_entry_of_every_cycle_takes_the_meetings_of_its_own_cycle() -> None:
    entry = Entry("m", "Månedsgrebet", "CYCLE", path=("DIR", "ØK"))

    assert laid(entry, "2023-04-12") == [("DIR", "2023-04-12"), ("ØK", "2023-05-16")]
    assert laid(replace(entry, rule="CYCLE;STEP=KB;DAYS=-14"), "2023-05-09") == [
        ("DIR", "2023-04-12"), ("ØK", "2023-05-16"),
    ]  # fmt: skip


def test_a_body_that_the_cycle_lacks_meets_before_the_next_step_can_be_reached() -> None:
    bodies = (
        *BODIES,
        CycleBody("ÆR", "other", "Ældrerådet", (day("2023-03-20"), day("2023-04-20"), day("2023-05-11"))),
    )
    entry = replace(EQUALITY, path=("ÆR", "HU", "KB"))

    assert laid(entry, "2023-06-01", bodies) == [("ÆR", "2023-04-20"), ("HU", "2023-04-27"), ("KB", "2023-05-23")]


def test_steps_that_stand_side_by_side_in_the_cycle_go_back_where_one_must_follow_the_other() -> None:
    entry = replace(EQUALITY, path=("MTU", "HU", "KB"))

    # The committee of 24 April reaches the council, but not the works council of 27 April.
    assert laid(entry, "2023-06-01") == [("MTU", "2023-03-27"), ("HU", "2023-04-27"), ("KB", "2023-05-23")]


def test_the_council_twice_are_two_meetings() -> None:
    entry = replace(EQUALITY, path=("KB", "ØK", "KB"))

    assert laid(entry, "2023-06-01") == [("KB", "2023-04-25"), ("ØK", "2023-05-16"), ("KB", "2023-05-23")]


def test_a_path_that_cannot_be_laid_is_empty() -> None:
    early = tuple(
        replace(some, meetings=tuple(on for on in some.meetings if on > day("2023-05-01"))) for some in BODIES
    )

    assert laid(EQUALITY, "2023-06-01", early) == []
    assert laid(replace(EQUALITY, path=()), "2023-06-01") == []
    assert laid(replace(EQUALITY, path=("XX", "KB")), "2023-06-01") == []


def test_the_year_of_the_document() -> None:
    found = plan_year(BODIES, [EQUALITY, Entry("m", "Månedsgrebet", "CYCLE", path=("DIR",))], 2023)

    (report,) = [some for some in found.days if some.entry == "ligestilling"]
    assert (report.on, report.lead_on, steps(report.path)) == (day("2023-06-01"), day("2023-03-03"), PATH)
    assert found.cycles == CYCLES
    assert day("2023-04-12") in [some.on for some in found.days if some.entry == "m"]
    assert [some.on for some in found.days] == sorted(some.on for some in found.days)


def test_the_warning_of_may_2023_stands_at_the_cycle_and_at_the_report() -> None:
    found = plan_year(BODIES, [EQUALITY], 2023)
    warnings = [finding for finding in found.findings if finding.rule == "R6" and finding.on == day("2023-05-23")]

    assert [(some.severity, some.body, some.cycle, some.entry) for some in warnings] == [
        ("warning", "KB", "2023-05", ""), ("warning", "KB", "", "ligestilling"),
    ]  # fmt: skip
    for some in warnings:
        assert some.nearest == day("2023-06-27") and some.source
        for words in ("16. maj", "17. maj", "Økonomiudvalget", "Kommunalbestyrelsen"):
            assert words in some.message


def test_eight_days_from_the_council_to_1_june_are_five_working_days() -> None:
    (near,) = [some for some in plan_year(BODIES, [EQUALITY], 2023).findings if not some.rule and some.body == "KB"]

    assert (near.severity, near.on, near.entry) == ("warning", day("2023-05-23"), "ligestilling")
    for words in (" 8 ", " 5 ", "1. juni 2023", "pinsedag 29. maj"):
        assert words in near.message
    plenty = replace(EQUALITY, rule="FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=12", valid_to=None)
    assert not [some for some in plan_year(BODIES, [plenty], 2023).findings if some.entry and not some.rule]


def test_closing_days_come_off_the_working_days_that_are_left() -> None:
    closed = frozenset([day("2023-05-30")])

    (near,) = [
        some for some in plan_year(BODIES, [EQUALITY], 2023, closed).findings if not some.rule and some.body == "KB"
    ]
    assert " 4 " in near.message


@pytest.mark.parametrize(
    ("year", "on"),
    [(2020, None), (2021, None), (2023, "2023-06-01"), (2024, "2024-12-31"), (2026, "2026-06-01"), (2027, None)],
)
def test_an_abolished_law_is_told_where_it_matters_and_gives_no_day_after(year: int, on: str | None) -> None:
    found = plan_year(document_bodies(year), [EQUALITY], year)
    told = [
        some.on.isoformat() for some in found.findings if some.entry and not some.rule and not some.body and some.on
    ]

    assert told == ([on] if on else [])
    assert iso(some.on for some in found.days) == ([f"{year}-06-01"] if year in (2020, 2023) else [])


def test_months_without_the_council_are_told_but_july() -> None:
    bodies = moved(BODIES, "KB", away="2023-10-24")

    found = [some for some in short(plan_year(bodies, [], 2023).findings) if some[2] == "KB" and some[0] == "R1"]

    assert found == [("R1", "warning", "KB", "2023-10-01"), ("R1", "warning", "KB", "2023-12-26")]


def test_meetings_on_days_when_nobody_works_are_told_with_a_day_that_would_do() -> None:
    # Store bededag is a holiday in 2023 and none in 2024; 5 June is a closing day here; 14 May a Sunday.
    committee = body("MTU", ["2023-05-05", "2023-05-14", "2023-06-05", "2023-06-06", "2024-04-26"])

    found = {
        year: plan_year([committee], [], year, {day("2023-06-05"): "Grundlovsdag"}).findings for year in (2023, 2024)
    }

    assert [(some.rule, some.on, some.nearest) for some in found[2023]] == [
        ("R1", day("2023-05-05"), day("2023-05-04")),
        ("R1", day("2023-05-14"), day("2023-05-15")),
        ("R1", day("2023-06-05"), day("2023-06-07")),
    ]
    assert "Grundlovsdag" in found[2023][2].message
    assert found[2024] == ()


def test_a_finance_meeting_too_late_for_the_council_is_an_error_of_the_cycle() -> None:
    bodies = moved(BODIES, "ØK", away="2023-05-16", to="2023-05-19")

    found = plan_year(bodies, [EQUALITY], 2023)

    assert ("R6", "error", "KB", "2023-05-23") in short(found.findings)
    # The path itself takes a meeting that reaches the council, though the cycle does not.
    (report,) = found.days
    assert steps(report.path)[-2:] == [("ØK", "2023-04-18"), ("KB", "2023-05-23")]
    assert not [some for some in found.findings if some.entry and some.rule]


def test_a_lead_time_that_ends_after_the_first_deadline_is_told_and_work_begins_in_time() -> None:
    found = plan_year(BODIES, [replace(EQUALITY, lead_days=30)], 2023)

    assert ("", "warning", "DIR", "2023-04-12") in of_entry(found)
    assert [some.lead_on for some in found.days] == [day("2023-04-03")]
    without = plan_year(BODIES, [replace(EQUALITY, lead_days=0)], 2023)
    assert [some.lead_on for some in without.days] == [day("2023-04-03")]
    assert ("", "warning", "DIR", "2023-04-12") not in of_entry(without)


def test_entries_that_cannot_be_met_or_read_are_findings_and_the_rest_is_planned() -> None:
    entries = [
        replace(EQUALITY, key="a", path=("XX",), valid_to=None),
        replace(EQUALITY, key="b", path=("HU", "KB"), rule="DTSTART:20220105\nFREQ=YEARLY;COUNT=2", valid_to=None),
        Entry("c", "Vrøvl", "hver jul"),
        Entry("d", "Ring", "EVENT=e"),
        Entry("e", "Rang", "EVENT=d"),
        Entry("f", "Uden rul", "CYCLE;STEP=XX"),
        Entry("g", "Nytår", "FREQ=YEARLY"),
    ]
    late = tuple(replace(some, meetings=tuple(on for on in some.meetings if on.year > 2022)) for some in BODIES)

    found = plan_year(late, entries, 2023)

    assert of_entry(found) == [
        ("R6", "error", "XX", "2023-06-01"),
        ("R6", "error", "KB", "2023-01-05"),
        *[("", "error", "", None)] * 4,
    ]
    assert [some.entry for some in found.findings if some.entry] == list("abcdef")
    assert [some.entry for some in found.days] == ["g", "b", "a"]


@pytest.mark.parametrize(
    ("meetings", "is_budget", "first", "rules"),
    [
        (["2023-09-05", "2023-09-26", "2023-10-01"], False, "2023-09-26", []),
        (["2023-09-05", "2023-09-26", "2023-10-01"], True, "2023-09-05", []),
        (["2023-09-26"], True, "2023-09-26", ["R11"]),
        (["2023-10-01"], False, "2023-10-01", ["R11"]),
    ],
)
def test_a_first_reading_is_laid_as_far_before_the_second_as_the_law_asks_or_it_is_told(
    meetings: list[str], is_budget: bool, first: str, rules: list[str]
) -> None:
    council = body("KB", [*meetings, "2023-10-03"], agenda_days=1, protocol_days=0)
    entry = Entry("b", "Budget", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=3", path=("KB", "KB"), is_budget=is_budget)

    found = plan_year([council], [entry], 2023)

    assert steps(found.days[0].path) == [("KB", first), ("KB", "2023-10-03")]
    assert [some[0] for some in of_entry(found)] == rules


def test_a_body_without_time_for_its_agenda_is_told_once() -> None:
    found = plan_year([by_rule("KB"), replace(by_rule("ØK"), agenda_days=0)], [], 2023)

    assert [some[:3] for some in short(found.findings) if some[0] == "R4"] == [("R4", "error", "ØK")]


def test_a_leap_day_and_the_year_after_it() -> None:
    entry = Entry("s", "Skuddag", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", is_deadline=True, path=("ØK", "KB"))

    found = {year: plan_year(document_bodies(year), [entry], year).days[0] for year in (2024, 2025)}

    assert (found[2024].on, steps(found[2024].path)[-1]) == (day("2024-02-29"), ("KB", "2024-02-27"))
    assert (found[2025].on, steps(found[2025].path)[-1]) == (day("2025-02-28"), ("KB", "2025-02-25"))


def test_a_deadline_soon_after_new_year_is_met_in_the_year_before() -> None:
    found = plan_year(BODIES, [Entry("n", "Nytår", "FREQ=YEARLY", is_deadline=True, path=("ØK", "KB"))], 2023)

    assert steps(found.days[0].path) == [("ØK", "2022-12-20"), ("KB", "2022-12-27")]


def test_an_empty_year_is_empty_and_one_without_known_holidays_is_refused() -> None:
    assert plan_year([], [], 2023) == YearPlan((), (), ())
    for year in (1999, 2101):
        with pytest.raises(RuleBrokenError):
            plan_year([], [], year)
    edge = [replace(by_rule("KB", 2099), meetings=(date(2100, 12, 28),))]
    assert [some.id for some in plan_year(edge, [EQUALITY], 2100).cycles] == ["2100-12"]
