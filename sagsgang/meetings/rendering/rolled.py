"""The roll of a meeting that is run here, as the staff site lists it. Pure."""

from uuid import UUID

from django.utils.translation import gettext

from sagsgang.meetings.models import AttendanceState
from sagsgang.meetings.queries.attending import Roll, RollLine
from sagsgang.meetings.rendering.shown import ShownPerson


def roll_people(roll: Roll) -> tuple[ShownPerson, ...]:
    """Who was at the meeting and who was not, with what is to be said of each."""
    return tuple(_person(line) for line in roll.lines(None))


def away_people(roll: Roll, item: UUID) -> tuple[ShownPerson, ...]:
    """Who was not there at an item, or had to leave for it, and who was there for a part of it."""
    return tuple(_person(line) for line in roll.lines(item) if line.state == AttendanceState.ABSENT or line.is_partly)


def _person(line: RollLine) -> ShownPerson:
    notes = (
        gettext("substitute for {name}").format(name=line.substitute_for) if line.substitute_for else "",
        gettext("remotely") if line.is_remote else "",
        line.note,
    )
    about = ", ".join(word for word in (line.title, line.role, line.party) if word)
    return ShownPerson(line.person, line.name, about, ", ".join(note for note in notes if note), line.state)
