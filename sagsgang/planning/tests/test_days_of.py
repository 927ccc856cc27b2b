"""The days of a rule, in a year, with the law's holidays in it (R1, R5). No database."""

from datetime import date, timedelta

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.planning.rules.pattern import CODES, PLACES, Pattern, pattern_of, rrule_of, words_of
from sagsgang.planning.rules.plan import PlanDay, bare_months, days_of, proposed_instead

SECOND_TUESDAY = rrule_of(Pattern("monthly", 1, (2,)))


def days(rule: str, year: int, **options: object) -> list[date]:
    return [found.day for found in days_of(rule, year, **options)]  # type: ignore[arg-type]


def all_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [day for day in (first + timedelta(n) for n in range(366)) if day.year == year]


def test_the_second_tuesday_of_each_month_but_july() -> None:
    assert SECOND_TUESDAY == "FREQ=MONTHLY;BYDAY=2TU"
    assert days(SECOND_TUESDAY, 2026, except_months=[7]) == [
        date(2026, month, day)
        for month, day in (
            (1, 13), (2, 10), (3, 10), (4, 14), (5, 12), (6, 9), (8, 11), (9, 8), (10, 13), (11, 10), (12, 8),
        )
    ]  # fmt: skip


@pytest.mark.parametrize("year", [2000, 2015, 2020, 2025, 2026, 2027, 2028, 2032, 2100])
@pytest.mark.parametrize(("cycle", "rest"), [("even", 0), ("odd", 1)])
def test_every_other_week_goes_by_the_number_of_the_week(year: int, cycle: str, rest: int) -> None:
    rule = rrule_of(Pattern(cycle, 2))  # type: ignore[arg-type]

    assert days(rule, year) == [
        day for day in all_days(year) if day.weekday() == 2 and day.isocalendar().week % 2 == rest
    ]


def test_a_day_that_is_left_out_by_hand_is_no_day() -> None:
    found = days(SECOND_TUESDAY, 2026, except_days=[date(2026, 10, 13)])

    assert date(2026, 10, 13) not in found
    assert len(found) == 11


def test_a_public_holiday_and_a_closing_day_say_what_they_are() -> None:
    thursdays = rrule_of(Pattern("monthly", 3, (2,)))

    found = {row.day: row.closed for row in days_of(thursdays, 2026, closing_days={date(2026, 6, 11): "Personaledag"})}

    assert found[date(2026, 5, 14)] == "Kristi himmelfartsdag"
    assert found[date(2026, 6, 11)] == "Personaledag"
    assert found[date(2026, 3, 12)] == ""


def test_store_bededag_is_a_holiday_in_2023_and_a_day_like_others_in_2024() -> None:
    assert PlanDay(date(2023, 5, 5), "Store bededag") in days_of("FREQ=WEEKLY;BYDAY=FR", 2023)
    assert PlanDay(date(2024, 4, 26)) in days_of("FREQ=WEEKLY;BYDAY=FR", 2024)


def test_the_nearest_free_working_day_is_proposed_the_later_one_first() -> None:
    ascension = date(2026, 5, 14)

    assert proposed_instead(ascension) == date(2026, 5, 15)
    assert proposed_instead(ascension, taken={date(2026, 5, 15)}) == date(2026, 5, 13)
    assert proposed_instead(date(2026, 1, 1), taken={date(2026, 1, 2)}) == date(2026, 1, 5)


@pytest.mark.parametrize(
    "rule",
    [
        "", "anden tirsdag", "FREQ=SECONDLY", "FREQ=HOURLY;BYDAY=TU", "BYDAY=TU", "FREQ=DAILY;COUNT=3",
        "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1", "FREQ=WEEKLY;BYDAY=XX", "FREQ=MONTHLY;BYMONTHDAY=A",
        "FREQ=DAILY\nRDATE:20260101", "FREQ=DAILY;DTSTART=20260101",
    ],
)  # fmt: skip
def test_what_is_no_rule_for_days_is_refused(rule: str) -> None:
    with pytest.raises(RuleBrokenError):
        days_of(rule, 2026)


@pytest.mark.parametrize("year", [1999, 2101])
def test_years_without_known_holidays_are_refused(year: int) -> None:
    with pytest.raises(RuleBrokenError):
        days_of(SECOND_TUESDAY, year)


def test_a_rule_that_never_comes_has_no_days() -> None:
    assert days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 2026) == []


def test_each_pattern_is_read_back_from_its_rule() -> None:
    patterns = [
        *(Pattern("monthly", day, (first, last)) for day in range(7) for first in PLACES for last in PLACES),
        *(Pattern(cycle, day) for cycle in ("weekly", "even", "odd") for day in range(7)),
    ]

    assert [pattern for pattern in patterns if pattern_of(rrule_of(pattern)) != pattern] == []
    assert max(len(rrule_of(pattern)) for pattern in patterns) < 200
    assert len(CODES) == 7


def test_rules_from_elsewhere_are_shown_as_they_are() -> None:
    assert pattern_of("FREQ=DAILY;INTERVAL=3") is None
    assert words_of("FREQ=DAILY;INTERVAL=3") == "FREQ=DAILY;INTERVAL=3"
    assert pattern_of("FREQ=MONTHLY;BYDAY=2TU,3WE") is None


def test_the_months_without_a_meeting_are_named_july_excepted() -> None:
    met = [date(2026, month, 10) for month in (1, 2, 3, 4, 5, 6, 8, 9, 11)] + [date(2025, 10, 1)]

    assert bare_months(met, 2026) == (10, 12)
    assert bare_months(met, 2026, excepted=()) == (7, 10, 12)
