import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings as configured
from django.db import connection
from psycopg.conninfo import make_conninfo
from pytest_django import Settings

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.documents import office, storage
from sagsgang.documents.actions import add_document
from sagsgang.documents.extract import page_of, pdf_words
from sagsgang.documents.intake import TakenFile
from sagsgang.documents.kinds import DOCX
from sagsgang.documents.models import Examination
from sagsgang.documents.office import ConversionError, TooSlowError, office_is_there, processes_of, to_pdf
from sagsgang.documents.tests.files import docx_with_outside_picture, odt_bytes, paged_docx, picture_bytes, xlsx_bytes

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None and not os.environ.get("CI"),
    reason="LibreOffice is missing (apt install libreoffice-writer libreoffice-calc libreoffice-impress python3-uno)",
)

WORKER = [sys.executable, "-m", "sagsgang.site.cli", "worker"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "target.pdf"


def folder() -> Path:
    return Path(configured.HOUSE_FILES).with_name("office")


def wait_for(what: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.1)
    assert what()


def test_without_its_python_there_is_no_office(without_office: None) -> None:
    assert not office_is_there()


def test_an_office_that_does_not_start_says_so_and_leaves_nothing(
    without_office: None, source: Path, target: Path
) -> None:
    source.write_bytes(paged_docx("Hej"))

    with pytest.raises(ConversionError, match="does not start"):
        to_pdf(source, target, extension=".docx")

    assert [path.name for path in folder().iterdir()] == ["lock"]


@needs_libreoffice
@pytest.mark.long
def test_office_files_become_pdf_page_by_page_and_leave_nothing_behind(
    libreoffice: None, source: Path, target: Path
) -> None:
    assert office_is_there()

    for content, extension, words in (
        (paged_docx("Forside med æ, ø og å", "Side to"), ".docx", ["Forside med æ, ø og å", "Side to"]),
        (xlsx_bytes(), ".xlsx", ["Anlæg 1200"]),
        (odt_bytes(), ".odt", ["Høringssvar"]),
        (b"{\\rtf1\\ansi Gammelt notat\\par}", ".rtf", ["Gammelt notat"]),
    ):
        source.write_bytes(content)
        to_pdf(source, target, extension=extension)

        text = pdf_words(target).text
        assert [" ".join(page.split()) for page in text.split("\f")] == words
    assert [page_of(pdf_words(target).text, "gammelt notat"), target.stat().st_mode & 0o777] == [1, 0o600]

    office.stop_office()

    assert processes_of(folder()) == []
    assert [path.name for path in folder().iterdir()] == ["lock"]


@needs_libreoffice
@pytest.mark.long
def test_a_file_that_is_none_is_told_and_the_next_one_succeeds(libreoffice: None, source: Path, target: Path) -> None:
    source.write_bytes(b"PK\x03\x04 i stykker")

    with pytest.raises(ConversionError):
        to_pdf(source, target, extension=".docx")

    assert not target.exists()
    source.write_bytes(paged_docx("Hel igen"))
    to_pdf(source, target, extension=".docx")
    assert pdf_words(target).text.strip() == "Hel igen"


@needs_libreoffice
@pytest.mark.long
def test_a_file_that_takes_too_long_is_given_up_and_libreoffice_starts_anew(
    libreoffice: None, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.write_bytes(paged_docx("Hurtig"))
    to_pdf(source, target, extension=".docx")
    [first] = [path for path in folder().iterdir() if path.name != "lock"]
    heavy = "".join(f"<text:p>{number} " + "ord " * 200 + "</text:p>" for number in range(20_000))
    source.write_bytes(odt_bytes(heavy))
    monkeypatch.setattr(office, "TIME_LIMIT", 1.0)

    with pytest.raises(TooSlowError):
        to_pdf(source, target, extension=".odt")

    assert (processes_of(first), first.exists()) == ([], False)


@needs_libreoffice
@pytest.mark.long
def test_libreoffice_starts_anew_after_so_many_files(
    libreoffice: None, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "MOST_JOBS", 2)
    source.write_bytes(paged_docx("Hej"))

    for _ in range(2):
        to_pdf(source, target, extension=".docx")

    assert processes_of(folder()) == []


class Listener(http.server.ThreadingHTTPServer):
    """Notes who asks for what."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.asked: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Asked(http.server.BaseHTTPRequestHandler):
    server: Listener

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(picture_bytes())

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the names are those of HTTP

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    server = Listener()
    yield server
    server.shutdown()
    server.server_close()


def linked(address: str) -> str:
    return (
        '<text:p>Hej <draw:frame svg:width="3cm" svg:height="3cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p>"
    )


def section(address: str) -> str:
    return (
        f'<text:section text:name="s"><text:section-source xlink:href="{address}" xlink:type="simple"/>'
        "<text:p>Før</text:p></text:section>"
    )


@needs_libreoffice
@pytest.mark.long
def test_nothing_outside_the_file_is_fetched_from_the_net_or_from_the_disk(
    libreoffice: None, source: Path, target: Path, listener: Listener, tmp_path: Path
) -> None:
    secret, picture = tmp_path / "hemmeligt.odt", tmp_path / "hemmeligt.png"
    secret.write_bytes(odt_bytes("<text:p>Hemmeligt</text:p>"))
    picture.write_bytes(picture_bytes())
    web = f"http://127.0.0.1:{listener.server_port}"
    body = linked(f"{web}/a.png") + linked(picture.as_uri()) + section(f"{web}/b.odt") + section(secret.as_uri())
    source.write_bytes(odt_bytes(body))

    to_pdf(source, target, extension=".odt")

    assert "Hemmeligt" not in pdf_words(target).text
    assert pictures_in(target) == []
    for address in (f"{web}/c.png", picture.as_uri()):
        source.write_bytes(docx_with_outside_picture(address))
        to_pdf(source, target, extension=".docx")
        assert pictures_in(target) == []
    assert listener.asked == []


def pictures_in(target: Path) -> list[str]:
    with pikepdf.open(target) as pdf:
        return [name for page in pdf.pages for name in page.get_images()]


def worker_environment(settings: Settings) -> dict[str, str]:
    """A worker on the test's own database and folders."""
    facts = connection.settings_dict
    home = Path(settings.HOUSE_FILES).parent
    (home / "files").symlink_to(settings.HOUSE_FILES)
    address = make_conninfo(
        host=facts["HOST"], port=facts["PORT"], dbname=facts["NAME"], user=facts["USER"], password=facts["PASSWORD"]
    )
    return os.environ | {"DATABASE_URL": address, "SAGSGANG_HOME": str(home), "SAGSGANG_CLAMD": ""}


@needs_libreoffice
@pytest.mark.long
@pytest.mark.django_db(transaction=True, databases=["default", "public"])
def test_no_libreoffice_outlives_a_worker_that_is_killed(
    authority: Authority, writer: User, settings: Settings
) -> None:
    content = paged_docx("Forside", "Budget")
    taken = TakenFile(storage.house().put(content), "notat.docx", len(content), DOCX)
    version = add_document(authority, title="Notat", taken=taken, actor=writer)
    worker = subprocess.Popen(WORKER, env=worker_environment(settings), start_new_session=True)
    try:
        wait_for(lambda: Examination.objects.filter(version=version, finished_at__isnull=False).exists(), 60)
        alive = processes_of(folder())
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    assert len(alive) >= 2
    wait_for(lambda: processes_of(folder()) == [], 5)
    wait_for(lambda: [path.name for path in folder().iterdir()] == ["lock"], 5)
    examination = Examination.objects.get(version=version)
    assert (examination.pages, examination.error, bool(examination.pdf_sha256)) == (2, "", True)
    words = storage.house().get(examination.text_sha256).decode()
    assert [page.strip() for page in words.split("\f")] == ["Forside", "Budget"]


@needs_libreoffice
@pytest.mark.long
def test_what_a_worker_left_behind_with_its_guard_is_cleared_by_the_next(
    libreoffice: None, source: Path, target: Path
) -> None:
    left = folder() / "1-left"
    (left / "profile").mkdir(parents=True)
    orphan = subprocess.Popen(["/bin/sh", "-c", "sleep 600; true", f"{left}/profile"])
    source.write_bytes(paged_docx("Hej"))

    to_pdf(source, target, extension=".docx")

    assert (orphan.wait(timeout=5), left.exists()) == (-signal.SIGKILL, False)
