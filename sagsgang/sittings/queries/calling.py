"""Who can be called for whom: the substitutes that the rules allow, for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sagsgang.bodies.models import BodyKind, Seat, SubstitutePlace
from sagsgang.core.gathering import Part
from sagsgang.meetings.models import Meeting
from sagsgang.sittings.queries.state import Named, SittingState, state_of


@dataclass(frozen=True, slots=True)
class Call:
    """An absent member, and who can sit in for her in the order of the rule; `is_list`: each one passed over needs a ground."""

    absent: Named
    choices: tuple[Named, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Calling:
    """Who can be called: for each absent member, and anybody for one item (`stand_ins`)."""

    calls: tuple[Call, ...] = ()
    stand_ins: tuple[Named, ...] = ()


def callable_people(meeting: Meeting) -> Part:
    """Who may be called: a council's from its lists, in their order (R30); a committee's from the council (R31)."""
    if meeting.body.kind == BodyKind.COUNCIL:
        return Part(SubstitutePlace.objects.filter(body=meeting.body_id).order_by("position"), ("person",))
    seats = Seat.objects.filter(body__kind=BodyKind.COUNCIL, body__authority=meeting.body.authority_id)
    return Part(seats.on(meeting.held_on).order_by("person__name"), ("person",))


def calls_ahead(meeting: Meeting) -> dict[UUID, Call]:
    """Before the meeting, by who is absent: whom the rules allow to call for those who reported absence; four queries."""
    part = callable_people(meeting)
    state = state_of(meeting)
    reported = {member.pk for member in state.members if member.reported}
    seated = {member.pk for member in state.members} | reported
    free = {
        party: tuple(one for one in people if one.pk not in seated)
        for party, people in _by_party(part.rows.select_related(*part.related)).items()
    }
    filled = {member.fills for member in state.members}
    is_list = meeting.body.kind == BodyKind.COUNCIL
    return {
        member.pk: Call(Named(member.pk, member.name), free[member.party], is_list)
        for member in state.members
        if member.reported and not member.substitute_for and member.pk not in filled and free.get(member.party)
    }


def _by_party(people: Iterable[SubstitutePlace | Seat]) -> dict[str, list[Named]]:
    groups: dict[str, list[Named]] = {}
    for row in people:
        groups.setdefault(row.party, []).append(Named(row.person_id, row.person.name))
    return groups


def calling_of(meeting: Meeting, state: SittingState, people: Iterable[SubstitutePlace | Seat]) -> Calling:
    """The substitutes whom the rules allow (R30, R31, R33), of `callable_people`; none while the meeting does not run."""
    if not state.is_open:
        return Calling()
    is_list = meeting.body.kind == BodyKind.COUNCIL
    groups = _by_party(people)
    seated = {member.pk for member in state.members}
    free = {party: tuple(one for one in people if one.pk not in seated) for party, people in groups.items()}
    filled = {member.fills for member in state.members}
    away = [member for member in state.members if not member.is_here and not member.substitute_for]
    calls = tuple(
        Call(Named(member.pk, member.name), free[member.party], is_list)
        for member in away
        if not member.seat_ended and member.pk not in filled and free.get(member.party)
    )
    bound = {member.pk for member in state.members if not member.is_for_item}  # the others may sit in at one more item
    return Calling(calls, tuple(one for people in groups.values() for one in people if one.pk not in bound))
