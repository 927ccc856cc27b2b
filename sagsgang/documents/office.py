"""Office files become PDF by LibreOffice, which is started on first need, watched, and gone when the worker is gone.

unoserver keeps one LibreOffice running, under Debian's own Python (which has `uno`), with a profile of its own: no
macros, no linked files, no network. The folder `office` beside the house's files holds one folder for each worker.
"""

import atexit
import contextlib
import fcntl
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from io import BufferedWriter
from pathlib import Path
from tempfile import mkdtemp
from xmlrpc.client import Error as RpcError

from django.conf import settings
from unoserver.client import UnoClient  # type: ignore[import-untyped]

from sagsgang.documents import office_guard

TIME_LIMIT = 60.0  # seconds for one file
START_LIMIT = 60.0  # seconds until LibreOffice answers for the first time
MOST_JOBS = 50  # then LibreOffice starts anew: it grows with every file

_PROFILE = Path(__file__).parent / "office_profile" / "registrymodifications.xcu"
_PDF_OPTIONS = ["UseTaggedPDF=true", "ExportBookmarks=true"]


class ConversionError(Exception):
    """LibreOffice could not make a PDF of the file."""


class TooSlowError(ConversionError):
    """LibreOffice did not finish within `TIME_LIMIT`."""


class OfficeMissingError(ConversionError):
    """LibreOffice does not start on this machine."""


def office_is_there() -> bool:
    """Can Office files be made PDF here: LibreOffice, and a Python that reaches it (`SAGSGANG_OFFICE_PYTHON`)?"""
    return shutil.which("soffice") is not None and _knows_uno(settings.OFFICE_PYTHON)


@cache
def _knows_uno(python: str) -> bool:
    try:
        answer = subprocess.run([python, "-c", "import uno"], capture_output=True, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


@dataclass(slots=True)
class _Running:
    """A LibreOffice at work: its guard, its folder, the lock on it, and how many files it has had."""

    guard: subprocess.Popen[bytes]
    folder: Path
    lock: BufferedWriter
    port: int
    jobs: int = 0


_running: _Running | None = None
_one_at_a_time = threading.RLock()


def to_pdf(source: Path, target: Path, *, extension: str) -> None:
    """Make `target` the PDF of the Office file `source`; the extension (".docx") tells LibreOffice what it reads.

    Starts LibreOffice if none runs. Raises `ConversionError`; afterwards no half a target is left.
    """
    with _one_at_a_time:
        running = _at_work()
        work = Path(mkdtemp(dir=running.folder))
        try:
            given, made = work / f"in{extension}", work / "out.pdf"
            shutil.copyfile(source, given)
            _convert(running, given, made)
            if not made.is_file() or not made.stat().st_size:
                raise ConversionError("no PDF came out")
            shutil.move(made, target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        if running.jobs >= MOST_JOBS:
            stop_office()


def _convert(running: _Running, given: Path, made: Path) -> None:
    running.jobs += 1
    overrun = threading.Event()

    def end() -> None:
        overrun.set()
        _let_go(running)

    watch = threading.Timer(TIME_LIMIT, end)
    watch.start()
    try:
        UnoClient("127.0.0.1", str(running.port), "local").convert(
            inpath=str(given), outpath=str(made), filter_options=_PDF_OPTIONS, update_index=False
        )
    except (RpcError, OSError, http.client.HTTPException) as error:
        # A LibreOffice that stumbled may stumble again: the next file gets a fresh one.
        stop_office()
        raise (TooSlowError if overrun.is_set() else ConversionError)("LibreOffice made no PDF") from error
    finally:
        watch.cancel()


def _at_work() -> _Running:
    global _running
    if _running and _running.guard.poll() is not None:
        stop_office()
    if not _running:
        _running = _start()
        atexit.register(stop_office)
    return _running


def _start() -> _Running:
    with _alone() as parent:
        _sweep(parent)
        folder = Path(mkdtemp(prefix=f"{os.getpid()}-", dir=parent))
        lock = (folder / "lock").open("wb")
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    port, uno_port = _free_ports()
    guard = subprocess.Popen(
        [sys.executable, "-I", office_guard.__file__, str(folder), *_command(folder, port, uno_port)],
        stdin=subprocess.PIPE,
        start_new_session=True,
        cwd=folder,
        env=_environment(folder),
    )
    running = _Running(guard, folder, lock, port)
    if not _answers(running):
        _end(running)
        raise OfficeMissingError("LibreOffice does not start")
    return running


def _command(folder: Path, port: int, uno_port: int) -> list[str]:
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    shutil.copyfile(_PROFILE, profile / "user" / "registrymodifications.xcu")
    return [
        *(settings.OFFICE_PYTHON, "-m", "unoserver.server", "--quiet"),
        *("--interface", "127.0.0.1", "--port", str(port)),
        *("--uno-interface", "127.0.0.1", "--uno-port", str(uno_port)),
        *("--user-installation", str(profile), "--temp-dir", str(folder)),
    ]


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the worker's own environment: no passwords, and no way out."""
    library = folder / "library"
    library.mkdir()
    unoserver = distribution("unoserver")
    for name in {Path(str(file)).parts[0] for file in unoserver.files or ()} - {".."}:
        (library / name).symlink_to(Path(str(unoserver.locate_file(name))))
    nowhere = "http://127.0.0.1:9"
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(library),
        "PYTHONDONTWRITEBYTECODE": "1",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }


def _answers(running: _Running) -> bool:
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until and running.guard.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", running.port)) == 0:
                return True
        time.sleep(0.1)
    return False


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def stop_office() -> None:
    """End LibreOffice, if it runs, and clear away its folder."""
    global _running
    with _one_at_a_time:
        running, _running = _running, None
        if running:
            _end(running)


def _end(running: _Running) -> None:
    _let_go(running)
    try:
        running.guard.wait(timeout=10)
    except subprocess.TimeoutExpired:
        running.guard.kill()
        running.guard.wait()
    _clear(running.folder)
    running.lock.close()


def _let_go(running: _Running) -> None:
    """Close the pipe: the guard ends everything that it started."""
    if running.guard.stdin:
        running.guard.stdin.close()


@contextlib.contextmanager
def _alone() -> Iterator[Path]:
    """The folder of all workers' folders, while no other worker makes or clears one."""
    parent = Path(settings.HOUSE_FILES).with_name("office")
    parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (parent / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield parent


def _sweep(parent: Path) -> None:
    """End and clear away what a killed worker left behind, should its guard have been killed with it."""
    for folder in parent.glob("*-*"):
        with (folder / "lock").open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # its worker lives
            _clear(folder)


def _clear(folder: Path) -> None:
    for process in processes_of(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)


def processes_of(folder: Path) -> list[int]:
    """The processes whose command names this folder, e.g. as the profile of a LibreOffice."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
        except OSError:
            continue
        if os.fsencode(str(folder)) + b"/" in command:
            found.append(int(process.name))
    return found
