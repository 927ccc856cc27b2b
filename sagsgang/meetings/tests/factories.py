"""A body with its people and a meeting, for tests of pages and acts. No surprises: every word stands here."""

from dataclasses import dataclass, replace
from datetime import date, time

from django.test import Client

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Person, Role, Seat, SeatRole
from sagsgang.documents import storage
from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.drafts import (
    AttachmentDraft,
    CaseDraft,
    DecisionDraft,
    FileDraft,
    ItemDraft,
    MeetingDraft,
    PersonDraft,
    PointDraft,
    SectionDraft,
    StepDraft,
)
from sagsgang.meetings.models import AgendaItem, Meeting

HELD_ON = date(2026, 3, 9)
BODY = "Miljø- og Teknikudvalget"

# Words that may stand on a page only for who reads closed material; each of them lies in another part.
CLOSED_WORDS = (
    "Køb af Møllevej 4",
    "Sælger er presset",
    "Skødet koster 2 mio. kr.",
    "Købet blev godkendt",
    "Vurdering af Møllevej 4",
    "Lukket regneark",
)


@dataclass(frozen=True, slots=True)
class House:
    """A body, and a user in each place that the tests ask for. `secretary` keeps its minutes."""

    body: Body
    secretary: User
    second: User
    director: User
    member: User
    hr: User
    auditor: User
    stranger: User


def make_house() -> House:
    """A committee of four with a chair and a vice chair, and the users around it."""
    authority = Authority.objects.create(name="Egekøbing Kommune", slug="egekoebing")
    body = Body.objects.create(
        authority=authority, kind=BodyKind.COMMITTEE, name=BODY, code="MTU", publish_policy="minutes"
    )
    other = Body.objects.create(
        authority=authority,
        kind=BodyKind.COMMITTEE,
        name="Socialudvalget",
        code="SU",
        publish_policy="minutes",
    )
    for name, role, party in (
        ("Åse Lund", SeatRole.CHAIR, "A"),
        ("Bo Friis", SeatRole.VICE_CHAIR, "V"),
        ("Ærø Holm", SeatRole.MEMBER, "C"),
        ("Dina Toft", SeatRole.MEMBER, "F"),
    ):
        person = Person.objects.create(authority=authority, name=name)
        Seat.objects.create(body=body, person=person, role=role, party=party)
    return House(
        body=body,
        secretary=_user("sekretær", "Sanne Skov", Role.SECRETARY, body),
        second=_user("sekretær2", "Ida Bech", Role.SECRETARY, body),
        director=_user("direktør", "Lone Krag", Role.DIRECTOR, body),
        member=_user("medlem", "Dina Toft", Role.MEMBER, body),
        hr=_user("hr", "Hanne Ravn", Role.HR, body),
        auditor=_user("revisor", "Rune Vad", Role.AUDITOR, None),
        stranger=_user("fremmed", "Finn Elm", Role.SECRETARY, other),
    )


def _user(username: str, name: str, role: str, body: Body | None) -> User:
    first, last = name.split()
    user = User.objects.create_user(username, first_name=first, last_name=last)
    Appointment.objects.create(user=user, body=body, role=role)
    return user


def kept_file(content: bytes, name: str) -> FileDraft:
    """Bytes in the house's store."""
    return FileDraft(storage.house().put(content), name, len(content), "text/plain")


def open_item() -> ItemDraft:
    """An open item with every part, two sub-items and a closed attachment among the open ones."""
    return ItemDraft(
        number="1",
        title="Ny cykelsti ved Lindevej",
        kind="B",
        case=CaseDraft("Cykelstier i kommunen", numbers=("05.01.00-G01-7-25",)),
        path=(StepDraft("DIR", date(2026, 2, 25)), StepDraft("MTU", HELD_ON), StepDraft("KB", date(2026, 3, 24))),
        sections=(
            SectionDraft("presentation", "Sagsfremstilling", "<p>Stien er <strong>400 m</strong> lang.</p>"),
            SectionDraft(
                "recommendation", "Indstilling", "<p>Forvaltningen indstiller,</p>",
                (PointDraft("1.", "at stien anlægges"), PointDraft("2.", "at den betales af anlægspuljen")),
            ),
        ),
        decisions=(DecisionDraft("Direktionen", date(2026, 2, 25), "<p>Anbefales.</p>", "recommended"),),
        absent=(PersonDraft("Dina Toft", party="F", note="kom 17.20"),),
        attachments=(
            AttachmentDraft(
                1, "Kort over stien", Access.OPEN, document_id="100001", document_number="41694/26", mark="(H)",
                file=kept_file(b"kort", "kort.txt"),
            ),
            AttachmentDraft(
                2, "Lukket regneark", Access.CLOSED, ground=Ground.TENDER, file=kept_file(b"tal", "regneark.txt")
            ),
        ),
        subitems=(
            ItemDraft(
                "1", "Belægning", CaseDraft("Belægning"), path=(StepDraft("ØK"),),
                sections=(SectionDraft("presentation", "", "<p>Asfalt eller grus.</p>"),),
            ),
            ItemDraft("2", "Belysning", CaseDraft("Belysning")),
        ),
    )  # fmt: skip


def closed_item() -> ItemDraft:
    """A closed item whose every part holds one of `CLOSED_WORDS`."""
    return ItemDraft(
        number="2",
        title="Køb af Møllevej 4",
        case=CaseDraft("Køb af Møllevej 4", numbers=("82.02.00-G10-1-26",)),
        access=Access.CLOSED,
        ground=Ground.PROPERTY,
        closing_reason="Sælger er presset.",
        public_title="Køb af ejendom",
        sections=(SectionDraft("presentation", "Sagsfremstilling", "<p>Skødet koster 2 mio. kr.</p>"),),
        decisions=(DecisionDraft(BODY, HELD_ON, "<p>Købet blev godkendt.</p>", "approved"),),
        attachments=(
            AttachmentDraft(1, "Vurdering af Møllevej 4", Access.OPEN, file=kept_file(b"vurdering", "vurdering.txt")),
        ),
    )


def plain_item(number: int) -> ItemDraft:
    """An open item with a little of everything, for pages with many."""
    return replace(
        open_item(),
        number=str(number),
        title=f"Punkt {number}",
        case=CaseDraft(f"Punkt {number}"),
        subitems=(),
    )


def meeting_with(house: House, *items: ItemDraft, held_on: date = HELD_ON) -> Meeting:
    """A meeting of the house's body with these items."""
    draft = MeetingDraft(held_on=held_on, starts=time(16), place="Lokale 2", items=items)
    return restore_meeting(house.body, draft, actor=house.secretary).meeting


def item_of(meeting: Meeting, number: str) -> AgendaItem:
    """The meeting's item of this number."""
    return AgendaItem.objects.top().get(meeting=meeting, number=number)


def signed_in_as(user: User) -> Client:
    """A client whose user has logged in."""
    client = Client()
    client.force_login(user)
    return client


def htmx(user: User) -> Client:
    """The same, asking as htmx does."""
    client = Client(headers={"HX-Request": "true"})
    client.force_login(user)
    return client
