"""The processes of an installation on one machine: started together, stopped together."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

PATIENCE = 10.0  # seconds that a process gets to end in good order


def web_command(host: str, port: int, *, static: Path, threads: int = 8) -> list[str]:
    """The web server: processes with threads, which also hand out the static files.

    Two, because a process of Python computes in one thread at a time: sixty who follow a meeting ask at once.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "2", "--blocking-threads", str(threads), "--log-level", "error"),
        *("--static-path-route", "/static", "--static-path-mount", str(static), "--static-path-expires", "2592000"),
        "sagsgang.site.wsgi:application",
    ]


def line_command(host: str, port: int) -> list[str]:
    """The line that listeners to a meeting hold open: one small process, one thread."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "asgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--log-level", "error", "sagsgang.site.asgi_line:application"),
    ]


def worker_command() -> list[str]:
    """The worker: makes PDFs and other slow things."""
    return [sys.executable, "-m", "sagsgang.site.cli", "worker"]


@contextmanager
def running_processes(
    commands: Sequence[Sequence[str]], environment: Mapping[str, str]
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start the commands, each in a group of its own; on the way out they are asked to end, then made to."""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for command in commands:
            started.append(subprocess.Popen(command, env={**os.environ, **environment}, start_new_session=True))
        yield started
    finally:
        for process in started:
            _signal(process, signal.SIGTERM)
        for process in started:
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                _signal(process, signal.SIGKILL)
                process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        os.killpg(process.pid, number)


def wait_for_one(processes: Sequence[subprocess.Popen[bytes]]) -> int:
    """Wait until one of them ends; answers its exit code. Ctrl-C ends the wait as everywhere."""
    ended = threading.Event()

    def watch(process: subprocess.Popen[bytes]) -> None:
        process.wait()
        ended.set()

    for process in processes:
        threading.Thread(target=watch, args=[process], daemon=True).start()
    ended.wait()
    return next(process.returncode for process in processes if process.poll() is not None)


def stop_on_sigterm() -> None:
    """Let SIGTERM, and a terminal that is closed, end this process as Ctrl-C does: in good order."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
