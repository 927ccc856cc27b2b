"""Which meeting a member's proposal reaches (R9)."""

from datetime import date

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.rules.proposals import Reach, last_day, next_reached, require_answer, require_cutoff

FIRST, SECOND = date(2026, 4, 28), date(2026, 5, 26)


def test_the_last_day_counts_and_the_day_after_does_not() -> None:
    assert last_day(FIRST, 8) == date(2026, 4, 20)
    reach = Reach(FIRST, date(2026, 4, 20))
    assert reach.is_in_time(date(2026, 4, 20))
    assert not reach.is_in_time(date(2026, 4, 21))


@pytest.mark.parametrize(
    ("written", "sent", "reached"),
    [
        (date(2026, 4, 20), False, FIRST),
        (date(2026, 4, 21), False, SECOND),
        (date(2026, 4, 20), True, SECOND),
        (date(2026, 5, 19), False, None),
    ],
)
def test_the_nearest_meeting_that_is_still_reached(written: date, sent: bool, reached: date | None) -> None:
    coming = [Reach(SECOND, last_day(SECOND, 8)), Reach(FIRST, last_day(FIRST, 8), is_sent=sent)]

    found = next_reached(coming, written)

    assert (found.held_on if found else None) == reached


def test_a_no_has_a_reason_and_a_last_day_a_measure() -> None:
    with pytest.raises(RuleBrokenError):
        require_answer("  ")
    with pytest.raises(RuleBrokenError):
        require_cutoff(61)
    require_cutoff(0)
