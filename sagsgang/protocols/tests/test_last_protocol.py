"""The standing item for the approval of the last protocol: it leads to the protocol, and approves it in one act."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Role
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings.models import AgendaItem, Decision, Meeting, StandingItem
from sagsgang.protocols import actions
from sagsgang.protocols.actions.final import digest_of
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.tests.meetings import member_user
from sagsgang.sittings import actions as sittings
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.tests.rooms import TODAY, Room, add_item, make_room, open_room, typed


@pytest.fixture
def room(db: None) -> Room:
    """A committee whose protocol of the meeting a month ago is final, on the day of the next one."""
    room = make_room(items=1, held_on=TODAY - timedelta(days=28))
    actions.make_final(room.meeting, digest=digest_of(room.meeting.pk), anyway=True, actor=room.secretary)
    return room


@pytest.fixture
def item(room: Room) -> AgendaItem:
    standing = StandingItem.objects.create(body=room.body, title="Godkendelse af protokol", use="protocol")
    room.meeting = Meeting.objects.create(body=room.body, held_on=TODAY, agenda_sent_at=room.meeting.agenda_sent_at)
    item = add_item(room, "1")
    item.standing = standing
    item.save()
    room.items = [item]
    return item


def last_of(room: Room) -> Meeting:
    return Meeting.objects.get(body=room.body, held_on=TODAY - timedelta(days=28))


def test_one_act_approves_the_protocol_and_decides_the_item(room: Room, item: AgendaItem) -> None:
    client = signed_in_as(room.secretary)
    page = client.get(reverse("protocols:last-protocol", args=[item.pk])).content.decode()

    answer = client.post(
        reverse("protocols:approve-last-protocol", args=[item.pk]), {"meeting": str(last_of(room).pk)}, follow=True
    )

    entry = ProtocolEntry.objects.get(kind=EntryKind.APPROVAL)
    assert reverse("protocols:protocol", args=[last_of(room).pk]) in page
    assert answer.redirect_chain == [(reverse("meetings:item", args=[item.pk]), 302)]
    assert (entry.meeting, str(room.meeting.pk) in entry.document) == (last_of(room), True)
    assert Decision.objects.get(item=item).outcome == "approved"


def test_in_a_running_meeting_those_who_follow_are_told(room: Room, item: AgendaItem) -> None:
    open_room(room)
    sittings.take_up_item(item, **typed(room, 1))

    actions.approve_at_item(last_of(room), item=item, actor=room.secretary)

    assert SittingAct.objects.latest("number").verb == "decide_here"


def test_a_decision_that_is_recorded_already_stands(room: Room, item: AgendaItem) -> None:
    open_room(room)
    facts = {"text": "Godkendt med en rettelse.", "outcome": "approved", "points": (), "seen": 0}
    sittings.decide_here(item, facts=facts, **typed(room, 2))

    for _ in range(2):
        actions.approve_at_item(last_of(room), item=item, actor=room.secretary)

    assert [row.html for row in Decision.objects.filter(item=item)] == ["<p>Godkendt med en rettelse.</p>"]
    assert ProtocolEntry.objects.filter(kind=EntryKind.APPROVAL).count() == 1


def test_only_the_standing_item_approves_and_only_an_earlier_protocol(room: Room, item: AgendaItem) -> None:
    other = add_item(room, "2")
    client = signed_in_as(room.secretary)

    with pytest.raises(RuleBrokenError):
        actions.approve_at_item(last_of(room), item=other, actor=room.secretary)
    url = reverse("protocols:approve-last-protocol", args=[item.pk])
    statuses = [client.post(url, {"meeting": key}).status_code for key in (str(room.meeting.pk), "intet", "")]

    assert statuses == [422, 422, 422]
    assert not ProtocolEntry.objects.filter(kind=EntryKind.APPROVAL).exists()


def test_the_item_and_the_protocol_lead_to_each_other(room: Room, item: AgendaItem) -> None:
    client = signed_in_as(room.secretary)

    of_item = client.get(reverse("meetings:item", args=[item.pk])).content.decode()
    of_protocol = client.get(reverse("protocols:protocol", args=[last_of(room).pk])).content.decode()

    assert reverse("protocols:last-protocol", args=[item.pk]) in of_item
    assert reverse("meetings:item", args=[item.pk]) in of_protocol


def test_a_member_reads_and_does_not_approve(room: Room, item: AgendaItem) -> None:
    member, hr = member_user(room, 1), member_user(room, 2, Role.HR)
    url = reverse("protocols:last-protocol", args=[item.pk])

    page = signed_in_as(member).get(url)

    approve = reverse("protocols:approve-last-protocol", args=[item.pk])
    assert (page.status_code, approve in page.content.decode()) == (200, False)
    assert signed_in_as(member).post(approve, {"meeting": str(last_of(room).pk)}).status_code == 403
    assert signed_in_as(hr).get(url).status_code == 403


def test_the_page_costs_the_same_for_many_protocols(
    room: Room, item: AgendaItem, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in_as(room.secretary)
    url = reverse("protocols:last-protocol", args=[item.pk])
    for days in (0, 60, 90):
        if days:
            Meeting.objects.create(body=room.body, held_on=TODAY - timedelta(days=days))

        with django_assert_num_queries(5):
            client.get(url)
