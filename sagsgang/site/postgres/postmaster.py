"""What postmaster.pid tells of a running server, and the signal that stops one without its programs."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Postmaster:
    """A live server: its process, its socket folder, and its state (starting, ready, stopping)."""

    pid: int
    socket_folder: Path
    state: str


def postmaster_of(data: Path) -> Postmaster | None:
    """The live server of the data folder `data`, None if there is none.

    After a machine crash postmaster.pid is stale and its number may be someone else's process, so the process
    must also be a postgres that was started on this very folder.
    """
    try:
        lines = (data / "postmaster.pid").read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    if not lines or not lines[0].strip().isdigit():
        return None
    pid = int(lines[0])
    if not _serves(pid, data):
        return None
    lines += [""] * (8 - len(lines))  # the server writes the lines one by one as it starts
    return Postmaster(pid, Path(lines[4].strip()), lines[7].strip() or "starting")


def drop_stale_number(data: Path) -> None:
    """Delete the postmaster.pid of a crash if its number is another process by now: PostgreSQL would refuse.

    A dead number stays (PostgreSQL checks it with more care), and so does that of a server which may be of
    this folder though started by hand.
    """
    file = data / "postmaster.pid"
    try:
        number = file.read_text(errors="replace").split("\n", 1)[0].strip()
    except FileNotFoundError:
        return
    arguments = _arguments(int(number)) if number.isdigit() else ""
    program = Path(arguments.split(" ", 1)[0]).name
    is_elsewhere = program not in ("postgres", "postmaster") or " -D /" in arguments
    if arguments and is_elsewhere and not _serves(int(number), data):
        file.unlink()


def interrupt(pid: int, data: Path) -> bool:
    """Stop the server `pid` of `data` where pg_ctl has no use (no programs, or no data folder any more):
    fast, after 20 seconds immediately. Whether it is gone within 30 seconds.
    """
    for number, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
        if not _serves(pid, data):
            return True
        os.kill(pid, number)
        deadline = time.monotonic() + patience
        while _serves(pid, data) and time.monotonic() < deadline:
            time.sleep(0.05)
    return not _serves(pid, data)


def is_running(pid: int) -> bool:
    """Whether the process `pid` lives; a zombie does not."""
    return bool(_arguments(pid))


def _serves(pid: int, data: Path) -> bool:
    arguments = _arguments(pid)
    return f"-D {data} " in f"{arguments} " and "postgres" in arguments


def _arguments(pid: int) -> str:
    """The command line of the process `pid`, its parts parted by spaces; empty if there is none."""
    if (PROC / "self").exists():
        try:
            line = (PROC / str(pid) / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return ""
        return os.fsdecode(line.replace(b"\0", b" "))
    asked = subprocess.run(
        ["/bin/ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "" if "<defunct>" in asked.stdout else asked.stdout
