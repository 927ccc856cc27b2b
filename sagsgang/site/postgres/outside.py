"""Folders under /var/lib/sagsgang, for a home that the server's user cannot enter (root's /root/sag).

Each holds a file `home` that names its home, and the home holds a file `outside` that names the folder: only
when the two agree do they belong together. Everything here is root's; the server's user owns only the data
and log folders.
"""

import os
import re
import secrets
import shutil
import time
from pathlib import Path

from sagsgang.site.postgres.account import is_root
from sagsgang.site.postgres.errors import PostgresError
from sagsgang.site.postgres.locks import Say, held
from sagsgang.site.postgres.postmaster import interrupt, postmaster_of

ROOM = Path("/var/lib/sagsgang")
POINTER = "outside"
ABANDONED = "abandoned"
GRACE = 7 * 24 * 3600.0  # seconds


def outside_of(folder: Path) -> Path | None:
    """The outside folder that `folder` (home/postgres) points to, None without a pointer.

    Raises PostgresError if the pointer is damaged or if the folder is gone or belongs to another home.
    """
    name = _pointed_name(folder)
    if name is None:
        return None
    place = ROOM / name
    if not re.fullmatch(r"[0-9a-f]{16}", name):
        raise PostgresError(
            f"Filen {folder / POINTER} er ødelagt: den skal nævne en mappe i {ROOM}. Gendan den fra en "
            "sikkerhedskopi, eller slet databasen."
        )
    if not place.is_dir():
        raise PostgresError(f"Mappen {place}, som databasen i {folder} ligger i, findes ikke længere.")
    _check_owner(place, folder)
    return place


def make_outside(folder: Path, *, say: Say) -> Path:
    """Make a new outside folder for `folder`, and clear away those whose home has left them."""
    with held(ROOM / "lock", say=say):
        sweep()
        place = ROOM / secrets.token_hex(8)
        place.mkdir()
        place.chmod(0o711)
        (place / "home").write_text(f"{folder}\n{_device(folder)}\n")
        write_whole(folder / POINTER, place.name)
    return place


def sweep() -> None:
    """Delete the outside folders that no home has pointed to for GRACE; the caller holds the room's lock.

    The grace is for a home that was moved: it looks deleted until it is used at its new place.
    """
    for place in ROOM.iterdir():
        if not re.fullmatch(r"[0-9a-f]{16}", place.name) or not place.is_dir():
            continue
        mark = place / ABANDONED
        if not _is_abandoned(place):
            mark.unlink(missing_ok=True)
        elif not mark.exists():
            mark.touch()
        elif time.time() - mark.stat().st_mtime > GRACE:
            server = postmaster_of(place / "data")
            if server is None or interrupt(server.pid, place / "data"):
                shutil.rmtree(place)


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by `text` in one step, readable for its owner only; a crash leaves old or new."""
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)


def _pointed_name(folder: Path) -> str | None:
    try:
        return (folder / POINTER).read_text(errors="replace").strip()
    except FileNotFoundError:
        return None


def _named_home(place: Path) -> tuple[Path, int]:
    """The home's folder that `place` names, and the disk it lay on (-1 when not written)."""
    words = (place / "home").read_text(errors="replace").splitlines()
    device = words[1] if len(words) > 1 else ""
    return Path(words[0] if words else "/"), int(device) if device.isdigit() else -1


def _check_owner(place: Path, folder: Path) -> None:
    """Follow a home that was moved; refuse one that was copied, since two homes cannot share a cluster."""
    try:
        named, _ = _named_home(place)
    except FileNotFoundError:
        raise PostgresError(f"Mappen {place} er ikke en database fra Sagsgang (filen home mangler).") from None
    if named == folder:
        return
    if _pointed_name(named) == place.name:
        raise PostgresError(
            f"{folder} er en kopi af {named} og peger på samme database. Slet filen {folder / POINTER} "
            "for at begynde på en ny."
        )
    if is_root():
        (place / ABANDONED).unlink(missing_ok=True)
        write_whole(place / "home", f"{folder}\n{_device(folder)}\n")


def _is_abandoned(place: Path) -> bool:
    try:
        folder, device = _named_home(place)
    except FileNotFoundError:
        return True
    if _pointed_name(folder) == place.name:
        return False
    # A home on a disk that is not mounted now has not left: then the folder we see lies on another disk.
    return _device(folder) == device


def _device(folder: Path) -> int:
    """The number of the disk that `folder`, or its nearest parent that exists, lies on."""
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    return nearest.stat().st_dev
