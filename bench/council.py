"""A council that meets, for `bench.sittings`; loaded when the database is at hand."""

from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat, SeatRole
from sagsgang.cases.actions.case import CaseFacts, open_case
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.sittings.actions import open_meeting
from sagsgang.sittings.tickets import make_ticket


@dataclass(frozen=True)
class Council:
    """What the bench asks with: cookies, addresses and rows."""

    items: list[AgendaItem]
    cookies: list[str]
    secretary: str
    token: str
    ticket: str
    follow: str


def council(members: int, items: int) -> Council:
    """A council with a user for each member; its meeting is opened, all are there."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(
        authority=authority, kind=BodyKind.COUNCIL, name="Kommunalbestyrelsen", publish_policy="minutes"
    )
    secretary = User.objects.create_user("sekretær")
    Appointment.objects.create(user=secretary, body=body, role=Role.SECRETARY)
    users = []
    for number in range(1, members + 1):
        user = User.objects.create_user(f"medlem{number}")
        person = Person.objects.create(authority=authority, name=f"Medlem {number:02}", user=user)
        role = SeatRole.CHAIR if number == 1 else SeatRole.MEMBER
        Seat.objects.create(body=body, person=person, party="ABCFOV"[number % 6], role=role)
        Appointment.objects.create(user=user, body=body, role=Role.MEMBER)
        users.append(user)
    meeting = Meeting.objects.create(body=body, held_on=localdate(), agenda_sent_at=now())
    rows = [_item(meeting, number, secretary) for number in range(1, items + 1)]
    people = Person.objects.filter(authority=authority).values_list("pk", flat=True)
    open_meeting(meeting, present=people, key=uuid4(), at=now(), actor=secretary)
    token = _get_new_csrf_string()
    return Council(
        items=rows,
        cookies=[_cookie(user) for user in users],
        secretary=f"{_cookie(secretary)}; {settings.CSRF_COOKIE_NAME}={token}",
        token=token,
        ticket=make_ticket(meeting.pk),
        follow=reverse("sittings:follow-part", args=[meeting.pk]),
    )


def _item(meeting: Meeting, number: int, actor: User) -> AgendaItem:
    case = open_case(meeting.body.authority, CaseFacts(title=f"Sag nummer {number:02}"), actor=actor)
    return AgendaItem.objects.create(
        meeting=meeting, case=case, position=number, number=str(number), title=case.title, access="open"
    )


def _cookie(user: User) -> str:
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
