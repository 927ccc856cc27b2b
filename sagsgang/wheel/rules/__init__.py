"""The year by its rules: cycles, days of entries, paths before deadlines, and what is wrong. Pure: values in, values out."""

from sagsgang.wheel.rules.cycles import cycles_around, cycles_of
from sagsgang.wheel.rules.language import CycleRule, DayRule, EventRule, PeriodRule, parse_rule, shown
from sagsgang.wheel.rules.path import path_before
from sagsgang.wheel.rules.recurrence import days_of_entry, days_of_rule, lacks_start
from sagsgang.wheel.rules.words import words_of_entry_rule
from sagsgang.wheel.rules.year import EntryDays, days_of_entries, entry_day, plan_year

__all__ = [
    "CycleRule",
    "DayRule",
    "EntryDays",
    "EventRule",
    "PeriodRule",
    "cycles_around",
    "cycles_of",
    "days_of_entries",
    "days_of_entry",
    "days_of_rule",
    "entry_day",
    "lacks_start",
    "parse_rule",
    "path_before",
    "plan_year",
    "shown",
    "words_of_entry_rule",
]
