"""The page of an item of a meeting that is run here: its supplement, who was away by the roll, and the ways on."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.cases.tests.factories import signed_in_as
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.deciding import people_taking_part
from sagsgang.sittings import actions
from sagsgang.sittings.tests.rooms import Room, make_room, open_room, typed


@pytest.fixture
def room(db: None) -> Room:
    """M5 is away; M4 leaves while the second item is treated, M3 before it."""
    room = make_room()
    open_room(room, absent=("M5",))
    actions.take_up_item(room.items[0], **typed(room, 1))
    actions.note_departure(room.meeting, person=room.person("M3"), **typed(room, 2))
    actions.take_up_item(room.items[1], **typed(room, 3))
    actions.note_departure(room.meeting, person=room.person("M4"), **typed(room, 4))
    return room


def page(room: Room, name: str, pk: object) -> str:
    return str(signed_in_as(room.secretary).get(reverse(name, args=[pk])).content.decode())


def test_it_lists_who_was_away_and_marks_nobody(room: Room) -> None:
    words = page(room, "meetings:item", room.items[1].pk)
    absence = words[words.index(f'id="absence-{room.items[1].pk}"') :]

    listed = [name for name in ("M1", "M2", "M3", "M4", "M5") if f'"name">{name}<' in absence]
    assert listed == ["M3", "M4", "M5"]
    assert reverse("meetings:mark-absence-at-item", args=[room.items[1].pk]) not in words
    assert reverse("sittings:desk", args=[room.meeting.pk]) in words


def test_who_took_part_follows_from_the_roll(room: Room) -> None:
    names = [[row.name for row in people_taking_part(item)] for item in room.items[:2]]

    assert names == [["M1", "M2", "M3", "M4"], ["M1", "M2", "M4"]]


def test_an_item_that_came_by_a_supplement_says_so(room: Room) -> None:
    AgendaItem.objects.filter(pk=room.items[2].pk).update(first_sent_in=3)
    words = gettext("Supplementary agenda no. %(number)s") % {"number": 2}

    assert words in page(room, "meetings:item", room.items[2].pk)
    assert words not in page(room, "meetings:item", room.items[1].pk)


def test_the_pages_lead_on(room: Room) -> None:
    of_body = page(room, "meetings:body", room.body.pk)
    absences = reverse("members:absences", args=[room.meeting.pk])

    for name in ("meetings:record-urgent-decision", "meetings:phrases", "followups:body-follow-ups"):
        assert reverse(name, args=[room.body.pk]) in of_body
    assert absences in page(room, "meetings:meeting", room.meeting.pk)
    assert absences in page(room, "sittings:desk", room.meeting.pk)
