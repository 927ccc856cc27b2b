"""Who was present and who absent, at a meeting and at each of its items: the one place that the house asks.

For a meeting that is run here it follows from stretches of presence, treatments, conflicts and substitutions; for one
that was taken in from outside from the lines of its protocol.
"""

from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.roll import Roll, RollLine, RollMember, line_words, make_roll
from sagsgang.meetings.queries.room import room_facts, said_of, seat_facts

__all__ = ["Roll", "RollLine", "RollMember", "line_words", "make_roll", "roll_of", "room_of"]


def roll_of(meeting: Meeting) -> Roll:
    """The roll of a meeting as it stands now, in two queries; three where the meeting was not run here.

    Needs no prefetch, and answers for all items at once. Raises `Meeting.DoesNotExist`.
    """
    facts = room_facts(meeting)
    said = said_of(meeting) if facts.opened_at is None else ()
    return make_roll(facts, seat_facts(meeting), said)


def room_of(meeting: Meeting) -> Roll:
    """The roll of a meeting that is run here, or will be, in two queries: without the lines of a protocol."""
    return make_roll(room_facts(meeting), seat_facts(meeting))
