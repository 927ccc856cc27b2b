"""Who comes to which page: the login, 404 for who does not see the body, 403 for who has no role for the act."""

import pytest
from django.test import Client
from django.urls import reverse

from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Attachment, Decision, Meeting
from sagsgang.meetings.tests.factories import House, item_of, meeting_with, open_item, signed_in_as

READ = ("body", "meeting", "item", "attachment")
WRITE = ("mark-absence", "mark-presence", "record-decision", "mark-absence-at-item", "mark-presence-at-item")


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item())


def address(name: str, meeting: Meeting) -> str:
    item = item_of(meeting, "1")
    rows = {
        "body": meeting.body, "meeting": meeting, "mark-absence": meeting, "mark-presence": meeting,
        "attachment": Attachment.objects.get(item=item, position=1),
    }  # fmt: skip
    return reverse(f"meetings:{name}", args=[rows.get(name, item).pk])


@pytest.mark.parametrize("name", READ + WRITE)
def test_who_is_not_logged_in_comes_to_the_login(name: str, meeting: Meeting) -> None:
    url = address(name, meeting)

    response = Client().get(url)

    assert (response.status_code, response["Location"]) == (302, f"{reverse('accounts:login')}?next={url}")


@pytest.mark.parametrize("name", READ + WRITE)
def test_a_stranger_does_not_see_that_it_is_there(name: str, meeting: Meeting, house: House) -> None:
    assert signed_in_as(house.stranger).post(address(name, meeting)).status_code == 404


@pytest.mark.parametrize("name", WRITE)
def test_who_only_reads_may_not_write(name: str, meeting: Meeting, house: House) -> None:
    before = AuditEntry.objects.count()

    for user in (house.member, house.director, house.hr, house.auditor):
        assert signed_in_as(user).post(address(name, meeting), {"text": "Ja"}).status_code == 403

    assert (AuditEntry.objects.count(), Decision.objects.count()) == (before, 1)


@pytest.mark.parametrize("name", READ)
def test_who_sees_the_body_reads(name: str, meeting: Meeting, house: House) -> None:
    for user in (house.secretary, house.member, house.hr, house.auditor):
        response = signed_in_as(user).get(address(name, meeting))
        response.getvalue()
        assert response.status_code == 200


@pytest.mark.parametrize("name", WRITE)
def test_after_a_login_on_the_way_the_form_is_found_again(name: str, meeting: Meeting, house: House) -> None:
    response = signed_in_as(house.secretary).get(address(name, meeting))

    page = reverse("meetings:meeting", args=[meeting.pk])
    assert response.status_code == 302
    assert response["Location"].startswith((page, reverse("meetings:item", args=[item_of(meeting, "1").pk])))


def test_an_item_that_is_taken_off_is_not_there(meeting: Meeting, house: House) -> None:
    url = address("item", meeting)
    meeting_with(house)

    assert signed_in_as(house.secretary).get(url).status_code == 404
