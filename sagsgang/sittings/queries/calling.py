"""Who can be called for whom: the substitutes that the rules allow, for the desk."""

from dataclasses import dataclass

from sagsgang.bodies.models import BodyKind, Seat, SubstitutePlace
from sagsgang.meetings.models import Meeting
from sagsgang.sittings.queries.state import Named, SittingState


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


def calling_of(meeting: Meeting, state: SittingState) -> Calling:
    """The substitutes whom the rules allow (R30, R31, R33); one query, none while the meeting does not run."""
    if not state.is_open:
        return Calling()
    is_list = meeting.body.kind == BodyKind.COUNCIL
    groups = _lists(meeting) if is_list else _council_groups(meeting)
    seated = {member.pk for member in state.members}
    free = {party: tuple(one for one in people if one.pk not in seated) for party, people in groups.items()}
    filled = {member.substitute_for for member in state.members}
    away = [member for member in state.members if not member.is_here and not member.substitute_for]
    calls = tuple(
        Call(Named(member.pk, member.name), free[member.party], is_list)
        for member in away
        if not member.seat_ended and member.name not in filled and free.get(member.party)
    )
    return Calling(calls, tuple(one for people in free.values() for one in people))


def _lists(meeting: Meeting) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for place in SubstitutePlace.objects.filter(body=meeting.body_id).select_related("person").order_by("position"):
        found.setdefault(place.party, []).append(Named(place.person_id, place.person.name))
    return found


def _council_groups(meeting: Meeting) -> dict[str, list[Named]]:
    """The council's members that day by group: a committee's substitute must be one of them (R31)."""
    seats = Seat.objects.filter(body__kind=BodyKind.COUNCIL, body__authority=meeting.body.authority_id)
    found: dict[str, list[Named]] = {}
    for seat in seats.on(meeting.held_on).select_related("person").order_by("person__name"):
        found.setdefault(seat.party, []).append(Named(seat.person_id, seat.person.name))
    return found
