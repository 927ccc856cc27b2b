"""What the portal reads: released rows, through the portal's own connection, whose role sees nothing else.

Each function is one query, and no row fetches anything later: a forgotten column raises instead of asking again.
A new subject is a new file, re-exported here.
"""

from sagsgang.publication.queries.cases import (
    case,
    case_addresses,
    cases_counted,
    file_pages,
    file_with_place,
    members_of,
    treatments_of,
)
from sagsgang.publication.queries.edition import edition
from sagsgang.publication.queries.read import (
    WrittenItem,
    item,
    item_with_subitems,
    items_with_words,
    meeting,
    neighbours_of,
    steps_taken,
)
from sagsgang.publication.queries.released import (
    WALL,
    addresses_of,
    bodies,
    body,
    file,
    items_of,
    latest_releases,
    meetings_before,
    meetings_between,
    meetings_from,
    meetings_of,
    neighbour_days,
    planned_between,
    planned_neighbour_days,
    planned_of,
    release_of_print,
    snapshot,
)

__all__ = [
    "WALL",
    "WrittenItem",
    "addresses_of",
    "bodies",
    "body",
    "case",
    "case_addresses",
    "cases_counted",
    "edition",
    "file",
    "file_pages",
    "file_with_place",
    "item",
    "item_with_subitems",
    "items_of",
    "items_with_words",
    "latest_releases",
    "meeting",
    "meetings_before",
    "meetings_between",
    "meetings_from",
    "meetings_of",
    "members_of",
    "neighbour_days",
    "neighbours_of",
    "planned_between",
    "planned_neighbour_days",
    "planned_of",
    "release_of_print",
    "snapshot",
    "steps_taken",
    "treatments_of",
]
