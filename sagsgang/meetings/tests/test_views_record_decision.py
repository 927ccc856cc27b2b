"""The secretary records a decision, on an item and on a sub-item; two at once; and what was typed is never lost."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from sagsgang.core.models import AuditEntry
from sagsgang.meetings.models import AgendaItem, Decision, Meeting
from sagsgang.meetings.tests.factories import House, htmx, item_of, meeting_with, open_item, signed_in_as


@pytest.fixture
def meeting(house: House) -> Meeting:
    return meeting_with(house, open_item())


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, "1")


def record(client: Client, item: AgendaItem, **words: object) -> tuple[int, str]:
    response = client.post(reverse("meetings:record-decision", args=[item.pk]), {"seen": 0, **words})
    return response.status_code, response.content.decode()


def own(item: AgendaItem) -> list[tuple[int, str, str]]:
    return [(d.version, d.html, d.outcome) for d in Decision.objects.filter(item=item, body=item.meeting.body)]


def test_the_decision_is_saved_and_leaves_its_trace(item: AgendaItem, house: House) -> None:
    url = reverse("meetings:record-decision", args=[item.pk])

    response = signed_in_as(house.secretary).post(url, {"text": "Godkendt.", "outcome": "approved", "seen": "0"})

    assert response["Location"] == reverse("meetings:item", args=[item.pk]) + f"#decision-{item.pk}"
    assert own(item) == [(1, "<p>Godkendt.</p>", "approved")]
    entry = AuditEntry.objects.get(verb="record_decision")
    assert (entry.actor_id, entry.subject) == (house.secretary.pk, f"meetings.AgendaItem:{item.pk}")


def test_the_page_then_says_that_it_is_saved(item: AgendaItem, house: House) -> None:
    client = signed_in_as(house.secretary)
    record(client, item, text="Godkendt.")

    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert gettext("The decision is saved.") in page
    assert "<p>Godkendt.</p>" in page


def test_a_sub_item_has_its_own_decision_on_the_page_of_its_item(item: AgendaItem, house: House) -> None:
    sub = item.subitems.get(number="1")
    url = reverse("meetings:record-decision", args=[sub.pk])

    response = signed_in_as(house.secretary).post(url, {"text": "Asfalt.", "seen": "0"})

    assert response["Location"] == reverse("meetings:item", args=[item.pk]) + f"#decision-{sub.pk}"
    assert own(sub) == [(1, "<p>Asfalt.</p>", "")]
    assert own(item) == []


def test_htmx_gets_the_part_and_not_the_page(item: AgendaItem, house: House) -> None:
    status, part = record(htmx(house.secretary), item, text="Godkendt.")

    assert status == 200
    assert part.strip().startswith(f'<section id="decision-{item.pk}"')
    assert "<h1" not in part
    assert "<p>Godkendt.</p>" in part


def test_without_words_or_outcome_nothing_is_saved_and_a_sentence_says_why(item: AgendaItem, house: House) -> None:
    status, page = record(signed_in_as(house.secretary), item, text="  ")

    assert (status, own(item)) == (422, [])
    assert gettext("Write the decision, or choose an outcome.") in page


def test_what_was_typed_stays_when_something_is_wrong(item: AgendaItem, house: House) -> None:
    for client in (signed_in_as(house.secretary), htmx(house.secretary)):
        status, page = record(client, item, text="Udvalget vil gerne se mere.", outcome="nonsense")

        assert (status, own(item)) == (422, [])
        assert "Udvalget vil gerne se mere." in page


def test_of_two_at_once_the_second_keeps_her_text_and_sees_the_first(item: AgendaItem, house: House) -> None:
    record(signed_in_as(house.second), item, text="Godkendt med 4 stemmer.")

    for client in (signed_in_as(house.secretary), htmx(house.secretary)):
        status, page = record(client, item, text="Udsat til maj.", seen=0)

        assert status == 422
        assert own(item) == [(1, "<p>Godkendt med 4 stemmer.</p>", "")]
        assert (
            gettext(
                "Somebody else has written the decision in the meantime. Your text stands below; compare, then save again."
            )
            in page
        )
        assert ">\nUdsat til maj.</textarea>" in page
        assert page.count("<p>Godkendt med 4 stemmer.</p>") == 2  # in its place, and beside her text
        assert "Ida Bech" in page


def test_after_comparing_she_saves_the_next_version(item: AgendaItem, house: House) -> None:
    record(signed_in_as(house.second), item, text="Godkendt med 4 stemmer.")
    client = signed_in_as(house.secretary)
    _, page = record(client, item, text="Udsat til maj.")
    assert f'name="seen" value="1" id="id_{item.pk.hex}_seen"' in page

    status, _ = record(client, item, text="Udsat til maj.", seen=1)

    assert status == 302
    assert own(item) == [(1, "<p>Godkendt med 4 stemmer.</p>", ""), (2, "<p>Udsat til maj.</p>", "")]


def test_a_correction_shows_the_older_version_behind_it(item: AgendaItem, house: House) -> None:
    client = signed_in_as(house.secretary)
    record(client, item, text="Godkendt.")
    record(client, item, text="Godkendt med bemærkning.", seen=1)

    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert f'badge-info">{gettext("corrected")}<' in page
    assert page.index("<p>Godkendt med bemærkning.</p>") < page.index("<details") < page.index("<p>Godkendt.</p>")


def test_who_only_reads_has_no_form(item: AgendaItem, house: House) -> None:
    page = signed_in_as(house.member).get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert "<textarea" not in page


def test_what_she_types_is_words_and_never_markup(item: AgendaItem, house: House) -> None:
    client = signed_in_as(house.secretary)
    record(client, item, text="<script>alert(1)</script>")

    page = client.get(reverse("meetings:item", args=[item.pk])).content.decode()

    assert "<script>alert" not in page
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in page
