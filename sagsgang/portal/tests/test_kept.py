"""Pages kept in front of Django: given without being made, and never after anything public has moved."""

from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from sagsgang.portal.kept import KeptAnswers
from sagsgang.portal.tests.factories import make_body, make_draft, release, withdraw

pytestmark = [pytest.mark.django_db(transaction=True, databases=["default", "public"]), pytest.mark.usefixtures("wall")]

type Answered = tuple[str, dict[str, str], bytes]


class Site:
    """The site behind what is kept, counting how often it was asked."""

    def __init__(self, room: int = 10**7) -> None:
        self.asked = 0
        self._handler = WSGIHandler()
        self.front = KeptAnswers(self._behind, room=room)

    def _behind(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self._handler(environ, start_response)

    def get(self, path: str, host: str = "localhost", method: str = "GET", **headers: str) -> Answered:
        """Ask as a web server does."""
        address, _, words = path.partition("?")
        environ: dict[str, Any] = {"PATH_INFO": address, "QUERY_STRING": words, "REQUEST_METHOD": method} | headers
        setup_testing_defaults(environ)
        environ |= {"HTTP_HOST": host, "wsgi.input": BytesIO()}
        said: list[tuple[str, list[tuple[str, str]]]] = []
        parts = self.front(environ, lambda status, headers, *rest: said.append((status, headers)))
        content = b"".join(parts)
        return said[-1][0], dict(said[-1][1]), content


def test_an_unmoved_page_is_given_again_for_one_small_query() -> None:
    meeting = release(make_body(), make_draft())
    site, page = Site(), f"/moeder/{meeting.pk}/{meeting.slug}/"
    first = site.get(page)

    with CaptureQueriesContext(connections["public"]) as queries:
        second = site.get(page)

    assert (second, site.asked, len(queries)) == (first, 1, 1)
    assert (first[0], "X-Sagsgang-Keep" in first[1]) == ("200 OK", False)
    assert "X-Sagsgang-Keep" not in site.get(f"{page}?q")[1]


def test_who_has_the_page_is_told_so_without_its_bytes() -> None:
    meeting = release(make_body(), make_draft())
    site, page = Site(), f"/moeder/{meeting.pk}/{meeting.slug}/"
    etag = site.get(page)[1]["ETag"]

    status, headers, content = site.get(page, HTTP_IF_NONE_MATCH=f'"old", {etag}')

    assert (status, headers["ETag"], headers["Cache-Control"], content) == ("304 Not Modified", etag, "no-cache", b"")
    assert site.asked == 1


def test_what_is_withdrawn_is_gone_at_once() -> None:
    meeting = release(make_body(), make_draft())
    site, page = Site(), f"/moeder/{meeting.pk}/{meeting.slug}/"
    site.get(page)
    site.get("/")

    withdraw(meeting)

    assert site.get(page)[0] == "410 Gone"
    assert meeting.slug.encode() not in site.get("/")[2]


def test_a_release_of_another_body_makes_the_front_page_anew() -> None:
    release(make_body(), make_draft())
    site = Site()
    before = site.get("/")[2]

    other = release(make_body(name="Andet Udvalg", code="AU"), make_draft())

    assert other.slug.encode() not in before
    assert other.slug.encode() in site.get("/")[2]


@pytest.mark.parametrize("path", ["/nix/", "/kalender/", "/?side=2"])
def test_refusals_redirects_and_questions_are_not_kept(path: str) -> None:
    release(make_body(), make_draft())
    site = Site()

    site.get(path)
    site.get(path)

    assert site.asked == 2


def test_a_name_that_is_not_ours_is_refused_though_the_page_is_kept(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    release(make_body(), make_draft())
    site = Site()
    site.get("/")

    assert site.get("/", host="andre.example")[0] == "400 Bad Request"


def test_the_oldest_page_goes_when_there_is_no_room() -> None:
    meeting = release(make_body(), make_draft())
    site = Site(room=1)

    site.get(f"/moeder/{meeting.pk}/{meeting.slug}/")
    site.get(f"/moeder/{meeting.pk}/{meeting.slug}/")

    assert site.asked == 2


def test_every_public_table_moves_the_edition() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'pub' AND tablename <> 'edition' AND NOT EXISTS ("
            " SELECT FROM pg_trigger WHERE tgname = 'moves_edition' AND tgrelid = ('pub.' || quote_ident(tablename))::regclass)"
        )
        silent = cursor.fetchall()

    assert silent == []
