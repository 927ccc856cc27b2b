"""Who took part in each meeting of one body: as the house asks everywhere (`meetings.queries.roll`), for many at once."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sagsgang.bodies.models import Seat
from sagsgang.core.gathering import Part
from sagsgang.core.sorting import DanishKey
from sagsgang.meetings.models import Attendance, AttendanceState, Meeting
from sagsgang.meetings.queries.roll import Roll, make_roll
from sagsgang.meetings.queries.room import SAID, SEATED, RoomFacts, rooms_of, seats_from
from sagsgang.meetings.rules.presence import is_seated
from sagsgang.reports.queries.year.loading import Scope
from sagsgang.reports.queries.year.rows import How, PresenceRow


def presence_parts(scope: Scope) -> dict[str, Part]:
    """What is gathered with other lists: the body's seats, and what protocols from outside say."""
    seats = Seat.objects.filter(body=scope.body.pk).order_by(DanishKey("person__name"), "-held_from")
    said = Attendance.objects.filter(meeting__body=scope.body.pk, meeting__held_on__range=scope.span)
    return {"seats": Part(seats, SEATED), "said": Part(said.order_by("position"), SAID)}


def presence_rows(scope: Scope, seats: list[Seat], said: list[Attendance]) -> list[PresenceRow]:
    """Of each meeting of the body in the span of which presence is known; one query."""
    meetings = Meeting.objects.filter(body=scope.body.pk, held_on__range=scope.passed, cancelled_at=None)
    lines: dict[UUID, list[Attendance]] = {}
    for row in said:
        lines.setdefault(row.meeting_id, []).append(row)
    found: list[PresenceRow] = []
    for facts in rooms_of(meetings.order_by("held_on", "starts", "pk")):
        is_run_here = facts.opened_at is not None
        here = () if is_run_here else lines.get(facts.meeting, [])
        roll = make_roll(facts, seats_from(_seats_then(facts, seats)) if is_run_here else (), here)
        shares = _run_here(roll) if is_run_here else _said(roll)
        found += (PresenceRow(facts.meeting, scope.body.pk, facts.held_on, name, how) for name, how in shares)
    return found


def _seats_then(facts: RoomFacts, seats: Iterable[Seat]) -> list[Seat]:
    came = {row.person for row in facts.presences}
    return [
        seat
        for seat in seats
        if seat.person_id in came or is_seated(facts.held_on, seat.held_from, seat.held_to)
    ]  # fmt: skip


def _run_here(roll: Roll) -> Iterator[tuple[str, How]]:
    """Members and who sat in for them; who has a permanent substitute is substituted too."""
    there = {line.person for line in roll.present_at(None)}
    sat_in = {row.substitute_for for row in roll.members if row.substitute_for and row.person in there}
    for line in roll.lines(None):
        is_there = line.state == AttendanceState.PRESENT
        member = roll.member(line.person)
        if member is not None and member.substitute_for is not None:
            if is_there:
                yield line.name, How.SUBSTITUTE
        elif is_there:
            yield line.name, How.PARTLY if line.is_partly else How.WHOLE
        else:
            yield line.name, How.SUBSTITUTED if line.person in sat_in else How.ABSENT


def _said(roll: Roll) -> Iterator[tuple[str, How]]:
    """As a protocol from outside says it: partly is who was there, and was said to be absent at some item."""
    whole = [row for row in roll.said if row.item_id is None]
    away = {row.person_id for row in roll.said if row.item_id is not None and row.state == AttendanceState.ABSENT}
    present = [row for row in whole if row.state == AttendanceState.PRESENT]
    sat_in = {row.substitute_for_id for row in present if row.substitute_for_id}
    for row in whole:
        if row.state == AttendanceState.ABSENT:
            yield row.person.name, How.SUBSTITUTED if row.person_id in sat_in else How.ABSENT
        elif row.substitute_for_id:
            yield row.person.name, How.SUBSTITUTE
        else:
            yield row.person.name, How.PARTLY if row.person_id in away else How.WHOLE
