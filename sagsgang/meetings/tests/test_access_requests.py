"""A member of the council reads another committee's item on request: that item, and nothing beside it (R21)."""

from dataclasses import dataclass, replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, BodyKind, Person, Role, Seat
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.meetings.actions.access import answer_access, request_access, withdraw_access
from sagsgang.meetings.actions.conflicts import note_conflict
from sagsgang.meetings.models import AccessRequest, AgendaItem, Attachment, Attendance, Meeting
from sagsgang.meetings.permissions import may_ask_access, may_read_closed_item
from sagsgang.meetings.tests.agenda import verbs_of
from sagsgang.meetings.tests.factories import (
    CLOSED_WORDS,
    HELD_ON,
    House,
    closed_item,
    item_of,
    meeting_with,
    open_item,
    signed_in_as,
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The house with a meeting of two items, an open and a closed one, and a council in which `asker` has a seat."""

    house: House
    meeting: Meeting
    council: Body
    asker: User
    person: Person

    @property
    def client(self) -> Client:
        return signed_in_as(self.asker)

    def item(self, number: str = "2") -> AgendaItem:
        return item_of(self.meeting, number)

    def grant(self, number: str = "2") -> AccessRequest:
        request = request_access(self.item(number), reason="Sagen skal i byrådet.", actor=self.asker)
        answer_access(request, granted=True, answer="", actor=self.house.secretary)
        return request


@pytest.fixture
def asking(house: House) -> Asking:
    authority = house.body.authority
    council = Body.objects.create(
        authority=authority, kind=BodyKind.COUNCIL, name="Kommunalbestyrelsen", code="KB", publish_policy="minutes"
    )
    asker = User.objects.create_user("byråd", first_name="Karla", last_name="Eng")
    person = Person.objects.create(authority=authority, name="Karla Eng", user=asker)
    Seat.objects.create(body=council, person=person)
    return Asking(house, meeting_with(house, open_item(), closed_item()), council, asker, person)


def status(client: Client, name: str, row: object) -> int:
    response = client.get(reverse(f"meetings:{name}", args=[row.pk]))  # type: ignore[attr-defined]
    if response.streaming:
        response.getvalue()
    return response.status_code


def attachment_of(item: AgendaItem, position: int) -> Attachment:
    return Attachment.objects.get(item=item, position=position)


def test_she_sees_what_the_others_treat_and_no_closed_word(asking: Asking) -> None:
    page = asking.client.get(reverse("meetings:other-committees")).content.decode()

    assert ("Ny cykelsti ved Lindevej" in page, "Køb af ejendom" in page) == (True, True)
    assert [word for word in CLOSED_WORDS if word in page] == []
    assert page.count("/request-access/") == 2
    assert reverse("meetings:other-committees") in asking.client.get(reverse("meetings:home")).content.decode()
    assert not AuditEntry.objects.filter(verb="read_closed").exists()


def test_without_a_grant_everything_is_shut(asking: Asking) -> None:
    for number in ("1", "2"):
        assert status(asking.client, "item", asking.item(number)) == 404
        assert status(asking.client, "attachment", attachment_of(asking.item(number), 1)) == 404
    assert status(asking.client, "meeting", asking.meeting) == 404


def test_a_grant_opens_the_item_with_its_closed_words_and_each_reading_is_logged(asking: Asking) -> None:
    asking.grant()

    page = asking.client.get(reverse("meetings:item", args=[asking.item().pk])).content.decode()
    opened = status(asking.client, "attachment", attachment_of(asking.item(), 1))

    assert [word for word in CLOSED_WORDS[:-1] if word not in page] == []
    assert opened == 200
    readings = AuditEntry.objects.filter(verb="read_closed", actor_id=asking.asker.pk).values_list("subject", flat=True)
    assert set(readings) == {subject_of(asking.item()), subject_of(attachment_of(asking.item(), 1))}


def test_a_grant_to_one_item_opens_nothing_else(asking: Asking) -> None:
    asking.grant("2")
    later = meeting_with(asking.house, closed_item(), held_on=HELD_ON.replace(month=4))

    assert status(asking.client, "item", asking.item("1")) == 404
    assert status(asking.client, "attachment", attachment_of(asking.item("1"), 1)) == 404
    assert status(asking.client, "item", item_of(later, "2")) == 404
    assert [status(asking.client, "meeting", meeting) for meeting in (asking.meeting, later)] == [404, 404]
    assert status(asking.client, "body", asking.house.body) == 404
    assert status(asking.client, "compare-item", asking.item("2")) == 404


def test_sub_items_and_closed_attachments_come_with_their_item(asking: Asking) -> None:
    item = asking.item("1")
    AgendaItem.objects.filter(parent=item, number="1").update(access="closed", ground="tender")
    asking.grant("1")

    page = asking.client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert ("Asfalt eller grus." in page, "Lukket regneark" in page) == (True, True)
    assert status(asking.client, "attachment", attachment_of(item, 2)) == 200
    dead = [
        reverse("meetings:meeting", args=[asking.meeting.pk]),
        reverse("meetings:body", args=[asking.house.body.pk]),
    ]
    assert [address for address in dead if f'href="{address}"' in page] == []


def test_a_conflict_of_interest_shuts_her_out_in_spite_of_a_grant(asking: Asking) -> None:
    asking.grant("1")
    asking.grant("2")
    Attendance.objects.create(meeting=asking.meeting, person=asking.person, state="present")
    for number in ("1", "2"):
        note_conflict(asking.item(number), person=asking.person, actor=asking.house.secretary)

    closed = asking.client.get(reverse("meetings:item", args=[asking.item("2").pk])).content.decode()
    opened = asking.client.get(reverse("meetings:item", args=[asking.item("1").pk])).content.decode()

    assert [word for word in CLOSED_WORDS[1:] if word in closed + opened] == []
    shut = gettext("A conflict of interest is noted for you at this item. You have no access to its closed material.")
    assert shut in closed
    assert "Stien er <strong>400 m</strong> lang." in opened
    assert status(asking.client, "attachment", attachment_of(asking.item("2"), 1)) == 403
    assert status(asking.client, "attachment", attachment_of(asking.item("1"), 2)) == 403
    assert not may_read_closed_item(asking.asker, asking.item("2"))


def test_a_grant_ends_when_it_is_taken_back_or_she_leaves_the_council(asking: Asking) -> None:
    first, second = asking.grant("1"), asking.grant("2")

    withdraw_access(first, actor=asking.house.secretary)
    assert [status(asking.client, "item", asking.item(number)) for number in ("1", "2")] == [404, 200]
    Seat.objects.filter(person=asking.person).update(held_to=HELD_ON.replace(year=2025))

    assert status(asking.client, "item", asking.item("2")) == 404
    assert asking.client.get(reverse("meetings:other-committees")).status_code == 403
    assert second.withdrawn_at is None


def test_who_chairs_the_council_by_role_may_ask_and_nobody_else(asking: Asking) -> None:
    house = asking.house
    chair = User.objects.create_user("borgmester")
    Appointment.objects.create(user=chair, body=asking.council, role=Role.CHAIR)
    Appointment.objects.create(user=house.stranger, body=asking.council, role=Role.SECRETARY)

    may = [may_ask_access(user) for user in (chair, asking.asker, house.stranger, house.member, house.auditor)]

    assert may == [True, True, False, False, False]


@pytest.mark.parametrize("kind", [BodyKind.DIRECTORATE, BodyKind.WORKS_COUNCIL])
def test_the_administrations_own_bodies_are_no_committees(kind: str, asking: Asking) -> None:
    Body.objects.filter(pk=asking.house.body.pk).update(kind=kind)

    assert status(asking.client, "request-access", asking.item()) == 404
    with pytest.raises(RuleBrokenError):
        request_access(asking.item(), reason="", actor=asking.asker)


def test_what_is_not_sent_cannot_be_asked_for(asking: Asking) -> None:
    item = asking.item("2")
    AgendaItem.objects.filter(meeting=asking.meeting).update(presentation=None)

    assert status(asking.client, "request-access", item) == 404
    Meeting.objects.filter(pk=asking.meeting.pk).update(agenda_sent_at=item.created_at)
    assert status(asking.client, "request-access", item) == 200


def test_it_is_asked_for_and_answered_on_the_pages(asking: Asking) -> None:
    item, secretary = asking.item(), signed_in_as(asking.house.secretary)

    asked = asking.client.post(reverse("meetings:request-access", args=[item.pk]), {"reason": "Til byrådet"})
    request = AccessRequest.objects.get()
    home = secretary.get(reverse("meetings:home")).content.decode()
    refused = secretary.post(reverse("meetings:answer-access", args=[request.pk]), {"granted": "no", "answer": " "})
    empty = secretary.post(reverse("meetings:answer-access", args=[request.pk]), {"answer": "Ja"})
    answered = secretary.post(
        reverse("meetings:answer-access", args=[request.pk]), {"granted": "no", "answer": "Parten er ikke hørt."}
    )

    assert (asked.status_code, refused.status_code, empty.status_code, answered.status_code) == (302, 422, 422, 302)
    assert reverse("meetings:answer-access", args=[request.pk]) in home
    assert 'aria-invalid="true"' in empty.content.decode() or "form-error" in empty.content.decode()
    assert "Parten er ikke hørt." in asking.client.get(reverse("meetings:other-committees")).content.decode()
    listed = secretary.get(reverse("meetings:access-requests", args=[asking.house.body.pk])).content.decode()
    assert ("Til byrådet" in listed, "Parten er ikke hørt." in listed) == (True, True)
    assert verbs_of(item)[-1] == verbs_of(item.case)[-1] == "refuse_access"


def test_after_a_refusal_she_asks_anew_and_what_waits_is_asked_once(asking: Asking) -> None:
    item = asking.item()
    first = request_access(item, reason="", actor=asking.asker)
    assert request_access(item, reason="Igen", actor=asking.asker) == first
    answer_access(first, granted=False, answer="Nej", actor=asking.house.secretary)

    second = request_access(item, reason="", actor=asking.asker)

    first.refresh_from_db()
    assert (first.withdrawn_at is not None, second.granted) == (True, None)
    with pytest.raises(RuleBrokenError):
        answer_access(first, granted=True, answer="", actor=asking.house.second)


def test_an_answer_stands_and_nobody_answers_her_own(asking: Asking) -> None:
    request = request_access(asking.item(), reason="", actor=asking.asker)
    Appointment.objects.create(user=asking.asker, body=asking.house.body, role=Role.SECRETARY)
    with pytest.raises(RuleBrokenError):
        answer_access(request, granted=True, answer="", actor=asking.asker)
    answer_access(request, granted=False, answer="Nej", actor=asking.house.secretary)

    with pytest.raises(RuleBrokenError):
        answer_access(request, granted=True, answer="", actor=asking.house.second)


def test_only_the_asker_and_the_secretary_take_it_back(asking: Asking) -> None:
    request = asking.grant()
    address = reverse("meetings:withdraw-access", args=[request.pk])

    out = [signed_in_as(user).post(address).status_code for user in (asking.house.member, asking.house.stranger)]
    shown = asking.client.get(address).content.decode()
    done = asking.client.post(address)

    request.refresh_from_db()
    assert (out, done.status_code, request.withdrawn_at is not None) == ([404, 404], 302, True)
    assert "Køb af Møllevej 4" not in shown
    assert asking.client.get(address).status_code == 404


def test_an_items_page_tells_the_secretary_of_a_conflict_before_she_answers(asking: Asking) -> None:
    request = request_access(asking.item(), reason="", actor=asking.asker)
    Attendance.objects.create(meeting=asking.meeting, person=asking.person, state="present")
    note_conflict(asking.item(), person=asking.person, actor=asking.house.secretary)

    page = signed_in_as(asking.house.secretary).get(reverse("meetings:answer-access", args=[request.pk]))

    assert "alert-warning" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_pages_cost_the_same_for_many(
    count: int, asking: Asking, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = [replace(open_item(), number=str(n), title=f"Punkt {n}", subitems=()) for n in range(1, count + 1)]
    meeting = meeting_with(asking.house, *items, held_on=HELD_ON.replace(month=4))
    for item in meeting.items.all():
        request_access(item, reason="", actor=asking.asker)
    asker, secretary = asking.client, signed_in_as(asking.house.secretary)

    with django_assert_num_queries(8):
        asker.get(reverse("meetings:other-committees"))
    with django_assert_num_queries(5):
        secretary.get(reverse("meetings:access-requests", args=[asking.house.body.pk]))


@pytest.mark.parametrize("query", ["?page=x", "?page=99", "?body=nej", "?body=00000000-0000-0000-0000-000000000000"])
def test_a_bad_filter_shows_everything(query: str, asking: Asking) -> None:
    page = asking.client.get(reverse("meetings:other-committees") + query)

    assert (page.status_code, "Ny cykelsti ved Lindevej" in page.content.decode()) == (200, True)
