"""Rules of entries in words. No database."""

import pytest
from django.utils import translation

from sagsgang.wheel.rules import words_of_entry_rule


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", "hvert år den 1. juni"),
        ("RRULE:FREQ=YEARLY;BYMONTHDAY=1;BYMONTH=6", "hvert år den 1. juni"),
        ("FREQ=YEARLY;INTERVAL=3;BYMONTH=6;BYMONTHDAY=1", "hvert 3. år den 1. juni"),
        ("DTSTART:20200601\nFREQ=YEARLY;INTERVAL=2", "hvert andet år den 1. juni"),
        ("FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1", "hvert år den 1. marts og 1. september"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "hvert år den 29. februar"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "hvert år den sidste dag i februar"),
        ("FREQ=YEARLY;BYMONTH=6;BYDAY=2TU", "hvert år den anden tirsdag i juni"),
        ("FREQ=MONTHLY;BYMONTH=6;BYDAY=2TU", "hvert år den anden tirsdag i juni"),
        ("FREQ=MONTHLY;BYDAY=2TU", "anden tirsdag i måneden"),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU", "anden tirsdag i måneden"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "hver måned den 1. og 15."),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "hver 3. måned den sidste dag"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "onsdag hver anden uge"),
        ("FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=3"),
        ("CYCLE", "ved starten af hvert politisk rul"),
        ("CYCLE;DAYS=-7", "1 uge før starten af hvert politisk rul"),
        ("CYCLE;STEP=ØK;DAYS=-3", "3 dage før mødet i ØK i hvert politisk rul"),
        ("EVENT=Budget, 2. behandling;DAYS=-21", "3 uger før »Budget, 2. behandling«"),
        ("EVENT;DAYS=1", "1 dag efter et andet punkt"),
        ("EVENT=Budget", "samme dag som »Budget«"),
        ("PERIOD;YEAR=4;BYMONTH=12;BYMONTHDAY=1", "den 1. december i 4. år af hver valgperiode"),
        ("vrøvl", "vrøvl"),
    ],
)
def test_a_rule_is_said_as_a_secretary_says_it(rule: str, words: str) -> None:
    with translation.override("da"):
        assert words_of_entry_rule(rule) == words


def test_the_entry_that_is_counted_from_is_named_by_its_title() -> None:
    with translation.override("da"):
        assert words_of_entry_rule("EVENT;DAYS=-21", "Budget, 2. behandling") == "3 uger før »Budget, 2. behandling«"
        assert words_of_entry_rule("EVENT=9f2c;DAYS=-21", "Budget") == "3 uger før »Budget«"
