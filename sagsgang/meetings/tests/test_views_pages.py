"""What stands on the pages: home, body, meeting, item; and that many rows cost no more queries than one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from sagsgang.bodies.models import Appointment
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.tests.factories import (
    BODY,
    HELD_ON,
    House,
    closed_item,
    htmx,
    item_of,
    meeting_with,
    open_item,
    plain_item,
    signed_in_as,
)


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item(), closed_item())


def get(house: House, name: str, *ids: object, query: str = "") -> str:
    response = signed_in_as(house.secretary).get(reverse(name, args=ids) + query)
    assert response.status_code == 200
    return response.content.decode()


@time_machine.travel("2026-03-09 08:00+01:00")
def test_home_shows_her_bodies_and_the_next_meeting(meeting: Meeting, house: House) -> None:
    page = get(house, "meetings:home")

    assert f'href="{reverse("meetings:body", args=[house.body.pk])}">{BODY}</a>' in page
    assert "Socialudvalget" not in page
    assert page.count(reverse("meetings:meeting", args=[meeting.pk])) == 2  # next, and with a decision missing


@time_machine.travel("2026-03-10 08:00+01:00")
def test_home_names_the_meetings_without_decisions_of_who_keeps_the_minutes(meeting: Meeting, house: House) -> None:
    link = reverse("meetings:meeting", args=[meeting.pk])

    assert link in get(house, "meetings:home")
    assert link not in signed_in_as(house.member).get(reverse("meetings:home")).content.decode()


def test_empty_lists_say_what_to_do_next(house: House) -> None:
    assert gettext("No meetings are planned in your bodies. Open a body to see its earlier meetings.") in get(
        house, "meetings:home"
    )
    Appointment.objects.filter(user=house.stranger).delete()
    page = signed_in_as(house.stranger).get(reverse("meetings:home")).content.decode()
    assert gettext("You have no role in any body yet. Ask your administrator to give you one.") in page
    assert gettext("This body has no meetings yet. Import an agenda or minutes to begin.") in get(
        house, "meetings:body", house.body.pk
    )


def test_a_body_shows_its_seats_in_danish_order(house: House) -> None:
    page = get(house, "meetings:body", house.body.pk)

    places = [page.index(name) for name in ("Bo Friis", "Dina Toft", "Ærø Holm", "Åse Lund")]
    assert places == sorted(places)


def test_the_meetings_of_a_body_are_chosen_by_year_and_sorted(house: House) -> None:
    for day in (date(2025, 5, 5), date(2026, 1, 12), HELD_ON):
        meeting_with(house, *([open_item()] if day == HELD_ON else []), held_on=day)

    def days(query: str) -> list[str]:
        page = get(house, "meetings:body", house.body.pk, query=query)
        found = [day for day in ("5. maj 2025", "12. januar 2026", "9. marts 2026") if f">{day}</a>" in page]
        return sorted(found, key=lambda day: page.index(f">{day}</a>"))

    assert days("") == ["9. marts 2026", "12. januar 2026", "5. maj 2025"]
    assert days("?order=asc&sort=held_on") == ["5. maj 2025", "12. januar 2026", "9. marts 2026"]
    assert days("?sort=item_count&order=asc") == ["12. januar 2026", "5. maj 2025", "9. marts 2026"]
    assert days("?year=2026") == ["9. marts 2026", "12. januar 2026"]
    assert len(days("?year=1999")) == 3
    assert days("?sort=password") == days("")


def test_a_year_without_meetings_is_said(meeting: Meeting, house: House) -> None:
    page = get(house, "meetings:body", house.body.pk, query="?year=1999")

    assert gettext("There are no meetings in that year.") in page


def test_htmx_gets_the_table_of_meetings_alone(meeting: Meeting, house: House) -> None:
    response = htmx(house.secretary).get(reverse("meetings:body", args=[house.body.pk]) + "?year=2026")

    part = response.content.decode()
    assert part.strip().startswith('<div id="meetings">')
    assert "<h1" not in part
    assert "HX-Request" in response["Vary"]


def test_a_long_list_of_meetings_has_pages(house: House) -> None:
    for number in range(51):
        meeting_with(house, held_on=HELD_ON + timedelta(days=number))

    first, second = (get(house, "meetings:body", house.body.pk, query=f"?order=asc&page={n}") for n in (1, 2))

    assert (first.count("release-"), second.count('id="release-')) == (50 + first.count("release-heading"), 1)
    assert "page=2" in first


def test_the_meeting_says_unknown_where_nothing_is_known(house: House) -> None:
    meeting = meeting_with(house)
    Meeting.objects.filter(pk=meeting.pk).update(starts=None, place="")

    page = get(house, "meetings:meeting", meeting.pk)

    assert page.count(f"<dd>{gettext('unknown')}</dd>") == 2
    assert gettext("The meeting has no agenda yet. Import it, and its items stand here.") in page


def test_an_item_shows_all_its_parts(meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "1")

    page = get(house, "meetings:item", item.pk)

    for words in (
        "1. Ny cykelsti ved Lindevej", "Cykelstier i kommunen", "05.01.00-G01-7-25", "25. februar 2026",
        "Stien er <strong>400 m</strong> lang.", "at den betales af anlægspuljen", "<p>Anbefales.</p>",
        "Beslutning i Direktionen den 25. februar 2026" if gettext("Decision") == "Beslutning" else "Direktionen",
        "Kort over stien", "100001, 41694/26, (H)", "kom 17.20", "1. Belægning", "Asfalt eller grus.",
    ):  # fmt: skip
        assert words in page, words
    assert page.count('aria-current="step"') == 1
    sub = item.subitems.get(number="1")
    assert f'id="delpunkt-{sub.pk}"' in page


def test_a_closed_item_shows_its_ground_and_concrete_reason(meeting: Meeting, house: House) -> None:
    page = get(house, "meetings:item", item_of(meeting, "2").pk)

    assert gettext("purchase or sale of property") in page
    assert "Sælger er presset." in page


def test_a_sub_items_address_leads_to_its_place(meeting: Meeting, house: House) -> None:
    item = item_of(meeting, "1")
    sub = item.subitems.get(number="2")

    response = signed_in_as(house.secretary).get(reverse("meetings:item", args=[sub.pk]))

    assert response["Location"] == reverse("meetings:item", args=[item.pk]) + f"#delpunkt-{sub.pk}"


def test_every_page_names_the_user_and_logs_out_by_post(house: House) -> None:
    page = get(house, "meetings:home")

    assert "Sanne Skov" in page
    assert f'<form method="post" action="{reverse("accounts:logout")}">' in page


MANY = [1, 3, 30]


@pytest.mark.parametrize("count", MANY)
def test_home_costs_the_same_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        meeting_with(house, plain_item(1), held_on=HELD_ON + timedelta(days=number))
    client = signed_in_as(house.secretary)

    with django_assert_num_queries(9), time_machine.travel("2026-03-09 08:00+01:00"):
        client.get(reverse("meetings:home"))


@pytest.mark.parametrize("count", MANY)
def test_a_body_costs_the_same_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        meeting_with(house, held_on=HELD_ON + timedelta(days=number))
    client = signed_in_as(house.secretary)

    with django_assert_num_queries(8):
        client.get(reverse("meetings:body", args=[house.body.pk]))


@pytest.mark.parametrize("count", MANY)
def test_a_meeting_costs_the_same_for_many(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    items = [replace(open_item(), number=str(n), title=f"Punkt {n}") for n in range(count)]
    meeting = meeting_with(house, *items, replace(closed_item(), number="99"))
    client = signed_in_as(house.secretary)

    with django_assert_num_queries(10):
        client.get(reverse("meetings:meeting", args=[meeting.pk]))


@pytest.mark.parametrize("count", MANY)
def test_an_item_costs_the_same_for_many_sub_items(
    count: int, house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    subitems = tuple(plain_item(number) for number in range(1, count + 1))
    meeting = meeting_with(house, replace(open_item(), subitems=subitems))
    client = signed_in_as(house.secretary)

    with django_assert_num_queries(10):
        client.get(reverse("meetings:item", args=[item_of(meeting, "1").pk]))


@pytest.mark.urls("sagsgang.site.urls_staff")
def test_the_staff_site_alone_begins_under_intern(house: House) -> None:
    response = signed_in_as(house.secretary).get("/")

    assert (response.status_code, response["Location"]) == (302, "/intern/")
