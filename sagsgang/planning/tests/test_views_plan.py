"""The pages of the plan: who gets in, what they show and refuse, and what they cost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Appointment, Role
from sagsgang.cases.tests.factories import Town, add_step, make_case
from sagsgang.meetings.models import Meeting
from sagsgang.planning.models import PlanRule
from sagsgang.planning.tests.plans import YEAR, days, on, planned_year

pytestmark = pytest.mark.django_db
RULE = {
    "cycle": "monthly", "places": ["2"], "weekday": "1", "starts": "17:00", "place": "Rådhuset",
    "except_months": ["7"], "except_days": "",
}  # fmt: skip


@pytest.fixture
def client(town: Town, client: Client) -> Client:
    client.force_login(town.secretary)
    return client


def plan_page(town: Town) -> str:
    return reverse("planning:plan", args=[town.mtu.pk, YEAR])


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_from_a_rule_to_a_year_of_meetings(town: Town, client: Client) -> None:
    client.post(reverse("planning:add-rule", args=[town.mtu.pk, YEAR]), RULE)
    generate = reverse("planning:generate-year", args=[town.mtu.pk, YEAR])
    preview = text(client, generate)
    answer = client.post(generate)

    assert "<dt>New meetings</dt><dd>11</dd>" in preview
    assert answer.headers["Location"] == plan_page(town)
    assert len(days(town.mtu)) == 11
    page = text(client, plan_page(town))
    assert "11 meetings were made." in page
    assert "<strong>Second Tuesday of the month</strong>, at 17.00, Rådhuset" in page
    assert "See the days and generate" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"places": []}, "Tick at least one."),
        ({"weekday": "9"}, "Weekday"),
        ({"cycle": "yearly"}, "How often"),
        ({"starts": "25:99"}, "Begins at"),
        ({"except_days": "13-10-2026\nikke en dag"}, "“ikke en dag” is no date."),
        ({"except_months": ["13"]}, "Months without meetings"),
        ({"place": "x" * 301}, "Place"),
    ],
)
def test_a_rule_that_is_not_right_is_refused_with_what_was_typed(
    town: Town, client: Client, typed: dict[str, object], said: str
) -> None:
    answer = client.post(reverse("planning:add-rule", args=[town.mtu.pk, YEAR]), RULE | {"place": "Havnen"} | typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not PlanRule.objects.exists()


def test_a_rule_is_changed_in_its_form_and_taken_out(town: Town, client: Client) -> None:
    rule = planned_year(town.mtu, town.secretary, except_days=(date(2026, 10, 13),))
    address = reverse("planning:change-rule", args=[rule.pk])
    assert "Oct" in text(client, plan_page(town))

    assert client.get(address).status_code == 200
    client.post(address, RULE | {"cycle": "odd", "places": [], "weekday": "2"})
    new = PlanRule.objects.get()
    client.post(reverse("planning:remove-rule", args=[new.pk]))

    assert new.rule.startswith("FREQ=YEARLY;BYWEEKNO=1,3,")
    assert not PlanRule.objects.exists()
    assert PlanRule.history.count() == 2


def test_a_closed_day_is_decided_on_before_it_is_generated(town: Town, client: Client) -> None:
    client.post(reverse("planning:add-rule", args=[town.mtu.pk, YEAR]), RULE | {"weekday": "3"})
    generate = reverse("planning:generate-year", args=[town.mtu.pk, YEAR])

    refused = client.post(generate, {"instead": ["2026-05-14/2026-05-30"]})
    client.post(generate, {"instead": ["2026-05-14/2026-05-15"]})

    assert refused.status_code == 422
    assert date(2026, 5, 15) in days(town.mtu)


def test_a_meeting_is_moved_on_its_page_and_the_page_tells_what_follows(town: Town, client: Client) -> None:
    planned_year(town.mtu, town.secretary)
    meeting = on(town.mtu, date(2026, 2, 10))
    case = make_case(town, "Ny sti")
    add_step(case, town.mtu, meeting.held_on)
    address = reverse("planning:move-meeting", args=[meeting.pk])

    page = text(client, address)
    same = client.post(address, {"to": "2026-02-10", "notice": "Ferie"})
    near = client.post(address, {"to": "2026-01-05", "notice": "Ferie"})
    nonsense = client.post(address, {"to": "31-31"})
    moved = client.post(address, {"to": "2026-02-17", "notice": "Ferie"})

    assert "1 case has this meeting on its path" in page
    assert reverse("cases:path", args=[case.pk]) in page
    assert [same.status_code, near.status_code, nonsense.status_code] == [422, 422, 422]
    assert 'value="Ferie"' in same.content.decode()
    assert "although the deadline" in near.content.decode()
    assert "although the deadline" not in same.content.decode()
    assert moved.headers["Location"] == plan_page(town)
    assert "Moved from February 10, 2026" in text(client, plan_page(town))


def test_the_other_acts_have_their_pages(town: Town, client: Client) -> None:
    planned_year(town.mtu, town.secretary)
    first, second = on(town.mtu, date(2026, 2, 10)), on(town.mtu, date(2026, 3, 10))
    for name, row, typed in (
        ("change-meeting", first, {"starts": "15:00", "place": "Skolen", "notice": ""}),
        ("cancel-meeting", first, {"notice": "For få sager"}),
        ("undo-cancellation", first, {}),
        ("remove-meeting", second, {}),
        ("call-extraordinary", town.mtu, {"held_on": "2026-02-11", "reason": "Budgettet haster"}),
    ):
        address = reverse(f"planning:{name}", args=[row.pk])
        assert client.get(address).status_code == 200, name
        assert client.post(address, typed).status_code == 302, name

    first.refresh_from_db()
    assert (first.place, first.cancelled_at) == ("Skolen", None)
    assert days(town.mtu)[1:4] == [date(2026, 2, 10), date(2026, 2, 11), date(2026, 4, 14)]
    empty = client.post(reverse("planning:call-extraordinary", args=[town.mtu.pk]), {"held_on": ""})
    assert empty.status_code == 422


def test_a_council_is_told_which_months_have_no_meeting(town: Town, client: Client) -> None:
    Appointment.objects.create(user=town.secretary, body=town.kb, role=Role.SECRETARY)
    planned_year(town.kb, town.secretary, except_months=(7, 10))
    planned_year(town.mtu, town.secretary, except_months=(7, 10))

    council = text(client, reverse("planning:plan", args=[town.kb.pk, YEAR]))

    assert "There is no meeting in: October." in council
    assert "Months without a meeting" not in text(client, plan_page(town))


def test_who_sees_the_body_reads_the_plan_and_its_secretary_writes_it(town: Town, client: Client) -> None:
    rule = planned_year(town.mtu, town.secretary)
    meeting = on(town.mtu, date(2026, 2, 10))
    writing = [
        reverse("planning:add-rule", args=[town.mtu.pk]),
        reverse("planning:change-rule", args=[rule.pk]),
        reverse("planning:remove-rule", args=[rule.pk]),
        reverse("planning:generate-year", args=[town.mtu.pk]),
        reverse("planning:call-extraordinary", args=[town.mtu.pk]),
        *(
            reverse(f"planning:{name}", args=[meeting.pk])
            for name in ("move-meeting", "change-meeting", "cancel-meeting", "undo-cancellation", "remove-meeting")
        ),
    ]

    client.force_login(town.member)
    member = [client.get(address).status_code for address in [plan_page(town), *writing]]
    page = text(client, plan_page(town))
    client.force_login(town.dir_secretary)
    stranger = [client.get(address).status_code for address in [plan_page(town), *writing]]

    assert member == [200, *[403] * len(writing)]
    assert "Add a rule" not in page
    assert stranger == [404] * (len(writing) + 1)


def test_without_a_year_the_plan_is_of_this_year_and_odd_years_are_none(town: Town, client: Client) -> None:
    assert "Meeting plan 2026" in text(client, reverse("planning:plan", args=[town.mtu.pk]))
    assert client.get(plan_page(town).replace("2026", "1999")).status_code == 404
    assert client.get(reverse("planning:plan", args=[town.mtu.pk, 2000])).status_code == 200
    assert client.get(reverse("planning:plan", args=[town.mtu.pk, 2099])).status_code == 200


@pytest.mark.parametrize("count", [3, 60])
def test_the_plan_costs_the_same_for_three_meetings_and_sixty(
    town: Town, client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    planned_year(town.mtu, town.secretary, except_months=tuple(range(4, 13)))
    for number in range(count - 3):
        Meeting.objects.create(body=town.mtu, held_on=date(2026, 4, 1) + timedelta(days=number))

    for name in ("plan", "generate-year"):
        with django_assert_num_queries(9, info=name):
            client.get(reverse(f"planning:{name}", args=[town.mtu.pk, YEAR]))
    with django_assert_num_queries(8):
        client.get(reverse("planning:move-meeting", args=[on(town.mtu, date(2026, 2, 10)).pk]))
