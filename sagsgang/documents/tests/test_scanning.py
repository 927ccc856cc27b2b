import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from sagsgang.documents import scanning
from sagsgang.documents.models import Scan
from sagsgang.documents.scanning import ScanError, TooLargeToScanError, scan, scanner_is_there
from sagsgang.documents.tests.clamd import EICAR, clamd_at


@pytest.fixture
def place() -> Iterator[Path]:
    """A socket's path may have 107 signs and no more."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / "clamd.ctl"


def pieces(content: bytes) -> Iterator[bytes]:
    yield content[:10]
    yield content[10:]


def test_without_a_socket_there_is_no_scanner(settings: Settings, place: Path) -> None:
    for address in ("", str(place)):
        settings.CLAMD = address

        assert not scanner_is_there()

    with clamd_at(place) as (_, address):
        settings.CLAMD = address

        assert scanner_is_there()


def test_a_clean_file_is_sent_whole_and_found_clean(settings: Settings, place: Path) -> None:
    with clamd_at(place) as (clamd, settings.CLAMD):
        assert scan(pieces(b"Et ganske almindeligt bilag")) == Scan.CLEAN
        assert clamd.heard == [b"Et ganske almindeligt bilag"]


def test_the_virus_that_everybody_tests_with_is_found(settings: Settings) -> None:
    with clamd_at(None) as (_, settings.CLAMD):
        assert scanner_is_there()
        assert scan(pieces(EICAR)) == Scan.INFECTED


@pytest.mark.parametrize("answer", [b"", b"\0", b"OK\0", b"stream: OK FOUND ERROR\0", b"\xff" * 9000, b"stream: O"])
def test_an_answer_that_is_not_understood_is_never_clean(settings: Settings, place: Path, answer: bytes) -> None:
    with clamd_at(place, says=answer) as (_, settings.CLAMD), pytest.raises(ScanError, match="not understood"):
        scan(pieces(b"Et ganske almindeligt bilag"))


def test_a_scanner_that_stays_silent_is_not_waited_for_beyond_the_limit(
    settings: Settings, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanning, "TIME_LIMIT", 0.2)

    with clamd_at(place, silent=True) as (_, settings.CLAMD), pytest.raises(ScanError, match="does not answer"):
        scan(pieces(b"Et ganske almindeligt bilag"))


def test_a_scanner_that_is_gone_does_not_answer(settings: Settings, place: Path) -> None:
    with clamd_at(place) as (_, settings.CLAMD):
        pass

    with pytest.raises(ScanError, match="does not answer"):
        scan(pieces(b"Et ganske almindeligt bilag"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.CLAMD = f"127.0.0.1:{free.getsockname()[1]}"

        with pytest.raises(ScanError, match="does not answer"):
            scan(pieces(b"Et ganske almindeligt bilag"))


def test_a_scanner_that_takes_no_large_files_says_so(settings: Settings, place: Path) -> None:
    with clamd_at(place, most=100_000) as (_, settings.CLAMD), pytest.raises(TooLargeToScanError):
        scan(b"a" * 50_000 for _ in range(200))
