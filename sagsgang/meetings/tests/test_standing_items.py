"""Standing items: the body's list, and their place on each new agenda."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.bodies.models import Body
from sagsgang.cases.tests.factories import Town, signed_in_as
from sagsgang.core.errors import RuleBrokenError
from sagsgang.meetings import actions
from sagsgang.meetings.models import AgendaItem, Meeting, StandingItem
from sagsgang.meetings.tests.agenda import DIR_DAY, IN_TIME, MTU_DAY, approved_case, meeting_of, verbs_of


@pytest.fixture
def meeting(town: Town) -> Meeting:
    return meeting_of(town.mtu, MTU_DAY)


@pytest.fixture(autouse=True)
def in_time() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=True):
        yield


def titles(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.top().filter(meeting=meeting, withdrawn_at=None).order_by("position")
    return [row.standing.use if row.standing else row.title for row in rows]


def uses(body: Body) -> list[str]:
    return list(StandingItem.objects.filter(body=body).order_by("place", "position").values_list("use", flat=True))


def test_the_usual_items_come_with_one_click_and_only_once(town: Town) -> None:
    client = signed_in_as(town.secretary)
    url = reverse("meetings:use-usual-items", args=[town.mtu.pk])

    client.post(url)
    client.post(url)

    assert uses(town.mtu) == ["agenda", "protocol", "notices", "signing"]
    actions.use_usual_items(town.kb, actor=town.secretary)
    assert uses(town.kb) == ["agenda", "protocol", "substitutes", "questions", "notices", "signing"]
    assert (
        gettext("Signing of the protocol")
        in client.get(reverse("meetings:standing-items", args=[town.mtu.pk])).content.decode()
    )


def test_they_stand_on_an_agenda_from_its_first_item_on(town: Town, meeting: Meeting) -> None:
    actions.use_usual_items(town.mtu, actor=town.secretary)

    actions.put_on_agenda(approved_case(town, "A"), meeting=meeting, actor=town.secretary)
    closed = approved_case(town, "Køb", access="closed", ground="property")
    actions.put_on_agenda(closed, meeting=meeting, closing_reason="Pris", actor=town.secretary)
    actions.put_on_agenda(approved_case(town, "B"), meeting=meeting, actor=town.secretary)

    assert titles(meeting) == ["agenda", "protocol", "A", "B", "notices", "Køb", "signing"]
    numbers = AgendaItem.objects.filter(meeting=meeting).order_by("position").values_list("number", flat=True)
    assert list(numbers) == ["1", "2", "3", "4", "5", "6", "7"]


def test_on_an_agenda_that_was_begun_without_them_the_secretary_puts_them(town: Town, meeting: Meeting) -> None:
    actions.put_on_agenda(approved_case(town, "A"), meeting=meeting, actor=town.secretary)
    actions.use_usual_items(town.mtu, actor=town.secretary)
    client = signed_in_as(town.secretary)
    url = reverse("meetings:put-standing-items", args=[meeting.pk])

    page = client.get(reverse("meetings:compose-agenda", args=[meeting.pk])).content.decode()
    client.post(url)
    client.post(url)

    assert url in page
    assert titles(meeting) == ["agenda", "protocol", "A", "notices", "signing"]
    assert verbs_of(meeting) == ["put_standing_items"]


def test_one_that_was_taken_off_stays_off(town: Town, meeting: Meeting) -> None:
    actions.use_usual_items(town.mtu, actor=town.secretary)
    actions.put_standing_items(meeting, actor=town.secretary)

    actions.take_off_agenda(AgendaItem.objects.get(standing__use="notices"), actor=town.secretary)
    count = actions.put_standing_items(meeting, actor=town.secretary)

    assert count == 0
    assert titles(meeting) == ["agenda", "protocol", "signing"]


def test_a_standing_item_has_one_case_for_all_its_meetings(town: Town, meeting: Meeting) -> None:
    actions.use_usual_items(town.mtu, actor=town.secretary)
    other = meeting_of(town.mtu, DIR_DAY)

    for one in (meeting, other):
        actions.put_standing_items(one, actor=town.secretary)

    items = AgendaItem.objects.filter(standing__use="agenda")
    assert {item.meeting_id for item in items} == {meeting.pk, other.pk}
    assert len({item.case_id for item in items}) == 1


def test_the_database_holds_one_of_each_on_an_agenda(town: Town, meeting: Meeting) -> None:
    actions.use_usual_items(town.mtu, actor=town.secretary)
    actions.put_standing_items(meeting, actor=town.secretary)
    first, second = AgendaItem.objects.filter(meeting=meeting).order_by("position")[:2]

    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=first.pk).update(standing=second.standing)


def test_the_list_is_changed_ordered_and_shortened(town: Town) -> None:
    client = signed_in_as(town.secretary)
    facts = {"new-title": "Orientering fra formanden", "new-place": "first", "new-kind": "O", "new-use": ""}
    client.post(reverse("meetings:add-standing-item", args=[town.mtu.pk]), facts)
    actions.add_standing_item(town.mtu, title="Dagsorden", kind="B", place="first", use="agenda", actor=town.secretary)
    row = StandingItem.objects.get(title="Orientering fra formanden")

    client.post(reverse("meetings:move-standing-item", args=[row.pk]), {"to": "down"})
    edited = {f"{row.pk.hex}-{name}": value for name, value in
              {"title": "Orientering", "place": "last", "kind": "", "use": "notices"}.items()}  # fmt: skip
    client.post(reverse("meetings:edit-standing-item", args=[row.pk]), edited)

    row.refresh_from_db()
    assert (row.title, row.place, row.kind, row.use) == ("Orientering", "last", "", "notices")
    assert uses(town.mtu) == ["agenda", "notices"]
    client.post(reverse("meetings:remove-standing-item", args=[row.pk]))
    assert uses(town.mtu) == ["agenda"]
    assert client.post(reverse("meetings:remove-standing-item", args=[row.pk])).status_code == 404


def test_there_is_one_of_each_use_and_what_is_typed_is_kept(town: Town) -> None:
    actions.use_usual_items(town.mtu, actor=town.secretary)
    facts = {"new-title": "Endnu en underskrift", "new-place": "last", "new-use": "signing"}

    response = signed_in_as(town.secretary).post(reverse("meetings:add-standing-item", args=[town.mtu.pk]), facts)

    assert response.status_code == 422
    assert "Endnu en underskrift" in response.content.decode()
    with pytest.raises(RuleBrokenError):
        actions.add_standing_item(town.mtu, title=" ", kind="", place="last", use="", actor=town.secretary)
