"""Other processes that use a cluster, and what can be asked about one: for the tests of the launcher."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sagsgang.site.postgres import Connection
from sagsgang.site.postgres.outside import ROOM
from sagsgang.site.postgres.postmaster import postmaster_of

IS_ROOT = os.geteuid() == 0
NOBODY = 65534
as_root_only = pytest.mark.skipif(not IS_ROOT, reason="only root lends the server to another user")

# argv: home, uid to become (or -). Prints the conninfo, or the sentence; leaves when standard input says so.
USER_SCRIPT = """
import os, sys
from pathlib import Path
from sagsgang.site.postgres import PostgresError, running
if sys.argv[2] != "-":
    os.setgroups([])
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
try:
    with running(Path(sys.argv[1]), fast=True) as connection:
        print(connection.conninfo(), flush=True)
        sys.stdin.readline()
except PostgresError as error:
    print("PostgresError:", error, flush=True)
"""


class User:
    """Another process that uses the cluster of `home`."""

    def __init__(self, home: Path, uid: int | None = None) -> None:
        command = [sys.executable, "-c", USER_SCRIPT, str(home), "-" if uid is None else str(uid)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        self.process.communicate("\n", timeout=60)

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


def ask(connection: Connection | str, statement: str) -> object:
    conninfo = connection if isinstance(connection, str) else connection.conninfo()
    with psycopg.connect(conninfo) as database:
        cursor = database.execute(statement.encode())
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def data_of(home: Path) -> Path:
    pointer = home / "postgres" / "outside"
    inside = home / "postgres" / "data"
    return ROOM / pointer.read_text() / "data" if not inside.exists() and pointer.exists() else inside


def pid_of(home: Path) -> int:
    """The process of the server of `home`, 0 if none runs."""
    server = postmaster_of(data_of(home))
    return server.pid if server is not None else 0


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)
