"""Composed reads of meetings and their items, each in a fixed number of queries."""

from sagsgang.meetings.queries.pages import (
    agenda_rows,
    bodies_with_secretary,
    decided_items,
    item_at,
    item_rows,
    meeting_rows,
    meetings_of,
    meetings_without_decisions,
    next_meetings,
    people_of,
    roles_of,
    seats_on,
    taken_off,
    with_counts,
    with_items,
    years_of,
)

__all__ = [
    "agenda_rows",
    "bodies_with_secretary",
    "decided_items",
    "item_at",
    "item_rows",
    "meeting_rows",
    "meetings_of",
    "meetings_without_decisions",
    "next_meetings",
    "people_of",
    "roles_of",
    "seats_on",
    "taken_off",
    "with_counts",
    "with_items",
    "years_of",
]
