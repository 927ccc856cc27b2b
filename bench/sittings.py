"""How soon those who follow a meeting see an act: `python -m bench.sittings`.

A council of 60 meets, with 30 items. The web server and the line run as in production, each in its process. Listeners
hold the line open, and ask for their page when it says that something happened; measured is the time from the sending of
the act until the page of the last of them shows it. Aim: under 1 s with 60 listeners.
"""

import http.client
import os
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django

from sagsgang.site.installation import database_at_hand, prepare_static
from sagsgang.site.processes import line_command, running_processes, web_command

LISTENERS = (1, 10, 60)
ACTS = 6


def main() -> None:
    """Print the curve."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {
            "SAGSGANG_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings",
            "SAGSGANG_ALLOWED_HOSTS": "testserver,127.0.0.1",
            "SAGSGANG_SITE": "staff",
        }
        with database_at_hand():
            django.setup()
            static = prepare_static()
            room = import_module("bench.council").council(60, 30)
            web, line = free_port(), free_port()
            commands = [web_command("127.0.0.1", web, static=static), line_command("127.0.0.1", line)]
            with running_processes(commands, {"SAGSGANG_LINE_URL": f"http://127.0.0.1:{line}/line"}):
                wait_for(web)
                wait_for(line)
                curve(room, web, line)


def curve(room: Any, web: int, line: int) -> None:
    """One line of the table for each number of listeners, each beside that of one listener."""
    alone = 0.0
    for count in LISTENERS:
        last, first = measured(room, web, line, count)
        alone = alone or last
        words = f"{last * 1000:.0f} ms = {last / alone:.1f} ×; the first: {first * 1000:.0f} ms"
        row(f"an act until the page of the last of {count} listeners shows it", words)


def measured(room: Any, web: int, line: int, count: int) -> tuple[float, float]:
    """Medians over some acts: seconds until the last listener's page, and until the first one's."""
    lasts, firsts = [], []
    with ExitStack() as stack:
        listeners = [
            Listener(stack.enter_context(listening(line, room.ticket)), web, room.cookies[n], room.follow)
            for n in range(count)
        ]
        for number in range(ACTS):
            item = room.items[number % 2]
            threads = [threading.Thread(target=one.see, args=[item.title]) for one in listeners]
            for thread in threads:
                thread.start()
            began = time.perf_counter()
            act(web, room, item)
            for thread in threads:
                thread.join(30)
            seen = [one.seen_at - began for one in listeners]
            lasts.append(max(seen))
            firsts.append(min(seen))
    return statistics.median(lasts), statistics.median(firsts)


class Listener:
    """A member with her line and her connection to the web server."""

    def __init__(self, stream: http.client.HTTPResponse, web: int, cookie: str, follow: str) -> None:
        self._stream, self._web, self._cookie, self._follow = stream, web, cookie, follow
        self.seen_at = 0.0

    def see(self, title: str) -> None:
        """Wait for the line, then ask until the page treats the item of this title."""
        while True:
            while not self._stream.readline().startswith(b"data:"):
                pass
            with closing(http.client.HTTPConnection("127.0.0.1", self._web, timeout=30)) as connection:
                connection.request("GET", self._follow, headers={"Cookie": self._cookie})
                words = connection.getresponse().read().decode()
            heading = words.partition('id="item-heading">')[2].partition("</h2>")[0]
            if title in heading:
                self.seen_at = time.perf_counter()
                return


def act(web: int, room: Any, item: Any) -> None:
    """The secretary takes an item up."""
    body = urlencode({"key": str(uuid4()), "csrfmiddlewaretoken": room.token})
    headers = {
        "Cookie": room.secretary, "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    with closing(http.client.HTTPConnection("127.0.0.1", web, timeout=30)) as connection:
        connection.request("POST", f"/intern/items/{item.pk}/take-up/", body, headers)
        answer = connection.getresponse()
        words = answer.read()
        assert answer.status == 200, (answer.status, words[:300])


@contextmanager
def listening(line: int, ticket: str) -> Iterator[http.client.HTTPResponse]:
    """An open line that has said where the meeting stands."""
    with closing(http.client.HTTPConnection("127.0.0.1", line, timeout=60)) as connection:
        connection.request("GET", f"/line?ticket={ticket}")
        with connection.getresponse() as stream:
            while not stream.readline().startswith(b"data:"):
                pass
            yield stream


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def row(name: str, value: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"| {name} | {value} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
