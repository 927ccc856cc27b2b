"""The protocol's page: who is let in, what is closed to whom, bad input, and what it costs."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Role
from sagsgang.cases.models import Presentation, Section
from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.models import AgendaItem
from sagsgang.protocols import actions
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import ProtocolEntry, ProtocolNote
from sagsgang.protocols.tests.meetings import decide, held_meeting, made_final, member_user
from sagsgang.sittings.actions import adjourn_meeting, adopt_without_vote, declare_conflict, move_proposal, take_up_item
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed

pytestmark = pytest.mark.django_db

SECRET = "Grunden koster 3 mio. kr."
QUERIES = 9
ACTS = ["write-note", "make-final", "sign-protocol", "remind-signers", "approve-protocol", "amend-protocol"]


@pytest.fixture
def held() -> Room:
    return held_meeting()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(user: User, room: Room) -> str:
    return client_of(user).get(reverse("protocols:protocol", args=[room.meeting.pk])).content.decode()


def user_with(room: Room, role: str) -> User:
    user = User.objects.create_user(f"rolle-{role}")
    Appointment.objects.create(user=user, body=room.body, role=role)
    return user


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SECRETARY, 200),
        (Role.CHAIR, 200),
        (Role.MEMBER, 200),
        (Role.DIRECTOR, 200),
        (Role.HR, 403),
        (Role.AUDITOR, 403),
    ],
)
def test_the_body_reads_its_protocol(held: Room, role: str, status: int) -> None:
    answer = client_of(user_with(held, role)).get(reverse("protocols:protocol", args=[held.meeting.pk]))

    assert answer.status_code == status


def test_a_stranger_finds_no_protocol_and_who_is_not_logged_in_is_asked(held: Room) -> None:
    address = reverse("protocols:protocol", args=[held.meeting.pk])

    assert client_of(User.objects.create_user("fremmed")).get(address).status_code == 404
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("act", [name for name in ACTS if name != "sign-protocol"])
def test_only_the_secretary_writes(held: Room, act: str) -> None:
    made_final(held)
    before = ProtocolEntry.objects.count()

    answer = client_of(member_user(held, 2)).post(reverse(f"protocols:{act}", args=[held.meeting.pk]))

    assert (answer.status_code, ProtocolEntry.objects.count(), ProtocolNote.objects.count()) == (403, before, 0)


def closed_room(kind: str = BodyKind.COMMITTEE) -> Room:
    """A closed item with all that may be said at it, at which M3 has a conflict of interest; it is still treated."""
    room = make_room(kind, items=1)
    AgendaItem.objects.update(access=Access.CLOSED, ground=Ground.PROPERTY, public_title="Køb af jord")
    room.items = list(AgendaItem.objects.select_related("case"))
    open_room(room)
    item = room.items[0]
    take_up_item(item, **typed(room, 1))
    declare_conflict(item, person=room.people[2], by_self=True, **typed(room, 2))
    move_proposal(item, words=SECRET, moved_by=room.people[1], **typed(room, 3))
    decide(room, item, "Købet godkendes.")
    actions.write_note(
        room.meeting, item=item, place="after", text="Prisen er fortrolig.", seen=0, actor=room.secretary
    )
    return room


WORDS = (SECRET, "Købet godkendes.", "Prisen er fortrolig.")


@pytest.mark.parametrize(("kind", "reads"), [(BodyKind.COMMITTEE, True), (BodyKind.WORKS_COUNCIL, False)])
def test_a_closed_item_is_read_by_its_readers_alone(kind: str, *, reads: bool) -> None:
    room = closed_room(kind)

    html = page(member_user(room, 2), room)

    assert [words in html for words in (*WORDS, "Sag 1")] == [reads] * 4
    assert ("Køb af jord" in html) is not reads


def test_with_a_conflict_of_interest_she_reads_the_decision_when_the_meeting_is_over() -> None:
    room = closed_room()
    user = member_user(room, 3)

    during = page(user, room)
    adjourn_meeting(room.meeting, **typed(room, 9))
    after = page(user, room)

    seen = [[words in html for words in WORDS] for html in (during, after)]
    assert seen == [[False, False, False], [False, True, False]]


def test_the_secretary_writes_before_an_item_and_reads_it_there(held: Room) -> None:
    client, item = client_of(held.secretary), held.items[1]
    facts = {"place": "before", "item": str(item.pk), "seen": "0", "text": "<script>Ord</script>"}

    answer = client.post(reverse("protocols:write-note", args=[held.meeting.pk]), facts)

    note = ProtocolNote.objects.get()
    assert (answer.status_code, note.item_id, note.revision) == (302, item.pk, 1)
    assert answer["Location"].endswith(f"#before-{item.pk}")
    assert "&lt;script&gt;Ord" in page(held.secretary, held)


@pytest.mark.parametrize("wrong", [{"seen": "x"}, {"place": "over"}, {"item": "ingen"}, {"text": "x" * 20_001}])
def test_bad_input_is_answered_and_kept(held: Room, wrong: dict[str, str]) -> None:
    facts = {"place": "before", "item": "", "seen": "0", "text": "Mine ord"} | wrong

    answer = client_of(held.secretary).post(reverse("protocols:write-note", args=[held.meeting.pk]), facts)

    assert (answer.status_code, ProtocolNote.objects.count()) == (422, 0)


def test_words_of_another_are_not_written_over(held: Room) -> None:
    actions.write_note(held.meeting, item=None, place="after", text="Den første.", seen=0, actor=held.secretary)
    facts = {"place": "after", "item": "", "seen": "0", "text": "Den anden."}

    answer = client_of(held.secretary).post(reverse("protocols:write-note", args=[held.meeting.pk]), facts)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert ("Den anden." in html, "Den første." in html, "En anden har skrevet her" in html) == (True, True, True)


def test_it_is_made_final_signed_and_amended_by_its_forms(held: Room) -> None:
    secretary, member = client_of(held.secretary), client_of(member_user(held, 2))

    def send(client: Client, act: str, **facts: str) -> int:
        return client.post(reverse(f"protocols:{act}", args=[held.meeting.pk]), facts).status_code

    assert send(secretary, "make-final", digest="gammel") == 422
    assert send(secretary, "make-final", digest=digest_of(held.meeting.pk)) == 302
    assert send(member, "sign-protocol", with_reservation="on") == 422
    assert send(member, "sign-protocol", with_reservation="on", words="Punkt 2.") == 302
    assert send(secretary, "remind-signers") == 302
    assert send(secretary, "approve-protocol", at="ingen") == 422
    assert send(secretary, "amend-protocol", words="", reason="") == 422
    assert send(secretary, "amend-protocol", words="Fire træer.", reason="Talt forkert.", item="") == 302
    kinds = list(ProtocolEntry.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == ["final", "reservation", "reminder", "amendment"]
    assert [words in page(held.secretary, held) for words in ("Punkt 2.", "Fire træer.", "Talt forkert.")] == [True] * 3


def test_before_it_is_final_she_sees_what_is_to_be_looked_at() -> None:
    room = make_room(items=4)
    drifting, postponed, voted, closed = room.items
    for item in (drifting, closed):
        draft = Presentation.objects.create(case=item.case)
        Section.objects.create(presentation=draft, position=1, kind="presentation", html="<p>Stien er 400 m lang.</p>")
        AgendaItem.objects.filter(pk=item.pk).update(presentation=draft)
    AgendaItem.objects.filter(pk=closed.pk).update(access=Access.CLOSED, ground=Ground.PROPERTY)
    open_room(room)
    take_up_item(voted, **typed(room, 2))
    adopt_without_vote(voted, is_adopted=False, **typed(room, 3))
    for item in (drifting, closed):
        decide(room, item, "Stien bliver belyst hele vejen hjem.")
    decide(room, postponed, "Udsat.", outcome="postponed")
    decide(room, voted, "Godkendt.")
    adjourn_meeting(room.meeting, **typed(room, 9))

    words = page(room.secretary, room)

    links = [
        f'<a href="{reverse("meetings:item", args=[item.pk])}">{item.number} {item.title}</a>' for item in room.items
    ]
    start, end = words.index("Punkter, hvor beslutningen siger andet"), words.index("Gør protokollen endelig")
    assert [[link in one for link in links] for one in words[start:end].split("<h3>")] == [
        [False, False, True, False],
        [True, False, False, True],
        [False, True, False, False],
    ]


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_costs_the_same_for_many_items(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    room = make_room(items=count)
    open_room(room)
    for item in room.items:
        decide(room, item, "Godkendt.")
    client = client_of(room.secretary)
    address = reverse("protocols:protocol", args=[room.meeting.pk])

    with django_assert_num_queries(QUERIES):
        client.get(address)


@pytest.mark.parametrize("count", [3, 60])
def test_a_final_one_costs_the_same_too(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    room = make_room(items=count)
    open_room(room)
    for item in room.items:
        decide(room, item, "Godkendt.")
    adjourn_meeting(room.meeting, **typed(room, 9))
    made_final(room)
    client = client_of(room.secretary)
    address = reverse("protocols:protocol", args=[room.meeting.pk])

    with django_assert_num_queries(QUERIES):
        client.get(address)
