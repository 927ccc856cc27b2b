"""The statistics count what is released, and leave small groups out."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sagsgang.portal.statistics import statistics_csv
from sagsgang.portal.tests.factories import (
    make_body,
    make_closed_item,
    make_draft,
    make_full_item,
    make_item,
    release,
    withdraw,
)
from sagsgang.portal.tests.test_meeting_page import words
from sagsgang.publication.models import PublicItem

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def rows(client: Client) -> list[list[str]]:
    text = client.get("/statistik/statistik.csv").content.decode().removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_it_counts_by_body_and_year_and_leaves_small_groups_out(client: Client) -> None:
    body = make_body()
    for day in (6, 13, 20, 27):
        release(body, make_draft(make_full_item(), make_closed_item(), held_on=date(2026, 1, day)))
    release(make_body("Økonomiudvalget", "ØU"), make_draft(make_item(), held_on=date(2026, 3, 3)))

    assert rows(client) == [
        ["Year", "Body", "Meetings", "Items", "Decisions", "Closed items", "Late items", "Attachments"],
        ["2026", "Teknik- og Miljøudvalget", "*", "*", "*", "8", "0", "8"],
        ["2026", "Økonomiudvalget", "*", "*", "*", "0", "0", "0"],
        ["2026", "All bodies", "5", "17", "9", "8", "0", "8"],
    ]


def test_the_page_tells_the_same_as_a_table_and_a_plot(client: Client) -> None:
    body = make_body()
    for day in (6, 13, 20, 27):
        release(body, make_draft(make_full_item(), make_closed_item(), held_on=date(2026, 1, day)))

    page = client.get("/statistik/").content.decode()

    assert "2026: 16" in page.partition("<desc")[2].partition("</desc>")[0]
    assert words(page.partition("<tbody>")[2].partition("</table>")[0]) == (
        "Teknik- og Miljøudvalget 4 16 8 8 0 8 50.0% All bodies 4 16 8 8 0 8 50.0%"
    )


def test_what_came_late_is_counted(client: Client) -> None:
    body = make_body()
    meetings = [release(body, make_draft(make_item(), held_on=date(2026, 1, day))) for day in (6, 13, 20)]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE pub.release SET kind = 'minutes'")
        cursor.execute("SET session_replication_role = origin")
    for number, item in enumerate(PublicItem.objects.filter(meeting__in=meetings)):
        said = {"supplement": 1} if number else {"late_reason": "Tilbuddet udløber."}
        PublicItem.objects.filter(pk=item.pk).update(content=item.content | said)

    assert rows(client)[1][2:] == ["3", "3", "3", "0", "3", "0"]


def test_what_is_withdrawn_is_not_counted(client: Client) -> None:
    body = make_body()
    meetings = [release(body, make_draft(make_item(), held_on=date(2026, 1, day))) for day in (6, 13, 20, 27)]
    before = rows(client)[1][2]

    withdraw(meetings[0])

    assert (before, rows(client)[1][2]) == ("4", "3")


def test_a_release_counts_its_own_body_anew_and_no_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = make_body("Økonomiudvalget", "ØU")
    for body in (make_body(), other):
        release(body, make_draft(make_item()))
    client.get("/statistik/")
    release(other, make_draft(make_item(), held_on=date(2026, 5, 5)))

    with django_assert_num_queries(10, using="public"):
        client.get("/statistik/")
    with django_assert_num_queries(1, using="public"):
        client.get("/statistik/")


def test_a_name_is_no_formula_in_a_spreadsheet(client: Client) -> None:
    release(make_body("=2+2"), make_draft(make_item()))

    assert rows(client)[1][1] == "'=2+2"
    assert statistics_csv.permission == "public"  # type: ignore[attr-defined]
