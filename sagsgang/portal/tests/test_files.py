"""Released files: the right bytes, name and kind; parts of them where asked; the PDF when it is made."""

import pytest
from django.test import Client

from sagsgang.documents import storage
from sagsgang.portal.tests.factories import bytes_of, make_body, make_draft, release
from sagsgang.publication.models import PublicFile, PublicMeeting
from sagsgang.publication.tasks import render_meeting_pdf

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]


@pytest.fixture
def text() -> str:
    """The address of a released text file of nine bytes, "ti traeer"."""
    release(make_body(), make_draft())
    file = PublicFile.objects.get(media_type="text/plain")
    return f"/bilag/{file.pk}/{file.name}"


def test_a_pdf_is_shown_in_the_window(client: Client) -> None:
    release(make_body(), make_draft())
    file = PublicFile.objects.get(media_type="application/pdf")

    answer = client.get(f"/bilag/{file.pk}/{file.name}")

    assert bytes_of(answer) == storage.released().get(file.sha256)
    assert {
        name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Content-Length", "ETag")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'inline; filename="Kort-over-stien.pdf"',
        "Content-Length": str(file.size),
        "ETag": f'"{file.sha256}"',
    }


def test_anything_else_is_a_download_under_its_danish_name(client: Client, text: str) -> None:
    answer = client.get(text)

    assert bytes_of(answer) == b"ti traeer"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=utf-8''%C3%86bletr%C3%A6er-i-vejkanten.txt"
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("text/plain", "nosniff")


@pytest.mark.parametrize(
    ("asked", "status", "content", "place"),
    [
        ("bytes=0-1", 206, b"ti", "bytes 0-1/9"),
        ("bytes=3-", 206, b"traeer", "bytes 3-8/9"),
        ("bytes=-3", 206, b"eer", "bytes 6-8/9"),
        ("bytes=3-99", 206, b"traeer", "bytes 3-8/9"),
        ("bytes=9-", 416, b"", "bytes */9"),
        ("bytes=5-2", 416, b"", "bytes */9"),
        ("bytes=0-1,3-4", 200, b"ti traeer", None),
        ("bytes=-", 200, b"ti traeer", None),
        ("bytes=" + "9" * 5000 + "-", 200, b"ti traeer", None),
        ("words=1-2", 200, b"ti traeer", None),
    ],
)
def test_a_part_of_a_file(
    client: Client, text: str, asked: str, status: int, content: bytes, place: str | None
) -> None:
    answer = client.get(text, headers={"Range": asked})

    assert (answer.status_code, bytes_of(answer), answer.headers.get("Content-Range")) == (status, content, place)


def test_a_part_of_another_edition_is_answered_with_the_whole(client: Client, text: str) -> None:
    answer = client.get(text, headers={"Range": "bytes=0-1", "If-Range": '"another"'})

    assert (answer.status_code, bytes_of(answer)) == (200, b"ti traeer")


def test_a_file_that_is_known_is_not_sent_again(client: Client, text: str) -> None:
    answer = client.get(text, headers={"If-None-Match": client.get(text).headers["ETag"]})

    assert (answer.status_code, bytes_of(answer)) == (304, b"")


def test_a_file_whose_bytes_are_gone_is_not_there(client: Client, text: str) -> None:
    storage.released().drop(PublicFile.objects.get(media_type="text/plain").sha256)

    assert client.get(text).status_code == 404


def test_the_pdf_comes_when_the_job_has_made_it(client: Client) -> None:
    meeting = release(make_body(), make_draft())
    address = f"/moeder/{meeting.pk}/referat.pdf"

    waiting = client.get(address)
    render_meeting_pdf(str(meeting.release_id))
    ready = client.get(address)

    assert (waiting.status_code, waiting.headers["Retry-After"], "ETag" in waiting.headers) == (503, "30", False)
    assert "The PDF is being made" in waiting.content.decode()
    assert (ready.status_code, ready.headers["Content-Type"]) == (200, "application/pdf")
    assert bytes_of(ready) == storage.released().get(PublicMeeting.objects.get().pdf_sha256)
