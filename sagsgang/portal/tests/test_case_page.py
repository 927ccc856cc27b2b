"""A case's page shows its whole path as far as released documents name it, and nothing of what is closed."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from sagsgang.meetings.drafts import CaseDraft, DecisionDraft, ItemDraft, StepDraft
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.portal.tests.factories import (
    DAY,
    clerk,
    make_body,
    make_closed_item,
    make_draft,
    make_full_item,
    make_item,
    release,
    restore,
    withdraw,
)
from sagsgang.portal.tests.test_meeting_page import words
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicCase, PublicIdentity, PublicItem, PublicMeeting

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

LATER = date(2026, 4, 21)
CASE = CaseDraft("Ny cykelsti", numbers=("23/01234",))
PATH = (StepDraft("TMU", DAY), StepDraft("Økonomiudvalget", LATER), StepDraft("Byrådet", date(2026, 5, 5)))


def at_committee(**facts: Any) -> ItemDraft:
    return make_item(case=CASE, path=(StepDraft("Direktionen", date(2026, 4, 1)), *PATH), **facts)


def at_finance(**facts: Any) -> ItemDraft:
    decision = DecisionDraft("Økonomiudvalget", LATER, "<p>Anbefales.</p>", "recommended")
    return make_item("3", "Ny cykelsti og ny bro", case=CASE, path=PATH, decisions=(decision,), **facts)


def finance() -> PublicMeeting:
    return release(make_body("Økonomiudvalget", "ØU"), make_draft(at_finance(), held_on=LATER))


def case_page(client: Client, case: PublicCase | None = None) -> str:
    row = case or PublicCase.objects.get()
    return client.get(f"/sager/{row.pk}/{row.slug}/").content.decode()


def drawn(page: str) -> list[str]:
    path = page.partition('<ol class="path')[2].partition("</ol>")[0]
    return [words(step) for step in re.findall(r"<li.*?</li>", path, re.DOTALL)]


def test_the_whole_path_is_drawn_planned_and_done(client: Client) -> None:
    release(make_body(), make_draft(at_committee()))

    assert drawn(case_page(client)) == [
        "Direktionen Wednesday, April 1, 2026 · named in the path; nothing is released from here",
        "Teknik- og Miljøudvalget Tuesday, April 14, 2026 1. Ny cykelsti ved Åvej approved",
        "Økonomiudvalget Planned for Tuesday, April 21, 2026",
        "Byrådet Planned for Tuesday, May 5, 2026",
    ]


def test_the_newest_release_says_what_the_case_is_called_and_what_was_decided(client: Client) -> None:
    release(make_body(), make_draft(at_committee()))
    finance()

    page = case_page(client)

    assert drawn(page) == [
        "Teknik- og Miljøudvalget Tuesday, April 14, 2026 1. Ny cykelsti ved Åvej approved",
        "Økonomiudvalget Tuesday, April 21, 2026 3. Ny cykelsti og ny bro recommended",
        "Byrådet Planned for Tuesday, May 5, 2026",
    ]
    assert words(page.partition("<h1>")[2].partition("</h1>")[0]) == "Ny cykelsti og ny bro"
    latest = words(page.partition('<section class="latest"')[2].partition("</section>")[0])
    assert latest.endswith("Latest decision Økonomiudvalget, Tuesday, April 21, 2026 Anbefales.")
    assert "Case 23/01234" in words(page)


def test_an_item_links_to_its_case_and_to_the_other_bodies_items(client: Client) -> None:
    first = release(make_body(), make_draft(at_committee()))
    other = finance().items.get()
    item = first.items.get()

    page = client.get(f"/punkter/{item.pk}/{item.slug}/").content.decode()

    case = PublicCase.objects.get()
    path = page.partition('<ol class="path">')[2].partition("</ol>")[0]
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', path) == [
        (f"/punkter/{other.pk}/{other.slug}/", "Økonomiudvalget")
    ]
    assert f'href="/sager/{case.pk}/{case.slug}/"' in page


def test_another_bodys_release_moves_the_items_page(client: Client) -> None:
    item = release(make_body(), make_draft(at_committee())).items.get()
    address = f"/punkter/{item.pk}/{item.slug}/"
    before = client.get(address).headers["ETag"]

    meeting = finance()
    between = client.get(address).headers["ETag"]
    withdraw(meeting)

    assert len({before, between, client.get(address).headers["ETag"]}) == 3


def test_a_closed_item_of_the_same_case_leaves_no_trace(client: Client) -> None:
    body = make_body()
    release(body, make_draft(at_committee()))
    case = PublicCase.objects.get()
    addresses = [f"/sager/{case.pk}/{case.slug}/", f"/sager/{case.pk}/feed.atom", "/sager/sitemap-1.xml"]
    before = [(answer.content, answer.headers["ETag"]) for answer in map(client.get, addresses[:2])]
    closed = replace(make_closed_item("3"), case=CASE, title="Ny cykelsti")

    meeting = release(make_body("Økonomiudvalget", "ØU"), make_draft(closed, held_on=LATER))

    assert AgendaItem.objects.values("case").distinct().count() == 1
    assert PublicItem.objects.get(meeting=meeting).case_id is None
    assert [(answer.content, answer.headers["ETag"]) for answer in map(client.get, addresses[:2])] == before
    item = meeting.items.get()
    assert "/sager/" not in client.get(f"/punkter/{item.pk}/{item.slug}/").content.decode().partition("<main")[2]


def test_an_item_that_is_closed_takes_its_case_away(client: Client) -> None:
    body = make_body()
    release(body, make_draft(at_committee()))
    case = PublicCase.objects.get()
    AgendaItem.objects.update(access="closed", ground="personal", public_title="Lukket")

    released = release_meeting(Meeting.objects.get(), kind="archive", prepared_by=clerk(), released_by=clerk())

    assert (released.number, PublicCase.objects.count()) == (2, 0)
    assert client.get(f"/sager/{case.pk}/{case.slug}/").status_code == 404


def test_a_case_goes_with_its_last_release_and_is_as_unknown_as_any(client: Client) -> None:
    meeting = release(make_body(), make_draft(at_committee()))
    case = PublicCase.objects.get()
    nobody = "00000000-0000-4000-8000-000000000000"

    withdraw(meeting)

    for address in (f"/sager/{case.pk}/{case.slug}/", f"/sager/{case.pk}/", f"/sager/{case.pk}/feed.atom"):
        gone, unknown = client.get(address), client.get(address.replace(str(case.pk), nobody))
        assert (gone.status_code, gone.content, dict(gone.headers)) == (404, unknown.content, dict(unknown.headers))
    assert client.get("/sager/sitemap-1.xml").status_code == 404


def test_the_case_goes_back_to_the_release_that_is_left(client: Client) -> None:
    release(make_body(), make_draft(at_committee()))
    meeting = finance()
    identity = PublicCase.objects.get().pk

    withdraw(meeting)

    row = PublicCase.objects.get()
    assert (row.pk, row.title, row.held_on) == (identity, "Ny cykelsti ved Åvej", DAY)
    assert drawn(case_page(client))[2] == "Økonomiudvalget Planned for Tuesday, April 21, 2026"


def test_the_public_id_is_random_and_stays_when_it_is_released_again() -> None:
    body = make_body()
    release(body, make_draft(at_committee()))
    row = PublicCase.objects.get()

    release(body, make_draft(at_committee(title="Ny cykelsti ved Bæk")))

    again = PublicCase.objects.get()
    assert (again.pk, again.title, again.slug) == (row.pk, "Ny cykelsti ved Bæk", "ny-cykelsti-ved-baek")
    assert row.pk not in AgendaItem.objects.values_list("case", flat=True)
    assert PublicIdentity.objects.filter(public_id=row.pk).count() == 1


def test_a_sub_item_has_a_case_of_its_own_only_when_it_is_promoted(client: Client) -> None:
    meeting = restore(make_body(), make_draft(make_full_item()))
    release_meeting(meeting, kind="archive", prepared_by=clerk(), released_by=clerk())
    assert PublicCase.objects.count() == 1
    sub = AgendaItem.objects.get(title="Belægning")
    sub.case = sub.case.__class__.objects.create(authority=sub.case.authority, title="Belægning")
    sub.save()

    release_meeting(meeting, kind="archive", prepared_by=clerk(), released_by=clerk())

    page = case_page(client, PublicCase.objects.get(title="Belægning"))
    top = PublicItem.objects.get(parent=None)
    assert f'href="/punkter/{top.pk}/{top.slug}/#delpunkt-1"' in page
    assert "Asfalt valgt." in page


def test_the_feed_and_the_sitemap_name_the_case(client: Client) -> None:
    release(make_body(), make_draft(at_committee()))
    finance()
    case = PublicCase.objects.get()

    feed = client.get(f"/sager/{case.pk}/feed.atom").content.decode()

    assert re.findall(r"<title>([^<]+)</title>", feed) == [
        "Ny cykelsti og ny bro – Egekøbing Kommune",
        "Minutes: Økonomiudvalget, Tuesday, April 21, 2026",
        "Minutes: Teknik- og Miljøudvalget, Tuesday, April 14, 2026",
    ]
    assert "/sager/sitemap-1.xml" in client.get("/sitemap.xml").content.decode()
    assert f"/sager/{case.pk}/{case.slug}/" in client.get("/sager/sitemap-1.xml").content.decode()
    assert client.get("/sager/sitemap-2.xml").status_code == 404


def test_the_documents_of_all_steps_and_how_to_refer_to_the_case(client: Client) -> None:
    release(make_body(), make_draft(make_full_item()))
    case = PublicCase.objects.get()

    page = case_page(client)

    papers = page.partition("Documents of the case")[2]
    assert [title in papers for title in ("Kort over stien", "Tilbud fra entreprenør", "Høringssvar")] == [
        True, False, True,
    ]  # fmt: skip
    assert f"https://moeder.example/sager/{case.pk}/</a>" in page
    assert PublicMeeting.objects.get().release.sha256 in page
