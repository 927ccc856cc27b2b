"""A committee and a council with members who log in, and agendas that were sent to them, for tests."""

from dataclasses import dataclass
from datetime import date, time

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Person, Role, Seat, SeatRole, SubstitutePlace
from sagsgang.cases.tests.factories import Town, make_town
from sagsgang.meetings.actions import put_on_agenda, send_agenda
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.tests.agenda import approved_case

TODAY = "2026-04-14 10:00+02:00"
MTU_DAY, KB_DAY = date(2026, 4, 28), date(2026, 5, 26)


@dataclass(frozen=True, slots=True)
class Hall:
    """The town; `dina` and `bo` sit in the committee, `dina` in the council too; `eva` sits in the works council.

    On the council's list F stand Ejner and then Freja.
    """

    town: Town
    dina: Person
    bo: Person
    eva: Person
    ejner: Person
    freja: Person

    @property
    def member(self) -> User:
        return user_of(self.dina)

    @property
    def other(self) -> User:
        return user_of(self.bo)

    @property
    def outsider(self) -> User:
        return user_of(self.eva)


def user_of(person: Person) -> User:
    """Who logs in as this person."""
    assert person.user is not None
    return person.user


def make_hall() -> Hall:
    """Egekøbing's committee and council."""
    town = make_town()
    people = {
        name: Person.objects.create(authority=town.authority, name=name, user=user)
        for name, user in (
            ("Dina Toft", town.member), ("Bo Friis", _user("bo")), ("Eva Lind", _user("eva")),
            ("Ejner Dam", None), ("Freja Eng", None),
        )
    }  # fmt: skip
    hall = Hall(town, *people.values())
    for body, person, party in (
        (town.mtu, hall.dina, "F"), (town.mtu, hall.bo, "A"), (town.kb, hall.dina, "F"), (town.kb, hall.bo, "A"),
        (town.hu, hall.eva, ""),
    ):  # fmt: skip
        seat(body, person, party=party)
    for place, person in enumerate((hall.ejner, hall.freja), start=1):
        SubstitutePlace.objects.create(body=town.kb, party="F", position=place, person=person)
    Appointment.objects.create(user=town.secretary, body=town.kb, role=Role.SECRETARY)
    return hall


def _user(name: str) -> User:
    return User.objects.create_user(name, first_name=name.capitalize(), last_name="Prøve")


def seat(body: Body, person: Person, **facts: object) -> Seat:
    """A seat of the person, and the role that goes with it."""
    if person.user is not None:
        Appointment.objects.get_or_create(user=person.user, body=body, role=Role.MEMBER)
    return Seat.objects.create(body=body, person=person, role=SeatRole.MEMBER, **facts)


def meeting_on(hall: Hall, day: date = MTU_DAY, body: Body | None = None) -> Meeting:
    """A meeting of the committee at 16 in room 2."""
    return Meeting.objects.create(body=body or hall.town.mtu, held_on=day, starts=time(16), place="Lokale 2")


def item_on(meeting: Meeting, hall: Hall, title: str = "Ny sti ved åen", **facts: object) -> AgendaItem:
    """An approved case on the agenda."""
    closing = "Prisen er ikke aftalt." if facts.get("access") == "closed" else ""
    parent = facts.pop("parent", None)
    assert parent is None or isinstance(parent, AgendaItem)
    case = approved_case(hall.town, title, **facts)
    return put_on_agenda(
        case,
        meeting=meeting,
        parent=parent,
        late_reason="Det haster.",
        closing_reason=closing,
        actor=hall.town.secretary,
    )


def closed_on(meeting: Meeting, hall: Hall, title: str = "Køb af Møllevej 4") -> AgendaItem:
    """A closed one."""
    return item_on(meeting, hall, title, access="closed", ground="property")


def sent_meeting(hall: Hall, *titles: str, day: date = MTU_DAY, closed: str = "", body: Body | None = None) -> Meeting:
    """A meeting whose agenda has gone out with these items."""
    meeting = meeting_on(hall, day, body)
    for title in titles or ("Ny sti ved åen", "Cykelparkering"):
        item_on(meeting, hall, title)
    if closed:
        closed_on(meeting, hall, closed)
    return send_agenda(meeting, anyway=True, actor=hall.town.secretary)


def item_called(title: str) -> AgendaItem:
    """The item of this title."""
    return AgendaItem.objects.select_related("meeting__body", "case").get(title=title)
