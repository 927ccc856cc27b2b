"""60 members and 120 items: the pages ask no more than for a small meeting, and the protocol tells of every item."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sagsgang.bodies.models import Authority, BodyKind
from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.meetings.models import AgendaItem, Decision
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.rendering.compose import as_text, compose_protocol
from sagsgang.protocols.tests.meetings import made_final, member_user
from sagsgang.sittings import actions
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, poll_at, typed

pytestmark = [pytest.mark.long, pytest.mark.django_db]


def held(groups: str, items: int, kind: str = BodyKind.COUNCIL, authority: Authority | None = None) -> Room:
    """A meeting: the last member is away, all items but the first are adopted as a block, the first by roll-call."""
    room = make_room(kind, groups, items=items, authority=authority)
    AgendaItem.objects.filter(meeting=room.meeting).exclude(pk=room.items[0].pk).update(block=1)
    open_room(room, absent=(room.people[-1].name,))
    actions.take_up_block(room.meeting, block=1, **typed(room, 1))
    actions.adopt_without_vote(room.items[1], **typed(room, 2))
    actions.take_up_item(room.items[0], **typed(room, 3))
    poll = poll_at(room, room.items[0], 4)
    actions.enter_roll_call(poll, exceptions={room.people[0].pk: "imod"}, **typed(room, 5))
    actions.close_poll(poll, **typed(room, 6))
    Decision.objects.bulk_create(
        Decision(
            item=item,
            body=room.body,
            decided_on=room.meeting.held_on,
            position=1,
            html=f"<p>Godkendt som nr. {number}.</p>",
            outcome="approved",
            recorded_by=room.secretary,
        )
        for number, item in enumerate(room.items, start=1)
    )
    return room


def asked(client: Client, name: str, room: Room, *, is_first: bool = False) -> int:
    """How many questions the page asks the database; the first time it is opened it fills what is kept for all."""
    url = reverse(name, args=[room.meeting.pk])
    if is_first:
        client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_the_pages_of_a_large_meeting_ask_as_little_as_those_of_a_small_one() -> None:
    small = held("AAV", 3, BodyKind.COMMITTEE)
    large = held("ABCFOV" * 10, 120, authority=small.authority)
    names = ("sittings:desk", "sittings:follow", "protocols:protocol", "meetings:meeting")

    counts = [
        [asked(client, name, room, is_first=room is small) for name in names]
        for room in (small, large)
        for client in (signed_in_as(room.secretary),)
    ]
    followed = [
        asked(signed_in_as(member_user(room, number)), "sittings:follow", room)
        for number, room in ((1, small), (2, large))
    ]

    assert counts[0] == counts[1]
    assert followed[0] == followed[1]


def test_the_protocol_of_a_large_meeting_tells_of_every_item_and_voter() -> None:
    room = held("ABCFOV" * 10, 120)
    actions.adjourn_meeting(room.meeting, **typed(room, 9))
    room.meeting.refresh_from_db()

    document = compose_protocol(facts_of(room.meeting.pk))
    entry = made_final(room)

    words = as_text(document)
    assert (len(document.items), len(document.present), len(document.absent)) == (120, 59, 1)
    assert [f"Godkendt som nr. {number}." in words for number in range(1, 121)] == [True] * 120
    assert [len(item.votes) for item in document.items] == [1] * 120
    assert sorted(choice for _, choice in document.items[0].votes[0].votes) == ["for"] * 58 + ["imod"]
    assert len(entry.sha256) == 64
