"""The feeds and the sitemap are well formed and say what the pages say."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client

from sagsgang.meetings.drafts import AttachmentDraft
from sagsgang.portal.tests.factories import DAY, make_body, make_draft, make_item, release, withdraw
from sagsgang.portal.tests.test_meeting_page import words

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://moeder.example"


def read(client: Client, address: str) -> ElementTree.Element:
    """The answer as a tree."""
    return ElementTree.fromstring(client.get(address).content)


def test_an_entry_tells_decisions_and_attachments(client: Client) -> None:
    meeting = release(make_body(), make_draft())

    feed = read(client, "/feed.atom")
    entry = feed.find(f"{ATOM}entry")

    assert entry is not None
    assert feed.findtext(f"{ATOM}title") == "Agendas and minutes – Egekøbing Kommune"
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{meeting.release_id}"
    assert entry.findtext(f"{ATOM}title") == "Minutes: Teknik- og Miljøudvalget, Tuesday, April 14, 2026"
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [
        f"{BASE}/moeder/{meeting.pk}/{meeting.slug}/"
    ]
    assert words(entry.findtext(f"{ATOM}summary") or "") == (
        "1. Ny cykelsti ved Åvej Decision in Teknik- og Miljøudvalget on April 14, 2026 Godkendt. "
        "1. Belægning Asfalt valgt. "
        "Kort over stien (document id 100001, document no. 7) Closed attachment Høringssvar Notat (document no. 8) "
        "Æbletræer i vejkanten 9. Personalesag"
    )


def test_the_feed_of_a_body_has_its_own_releases_alone(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft(make_item()))
    later = release(body, make_draft(make_item(), held_on=DAY + timedelta(days=7)))
    withdraw(release(body, make_draft(make_item(), held_on=DAY + timedelta(days=14))))
    release(make_body("Byrådet", "BY"), make_draft(make_item()))

    feed = read(client, f"/organer/{meeting.body_id}/{meeting.body.slug}/feed.atom")

    assert [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")] == [
        f"urn:uuid:{later.release_id}",
        f"urn:uuid:{meeting.release_id}",
    ]


def test_the_feed_of_an_empty_site_is_a_feed(client: Client) -> None:
    assert read(client, "/feed.atom").findtext(f"{ATOM}updated") == "2000-01-01T00:00:00+00:00"


def test_signs_that_xml_cannot_hold_are_left_out(client: Client) -> None:
    item = make_item(title="Lyd \x0b & billede", attachments=(AttachmentDraft(1, "A\x01B", "open"),))
    release(make_body(), make_draft(item))

    entry = read(client, "/feed.atom").find(f"{ATOM}entry")

    assert entry is not None
    assert words(entry.findtext(f"{ATOM}summary") or "").endswith("AB")


def test_the_sitemaps_name_every_page_of_what_is_open(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    withdraw(release(make_body("Byrådet", "BY"), make_draft(make_item())))
    item = meeting.items.get(parent=None, number="1")

    index = [place.text or "" for place in read(client, "/sitemap.xml").iter(f"{MAP}loc")]
    own = f"{BASE}/organer/{meeting.body_id}/sitemap.xml"
    found = read(client, own.removeprefix(BASE))

    assert len(index) == 4 and {own, f"{BASE}/sager/sitemap-1.xml", f"{BASE}/tal/sitemap.xml"} <= set(index)
    assert [place.text for place in found.iter(f"{MAP}loc")] == [
        f"{BASE}/organer/{meeting.body_id}/{meeting.body.slug}/",
        f"{BASE}/moeder/{meeting.pk}/{meeting.slug}/",
        f"{BASE}/punkter/{item.pk}/{item.slug}/",
    ]
    assert {place.text[:16] for place in found.iter(f"{MAP}lastmod") if place.text} == {
        found.findtext(f"{MAP}url/{MAP}lastmod", "")[:16]
    }


def test_robots_may_find_everything_that_is_shown(client: Client) -> None:
    assert client.get("/robots.txt").content.decode() == f"User-agent: *\nDisallow:\nSitemap: {BASE}/sitemap.xml\n"
