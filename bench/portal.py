"""The public site under readers: `python -m bench.portal`. Needs `wrk` (Debian's) for the load, on loopback alone.

A meeting of 30 items and 200 attachments is released; a portal process of its own serves it. Readers ask for the
meeting and an item as long as nothing moves: given from what is kept, as 304, and (a question in the address goes past
what is kept) through Django. Then a release is withdrawn under load, and the readers' last old answer is looked for.
Before that the CPU time of a page made anew is measured in this process: with the pieces of its items kept, and without.
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
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import django

from bench.first import machine, row
from sagsgang.site.installation import database_at_hand, prepare_static
from sagsgang.site.processes import running_processes, web_command

SECONDS, READERS, PORT = 8, 16, 8797


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
    _, release = measures.released(30, 200, 1)
    shown = models.PublicMeeting.objects.get(release=release)
    item = shown.items.filter(parent=None).first()
    meeting = f"/moeder/{shown.pk}/{shown.slug}/"
    for name, path in (("meeting", meeting), ("item", f"/punkter/{item.pk}/{item.slug}/")):
        row(f"CPU of a public {name} page made anew: pieces kept / nothing kept", _cpu(path))
    command = web_command("127.0.0.1", PORT, static=static)
    with running_processes([command], {"SAGSGANG_SITE": "portal", "DATABASE_URL": ""}):
        _wait(meeting)
        _load(meeting)  # until each of the server's processes has answered
        etag = urllib.request.urlopen(_address(meeting)).headers["ETag"]
        for name, path in (("meeting", meeting), ("item", f"/punkter/{item.pk}/{item.slug}/")):
            urllib.request.urlopen(_address(path)).read()
            row(f"public {name} page, nothing moved: {READERS} readers", _load(path))
        row("public meeting page, the reader has it (304)", _load(meeting, "-H", f"If-None-Match: {etag}"))
        row("public meeting page, through Django, made before", _load(f"{meeting}?q"))
        row("withdrawn under load: last old answer after the commit", f"{_withdrawn(release, meeting) * 1000:.1f} ms")


def _cpu(path: str) -> str:
    """Milliseconds of CPU in this process, the middle one of 25 answers."""
    pages = import_module("sagsgang.portal.pages")
    client = import_module("django.test").Client()

    def once(forget: Callable[[], None]) -> float:
        forget()
        began = time.process_time()
        assert client.get(path).status_code == 200
        return (time.process_time() - began) * 1000

    figures = [
        statistics.median([once(forget) for _ in range(26)][1:]) for forget in (pages.forget_whole, pages.forget_pages)
    ]
    return " / ".join(f"{figure:.1f} ms" for figure in figures)


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
