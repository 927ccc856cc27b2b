"""Holidays, working days and deadlines: the tables of domain 3.4, without a database."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from sagsgang.bodies.calendar import (
    Skipped,
    deadline,
    is_working_day,
    public_holidays,
    why_closed,
    working_days_between,
)
from sagsgang.core.errors import RuleBrokenError


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("meeting", "safe", "outer"),
    [
        ("2023-04-12", "2023-04-03", "2023-04-04"),  # DIR, over Easter
        ("2023-04-24", "2023-04-18", "2023-04-19"),  # MTU
        ("2023-04-27", "2023-04-21", "2023-04-22"),  # HU
        ("2023-05-16", "2023-05-10", "2023-05-11"),  # ØK
        ("2023-05-23", "2023-05-16", "2023-05-17"),  # KB, over Ascension Day
        ("2023-05-09", "2023-05-02", "2023-05-03"),  # over Store bededag, 5 May 2023
        ("2024-04-30", "2024-04-24", "2024-04-25"),  # 26 April 2024 counts
        ("2024-01-03", "2023-12-27", "2023-12-28"),  # over New Year
        ("2000-01-03", "1999-12-28", "1999-12-28"),  # the first year reaches back into the one before
    ],
)
def test_four_working_days_before_a_meeting(meeting: str, safe: str, outer: str) -> None:
    found = deadline(day(meeting))

    assert (found.safe.isoformat(), found.outer.isoformat()) == (safe, outer)


def test_the_days_that_do_not_count_are_named_and_say_for_which_deadline() -> None:
    with translation.override("da"):
        found = deadline(day("2023-04-12"))

    assert found.skipped == (
        Skipped(day("2023-04-06"), "Skærtorsdag", "both"),
        Skipped(day("2023-04-07"), "Langfredag", "both"),
        Skipped(day("2023-04-08"), "lørdag", "safe"),
        Skipped(day("2023-04-09"), "Påskedag", "both"),
        Skipped(day("2023-04-10"), "Anden påskedag", "both"),
    )


def test_store_bededag_is_a_holiday_up_to_2023_and_not_from_2024() -> None:
    last, first_without = day("2023-05-05"), day("2024-04-26")

    assert public_holidays(2023)[last] == "Store bededag"
    assert (is_working_day(last), is_working_day(first_without)) == (False, True)
    assert [year for year in range(2000, 2101) if "Store bededag" in public_holidays(year).values()] == list(
        range(2000, 2024)
    )


def test_every_year_has_its_eleven_or_ten_holidays() -> None:
    assert {year: len(public_holidays(year)) for year in range(2000, 2101)} == {
        year: 11 if year < 2024 else 10 for year in range(2000, 2101)
    }


def test_from_the_council_to_a_report_due_before_june_are_eight_days_with_whit_monday_in_between() -> None:
    council, last_day = day("2023-05-23"), day("2023-06-01") - timedelta(days=1)

    assert (last_day - council).days == 8
    assert why_closed(day("2023-05-29")) == "Anden pinsedag"
    assert working_days_between(council, last_day) == 5


@pytest.mark.parametrize("text", ["2023-12-24", "2024-12-31", "2024-06-05", "2024-05-01"])
def test_days_of_local_custom_count_until_they_are_closing_days(text: str) -> None:
    closed = day(text)
    meeting = closed + timedelta(days=3)

    assert closed not in public_holidays(closed.year)
    assert why_closed(closed, {closed: "Kontoret holder lukket"}) == "Kontoret holder lukket"
    assert deadline(meeting, days=10, closing_days=frozenset({closed})).outer < deadline(meeting, days=9).outer or (
        closed.weekday() == 6
    )


def test_constitution_day_moves_the_deadline_only_where_it_is_a_closing_day() -> None:
    meeting, closed = day("2024-06-10"), day("2024-06-05")

    plain = deadline(meeting)
    with_custom = deadline(meeting, closing_days={closed: "Grundlovsdag"})

    assert (plain.safe, plain.outer) == (day("2024-06-04"), day("2024-06-05"))
    assert (with_custom.safe, with_custom.outer) == (day("2024-06-03"), day("2024-06-04"))
    assert Skipped(closed, "Grundlovsdag", "both") in with_custom.skipped


@pytest.mark.parametrize("text", ["1999-12-31", "2101-01-01", "9999-12-31", "0001-01-01"])
def test_years_whose_holidays_are_not_known_are_refused(text: str) -> None:
    with pytest.raises(RuleBrokenError):
        deadline(day(text))


@pytest.mark.parametrize("days", [0, -1, 251, 10**9])
def test_a_deadline_of_no_days_is_refused(days: int) -> None:
    with pytest.raises(RuleBrokenError):
        deadline(day("2023-05-23"), days=days)


@pytest.mark.parametrize("year", range(2000, 2101, 7))
def test_a_deadline_is_what_counting_by_hand_gives(year: int) -> None:
    for number in range(0, 365, 5):
        meeting = date(year, 1, 1) + timedelta(days=number)
        for days in (1, 4, 10):
            found = deadline(meeting, days=days)
            last = meeting - timedelta(days=1)

            assert working_days_between(found.safe - timedelta(days=1), last) == days
            assert is_working_day(found.safe)
            assert why_closed(found.outer) is None
            assert found.safe <= found.outer < meeting
            counted = {meeting - timedelta(days=n) for n in range(1, (meeting - found.outer).days + 1)}
            assert sum(why_closed(one) is None for one in counted) == days
            assert {one.date for one in found.skipped} == {
                one
                for n in range(1, (meeting - found.safe).days)
                if not is_working_day(one := meeting - timedelta(days=n))
            }
