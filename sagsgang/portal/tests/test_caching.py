"""ETag and dates move when the public bytes move, and only then; no page sets a cookie."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sagsgang.portal.pages import forget_pages
from sagsgang.portal.tests.factories import DAY, addresses, make_body, make_draft, make_item, release, withdraw
from sagsgang.publication.tasks import render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def marks(client: Client, pages: list[str]) -> dict[str, tuple[str | None, str | None]]:
    """ETag and date of each page."""
    answers = {address: client.get(address).headers for address in pages}
    return {address: (headers.get("ETag"), headers.get("Last-Modified")) for address, headers in answers.items()}


def test_no_answer_sets_a_cookie_or_varies_by_one(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    render_meeting_pdf(str(meeting.release_id))

    pages = [*addresses(meeting), "/nix/", "/kalender/", f"/moeder/{meeting.pk}/"]
    answers = [client.get(address) for address in pages]

    assert [answer.headers.get("Vary") for answer in answers] == [None] * len(pages)
    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * len(pages)
    assert not client.cookies


def test_an_unchanged_page_is_the_same_page(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    before = marks(client, addresses(meeting))
    forget_pages()

    assert marks(client, addresses(meeting)) == before
    assert len(set(before.values())) > 1


def test_the_same_words_released_again_move_nothing(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft())
    before = marks(client, addresses(meeting))

    release(body, make_draft())

    assert marks(client, addresses(meeting)) == before


def test_a_release_that_supersedes_moves_the_pages_that_show_it(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft(make_item()))
    page = f"/moeder/{meeting.pk}/{meeting.slug}/"
    before = client.get(page)

    release(body, make_draft(make_item(), place="Aulaen"))
    after = client.get(page)

    assert before.headers["ETag"] != after.headers["ETag"]
    assert (b"Aulaen" in before.content, b"Aulaen" in after.content) == (False, True)


def test_another_meeting_moves_the_lists_and_not_this_meeting(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft())
    item = meeting.items.filter(parent=None)[0]
    own = [f"/moeder/{meeting.pk}/{meeting.slug}/", f"/punkter/{item.pk}/{item.slug}/"]
    lists = ["/", "/organer/", f"/organer/{meeting.body_id}/{meeting.body.slug}/", "/feed.atom", "/sitemap.xml"]
    before = marks(client, own + lists)

    release(body, make_draft(make_item(), held_on=DAY + timedelta(days=7)))
    after = marks(client, own + lists)

    assert {address: before[address][0] == after[address][0] for address in before} == {
        **dict.fromkeys(own, True),
        **dict.fromkeys(lists, False),
    }


def test_the_pdf_moves_no_page(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    pages = [address for address in addresses(meeting) if not address.endswith(".pdf")]
    before = marks(client, pages)

    render_meeting_pdf(str(meeting.release_id))

    assert marks(client, pages) == before


def test_only_the_front_and_body_pages_move_with_the_day(client: Client) -> None:
    with time_machine.travel(datetime(2026, 4, 14, 12, tzinfo=UTC), tick=False):
        meeting = release(make_body(), make_draft())
        pages = [address for address in addresses(meeting) if not address.endswith(".pdf")]
        before = marks(client, pages)
    with time_machine.travel(datetime(2026, 4, 15, 12, tzinfo=UTC), tick=False):
        after = marks(client, pages)

    body = f"/organer/{meeting.body_id}/{meeting.body.slug}/"
    assert [address for address in pages if before[address] != after[address]] == ["/", body]


def test_a_conditional_get_costs_one_query_and_sends_no_body(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    pages = [
        address
        for address in addresses(meeting)
        if not address.endswith(("referat.pdf", "robots.txt", "sitemap-1.xml"))
    ]
    pages = [address for address in pages if client.get(address).status_code == 200]
    forget_pages()

    for address, (etag, _) in marks(client, pages).items():
        with CaptureQueriesContext(connections["public"]) as queries:
            answer = client.get(address, headers={"If-None-Match": str(etag)})
        assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1), address
        assert answer.headers["ETag"] == etag


def test_a_kept_page_is_not_made_again_and_a_withdrawn_one_is_gone_at_once(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    page = f"/moeder/{meeting.pk}/{meeting.slug}/"
    first = client.get(page)

    with CaptureQueriesContext(connections["public"]) as queries:
        second = client.get(page)
    withdraw(meeting)

    assert (len(queries), second.content) == (1, first.content)
    assert client.get(page).status_code == 410


def test_every_page_is_to_be_asked_for_anew(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    pages = [address for address in addresses(meeting) if not address.endswith(("referat.pdf", "robots.txt"))]

    assert {client.get(address).headers["Cache-Control"] for address in pages} == {"no-cache"}
