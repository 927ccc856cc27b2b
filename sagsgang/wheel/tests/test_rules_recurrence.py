"""On which days entries return: every kind of rule, leap years, 53 weeks, changed and abolished rules. No database."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules import cycles_of, days_of_entries, days_of_entry, days_of_rule, lacks_start
from sagsgang.wheel.shapes import Entry
from sagsgang.wheel.tests.years import EQUALITY, day, document_bodies, iso

CYCLES = cycles_of(document_bodies(), 2023)


def days(rule: str, year: int, **facts: Any) -> list[str]:
    """The days of a rule in a year."""
    cycles, entry_days = facts.pop("cycles", CYCLES), facts.pop("entry_days", {})
    return iso(days_of_entry(Entry("k", "Punkt", rule, **facts), year, cycles=cycles, entry_days=entry_days))


@pytest.mark.parametrize(
    ("rule", "year", "expected"),
    [
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", 2023, ["2023-06-01"]),
        ("RRULE:FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", 2023, ["2023-06-01"]),
        ("freq=yearly;bymonth=6;bymonthday=1", 2023, ["2023-06-01"]),
        ("DTSTART:20200601\nRRULE:FREQ=YEARLY;INTERVAL=3", 2023, ["2023-06-01"]),
        ("DTSTART:20200601\nRRULE:FREQ=YEARLY;INTERVAL=3", 2022, []),
        ("DTSTART;VALUE=DATE:20200601\r\nFREQ=YEARLY;INTERVAL=3", 2026, ["2026-06-01"]),
        ("RRULE:FREQ=YEARLY;INTERVAL=3\nDTSTART;TZID=Europe/Copenhagen:20200601T120000", 2023, ["2023-06-01"]),
        ("FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1;UNTIL=20241231", 2026, []),
        ("DTSTART:20200601\nFREQ=YEARLY;INTERVAL=3;UNTIL=20241231T235959Z", 2023, ["2023-06-01"]),
        ("DTSTART:20200601\nFREQ=YEARLY;INTERVAL=3;COUNT=2", 2023, ["2023-06-01"]),
        ("DTSTART:20200601\nFREQ=YEARLY;INTERVAL=3;COUNT=1", 2023, []),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=2TU", 2023, ["2023-06-13"]),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=-1", 2023, ["2023-03-31", "2023-09-30"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15", 2023, ["2023-01-15", "2023-04-15", "2023-07-15", "2023-10-15"]),
        ("FREQ=YEARLY", 2023, ["2023-01-01"]),
    ],
)
def test_a_rule_of_the_calendar(rule: str, year: int, expected: list[str]) -> None:
    facts = {"valid_from": date(2020, 1, 1)} if "INTERVAL=3;BYMONTH=6" in rule else {}

    assert days(rule, year, **facts) == expected


def test_every_third_year_is_counted_from_its_first_day_until_the_law_goes() -> None:
    returns = [year for year in range(2018, 2031) if days_of_entry(EQUALITY, year, cycles=())]

    assert returns == [2020, 2023]
    kept = replace(EQUALITY, valid_to=None)
    assert [year for year in range(2018, 2031) if days_of_entry(kept, year, cycles=())] == [2020, 2023, 2026, 2029]


def test_the_days_on_which_a_law_begins_and_ends_are_its_own() -> None:
    first, last = date(2023, 3, 1), date(2023, 10, 1)

    found = days("FREQ=MONTHLY;BYMONTHDAY=1", 2023, valid_from=first, valid_to=last)

    assert (found[0], found[-1], len(found)) == ("2023-03-01", "2023-10-01", 8)


def test_a_rule_that_is_changed_in_mid_year_is_two_entries_that_share_the_year() -> None:
    old = Entry("før", "Budgetopfølgning", "FREQ=MONTHLY;BYMONTHDAY=15", valid_to=date(2023, 6, 30))
    new = Entry(
        "nu", "Budgetopfølgning", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", date(2023, 7, 1), valid_from=date(2023, 7, 1)
    )

    found = days_of_entries([old, new], 2023, cycles=())

    assert iso(found.days["før"])[-1] == "2023-06-15"
    assert iso(found.days["nu"]) == ["2023-07-03", "2023-09-04", "2023-11-06"]


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", {}),
        ("FREQ=YEARLY", {"starts_on": date(2020, 2, 29)}),
        ("DTSTART:20200229\nFREQ=YEARLY", {}),
        ("PERIOD;YEAR=1;BYMONTH=2;BYMONTHDAY=29", {}),
    ],
)
def test_29_february_is_the_last_day_of_february_in_a_common_year(rule: str, facts: dict[str, date]) -> None:
    assert days(rule, 2022, **facts) == ["2022-02-28"]


def test_29_february_stays_where_there_is_one_and_the_interval_is_kept() -> None:
    rule = "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29"
    found = {year: days(rule, year, starts_on=date(2020, 1, 1)) for year in range(2020, 2027)}

    assert {year: some for year, some in found.items() if some} == {
        2020: ["2020-02-29"], 2022: ["2022-02-28"], 2024: ["2024-02-29"], 2026: ["2026-02-28"],
    }  # fmt: skip
    assert days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29", 2023) == ["2023-02-28"]
    assert days("FREQ=MONTHLY;BYMONTHDAY=29", 2023)[:2] == ["2023-01-29", "2023-03-29"]
    assert days("DTSTART:20200229\nFREQ=YEARLY;COUNT=3", 2022) == ["2022-02-28"]
    assert days("DTSTART:20200229\nFREQ=YEARLY;COUNT=2", 2022) == []


def test_week_53_comes_only_in_the_years_that_have_one() -> None:
    found = {year: days("FREQ=YEARLY;BYWEEKNO=53;BYDAY=TH", year) for year in range(2018, 2028)}

    assert {year: some for year, some in found.items() if some} == {2020: ["2020-12-31"], 2026: ["2026-12-31"]}
    fridays = [some for year in (2020, 2021) for some in days("FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR", year)]
    assert fridays == ["2021-01-01"]


def test_every_other_week_goes_on_over_new_year_and_a_year_of_53_weeks() -> None:
    start = date(2020, 12, 2)
    found = [
        day(some) for year in (2020, 2021) for some in days("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", year, starts_on=start)
    ]

    assert {(later - earlier).days for earlier, later in pairwise(found)} == {14}


def test_a_day_is_a_day_when_the_clocks_are_changed() -> None:
    found = days("FREQ=DAILY", 2023)

    assert len(found) == 365
    assert {"2023-03-26", "2023-10-29"} <= set(found)
    assert days("EVENT=B;DAYS=1", 2023, entry_days={"B": [date(2023, 3, 25), date(2023, 10, 28)]}) == [
        "2023-03-26", "2023-10-29",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("CYCLE", "2023-04-12"),
        ("cycle", "2023-04-12"),
        ("CYCLE;DAYS=-7", "2023-04-05"),
        ("CYCLE;STEP=ØK", "2023-05-16"),
        ("CYCLE;STEP=øk;DAYS=2", "2023-05-18"),
        ("CYCLE; DAYS=+2; STEP=ØK", "2023-05-18"),
    ],
)
def test_a_rule_that_leans_on_the_cycles(rule: str, expected: str) -> None:
    assert expected in days(rule, 2023)


def test_a_cycle_that_begins_before_new_year_is_of_the_year_in_which_it_begins() -> None:
    assert days("CYCLE", 2022) == ["2022-12-14"]
    assert "2022-12-14" not in days("CYCLE", 2023)
    assert len(days("CYCLE;STEP=KB", 2023)) == 11
    assert days("CYCLE", 2023, cycles=()) == []


def test_three_weeks_before_another_entry_also_over_new_year() -> None:
    budget = {"Budget, 2. behandling": [date(2023, 10, 10), date(2024, 1, 9)]}

    assert days("EVENT=Budget, 2. behandling;DAYS=-21", 2023, entry_days=budget) == ["2023-09-19", "2023-12-19"]
    assert days("EVENT;DAYS=-21", 2023, entry_days=budget, relative_to="Budget, 2. behandling") == [
        "2023-09-19", "2023-12-19",
    ]  # fmt: skip
    assert days("EVENT", 2023, entry_days=budget, relative_to="Budget, 2. behandling") == ["2023-10-10"]


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        ("PERIOD;YEAR=1;BYMONTH=12;BYMONTHDAY=1", [2014, 2018, 2022, 2026, 2030]),
        ("PERIOD;YEAR=4;BYMONTH=12;BYMONTHDAY=1", [2013, 2017, 2021, 2025, 2029]),
        ("PERIOD", [2014, 2018, 2022, 2026, 2030]),
    ],
)
def test_once_in_each_election_period(rule: str, years: list[int]) -> None:
    assert [year for year in range(2013, 2031) if days(rule, year)] == years


def test_days_of_a_period_count_from_the_end_of_the_month_too() -> None:
    assert days("PERIOD;YEAR=3;BYMONTH=2;BYMONTHDAY=-1", 2024) == ["2024-02-29"]
    assert days("PERIOD;YEAR=1;BYMONTH=2;BYMONTHDAY=-29", 2022) == ["2022-02-01"]


@pytest.mark.parametrize(
    "rule",
    [
        "", " ", ";", "=", "hver jul", "FREQ=YEARLY;", "FREQ=HOURLY", "FREQ=YEARLY;BYHOUR=4", "BYMONTH=6",
        "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=0", "FREQ=YEARLY;BYMONTHDAY=0", "FREQ=YEARLY;BYMONTHDAY=32",
        "FREQ=YEARLY;BYWEEKNO=54", "FREQ=YEARLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=0TU", "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;INTERVAL=1,2", "FREQ=YEARLY;INTERVAL=1000", "FREQ=YEARLY;COUNT=3", "FREQ=YEARLY;UNTIL=snart",
        "FREQ=YEARLY;UNTIL=20231301", "FREQ=YEARLY;COUNT=2;UNTIL=20241231", "DTSTART:20230230\nFREQ=YEARLY",
        "DTSTART:20230101", "DTSTART:18000101\nFREQ=DAILY", "FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1",
        "CYCLES", "CYCLE=5", "CYCLE;STEP=", "CYCLE;DAYS=x", "CYCLE;DAYS=9999", "CYCLE;STEP=XX", "CYCLE;WEEKS=1",
        "CYCLE;DAYS=1;DAYS=2", "EVENT", "EVENT;DAYS=-21", "EVENT=", "EVENT=Intet;DAYS=-21", "EVENT=B;DAYS=",
        "EVENT=Punkt;DAYS=1", "EVENT=k;DAYS=1", "EVENT=B;DAYS=400", "PERIOD;YEAR=5", "PERIOD;YEAR=0",
        "PERIOD;BYMONTH=4;BYMONTHDAY=31", "PERIOD;BYMONTHDAY=0", "PERIOD;BYMONTH=13", "PERIOD=1", "PERIOD;DAYS=1",
        "FREQ=YEARLY;BYMONTHDAY=²", "FREQ=YEARLY;BYMONTH=٦",
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_in_a_sentence(rule: str) -> None:
    if rule == "FREQ=YEARLY;":  # a stray end is no harm
        assert days(rule, 2023) == ["2023-01-01"]
        return
    with pytest.raises(RuleBrokenError) as refusal:
        days(rule, 2023, entry_days={"B": [date(2023, 1, 1)]})
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)


def test_a_year_without_known_holidays_is_refused() -> None:
    for year in (1999, 2101):
        with pytest.raises(RuleBrokenError):
            days("FREQ=YEARLY", year)


def test_a_circle_of_entries_is_refused_and_the_others_keep_their_days() -> None:
    entries = [
        Entry("a", "A", "EVENT=B;DAYS=-7"),
        Entry("b", "B", "EVENT=c"),
        Entry("c", "C", "EVENT", relative_to="a"),
        Entry("d", "D", "EVENT=A"),
        Entry("e", "E", "EVENT=f;DAYS=-1"),
        Entry("f", "F", "EVENT=g;DAYS=-366"),
        Entry("g", "G", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1"),
        Entry("h", "H", "EVENT=Ingen"),
    ]

    found = days_of_entries(entries, 2023, cycles=())

    assert set(found.refusals) == {"a", "b", "c", "d", "h"}
    assert "D" in str(found.refusals["d"])
    assert {key: iso(some) for key, some in found.days.items()} == {
        "e": ["2023-12-31"], "f": [], "g": ["2023-01-01"],
    }  # fmt: skip


def test_a_chain_of_five_hundred_entries_is_no_harm() -> None:
    entries = [Entry(str(n), f"P{n}", f"EVENT={n + 1}") for n in range(500)]

    found = days_of_entries([*entries, Entry("500", "Sidst", "FREQ=YEARLY")], 2023, cycles=())

    assert iso(found.days["0"]) == ["2023-01-01"]
    assert len(days_of_entries(entries, 2023, cycles=()).refusals) == 500


def test_what_lacks_a_beginning_is_known() -> None:
    rule = "FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1"

    assert lacks_start(Entry("k", "", rule))
    assert not lacks_start(Entry("k", "", rule, date(2020, 6, 1)))
    assert not lacks_start(Entry("k", "", f"DTSTART:20200601\n{rule}"))
    assert not lacks_start(Entry("k", "", "FREQ=WEEKLY;INTERVAL=3"))
    assert not lacks_start(Entry("k", "", "CYCLE"))


def test_the_rule_of_a_meeting_plan_alone_is_read_the_same_way() -> None:
    assert iso(days_of_rule("FREQ=MONTHLY;BYDAY=4TU;BYMONTH=5", 2023)) == ["2023-05-23"]
