"""Who runs the PostgreSQL programs. PostgreSQL refuses root, so root lends the work to an ordinary user."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sagsgang.site.postgres.errors import PostgresError

# PostgreSQL's own user where the machine has one; every Unix has nobody.
ORDINARY_USERS = ("postgres", "nobody")


@dataclass(frozen=True)
class Account:
    """The system user that owns the data folder and runs the server."""

    uid: int
    gid: int
    name: str


def is_root() -> bool:
    return os.geteuid() == 0


def oneself() -> Account:
    return _named(os.geteuid(), os.getegid())


def account_for(data: Path) -> Account:
    """Whom to run the server in `data` as: its owner if it exists, else oneself, or for root an ordinary
    user.

    Raises PostgresError if the folder belongs to someone one cannot act for.
    """
    if not data.exists():
        return _ordinary_account() if is_root() else oneself()
    status = data.stat()
    owner = _named(status.st_uid, status.st_gid)
    if is_root() and owner.uid == 0:
        raise PostgresError(f"Databasen i {data} tilhører root, og PostgreSQL vil ikke køre som root.")
    if not is_root() and owner.uid != os.geteuid():
        raise PostgresError(
            f"Databasen i {data} tilhører brugeren {owner.name}. Brug den som samme bruger som før "
            "(for eksempel root), eller vælg en anden mappe med SAGSGANG_HOME."
        )
    return owner


def run_as(
    account: Account,
    command: Sequence[str | Path],
    *,
    stderr: IO[bytes] | int = subprocess.PIPE,
    own_session: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `command` as `account` and wait for it; its exit code and words are in the answer.

    Nothing of the caller's environment but PATH and TZ goes along: no secrets, and no PGDATA that points
    elsewhere. Raises OSError when the account may not run it.
    """
    kept = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    lent = is_root() and account.uid != 0
    return subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        errors="replace",
        check=False,
        cwd="/",  # the account may not be able to enter the folder we stand in
        env={**kept, "LC_ALL": "C"},
        umask=0o077,
        start_new_session=own_session,
        user=account.uid if lent else None,
        group=account.gid if lent else None,
        extra_groups=[] if lent else None,
    )


def can_enter(account: Account, folder: Path) -> bool:
    """Whether `account` reaches `folder`. Asked by trying: modes alone do not tell (ACLs, network disks)."""
    return run_as(account, ["/bin/sh", "-c", 'test -x "$0"', folder]).returncode == 0


def _ordinary_account() -> Account:
    for name in ORDINARY_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, name)
    raise PostgresError(
        "PostgreSQL vil ikke køre som root, og maskinen har hverken brugeren postgres eller nobody. "
        "Opret en af dem, eller kør kommandoen som en almindelig bruger."
    )


def _named(uid: int, gid: int) -> Account:
    try:
        return Account(uid, gid, pwd.getpwuid(uid).pw_name)
    except KeyError:
        return Account(uid, gid, str(uid))  # containers often run as a number that has no name
