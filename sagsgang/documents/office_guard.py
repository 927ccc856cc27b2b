"""Runs LibreOffice's server and ends with the worker, however the worker ends. A program of its own.

`python office_guard.py <folder> <command...>`, with a pipe from the worker as standard input. Nothing is ever written
into it: it becomes readable only when the worker closes it or dies, by kill -9 too. Then the command's whole process
group is killed, and the folder, which may hold copies of closed documents, is removed. (A signal on the parent's death
would not do: it comes when the *thread* ends that started us.)
"""

import os
import resource
import select
import shutil
import signal
import subprocess
import sys

LIMITS = (
    (resource.RLIMIT_CORE, 0),
    (resource.RLIMIT_FSIZE, 1024**3),  # bytes of any one file that is written
    (resource.RLIMIT_AS, 4 * 1024**3),  # bytes of addresses of each process
    (resource.RLIMIT_CPU, 3600),  # seconds of each process
)


def main(folder: str, command: list[str]) -> None:
    """Run `command` until it ends or the worker does."""
    for limit, value in LIMITS:
        most = resource.getrlimit(limit)[1]
        lower = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(limit, (lower, lower))
    os.nice(5)
    os.umask(0o077)
    nothing = subprocess.DEVNULL
    child = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, process_group=0)
    select.select([0, os.pidfd_open(child.pid)], [], [])
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
