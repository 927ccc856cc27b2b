"""A body's calendar is published, follows its meetings, and is taken back; it tells days and places, and nothing else."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import House
from sagsgang.planning.actions import (
    RuleFacts,
    add_rule,
    call_extraordinary,
    cancel_meeting,
    change_meeting,
    generate_year,
    move_meeting,
    remove_meeting,
)
from sagsgang.publication.actions import publish_plan, withdraw_plan
from sagsgang.publication.due import stale_plans_due
from sagsgang.publication.models import PlanPublication, PublicBody, PublicPlannedMeeting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("new_year")]
YEAR = 2026


@pytest.fixture
def new_year() -> Iterator[None]:
    with time_machine.travel("2026-01-02 10:00+01:00", tick=False), translation.override("en"):
        yield


def planned(house: House) -> list[Meeting]:
    """Four meetings, in January, February, March and April."""
    months = (5, 6, 7, 8, 9, 10, 11, 12)
    facts = RuleFacts("FREQ=MONTHLY;BYDAY=2TU", except_months=months, starts=time(17), place="Rådhuset")
    add_rule(house.body, year=YEAR, facts=facts, actor=house.secretary)
    generate_year(house.body, year=YEAR, actor=house.secretary)
    return list(Meeting.objects.filter(body=house.body).order_by("held_on"))


def shown() -> list[tuple[date, str, int]]:
    """Day, state and number of changes, as the public sees them."""
    rows = PublicPlannedMeeting.objects.order_by("held_on", "kind")
    return [(row.held_on, row.state, row.sequence) for row in rows]


def test_a_body_without_releases_gets_its_public_face_with_the_calendar(house: House) -> None:
    planned(house)

    publish_plan(house.body, year=YEAR, actor=house.secretary)

    public = PublicBody.objects.get()
    assert (public.name, public.code, public.authority) == (house.body.name, "MTU", "Egekøbing Kommune")
    assert shown() == [
        (date(2026, 1, 13), "planned", 0), (date(2026, 2, 10), "planned", 0), (date(2026, 3, 10), "planned", 0),
        (date(2026, 4, 14), "planned", 0),
    ]  # fmt: skip
    first = PublicPlannedMeeting.objects.earliest("held_on")
    assert (first.starts, first.place, first.kind, first.year) == (time(17), "Rådhuset", "ordinary", YEAR)
    internal = {*Meeting.objects.values_list("pk", flat=True), house.body.pk}
    assert not internal & {public.pk, *PublicPlannedMeeting.objects.values_list("pk", flat=True)}


def test_what_is_changed_by_hand_follows_under_the_same_id(house: House) -> None:
    january, february, march, april = planned(house)
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    ids = dict(PublicPlannedMeeting.objects.values_list("held_on", "pk"))
    version = PublicBody.objects.get().version

    move_meeting(january, to=date(2026, 1, 20), notice="Sygdom", actor=house.secretary)
    cancel_meeting(february, notice="For få sager", actor=house.secretary)
    remove_meeting(march, actor=house.secretary)
    call_extraordinary(house.body, held_on=april.held_on, reason="Budgettet", actor=house.secretary)

    assert stale_plans_due() == 1
    assert shown() == [
        (date(2026, 1, 20), "moved", 1), (date(2026, 2, 10), "cancelled", 1), (date(2026, 3, 10), "cancelled", 1),
        (date(2026, 4, 14), "planned", 0), (date(2026, 4, 14), "planned", 0),
    ]  # fmt: skip
    moved = PublicPlannedMeeting.objects.get(pk=ids[date(2026, 1, 13)])
    assert (moved.held_on, moved.moved_from, moved.notice) == (date(2026, 1, 20), date(2026, 1, 13), "Sygdom")
    assert PublicBody.objects.get().version != version


def test_published_again_without_changes_nothing_moves(house: House) -> None:
    planned(house)
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    before = list(PublicBody.objects.values()), list(PublicPlannedMeeting.objects.values())
    traces = AuditEntry.objects.count()

    publish_plan(house.body, year=YEAR, actor=house.secretary)

    assert stale_plans_due() == 0
    assert (list(PublicBody.objects.values()), list(PublicPlannedMeeting.objects.values())) == before
    assert (AuditEntry.objects.count(), PlanPublication.objects.count()) == (traces, 1)


def test_what_is_not_published_does_not_follow(house: House) -> None:
    planned(house)

    assert stale_plans_due() == 0
    assert shown() == []


def test_a_body_that_publishes_nothing_has_no_calendar(house: House) -> None:
    planned(house)
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    house.body.publish_policy = "none"
    house.body.save()

    with pytest.raises(RuleBrokenError):
        publish_plan(house.body, year=YEAR, actor=house.secretary)
    assert stale_plans_due() == 1
    assert (stale_plans_due(), shown()) == (0, [])


def test_a_cpr_number_in_a_notice_stops_the_calendar_and_leaves_the_old_one(house: House) -> None:
    january = planned(house)[0]
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    change_meeting(january, starts=None, place="", notice="Sag om 010190-1234", actor=house.secretary)

    with pytest.raises(RuleBrokenError, match="CPR"):
        publish_plan(house.body, year=YEAR, actor=house.secretary)

    assert stale_plans_due() == 0
    assert shown()[0] == (date(2026, 1, 13), "planned", 0)


def test_what_the_gate_finds_in_a_notice_waits_until_somebody_has_looked(house: House, client: Client) -> None:
    january = planned(house)[0]
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    place = "Rådhuset, Torvet 1, 4800 Nykøbing"  # where a body meets is told
    change_meeting(january, starts=None, place=place, notice="Ring til Hans på 22 33 44 55", actor=house.secretary)
    client.force_login(house.secretary)

    assert stale_plans_due() == 0
    assert shown()[0] == (date(2026, 1, 13), "planned", 0)
    page = client.get(reverse("publication:plan", args=[house.body.pk, YEAR])).content.decode()
    assert 'name="has_looked"' in page and "The changes wait" in page and "ddress" not in page.split("<table")[0]
    publish = reverse("publication:publish-plan", args=[house.body.pk, YEAR])
    assert client.post(publish).status_code == 422
    assert client.post(publish, {"has_looked": "on"}).status_code == 302
    assert PublicPlannedMeeting.objects.earliest("held_on").place == place
    assert (stale_plans_due(), shown()[0]) == (0, (date(2026, 1, 13), "planned", 1))


def test_a_calendar_that_is_taken_back_is_gone_and_can_come_again(house: House) -> None:
    planned(house)
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    ids = set(PublicPlannedMeeting.objects.values_list("pk", flat=True))

    withdraw_plan(house.body, year=YEAR, actor=house.secretary)
    withdraw_plan(house.body, year=YEAR, actor=house.secretary)
    assert shown() == []
    publish_plan(house.body, year=YEAR, actor=house.secretary)

    assert set(PublicPlannedMeeting.objects.values_list("pk", flat=True)) == ids


def test_a_meeting_that_is_moved_over_new_year_stays_in_its_year(house: House) -> None:
    april = planned(house)[-1]
    publish_plan(house.body, year=YEAR, actor=house.secretary)

    move_meeting(april, to=date(2027, 1, 5), actor=house.secretary)
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    publish_plan(house.body, year=2027, actor=house.secretary)

    assert shown()[-1] == (date(2027, 1, 5), "moved", 1)
    assert len(shown()) == 4


def test_the_page_publishes_says_what_is_not_out_yet_and_takes_back(house: House, client: Client) -> None:
    january = planned(house)[0]
    client.force_login(house.secretary)
    page, publish, withdraw = (
        reverse(f"publication:{name}", args=[house.body.pk, YEAR]) for name in ("plan", "publish-plan", "withdraw-plan")
    )

    assert "is not published" in client.get(page).content.decode()
    assert client.post(publish).status_code == 302
    cancel_meeting(january, notice="Sag om 010190-1234", actor=house.secretary)
    assert "1 change is not out yet" in client.get(page).content.decode()
    assert "1 change is not out yet" in client.get(page, headers={"HX-Request": "true"}).content.decode()
    refused = client.post(publish)
    assert (refused.status_code, "CPR" in refused.content.decode()) == (422, True)
    assert client.post(withdraw).status_code == 302
    assert shown() == []


def test_who_sees_the_body_sees_what_is_published_and_its_secretary_publishes(house: House, client: Client) -> None:
    planned(house)
    addresses = [
        reverse(f"publication:{name}", args=[house.body.pk]) for name in ("plan", "publish-plan", "withdraw-plan")
    ]

    found = {}
    for user in (house.member, house.stranger):
        client.force_login(user)
        found[user.username] = [
            client.get(addresses[0]).status_code,
            *(client.post(a).status_code for a in addresses[1:]),
        ]

    assert found == {"medlem": [200, 403, 403], "fremmed": [404, 404, 404]}


@pytest.mark.parametrize("count", [3, 60])
def test_the_page_costs_the_same_for_three_meetings_and_sixty(
    house: House, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        Meeting.objects.create(body=house.body, held_on=date(2026, 3 + number // 28, number % 28 + 1))
    publish_plan(house.body, year=YEAR, actor=house.secretary)
    client.force_login(house.secretary)

    with django_assert_num_queries(8):
        client.get(reverse("publication:plan", args=[house.body.pk, YEAR]))
