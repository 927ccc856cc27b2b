"""Which decisions of earlier bodies, that an item brought with it, may be told to who reads nothing closed. Pure.

An item that is carried on brings with it what was decided so far (R41). That the item itself is opened says nothing of
the items before it: each body answers for its own. Closed by default: what cannot be traced to an open item stays in.
"""

from collections.abc import Iterator
from typing import Any

from sagsgang.meetings.models import AgendaItem, Decision

type Origin = dict[str, Any]


def may_be_told(item: AgendaItem, row: Decision, own: Decision | None) -> bool:
    """May this decision on an open item leave: is it the item's `own`, or made at an item that is open itself, and
    whose parties have been told (R19)? Of items that came with `said_origins` (`queries.deciding.said_of_items`).
    """
    if item.carried_from_id is None or (own is not None and row.position == own.position):
        return True
    return not any(one["is_closed"] or one["is_untold"] for one in _sources(item, row))


def extract_of(item: AgendaItem, row: Decision) -> str:
    """What the public has been given of a closed decision that an earlier body made; "" = nothing."""
    sources = list(_sources(item, row))
    if len(sources) != 1 or sources[0]["is_untold"] or not sources[0]["is_closed"]:
        return ""
    return str(sources[0]["extract"])


def _sources(item: AgendaItem, row: Decision) -> Iterator[Origin]:
    """The items at which it may have been made: those of its body and day; where there is none, all on the way."""
    chain = list(_chain(item))
    made = [one for one in chain if one["body"] == str(row.body_id) and one["on"] == str(row.decided_on)]
    yield from made or chain


def _chain(item: AgendaItem) -> Iterator[Origin]:
    """The items from which it was carried on, the nearest first; one that is not known ends it, and counts as closed."""
    known: dict[str, Origin] = {one["pk"]: one for one in item.__dict__.get("said_origins") or ()}
    at = str(item.carried_from_id) if item.carried_from_id else ""
    while at:
        origin = known.pop(at, None)
        if origin is None:
            yield {"body": "", "on": "", "is_closed": True, "is_untold": True, "extract": ""}
            return
        yield origin
        at = origin["before"] or ""
