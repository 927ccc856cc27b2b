"""The two file locks: one for starting and stopping, one that every user holds for as long as it lives.

flock, since the kernel frees it even on kill -9. Descriptors are close-on-exec, so that no server inherits a
lock.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sagsgang.site.postgres.errors import PostgresError

type Say = Callable[[str], None]

# Longer than another command can take to start after a crash (server.RECOVERY); in seconds.
PATIENCE = 360.0
SILENCE = 1.0


@contextmanager
def held(path: Path, *, say: Say) -> Iterator[None]:
    """Hold `path` alone; waits for others and says so once. Raises PostgresError after PATIENCE seconds."""
    descriptor = _acquire(path, say)
    try:
        yield
    finally:
        os.close(descriptor)


class UserMark:
    """One user's share of the users lock. Call with the start lock held: a conversion is not atomic."""

    def __init__(self, path: Path) -> None:
        self._descriptor: int | None = _opened(path)
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)

    def is_alone(self) -> bool:
        """Whether no other command uses the cluster; the share is kept."""
        if self._descriptor is None:
            raise ValueError("the share has been given back")
        alone = _locked(self._descriptor)
        # A failed conversion has let go of the share, too.
        fcntl.flock(self._descriptor, fcntl.LOCK_SH)
        return alone

    def close(self) -> None:
        """Give the share back; a second time does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _acquire(path: Path, say: Say) -> int:
    began = time.monotonic()
    has_said = False
    while True:
        make_folder(path.parent)
        descriptor = _opened(path)
        if _locked(descriptor) and _is_current(descriptor, path):
            return descriptor
        os.close(descriptor)
        waited = time.monotonic() - began
        if waited > PATIENCE:
            raise PostgresError("En anden kommando har holdt databasen i flere minutter. Luk den, og prøv igen.")
        if waited > SILENCE and not has_said:
            say("Venter på, at en anden kommando bliver færdig med at starte eller standse databasen …")
            has_said = True
        time.sleep(0.05)


def make_folder(folder: Path) -> None:
    """Make `folder` so that the server's user may pass, whatever the umask; one that is there stays."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise
    else:
        folder.chmod(0o711)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_current(descriptor: int, path: Path) -> bool:
    """Whether the locked file still lies at `path`: `destroy` may have deleted it while we waited."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
