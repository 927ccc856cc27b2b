"""Anyone with a published PDF is told whether it is the published one; of any other file nothing is told."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from sagsgang.documents import storage
from sagsgang.portal import verify
from sagsgang.portal.tests.factories import clerk, make_body, make_draft, make_item, release, withdraw
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.models import PublicMeeting, PublicPrint
from sagsgang.publication.tasks import render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

KNOWN = "It is the published version, and it stands."
UNKNOWN = "The file is not known here."


def printed(meeting: PublicMeeting) -> bytes:
    """The PDF of the release, made as the job makes it."""
    render_meeting_pdf(str(meeting.release_id))
    return storage.released().get(PublicMeeting.objects.get(pk=meeting.pk).pdf_sha256)


def sent(client: Client, content: bytes) -> str:
    """What is answered to somebody who sends the file."""
    return client.post("/kontrol/", {"file": SimpleUploadedFile("referat.pdf", content)}).content.decode()


def asked(client: Client, content: bytes) -> str:
    """What is answered to somebody whose browser has hashed the file."""
    return client.get(f"/kontrol/{sha256(content).hexdigest()}/").content.decode()


def test_the_published_file_is_known_sent_or_hashed(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    content = printed(meeting)

    pages = [sent(client, content), asked(client, content)]

    assert [KNOWN in page for page in pages] == [True, True]
    assert all("by Teknik- og Miljøudvalget: release no. 1" in page for page in pages)
    assert all(f"/moeder/{meeting.pk}/" in page for page in pages)


def test_one_changed_byte_makes_it_unknown(client: Client) -> None:
    content = printed(release(make_body(), make_draft()))

    page = sent(client, content + b" ")

    assert (UNKNOWN in page, KNOWN in page, "Miljø" in page) == (True, False, False)


def test_what_another_took_the_place_of_is_known_still(client: Client) -> None:
    body = make_body()
    content = printed(release(body, make_draft(make_item())))
    meeting = body.meetings.get()
    meeting.place = "Et andet sted"
    meeting.save()

    release_meeting(meeting, kind="archive", prepared_by=clerk(), released_by=clerk())

    assert "a newer version has taken its place" in asked(client, content)


def test_what_was_withdrawn_is_known_to_be(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    content = printed(meeting)

    withdraw(meeting)

    page = asked(client, content)
    assert ("It was published, and has been withdrawn." in page, "Hemmelig" in page) == (True, False)


def test_a_file_of_the_house_is_answered_like_one_that_never_was(client: Client) -> None:
    release(make_body(), make_draft())
    inside = storage.house().put(b"lukket bilag")

    known_inside, never = client.get(f"/kontrol/{inside}/"), client.get(f"/kontrol/{'0' * 64}/")

    assert known_inside.content.decode().replace(inside, "0" * 64) == never.content.decode()
    assert dict(known_inside.headers) == dict(never.headers)


def test_no_file_is_asked_for_and_a_huge_one_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = client.post("/kontrol/", {})
    monkeypatch.setattr(verify, "LARGEST", -verify._AROUND)
    huge = client.post("/kontrol/", {"file": SimpleUploadedFile("x.pdf", b"x")})

    assert (empty.status_code, "Choose a file first." in empty.content.decode()) == (422, True)
    assert (huge.status_code, "larger than 100 MB" in huge.content.decode()) == (413, True)


@pytest.mark.parametrize("name", ["A" * 64, "0" * 63, "0" * 65, "referat.pdf"])
def test_what_is_no_hash_has_no_page(client: Client, name: str) -> None:
    assert client.get(f"/kontrol/{name}/").status_code == 404


def test_it_sets_no_cookie_and_needs_no_token(settings: Settings) -> None:
    settings.ROOT_URLCONF = "sagsgang.site.urls_all"
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/kontrol/", {"file": SimpleUploadedFile("x.pdf", b"x")})

    assert (answer.status_code, len(answer.cookies)) == (200, 0)


def test_it_costs_the_same_always(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    content = printed(release(make_body(), make_draft()))

    for asked_for in (content, b"noget andet"):
        with django_assert_num_queries(1 + 4 + 1, using="public"):
            asked(client, asked_for)


def test_the_list_of_prints_only_grows(client: Client) -> None:
    printed(release(make_body(), make_draft()))

    for statement in ("UPDATE pub.print SET made_at = now()", "DELETE FROM pub.print"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        with pytest.raises(DatabaseError), connections["public"].cursor() as cursor:
            cursor.execute(statement)

    assert PublicPrint.objects.count() == 1
