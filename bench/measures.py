"""What `bench.first` measures; loaded when the database is at hand."""

import http.client
import socket
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.meetings import a_body, clerks, meeting_of
from sagsgang.accounts.models import User
from sagsgang.documents.pdf import Pdf
from sagsgang.meetings.actions import restore_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.portal.pages import forget_pages
from sagsgang.publication.actions import release_meeting
from sagsgang.publication.canonical import ReleaseDocument
from sagsgang.publication.models import PublicMeeting, Release
from sagsgang.publication.rendering.pdf import meeting_pdf
from sagsgang.site.processes import running_processes, web_command, worker_command

type Row = Callable[[str, str], None]
type Timed = Callable[[Callable[[], Any]], tuple[float, float, Any]]
REQUESTS = 1000


def released(items: int, attachments: int, number: int) -> tuple[Meeting, Release]:
    """A meeting taken in and released."""
    first, second = clerks()
    meeting = restore_meeting(a_body(), meeting_of(items, attachments, number=number), actor=first).meeting
    return meeting, release_meeting(meeting, kind="minutes", prepared_by=first, released_by=second)


def house(row: Row, timed: Timed) -> None:
    """Take in, take in again, release, release a correction, print: 30 items, 200 attachments."""
    first, second = clerks()
    body = a_body()
    draft = meeting_of(30, 200)
    clock, cpu, report = timed(lambda: restore_meeting(body, draft, actor=first))
    row("take in 30 items, 200 attachments", f"{clock:.2f} s ({cpu:.2f} s CPU here)")
    again, _, _ = timed(lambda: restore_meeting(body, draft, actor=first))
    row("the same again, nothing changed", f"{again:.2f} s = {again / clock:.2f} ×")

    def let_out() -> Release:
        return release_meeting(report.meeting, kind="minutes", prepared_by=first, released_by=second)

    clock, cpu, release = timed(let_out)
    row("release it (180 copies of files, gate, hash)", f"{clock:.2f} s ({cpu:.2f} s CPU here)")
    again, _, _ = timed(let_out)
    row("release it again, nothing changed", f"{again:.2f} s = {again / clock:.2f} ×")
    content = ReleaseDocument.from_text(release.document)

    def print_it() -> Pdf:
        return meeting_pdf(content.meeting, made_at=content.released_at, public=True, base_url=settings.BASE_URL)

    clock, cpu, pdf = timed(print_it)
    row(
        "print it as PDF/UA-1 and PDF/A-2a",
        f"{clock:.2f} s ({cpu:.2f} s CPU), {len(pdf.content) // 1024} kB, {pdf.standard}",
    )


def pages(row: Row) -> None:
    """The public page of the 30-item meeting, in one process and thread: rendered anew, kept, unchanged."""
    client, path = Client(), _public_path(PublicMeeting.objects.get(held_on="2026-01-06"))
    etag = client.get(path).headers["ETag"]

    def cold() -> None:
        forget_pages()
        client.get(path)

    costs = {
        "rendered anew": _seconds(cold, 40),
        "kept": _seconds(lambda: client.get(path), 400),
        "unchanged (304)": _seconds(lambda: client.get(path, headers={"If-None-Match": etag}), 400),
    }
    base = costs["rendered anew"]
    for name, seconds in costs.items():
        row(
            f"public meeting page, {name}",
            f"{1 / seconds:.0f} a second, {seconds * 1000:.1f} ms, {base / seconds:.1f} ×",
        )


def _seconds(work: Callable[[], Any], times: int) -> float:
    """The median of so many runs."""
    work()
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append(time.perf_counter() - began)
    return statistics.median(runs)


def _public_path(meeting: PublicMeeting) -> str:
    return reverse("portal:meeting", args=[meeting.pk, meeting.slug])


def queries(row: Row) -> None:
    """How often the database is asked, at 3, 30 and 300 items."""
    counts: dict[str, list[int]] = {"public meeting": [], "public item": [], "staff meeting": [], "staff item": []}
    staff = Client()
    staff.force_login(User.objects.get(username="forbereder"))
    for number, size in enumerate((3, 30, 300), start=1):
        meeting, release = released(size, size * 3, number)
        shown = PublicMeeting.objects.get(release=release)
        item = shown.items.first()
        inside = AgendaItem.objects.filter(meeting=meeting).top().first()
        assert item and inside
        forget_pages()
        counts["public meeting"].append(_count("public", Client(), _public_path(shown)))
        counts["public item"].append(_count("public", Client(), reverse("portal:item", args=[item.pk, item.slug])))
        counts["staff meeting"].append(_count("default", staff, reverse("meetings:meeting", args=[meeting.pk])))
        counts["staff item"].append(_count("default", staff, reverse("meetings:item", args=[inside.pk])))
    for name, numbers in counts.items():
        row(f"queries, {name} page at 3, 30, 300 items", ", ".join(map(str, numbers)))


def _count(alias: str, client: Client, path: str) -> int:
    with CaptureQueriesContext(connections[alias]) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def memory(row: Row, static: Path) -> None:
    """Resident memory of each process after 1,000 requests (web) and after every PDF is made (worker)."""
    paths = [_public_path(meeting) for meeting in PublicMeeting.objects.all()]
    public = _port()
    staff = _port()
    commands = [
        (web_command("127.0.0.1", public, static=static), {"SAGSGANG_SITE": "portal", "DATABASE_URL": ""}),
        (web_command("127.0.0.1", staff, static=static), {"SAGSGANG_SITE": "staff"}),
    ]
    cookie = _login()
    inside = [reverse("meetings:meeting", args=[meeting.pk]) for meeting in Meeting.objects.all()]
    for (command, environment), port, asked, name in (
        (commands[0], public, paths, "portal"),
        (commands[1], staff, inside, "staff site"),
    ):
        with running_processes([command], environment) as (process,):
            rate = _ask(port, asked, cookie if name == "staff site" else "")
            row(
                f"{name} after {REQUESTS} requests", f"{_resident(process.pid)} MB, {rate:.0f} a second from one client"
            )
    with running_processes([worker_command()], {}) as (process,):
        until = time.monotonic() + 120
        while PublicMeeting.objects.filter(pdf_sha256="").exists() and time.monotonic() < until:
            time.sleep(0.5)
        row("worker after every PDF (3, 30, 30 and 300 items)", f"{_resident(process.pid)} MB")


def _login() -> str:
    client = Client()
    client.force_login(User.objects.get(username="forbereder"))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _ask(port: int, paths: Sequence[str], cookie: str) -> float:
    """Ask for the paths in turn, 1,000 times over one connection; answers requests a second."""
    _wait(port)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    for number in range(REQUESTS):
        connection.request("GET", paths[number % len(paths)], headers={"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, (answer.status, paths[number % len(paths)])
    return REQUESTS / (time.perf_counter() - began)


def _wait(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(port)


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _resident(pid: int) -> int:
    """Megabytes of the process and those it has started."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        facts = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if pid in (int(status.parent.name), int(facts["PPid"])):
            total += int(facts.get("VmRSS", "0 kB").split()[0]) // 1024
    return total
