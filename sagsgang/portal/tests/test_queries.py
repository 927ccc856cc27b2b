"""Each page has a fixed number of queries, whatever it shows."""

from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from sagsgang.portal.pages import forget_pages
from sagsgang.portal.tests.factories import DAY, make_body, make_draft, make_full_item, make_item, release
from sagsgang.publication.tasks import read_released_files

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

# One for the edition; then BEGIN, the isolation level and COMMIT; between them what the page shows.
PAGES = {
    "/": 1 + 3 + 3,
    "/organer/": 1 + 3,
    "/organer/{body}/{body_slug}/": 1 + 3 + 4,
    "/organer/{body}/{body_slug}/feed.atom": 1 + 3 + 2,
    "/organer/{body}/sitemap.xml": 1 + 3 + 2,
    "/kalender/2026-04/": 1 + 3 + 4,
    "/organer/{body}/{body_slug}/moedekalender/": 1 + 3 + 2,
    "/organer/{body}/moedekalender.ics": 1 + 3 + 2,
    "/moeder/{meeting}/{slug}/": 1 + 3 + 2,
    "/moeder/{meeting}/{slug}/udskriv/": 1 + 3 + 2,
    "/punkter/{item}/{item_slug}/": 1 + 3 + 4,
    "/sager/{case}/{case_slug}/": 1 + 3 + 2,
    "/sager/{case}/feed.atom": 1 + 3 + 2,
    "/sager/sitemap-1.xml": 2 + 3 + 1,
    "/bilag/{file}/laes/": 1 + 3 + 2,
    "/bilag/{file}/{file_name}": 1,
    "/moeder/{meeting}/referat.pdf": 1,
    "/feed.atom": 1 + 3 + 2,
    "/sitemap.xml": 1 + 3 + 1,
    "/tal/": 2 + 3 + 1,
    "/robots.txt": 0,
    "/kalender/": 0,
}


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_page_asks_as_often_for_thirty_as_for_one(
    client: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body = make_body()
    for number in range(count - 1):
        release(body, make_draft(make_item(), held_on=DAY - timedelta(days=number + 1)))
    items = (make_item(str(number + 2), f"Sag {number}") for number in range(count - 1))
    meeting = release(body, make_draft(make_full_item(), *items))
    item = meeting.items.get(parent=None, number="1")
    file = item.files.all()[0]
    assert item.case
    read_released_files(str(meeting.release_id))
    forget_pages()

    for pattern, queries in PAGES.items():
        address = pattern.format(
            body=meeting.body_id, body_slug=meeting.body.slug, meeting=meeting.pk, slug=meeting.slug,
            item=item.pk, item_slug=item.slug, file=file.pk, file_name=file.name,
            case=item.case_id, case_slug=item.case.slug,
        )  # fmt: skip
        with django_assert_num_queries(queries, connection=connections["public"], info=address):
            client.get(address)
