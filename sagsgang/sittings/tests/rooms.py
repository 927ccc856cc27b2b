"""A council of 27 and a committee of five, each with a sent agenda, for tests of the room."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sagsgang.accounts.models import User
from sagsgang.bodies.models import (
    Appointment,
    Authority,
    Body,
    BodyKind,
    Person,
    Role,
    Seat,
    SeatRole,
    SubstitutePlace,
)
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.cases.models import Case
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.sittings import actions
from sagsgang.sittings.models import Method, Poll

TODAY = date(2026, 3, 9)
OPENED = datetime(2026, 3, 9, 16, 0, tzinfo=UTC)  # 17.00 in Copenhagen


@dataclass
class Room:
    """A body with its meeting; `at(minutes)` is so long after the opening, `act` the keywords of every act."""

    authority: Authority
    body: Body
    meeting: Meeting
    secretary: User
    people: list[Person]
    items: list[AgendaItem] = field(default_factory=list)

    def at(self, minutes: float) -> datetime:
        return OPENED + timedelta(minutes=minutes)

    def person(self, name: str) -> Person:
        return next(one for one in self.people if one.name == name)


def make_room(
    kind: str = BodyKind.COMMITTEE,
    groups: str = "AAAVV",
    items: int = 3,
    held_on: date = TODAY,
    authority: Authority | None = None,
) -> Room:
    """A body with one member for each letter of `groups` (her party): "M1" is the chair, "M2" the vice chair."""
    authority = authority or Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(
        authority=authority, kind=kind, name=f"Organ {kind}", code=kind[:6].upper(), publish_policy="minutes"
    )
    people = Person.objects.bulk_create(
        Person(authority=authority, name=f"M{number}") for number in range(1, len(groups) + 1)
    )
    roles = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, *[SeatRole.MEMBER] * len(groups))
    Seat.objects.bulk_create(
        Seat(body=body, person=person, party=party, role=role)
        for person, party, role in zip(people, groups, roles, strict=False)
    )
    secretary, _created = User.objects.get_or_create(username="sekretær", first_name="Sanne", last_name="Skov")
    Appointment.objects.create(user=secretary, body=body, role=Role.SECRETARY)
    meeting = Meeting.objects.create(
        body=body, held_on=held_on, agenda_sent_at=OPENED - timedelta(days=6), place="Byrådssalen"
    )
    room = Room(authority, body, meeting, secretary, people)
    cases = Case.objects.bulk_create(Case(authority=authority, title=f"Sag {number}") for number in range(1, items + 1))
    room.items = AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, case=case, position=number, number=str(number), title=case.title, access="open")
        for number, case in enumerate(cases, start=1)
    )
    return room


def add_item(room: Room, number: str, parent: AgendaItem | None = None, block: int | None = None) -> AgendaItem:
    """One more item at the end of the agenda, or under another one."""
    case = open_case(room.authority, CaseFacts(title=f"Sag {number}"), actor=room.secretary)
    position = AgendaItem.objects.filter(meeting=room.meeting, parent=parent).count() + 1
    return AgendaItem.objects.create(
        meeting=room.meeting,
        parent=parent,
        case=case,
        position=position,
        number=number,
        title=case.title,
        access="open",
        block=block,
    )


def add_listed(room: Room, party: str, *names: str) -> list[Person]:
    """People on the candidate list of a party, in this order."""
    found = []
    for position, name in enumerate(names, start=1):
        person = Person.objects.create(authority=room.authority, name=name)
        SubstitutePlace.objects.create(body=room.body, party=party, position=position, person=person)
        found.append(person)
    return found


def typed(room: Room, minutes: float) -> dict[str, Any]:
    """The keywords of an act that was typed so many minutes after the opening, with a key of its own."""
    return {"key": uuid4(), "at": room.at(minutes), "actor": room.secretary}


def open_room(room: Room, *, absent: tuple[str, ...] = ()) -> Meeting:
    """The meeting opened with all but those named."""
    present = [one.pk for one in room.people if one.name not in absent]
    actions.open_meeting(room.meeting, present=present, **typed(room, 0))
    room.meeting = Meeting.objects.select_related("body__authority").get(pk=room.meeting.pk)
    for item in room.items:
        item.meeting = room.meeting
    return room.meeting


def poll_at(room: Room, item: AgendaItem, minutes: float, method: str = Method.ROLL_CALL) -> Poll:
    """A poll that was opened at the running item."""
    act = actions.open_poll(item, method=method, **typed(room, minutes))
    return Poll.objects.get(pk=act.key)
