"""A talk is held before the committee, in a free slot, with a note of one page."""

from datetime import date

import pytest

from sagsgang.core.errors import RuleBrokenError
from sagsgang.wheel.rules.talks import (
    LONGEST_NOTE,
    check_before_committee,
    require_before_committee,
    require_slot,
    require_talk,
)

MTU = date(2023, 4, 24)
DIR = (date(2023, 3, 8), date(2023, 4, 12), date(2023, 5, 10))


@pytest.mark.parametrize(
    ("on", "treated_on", "nearest"),
    [
        (date(2023, 5, 10), MTU, date(2023, 4, 12)),
        (MTU, MTU, date(2023, 4, 12)),  # the committee's own day is too late
        (date(2023, 5, 10), date(2023, 3, 1), None),
    ],
)
def test_what_comes_too_late_names_the_nearest_earlier_meeting(
    on: date, treated_on: date, nearest: date | None
) -> None:
    found = check_before_committee(on, committee="Miljø- og Teknikudvalget", treated_on=treated_on, meetings=DIR)

    assert found is not None
    assert found.nearest == nearest
    assert "Miljø- og Teknikudvalget" in found.message
    with pytest.raises(RuleBrokenError):
        require_before_committee(found, anyway=False)
    require_before_committee(found, anyway=True)


@pytest.mark.parametrize("treated_on", [None, MTU])
def test_what_comes_before_it_is_well(treated_on: date | None) -> None:
    assert check_before_committee(date(2023, 4, 12), committee="MTU", treated_on=treated_on, meetings=DIR) is None


def test_a_meeting_has_so_many_slots() -> None:
    require_slot(taken=1, slots=2)
    with pytest.raises(RuleBrokenError):
        require_slot(taken=2, slots=2)
    with pytest.raises(RuleBrokenError):
        require_slot(taken=0, slots=0)


@pytest.mark.parametrize(("theme", "signs"), [(" ", 0), ("Naturplan", LONGEST_NOTE + 1)])
def test_a_talk_has_a_theme_and_one_page(theme: str, signs: int) -> None:
    require_talk(theme="Naturplan", note_signs=LONGEST_NOTE)
    with pytest.raises(RuleBrokenError):
        require_talk(theme=theme, note_signs=signs)
