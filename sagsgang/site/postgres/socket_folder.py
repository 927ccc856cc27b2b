"""The folder of the server's socket: a short path, since its name has 107 bytes and a home may be long."""

import shutil
import stat
import tempfile
from pathlib import Path

from sagsgang.site.postgres.account import can_enter, is_root
from sagsgang.site.postgres.cluster import Cluster, give
from sagsgang.site.postgres.errors import PostgresError
from sagsgang.site.postgres.outside import write_whole

PORT = 5432  # only part of the socket's name: the server listens on no network
NAME_LIMIT = 107  # bytes


def fresh_socket_folder(cluster: Cluster) -> Path:
    """The recorded socket folder, cleared of what a crash left, or a new one. Call while no server runs.

    The same path is kept, so that users who outlived a killed server find the next one. Raises PostgresError.
    """
    recorded = _recorded(cluster.socket_file, cluster.data)
    if recorded is not None and is_own_socket_folder(recorded, owner=cluster.account.uid):
        for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
            (recorded / name).unlink(missing_ok=True)
        return recorded
    for parent in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - made 0700
        if _fits(Path(parent), cluster):
            made = Path(tempfile.mkdtemp(prefix="sagsgang-", dir=parent))
            give(made, cluster.account)
            write_whole(cluster.socket_file, f"{made}\n{cluster.data}\n")
            return made
    raise PostgresError("Ingen midlertidig mappe (TMPDIR, /tmp, /var/tmp) kan bruges til databasens forbindelser.")


def is_own_socket_folder(folder: Path, *, owner: int) -> bool:
    """Whether `folder` is a real folder of `owner` (uid), closed to all others: /tmp is everyone's."""
    try:
        status = folder.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    is_closed = stat.S_ISDIR(status.st_mode) and stat.S_IMODE(status.st_mode) == 0o700
    return is_closed and status.st_uid == owner


def remove_socket_folder(record: Path, data: Path, *, owner: int) -> None:
    """Remove the socket folder recorded for the cluster `data`, if it is `owner`'s (uid), and the record."""
    recorded = _recorded(record, data)
    if recorded is not None:
        drop_socket_folder(recorded, owner=owner)
    record.unlink(missing_ok=True)


def drop_socket_folder(folder: Path, *, owner: int) -> None:
    """Remove the socket folder `folder`, if it is `owner`'s (uid)."""
    if is_own_socket_folder(folder, owner=owner):
        shutil.rmtree(folder, ignore_errors=True)


def list_entry(folder: Path) -> str:
    """`folder` as an entry of a PostgreSQL list, where a comma would part it."""
    doubled = str(folder).replace('"', '""')
    return f'"{doubled}"'


def _fits(parent: Path, cluster: Cluster) -> bool:
    """Whether a socket folder in `parent` has a short enough path, which the server's user can reach."""
    longest = parent / "sagsgang-12345678" / f".s.PGSQL.{PORT}.lock"
    if not parent.is_dir() or len(str(longest).encode()) > NAME_LIMIT:
        return False
    return not is_root() or can_enter(cluster.account, parent)


def _recorded(record: Path, data: Path) -> Path | None:
    """The folder named in the record; None if it is gone, broken, or copied along from another home."""
    try:
        lines = record.read_text(errors="replace").splitlines()
    except FileNotFoundError:
        return None
    if len(lines) != 2 or lines[1] != str(data):
        return None
    folder = Path(lines[0])
    return folder if folder.is_absolute() and folder.name.startswith("sagsgang-") else None
