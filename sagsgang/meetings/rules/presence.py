"""Who is there: stretches of presence against the time of an item, the moment of a vote, and who holds which seat.

Pure, and over any kind of id: the command `tally` asks with the ids of a file, the house with those of its rows.
All times are told apart in UTC, so that the night when the clock is put back has no hour twice.
"""

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

LAST = datetime.max.replace(tzinfo=UTC)


class Share(StrEnum):
    """How much of an item somebody was there for."""

    WHOLE = "whole"
    PARTLY = "partly"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stretch[P: Hashable]:
    """One person's presence from `since` until, not at, `until`; None = she is still there. Aware times.

    Raises ValueError for a time without a zone.
    """

    person: P
    since: datetime
    until: datetime | None = None
    is_remote: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "since", in_utc(self.since))
        object.__setattr__(self, "until", None if self.until is None else in_utc(self.until))

    def covers(self, moment: datetime) -> bool:
        """Is she there at this moment?"""
        at = in_utc(moment)
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Span:
    """The time in which an item was treated; None = it still is. Taken up and ended at once, it is that moment."""

    began: datetime
    ended: datetime | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "began", in_utc(self.began))
        object.__setattr__(self, "ended", None if self.ended is None else in_utc(self.ended))


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC. Two times of one zone are compared by the clock on the wall, and in October that is wrong."""
    if moment.tzinfo is None:
        raise ValueError("a time of presence needs its zone")
    return moment.astimezone(UTC)


def there_at[P: Hashable](
    stretches: Iterable[Stretch[P]], moment: datetime, *, remote_counts: bool = True
) -> frozenset[P]:
    """Who is there at a moment; without those who take part remotely where that does not count (R28)."""
    return frozenset(row.person for row in stretches if row.covers(moment) and (remote_counts or not row.is_remote))


def present_during[P: Hashable](stretches: Iterable[Stretch[P]], spans: Sequence[Span]) -> dict[P, Share]:
    """Who was there at any time of the spans, and whether for the whole of them. The others are left out."""
    by_person: dict[P, list[Stretch[P]]] = {}
    for row in stretches:
        by_person.setdefault(row.person, []).append(row)
    shares = {person: share_of(rows, spans) for person, rows in by_person.items()}
    return {person: share for person, share in shares.items() if share != Share.NONE}


def share_of[P: Hashable](stretches: Iterable[Stretch[P]], spans: Sequence[Span]) -> Share:
    """How much of the spans one person's stretches cover."""
    rows = sorted(stretches, key=lambda row: row.since)
    if not any(_touches(row, span) for row in rows for span in spans):
        return Share.NONE
    return Share.WHOLE if all(_is_covered(span, rows) for span in spans) else Share.PARTLY


def _touches[P: Hashable](row: Stretch[P], span: Span) -> bool:
    if span.ended == span.began:
        return row.covers(span.began)
    return row.since < (span.ended or LAST) and (row.until or LAST) > span.began and row.until != row.since


def _is_covered[P: Hashable](span: Span, rows: Sequence[Stretch[P]]) -> bool:
    if span.ended == span.began:
        return any(row.covers(span.began) for row in rows)
    reached, end = span.began, span.ended or LAST
    for row in rows:
        if row.since <= reached:
            reached = max(reached, row.until or LAST)
    return reached >= end


def needed_for_quorum(seats: int) -> int:
    """How many seats must be taken for a decision: at least half of the body's seats, not of those who came (R24)."""
    return (seats + 1) // 2


def is_quorate(count: int, seats: int) -> bool:
    """May the body decide with `count` seats taken? A body without seats cannot."""
    return seats > 0 and count >= needed_for_quorum(seats)


@dataclass(frozen=True, slots=True)
class Place[P: Hashable]:
    """A seat of the body: its member, and who has the right to sit in it when she does not."""

    member: P
    substitutes: tuple[P, ...] = ()


def holders[P: Hashable](
    places: Iterable[Place[P]], there: AbstractSet[P], conflicted: AbstractSet[P] = frozenset()
) -> dict[P, P]:
    """Who may vote, each with the member whose seat it is: {voter: member}.

    The member herself, if she is there and has no conflict of interest; else her first substitute of whom that is true.
    A conflict takes the seat out of the count of those present, not out of the seats of the body [our reading of
    R24 and R32]. Nobody holds two seats.
    """
    free = there - conflicted
    found: dict[P, P] = {}
    places = list(places)
    members = {place.member for place in places}
    for place in places:
        candidates = (place.member, *(one for one in place.substitutes if one not in members))
        voter = next((one for one in candidates if one in free and one not in found), None)
        if voter is not None:
            found[voter] = place.member
    return found


def is_seated(day: date, held_from: date | None, held_to: date | None) -> bool:
    """Is a seat held on this day? The last day counts. A meeting that runs past midnight has two days."""
    return (held_from is None or held_from <= day) and (held_to is None or day <= held_to)
