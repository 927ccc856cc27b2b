"""A meeting's page says what its release says."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from sagsgang.portal.tests.factories import make_body, make_draft, make_item, release
from sagsgang.publication.models import PublicMeeting

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def words(html: str) -> str:
    """The visible words, blanks folded."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def shown(client: Client, meeting: PublicMeeting, tail: str = "") -> str:
    """The main part of the meeting's page."""
    page = client.get(f"/moeder/{meeting.pk}/{meeting.slug}/{tail}").content.decode()
    return page.partition("<main")[2].partition("</main>")[0]


def test_the_agenda_stands_in_order_with_decisions_and_attachments(client: Client) -> None:
    page = shown(client, release(make_body(), make_draft()))

    assert words(page.partition('class="agenda-heading">')[2]) == (
        "Agenda 1. Ny cykelsti ved Åvej Open item · Case no. 23/01234 1. Belægning 2. Køb af jord "
        "Decision in Teknik- og Miljøudvalget on April 14, 2026 Godkendt. 1. Belægning Asfalt valgt. "
        "Absent: Karl Bøg (A) Attachments "
        "Kort over stien (PDF, 728 bytes, document id 100001, document no. 7) Read as text Closed attachment Høringssvar (closed) "
        "Notat (document no. 8) Æbletræer i vejkanten (TXT, 9 bytes) "
        "9. Personalesag Closed item Closed because of: personal matters. Sagen blev afgjort."
    )


def test_the_head_tells_time_place_and_who_was_there(client: Client) -> None:
    meeting = release(make_body(), make_draft())

    head = words(shown(client, meeting).partition("<h2>Release")[0])

    assert head.partition(">")[2].strip() == (
        "Minutes Teknik- og Miljøudvalget, Tuesday, April 14, 2026 Time 16:00–18:30 "
        "Place Rådhuset, mødelokale 2 Meeting no. 4 Download as PDF All texts on one page Add to your calendar "
        "Print Copy link "
        "Present Borgmester Anna Æbelø (formand) Åse Bæk (V) Absent Karl Bøg (A) – afbud"
    )


def test_the_release_is_named_by_number_day_and_hash(client: Client) -> None:
    with time_machine.travel(datetime(2026, 4, 19, 22, 30, tzinfo=UTC), tick=False):
        meeting = release(make_body(), make_draft())

    aside = shown(client, meeting).partition("<h2>Release</h2>")[2].partition("</aside>")[0]

    assert words(aside) == (
        f"Release no. 1, April 20, 2026, SHA-256 {meeting.release.sha256[:12]}… "
        "Copied from an archive that was already public. "
        "2 closed items are not shown, apart from their public titles. Last changed April 20, 2026 at 00:30. "
        "Refer to this Egekøbing Kommune: Minutes of Teknik- og Miljøudvalget, April 14, 2026. Release no. 1, April 20, 2026. "
        f"https://moeder.example/moeder/{meeting.pk}/ SHA-256 {meeting.release.sha256}"
    )


def test_a_meeting_without_closed_items_is_said_to_be_complete(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item()))

    assert "All items are open and shown." in shown(client, meeting)


def test_a_source_that_says_nothing_of_those_present_shows_no_such_list(client: Client) -> None:
    meeting = release(
        make_body(), make_draft(make_item(), attendance=None, starts=None, ends=None, place="", number="")
    )

    page = words(shown(client, meeting).partition("<h2>Release")[0])

    assert page.partition(">")[2].strip() == (
        "Minutes Teknik- og Miljøudvalget, Tuesday, April 14, 2026 Download as PDF All texts on one page Add to your calendar "
        "Print Copy link"
    )


def test_stated_none_is_another_thing_than_not_stated(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item(attachments=(), absent=()), attendance=()))

    page = words(shown(client, meeting))

    assert "Absent Nobody" in page
    assert "No attachments." in page
    assert "No attachments." not in words(shown(client, release(make_body("Byrådet", "BY"), make_draft(make_item()))))


def test_the_print_view_has_every_word_of_the_items(client: Client) -> None:
    page = words(shown(client, release(make_body(), make_draft()), "udskriv/"))

    for text in ("Stien er 400 m lang.", "at stien anlægges", "Asfalt.", "Asfalt valgt.", "Forhandling er i gang."):
        assert text in page


def test_words_from_the_house_are_never_markup(client: Client) -> None:
    item = make_item(title="<script>alert(1)</script> & Co.")
    meeting = release(make_body(), replace(make_draft(item), place="<b>Her</b>"))

    page = shown(client, meeting)

    assert "<script" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co." in page
    assert "<b>" not in page and "&lt;b&gt;Her&lt;/b&gt;" in page
