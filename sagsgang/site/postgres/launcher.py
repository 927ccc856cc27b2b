"""Lending out the cluster of a home: the first user starts it, the last one stops it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sagsgang.site.postgres.cluster import FOLDER, SUPERUSER, Cluster, locate, make_cluster
from sagsgang.site.postgres.errors import PostgresError, explained
from sagsgang.site.postgres.locks import Say, UserMark, held
from sagsgang.site.postgres.outside import outside_of
from sagsgang.site.postgres.postmaster import Postmaster, interrupt, postmaster_of
from sagsgang.site.postgres.server import ensure_started, stop
from sagsgang.site.postgres.socket_folder import PORT, drop_socket_folder, remove_socket_folder

START_LOCK = "start.lock"
USERS_LOCK = "users.lock"


@dataclass(frozen=True)
class Connection:
    """How to reach the server: `host` is the socket folder; the user is the superuser."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def conninfo(self, database: str = "postgres") -> str:
        """A libpq connection string, with the password in it."""
        parts = {
            "host": self.host,
            "port": str(self.port),
            "user": self.user,
            "password": self.password,
            "dbname": database,
        }
        return " ".join(f"{name}={_quoted(value)}" for name, value in parts.items())


def _say_nothing(_: str) -> None:
    pass


@contextmanager
def running(home: Path, *, fast: bool = False, say: Say = _say_nothing) -> Iterator[Connection]:
    """Have the server of `home` run while the block lasts; several processes may do so at once.

    The first use makes the cluster. `fast` gives up safety at a power cut, for test clusters, and counts for
    the one that starts the server. A longer wait is told to `say` in one Danish line. Raises PostgresError.
    """
    home = home.absolute().resolve()
    lender = os.getpid()
    users: UserMark | None = None
    cluster: Cluster | None = None
    server: Postmaster | None = None
    try:
        with explained(home), held(home / FOLDER / START_LOCK, say=say):
            users = UserMark(home / FOLDER / USERS_LOCK)
            cluster = locate(home, say=say)
            make_cluster(cluster, fast=fast, say=say)
            password = cluster.password()
            server = ensure_started(cluster, fast=fast, is_alone=users.is_alone(), say=say)
        yield Connection(str(server.socket_folder), PORT, SUPERUSER, password)
    finally:
        # A forked child that runs out of the block has borrowed nothing: the parent still uses the server.
        if users is not None and os.getpid() == lender:
            _leave(cluster, users, server, say=say)


def destroy(home: Path, *, say: Say = _say_nothing) -> None:
    """Delete the cluster of `home` and all that belongs to it; the rest of `home` stays.

    Raises PostgresError, and deletes nothing, while another command uses it.
    """
    home = home.absolute().resolve()
    folder = home / FOLDER
    if not folder.is_dir():
        return
    with explained(home), held(folder / START_LOCK, say=say):
        users = UserMark(folder / USERS_LOCK)
        try:
            if not users.is_alone():
                raise PostgresError(f"Databasen i {folder} er i brug af en anden kommando. Luk den, og prøv igen.")
            _delete_all(folder, _outside_to_delete(folder))
        finally:
            users.close()


def _leave(cluster: Cluster | None, users: UserMark, server: Postmaster | None, *, say: Say) -> None:
    """Give the share back, and stop the server if nobody else has one."""
    try:
        if cluster is None:
            return
        with explained(cluster.home):
            if not cluster.folder.is_dir():
                if server is not None:  # the home was deleted under us: nobody can come any more
                    interrupt(server.pid, cluster.data)
                    drop_socket_folder(server.socket_folder, owner=cluster.account.uid)
                return
            with held(cluster.folder / START_LOCK, say=say):
                if users.is_alone():
                    stop(cluster)
                # Before the start lock is free: else two that leave at once would each count on the other.
                users.close()
    finally:
        users.close()


def _outside_to_delete(folder: Path) -> Path | None:
    try:
        return outside_of(folder)
    except PostgresError:
        return None  # a damaged pointer, or a copied home's: what it names is not ours to delete


def _delete_all(folder: Path, outside: Path | None) -> None:
    for place in (folder, outside):
        if place is None:
            continue
        server = postmaster_of(place / "data")
        if server is not None and not interrupt(server.pid, place / "data"):
            raise PostgresError(f"Databasen i {place} ville ikke standse. Intet er slettet.")
        if (place / "data").exists():
            remove_socket_folder(folder / "socket", place / "data", owner=(place / "data").stat().st_uid)
    if outside is not None:
        shutil.rmtree(outside)
    shutil.rmtree(folder)


def _quoted(value: str) -> str:
    """As libpq reads it: in single quotes, with quote and backslash escaped."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
