"""A member with a conflict of interest is shut out of the item's closed material, everywhere, from the moment it is noted."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Attachment, ConflictOfInterest, Meeting
from sagsgang.meetings.permissions import may_read_closed_item, shut_out
from sagsgang.meetings.tests.agenda import verbs_of
from sagsgang.meetings.tests.factories import (
    HELD_ON,
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    signed_in_as,
)

SECRETS = ("Sælger er presset", "Skødet koster 2 mio. kr.", "Købet blev godkendt", "Vurdering af Møllevej 4")


@pytest.fixture
def member(house: House) -> Person:
    """The member who logs in, with her seat."""
    person = Person.objects.get(name="Dina Toft")
    person.user = house.member
    person.save()
    return person


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


def note(item: AgendaItem, person: Person, house: House) -> ConflictOfInterest:
    return actions.note_conflict(item, person=person, actor=house.secretary)


def pages(user: User, meeting: Meeting) -> str:
    client = signed_in_as(user)
    urls = [
        reverse("meetings:meeting", args=[meeting.pk]),
        reverse("publication:releases", args=[meeting.pk]),
        *(reverse("meetings:item", args=[item.pk]) for item in meeting.items.all() if item.parent_id is None),
    ]
    return "".join(client.get(url).content.decode() for url in urls)


def opens(client: Client, item: AgendaItem, position: int) -> int:
    row = Attachment.objects.get(item=item, position=position)
    response = client.get(reverse("meetings:attachment", args=[row.pk]))
    response.getvalue()
    return response.status_code


def test_she_keeps_the_title_and_loses_the_rest(meeting: Meeting, house: House, member: Person) -> None:
    item = item_of(meeting, "2")
    assert [word for word in SECRETS if word not in pages(house.member, meeting)] == []

    note(item, member, house)

    words = pages(house.member, meeting)
    assert [word for word in SECRETS if word in words] == []
    assert "Køb af Møllevej 4" in words
    assert (
        gettext("A conflict of interest is noted for you at this item. You have no access to its closed material.")
        in words
    )
    assert opens(signed_in_as(house.member), item, 1) == 403
    assert (opens(signed_in_as(house.member), item_of(meeting, "1"), 2), may_read_closed_item(house.member, item)) == (
        200,
        False,
    )
    assert [word for word in SECRETS if word not in pages(house.director, meeting)] == []


def test_of_an_open_item_she_loses_the_closed_parts_only(meeting: Meeting, house: House, member: Person) -> None:
    item = item_of(meeting, "1")

    note(item, member, house)

    page = signed_in_as(house.member).get(reverse("meetings:item", args=[item.pk])).content.decode()
    assert "Stien er <strong>400 m</strong> lang." in page
    assert "Lukket regneark" not in page
    assert [opens(signed_in_as(house.member), item, position) for position in (1, 2)] == [200, 403]


def test_above_it_counts_below_and_below_it_does_not_count_above(
    meeting: Meeting, house: House, member: Person
) -> None:
    item = item_of(meeting, "1")
    sub = item.subitems.get(number="1")

    below = note(sub, member, house)
    assert shut_out(house.member, meeting) == {sub.pk}
    actions.withdraw_conflict(sub, person=member, actor=house.secretary)
    note(item, member, house)

    below.refresh_from_db()
    assert below.withdrawn_at is not None
    assert shut_out(house.member, meeting) == {item.pk, *item.subitems.values_list("pk", flat=True)}


def test_the_same_case_is_shut_at_every_body(meeting: Meeting, house: House, member: Person) -> None:
    item = item_of(meeting, "2")
    later = meeting_with(house, held_on=HELD_ON.replace(month=4))
    carried = actions.carry_forward(item, meeting=later, late_reason="Haster", actor=house.secretary)

    note(item, member, house)

    assert shut_out(house.member, later) == {carried.pk}


def test_it_is_noted_once_with_its_trace_and_can_be_taken_back(meeting: Meeting, house: House, member: Person) -> None:
    item = item_of(meeting, "2")
    assert note(item, member, house) == note(item, member, house)

    actions.withdraw_conflict(item, person=member, actor=house.secretary)
    actions.withdraw_conflict(item, person=member, actor=house.secretary)

    assert verbs_of(item) == verbs_of(item.case) == ["note_conflict", "withdraw_conflict"]
    assert may_read_closed_item(house.member, item)


def test_nobody_takes_back_her_own(meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "2")
    person = Person.objects.create(authority=house.body.authority, name="Sanne Skov", user=house.secretary)
    Seat.objects.create(body=house.body, person=person)
    note(item, person, house)

    with pytest.raises(RuleBrokenError):
        actions.withdraw_conflict(item, person=person, actor=house.secretary)
    client = signed_in_as(house.secretary)
    assert client.get(reverse("meetings:state-closing", args=[item.pk])).status_code == 403
    for name in ("record-decision", "mark-absence-at-item"):
        words = client.post(reverse(f"meetings:{name}", args=[item.pk]), {"text": ""}).content.decode()
        assert [secret for secret in SECRETS if secret in words] == []


def test_a_stranger_to_the_body_has_none(meeting: Meeting, house: House) -> None:
    stranger = Person.objects.create(authority=house.body.authority, name="Ukendt Gæst")

    with pytest.raises(RuleBrokenError):
        note(item_of(meeting, "2"), stranger, house)


def test_the_page_notes_it_and_takes_it_back(meeting: Meeting, house: House, member: Person) -> None:
    item = item_of(meeting, "2")
    client = signed_in_as(house.secretary)

    refused = client.post(reverse("meetings:note-conflict", args=[item.pk]), {"person": "nej"})
    client.post(reverse("meetings:note-conflict", args=[item.pk]), {"person": member.pk})
    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()
    client.post(reverse("meetings:withdraw-conflict", args=[item.pk]), {"person": member.pk})

    assert refused.status_code == 422
    assert gettext("Conflict of interest") in page
    assert reverse("meetings:withdraw-conflict", args=[item.pk]) in page
    assert ConflictOfInterest.objects.get().withdrawn_at is not None


@pytest.mark.parametrize("name", ["take-off-agenda", "carry-forward", "note-conflict", "state-closing"])
def test_a_page_that_names_a_closed_item_is_a_reading(name: str, meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "2")

    signed_in_as(house.secretary).get(reverse(f"meetings:{name}", args=[item.pk]))

    assert AuditEntry.objects.get(verb="read_closed").subject == f"meetings.AgendaItem:{item.pk}"
