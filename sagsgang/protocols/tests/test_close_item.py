"""The access of an item whose protocol is final: it is closed by an amendment, opened by a review, else it stands (R38)."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, BodyKind, Role
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.models import AgendaItem, AgendaVersion
from sagsgang.protocols.actions import close_item
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.tests.meetings import held_meeting, made_final
from sagsgang.sittings.tests.rooms import Room

FACTS: dict[str, Any] = {"ground": "property", "closing_reason": "Prisen er ikke kendt.", "public_title": "En handel"}
WHY = "Punktet skulle have været lukket."


@pytest.fixture
def final(db: None) -> Room:
    room = held_meeting()
    made_final(room)
    return room


def numbers(room: Room) -> list[tuple[str, str]]:
    rows = AgendaItem.objects.filter(meeting=room.meeting).order_by("position")
    return [(row.number, row.title) for row in rows]


def page_of(room: Room, user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("protocols:protocol", args=[room.meeting.pk])).content.decode()


def test_without_an_amendment_it_is_not_closed(final: Room) -> None:
    with pytest.raises(RuleBrokenError, match="endelig"):
        meetings.close_item(final.items[1], change_reason=WHY, actor=final.secretary, **FACTS)
    with pytest.raises(RuleBrokenError):
        close_item(final.items[1], actor=final.secretary, **FACTS)

    assert not AgendaItem.objects.filter(access="closed").exists()
    assert not ProtocolEntry.objects.filter(kind=EntryKind.AMENDMENT).exists()


def test_it_is_closed_with_an_amendment_that_says_who_when_and_why(final: Room) -> None:
    item, before = final.items[3], numbers(final)
    late, versions = item.late_reason, AgendaVersion.objects.count()

    close_item(item, change_reason=WHY, actor=final.secretary, **FACTS)

    item.refresh_from_db()
    entry = ProtocolEntry.objects.get(kind=EntryKind.AMENDMENT)
    said = json.loads(entry.document)
    assert (item.access, item.late_reason, numbers(final)) == ("closed", late, before)
    assert AgendaVersion.objects.count() == versions
    assert (entry.entered_by, said["item"], said["reason"]) == (final.secretary, str(item.pk), WHY)
    assert said["words"].startswith("Punktet blev lukket, efter at protokollen var gjort endelig.")


def test_who_may_not_read_closed_items_does_not_read_it_in_the_final_protocol_any_more(final: Room) -> None:
    final.body.kind = BodyKind.WORKS_COUNCIL  # its members read nothing closed
    final.body.save()
    member = User.objects.create_user("medlem")
    Appointment.objects.create(user=member, body=final.body, role=Role.MEMBER)
    words = ("Køb af grund", "Grunden købes.", "En handel", WHY)
    before = [word in page_of(final, member) for word in words]

    close_item(final.items[3], change_reason=WHY, actor=final.secretary, **FACTS)

    assert before == [True, True, False, False]
    assert [word in page_of(final, member) for word in words] == [False, False, True, False]
    assert [word in page_of(final, final.secretary) for word in words] == [True, True, False, True]


def test_the_page_asks_why_and_enters_the_amendment(final: Room) -> None:
    client = Client()
    client.force_login(final.secretary)
    url = reverse("publication:close-item", args=[final.items[1].pk])

    refused = client.post(url, FACTS)
    done = client.post(url, {**FACTS, "change_reason": WHY})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert "Hvorfor det lukkes, efter at protokollen er gjort endelig" in refused.content.decode()
    assert ProtocolEntry.objects.filter(kind=EntryKind.AMENDMENT).count() == 1


def test_it_is_opened_by_a_review_and_nothing_the_protocol_says_moves(final: Room) -> None:
    item, before = final.items[1], numbers(final)
    close_item(item, change_reason=WHY, actor=final.secretary, **FACTS)

    meetings.review_closing(item, answer="open", reason="Handlen er sluttet.", has_looked=True, actor=final.secretary)

    item.refresh_from_db()
    review = item.closing_reviews.get()
    assert (item.access, review.by, review.reason) == ("open", final.secretary, "Handlen er sluttet.")
    assert numbers(final) == before


def test_the_reason_that_stands_is_not_rewritten_but_the_public_title_is(final: Room) -> None:
    item = final.items[1]
    close_item(item, change_reason=WHY, actor=final.secretary, **FACTS)

    with pytest.raises(RuleBrokenError, match="endelig"):
        meetings.state_closing(item, closing_reason="En anden.", public_title="Køb", actor=final.secretary)
    meetings.state_closing(
        item, closing_reason=FACTS["closing_reason"], public_title="Køb af areal", actor=final.secretary
    )

    item.refresh_from_db()
    assert (item.closing_reason, item.public_title) == (FACTS["closing_reason"], "Køb af areal")
    AgendaItem.objects.filter(pk=item.pk).update(closing_reason="")
    stated = meetings.state_closing(item, closing_reason="Skrevet.", public_title="Køb", actor=final.secretary)
    assert stated.closing_reason == "Skrevet."
