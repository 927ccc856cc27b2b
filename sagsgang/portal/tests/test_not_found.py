"""One 404 for all that is not public; a tombstone for what was; the id alone decides."""

from uuid import uuid4

import pytest
from django.test import Client

from sagsgang.meetings.models import AgendaItem, Attachment
from sagsgang.portal.tests.factories import addresses, make_body, make_draft, make_item, release, restore, withdraw
from sagsgang.publication.models import PublicFile

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


def test_unknown_unreleased_and_closed_answer_with_the_same_bytes_and_headers(client: Client) -> None:
    body = make_body()
    release(body, make_draft())
    unreleased = restore(body, make_draft(held_on=make_draft().held_on.replace(day=28)))
    closed = Attachment.objects.filter(access="closed")[0]
    item = AgendaItem.objects.filter(meeting=unreleased)[0]
    asked = [
        f"/moeder/{uuid4()}/", f"/moeder/{uuid4()}/referat.pdf", f"/moeder/{uuid4()}/x/udskriv/",
        f"/moeder/{unreleased.pk}/", f"/moeder/{unreleased.pk}/referat.pdf", f"/punkter/{item.pk}/x/",
        f"/organer/{body.pk}/", f"/organer/{uuid4()}/x/feed.atom", f"/organer/{uuid4()}/sitemap.xml",
        f"/bilag/{closed.pk}/", f"/bilag/{closed.pk}/tilbud.pdf", f"/bilag/{uuid4()}/", "/findes/ikke/",
    ]  # fmt: skip

    answers = [client.get(address) for address in asked]

    assert {(answer.status_code, answer.content, str(sorted(answer.headers.items()))) for answer in answers} == {
        (404, answers[0].content, str(sorted(answers[0].headers.items())))
    }


def test_a_wrong_title_in_the_address_leads_to_the_right_one(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    item = meeting.items.filter(parent=None)[0]
    file = PublicFile.objects.get(media_type="application/pdf")
    body = meeting.body
    right = {
        f"/organer/{body.pk}/": f"/organer/{body.pk}/{body.slug}/",
        f"/organer/{body.pk}/forkert/": f"/organer/{body.pk}/{body.slug}/",
        f"/organer/{body.pk}/forkert/feed.atom": f"/organer/{body.pk}/{body.slug}/feed.atom",
        f"/moeder/{meeting.pk}/": f"/moeder/{meeting.pk}/{meeting.slug}/",
        f"/moeder/{meeting.pk}/forkert/": f"/moeder/{meeting.pk}/{meeting.slug}/",
        f"/moeder/{meeting.pk}/forkert/udskriv/": f"/moeder/{meeting.pk}/{meeting.slug}/udskriv/",
        f"/punkter/{item.pk}/": f"/punkter/{item.pk}/{item.slug}/",
        f"/punkter/{item.pk}/forkert/": f"/punkter/{item.pk}/{item.slug}/",
        f"/bilag/{file.pk}/": f"/bilag/{file.pk}/{file.name}",
        f"/bilag/{file.pk}/forkert.pdf": f"/bilag/{file.pk}/{file.name}",
    }

    answers = {wrong: client.get(wrong) for wrong in right}

    assert {wrong: (answer.status_code, answer.headers["Location"]) for wrong, answer in answers.items()} == {
        wrong: (301, address) for wrong, address in right.items()
    }


def test_a_withdrawn_meeting_is_a_tombstone_and_its_parts_are_gone(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    parts = [address for address in addresses(meeting) if address.startswith(("/punkter/", "/bilag/"))]

    withdraw(meeting)
    tombstone = client.get(f"/moeder/{meeting.pk}/{meeting.slug}/")

    assert (tombstone.status_code, "ETag" in tombstone.headers) == (410, False)
    main = tombstone.content.decode().partition("<main")[2]
    assert "<h1>Teknik- og Miljøudvalget, Tuesday, April 14, 2026</h1>" in main and "Withdrawn on " in main
    assert {client.get(address).status_code for address in parts} == {404}
    assert client.get(f"/moeder/{meeting.pk}/referat.pdf").status_code == 404
    assert client.get(f"/moeder/{meeting.pk}/{meeting.slug}/udskriv/").content == tombstone.content


def test_what_is_released_again_after_a_withdrawal_is_back_at_its_address(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft(make_item()))
    withdraw(meeting)

    again = release(body, make_draft(make_item()))

    assert (again.pk, client.get(f"/moeder/{meeting.pk}/{meeting.slug}/").status_code) == (meeting.pk, 200)


def test_the_pages_are_only_read(client: Client) -> None:
    assert {client.post(address).status_code for address in ("/", "/organer/", "/feed.atom")} == {405}
