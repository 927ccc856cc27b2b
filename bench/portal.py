"""The public site under readers: `python -m bench.portal`. Needs `wrk` (Debian's) for the load, on loopback alone.

A meeting of 30 items and 200 attachments is released; a portal process of its own serves it. Readers ask for the
meeting and an item as long as nothing moves: given from what is kept, as 304, and (a question in the address goes past
what is kept) through Django. Then a release is withdrawn under load, and the readers' last old answer is looked for.
Before that the CPU time of a page made anew is measured in a process of its own (`bench.fresh`): after a correction, which
leaves the pieces of its items, as a page that has only been forgotten, and with nothing kept.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from bench.first import machine, row
from sagsgang.site.installation import database_at_hand, prepare_static
from sagsgang.site.processes import running_processes, web_command

SECONDS, READERS, PORT = 8, 16, 8797
CORRECTIONS, TIMES = 7, 25  # of how many pages made anew the middle one is told
KEPT = ("pieces", "nothing")
PORTAL = {"SAGSGANG_SITE": "portal", "DATABASE_URL": ""}


def main() -> None:
    """Run all of it."""
    if not shutil.which("wrk"):
        sys.exit("Installer wrk (apt install wrk).")
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {
            "SAGSGANG_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings",
            "SAGSGANG_ALLOWED_HOSTS": "testserver,127.0.0.1",
        }
        with database_at_hand():
            django.setup()
            static = prepare_static()
            sys.stdout.write(f"{machine()}\n\n| What | Measured |\n|---|---|\n")
            _measure(static)


def _measure(static: Path) -> None:
    measures = import_module("bench.measures")
    models = import_module("sagsgang.publication.models")
    _, first = measures.released(30, 200, 1)
    shown = models.PublicMeeting.objects.get(release=first)
    item = shown.items.filter(parent=None).first()
    meeting = f"/moeder/{shown.pk}/{shown.slug}/"
    addresses = (("meeting", meeting), ("item", f"/punkter/{item.pk}/{item.slug}/"))
    release = _cpu(addresses)
    command = web_command("127.0.0.1", PORT, static=static)
    with running_processes([command], PORTAL):
        _wait(meeting)
        _load(meeting)  # until each of the server's processes has answered
        etag = urllib.request.urlopen(_address(meeting)).headers["ETag"]
        for name, path in addresses:
            urllib.request.urlopen(_address(path)).read()
            row(f"public {name} page, nothing moved: {READERS} readers", _load(path))
        row("public meeting page, the reader has it (304)", _load(meeting, "-H", f"If-None-Match: {etag}"))
        row("public meeting page, through Django, made before", _load(f"{meeting}?q"))
        row("withdrawn under load: last old answer after the commit", f"{_withdrawn(release, meeting) * 1000:.1f} ms")


def _cpu(addresses: Iterable[tuple[str, str]]) -> object:
    """Tell what pages cost that are made anew; the newest of the meeting's releases is answered."""
    figures: dict[str, list[float]] = {}
    with _made_anew() as ask:
        for name, path in addresses:
            figures[name] = [statistics.median([ask(what, path) for _ in range(TIMES + 1)][1:]) for what in KEPT]
        corrected: dict[str, list[float]] = {name: [] for name in figures}
        for number in range(CORRECTIONS):
            release = _correction(number)
            for name, path in addresses:
                corrected[name].append(ask("pieces", path))
    for name, (pieces, nothing) in figures.items():
        told = " / ".join(f"{figure:.1f} ms" for figure in (statistics.median(corrected[name]), pieces, nothing))
        row(f"CPU of a public {name} page made anew: after a correction / forgotten / nothing kept", told)
    return release


@contextmanager
def _made_anew() -> Iterator[Callable[[str, str], float]]:
    """Within this, a page's CPU time in milliseconds can be asked for: `bench.fresh` says what is kept before it."""
    command = [sys.executable, "-m", "bench.fresh"]
    with subprocess.Popen(
        command, env=os.environ | PORTAL, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdin and process.stdout
        said, heard = process.stdin, process.stdout

        def ask(what: str, path: str) -> float:
            said.write(f"{what} {path}\n")
            return float(heard.readline())

        yield ask


def _correction(number: int) -> object:
    """The meeting is released once more, from another place."""
    meetings, actions = import_module("bench.meetings"), import_module("sagsgang.publication.actions")
    first, second = meetings.clerks()
    draft = replace(meetings.meeting_of(30, 200, number=1), place=f"Sal {number}")
    restored = import_module("sagsgang.meetings.actions").restore_meeting(meetings.a_body(), draft, actor=first)
    return actions.release_meeting(restored.meeting, kind="minutes", prepared_by=first, released_by=second)


def _address(path: str) -> str:
    return f"http://127.0.0.1:{PORT}{path}"


def _wait(path: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(_address(path))
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(path)


def _load(path: str, *more: str) -> str:
    """Requests a second, and how long half, and all but one in a hundred, waited."""
    command = ["wrk", "-t1", f"-c{READERS}", f"-d{SECONDS}s", "--latency", *more, _address(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx or 3xx" in said:
        raise RuntimeError(said)
    rate = re.search(r"Requests/sec:\s+(\S+)", said)
    waits = dict(re.findall(r"(50|99)%\s+(\S+)", said))
    assert rate
    return f"{float(rate[1]):.0f} a second, p50 {waits['50']}, p99 {waits['99']}"


def _withdrawn(release: object, path: str) -> float:
    """Seconds from the commit of a withdrawal to the start of the last request that was still given the old page."""
    begun: list[float] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            at = time.perf_counter()
            try:
                urllib.request.urlopen(_address(path))
            except urllib.error.HTTPError:
                continue
            begun.append(at)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    actions = import_module("sagsgang.publication.actions")
    first, _ = import_module("bench.meetings").clerks()
    actions.withdraw_release(getattr(release, "pk"), reason="måling", actor=first)  # noqa: B009 - typed as object
    committed = time.perf_counter()
    time.sleep(0.5)
    stop.set()
    for thread in threads:
        thread.join()
    return max(max(begun) - committed, 0.0)


if __name__ == "__main__":
    main()
