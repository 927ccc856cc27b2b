"""The line that listeners hold open: by a real server, a real database, and real connections."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID, uuid4

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from psycopg.conninfo import make_conninfo
from time_machine import travel

from sagsgang.sittings.tickets import make_ticket, read_ticket

pytestmark = pytest.mark.django_db(transaction=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def line(transactional_db: None) -> Iterator[int]:
    """The line's server as it runs in production, on this test's database; answers its port."""
    port = free_port()
    address = make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"])
    command = [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--log-level", "error", "sagsgang.site.asgi_line:application"),
    ]
    environment = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
    process = subprocess.Popen(command, env=environment)
    try:
        while process.poll() is None and not is_open(port):
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def listening(port: int, ticket: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connected:
        connected.request("GET", f"/line?ticket={ticket}")
        with connected.getresponse() as response:
            yield response


def next_number(response: http.client.HTTPResponse) -> int:
    while True:
        words = response.readline().decode().strip()
        if words.startswith("data: "):
            return int(json.loads(words.removeprefix("data: ")))


def tell(meeting: UUID, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('sitting', %s)", [f"{meeting}:{number}"])


def test_a_listener_hears_where_the_meeting_stands_and_every_act_after(line: int) -> None:
    meeting, other = uuid4(), uuid4()

    with listening(line, make_ticket(meeting)) as response:
        assert (response.status, response.headers["content-type"]) == (200, "text/event-stream")
        assert next_number(response) == 0
        tell(other, 7)
        tell(meeting, 1)
        assert next_number(response) == 1
        tell(meeting, 2)
        assert next_number(response) == 2


def test_the_line_calls_the_database_again_when_it_is_cut(line: int) -> None:
    meeting = uuid4()

    with listening(line, make_ticket(meeting)) as response:
        assert next_number(response) == 0
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN sitting'")
        assert next_number(response) == 0  # it has caught up: whoever listens asks for the page again
        tell(meeting, 3)
        assert next_number(response) == 3


def test_a_false_ticket_is_refused(line: int) -> None:
    for ticket in ("", "x", "%C3%A6", f"{uuid4().hex}:x:y", "a" * 5000):
        with listening(line, ticket) as response:
            assert (response.status, response.read()) == (404, b"")


def test_a_ticket_names_its_meeting_for_one_day_and_cannot_be_made_elsewhere() -> None:
    meeting = uuid4()

    with travel("2026-11-23 12:00", tick=False):
        ticket = make_ticket(meeting)
        assert read_ticket(ticket) == meeting
    with travel("2026-11-24 12:00", tick=False):
        assert read_ticket(ticket) is None
    assert read_ticket(TimestampSigner(salt="another").sign(meeting.hex)) is None
