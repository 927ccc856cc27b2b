"""What programs read keeps to its format: Atom (RFC 4287), and one meeting as a calendar entry (RFC 5545)."""

from datetime import date, datetime
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client
from icalendar import Calendar

from sagsgang.portal.tests.factories import DAY, make_body, make_draft, make_full_item, make_item, release, withdraw
from sagsgang.publication.models import PublicCase

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]
ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://moeder.example"
ONCE = ("id", "title", "updated")


def faults_of(content: bytes) -> list[str]:
    """What a strict reader of Atom has against a feed."""
    feed = ElementTree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    found = [] if feed.tag == f"{ATOM}feed" else ["root"]
    for part in (feed, *entries):
        found += [f"{name} not once" for name in ONCE if len(part.findall(f"{ATOM}{name}")) != 1]
        found += [f"{name} empty" for name in ONCE if not (part.findtext(f"{ATOM}{name}") or "").strip()]
        if datetime.fromisoformat(part.findtext(f"{ATOM}updated") or "").tzinfo is None:
            found.append("time without zone")
        links = part.findall(f"{ATOM}link")
        found += [
            f"not absolute: {link.get('href')}" for link in links if not (link.get("href") or "").startswith(BASE)
        ]
        kinds = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in links]
        found += ["two links of a kind"] if len(set(kinds)) != len(kinds) else []
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    found += ["ids not unique"] if len(set(ids)) != len(ids) else []
    found += ["no author" for entry in entries if not entry.findtext(f"{ATOM}author/{ATOM}name")]
    found += ["no summary" for entry in entries if entry.find(f"{ATOM}summary[@type='html']") is None]
    found += [] if [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"] else ["no self"]
    return found


def test_the_feeds_are_valid_atom(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft())
    release(body, make_draft(make_full_item(), held_on=DAY.replace(day=21)))
    case = PublicCase.objects.get(title="Ny cykelsti ved Åvej")
    addresses = [
        "/feed.atom",
        f"/organer/{meeting.body_id}/{meeting.body.slug}/feed.atom",
        f"/sager/{case.pk}/feed.atom",
    ]

    assert {address: faults_of(client.get(address).content) for address in addresses} == {
        address: [] for address in addresses
    }


def test_a_sitemap_names_the_english_page_beside_the_danish(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item()))

    xml = client.get(f"/organer/{meeting.body_id}/sitemap.xml").content.decode()

    address = f"/moeder/{meeting.pk}/{meeting.slug}/"
    assert (
        f'<loc>{BASE}{address}</loc><xhtml:link rel="alternate" hreflang="en" href="{BASE}/en{address}"/>' in xml
        and ElementTree.fromstring(xml) is not None
    )


def test_one_meeting_is_put_into_a_calendar(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item()))

    answer = client.get(f"/moeder/{meeting.pk}/moede.ics")
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert {name: str(event[name]) for name in ("UID", "SUMMARY", "LOCATION", "URL", "STATUS")} == {
        "UID": f"urn:uuid:{meeting.pk}",
        "SUMMARY": "Teknik- og Miljøudvalget, meeting",
        "LOCATION": "Rådhuset, mødelokale 2",
        "URL": f"{BASE}/moeder/{meeting.pk}/{meeting.slug}/",
        "STATUS": "CONFIRMED",
    }
    assert [event.decoded(name).isoformat() for name in ("DTSTART", "DTEND")] == [
        "2026-04-14T16:00:00+02:00",
        "2026-04-14T18:30:00+02:00",
    ]
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_meeting_without_an_hour_takes_the_day(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item(), starts=None, ends=None, place=""))

    [event] = Calendar.from_ical(client.get(f"/moeder/{meeting.pk}/moede.ics").content).walk("VEVENT")

    assert (event.decoded("DTSTART"), "DTEND" in event, "LOCATION" in event) == (date(2026, 4, 14), False, False)


def test_a_withdrawn_meeting_is_in_no_calendar(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item()))
    withdraw(meeting)

    answers = [client.get(f"/moeder/{pk}/moede.ics") for pk in (meeting.pk, uuid4())]

    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}
