"""Nothing of what is closed is anywhere: not in a page, a feed, a file, an address or a header."""

import re

import pytest
from django.conf import settings
from django.test import Client

from sagsgang.documents.storage import sha256_of
from sagsgang.documents.tests.files import pdf_bytes
from sagsgang.portal.tests.factories import (
    addresses,
    bytes_of,
    make_body,
    make_draft,
    make_item,
    release,
    restore,
    withdraw,
)
from sagsgang.publication.tasks import render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

TENDER = pdf_bytes("Tilbud paa 4 mio.")
HIDDEN = (
    "Tilbud", "999666", "31337", "888555", "777444", "66/6666", "Hemmelig", "hemmelig", "Jordkøb", "Afskedigelse",
    "personal_matters", sha256_of(TENDER),
)  # fmt: skip
# Three figures stand in many a random id; a size is a number by itself.
HIDDEN_SIZE = re.compile(rf"(?<![0-9a-f]){len(TENDER)}(?![0-9a-f])")


def test_no_answer_holds_a_closed_word_number_size_or_hash(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    render_meeting_pdf(str(meeting.release_id))

    for address in addresses(meeting):
        answer = client.get(address)
        everything = f"{address} {dict(answer.headers)} {bytes_of(answer).decode('utf-8', 'replace')}"
        found = [word for word in HIDDEN if word in everything] + HIDDEN_SIZE.findall(everything)
        assert (answer.status_code in {200, 301}, found) == (True, []), address


def test_the_words_that_are_looked_for_would_be_found_if_they_were_open(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item(title="Hemmelig Hansen")))

    assert "Hemmelig" in client.get(f"/moeder/{meeting.pk}/{meeting.slug}/").content.decode()


def test_the_folder_of_released_files_holds_open_copies_alone(client: Client) -> None:
    meeting = release(make_body(), make_draft())

    names = {path.name for path in settings.RELEASED_FILES.rglob("*") if path.is_file()}

    assert names == {row["sha256"] for item in meeting.items.all() for row in item.files.values("sha256")}
    assert sha256_of(TENDER) not in names


def test_what_is_not_released_changes_no_byte(client: Client) -> None:
    body = make_body()
    meeting = release(body, make_draft())
    before = [bytes_of(client.get(address)) for address in addresses(meeting)]

    restore(make_body("Direktionen", "DIR"), make_draft())
    restore(body, make_draft(held_on=meeting.held_on.replace(day=20)))

    assert [bytes_of(client.get(address)) for address in addresses(meeting)] == before


def test_a_withdrawal_leaves_no_word_of_the_release(client: Client) -> None:
    meeting = release(make_body(), make_draft(make_item(title="Hemmelig Hansen", decisions=())))
    pages = addresses(meeting)
    for address in pages:
        client.get(address)

    withdraw(meeting)

    assert [address for address in pages if "Hemmelig" in bytes_of(client.get(address)).decode()] == []
    assert [path for path in settings.RELEASED_FILES.rglob("*") if path.is_file()] == []
