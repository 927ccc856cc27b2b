"""Composed reads of follow-ups: where they stand, lists, at an item, on a case, and what a protocol needs of them."""

from sagsgang.followups.queries.at import (
    GivenLine,
    Place,
    ReportedLine,
    given_from,
    given_rows,
    items_of,
    on_case,
    place_reports,
    places_of,
    reported_from,
    reported_rows,
    said_reports,
)
from sagsgang.followups.queries.choices import Choices, StepChoice, choices_of
from sagsgang.followups.queries.lists import (
    Overview,
    at_body,
    late_of,
    matching,
    of_unit,
    of_user,
    overview_of,
    waiting_for_report,
)
from sagsgang.followups.queries.steps import due_days, meeting_days

__all__ = [
    "Choices",
    "GivenLine",
    "Overview",
    "Place",
    "ReportedLine",
    "StepChoice",
    "at_body",
    "choices_of",
    "due_days",
    "given_from",
    "given_rows",
    "items_of",
    "late_of",
    "matching",
    "meeting_days",
    "of_unit",
    "of_user",
    "on_case",
    "overview_of",
    "place_reports",
    "places_of",
    "reported_from",
    "reported_rows",
    "said_reports",
    "waiting_for_report",
]
