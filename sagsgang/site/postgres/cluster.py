"""Where one home keeps its cluster, and how a new one is made. Starting it is `server`'s."""

import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from sagsgang.site.postgres.account import Account, account_for, can_enter, is_root, oneself, run_as
from sagsgang.site.postgres.errors import PostgresError, explain_output
from sagsgang.site.postgres.locks import Say
from sagsgang.site.postgres.outside import make_outside, outside_of, write_whole
from sagsgang.site.postgres.postmaster import postmaster_of
from sagsgang.site.postgres.programs import binaries, copy_programs, is_private_tree, major_of, version_words

FOLDER = "postgres"
SUPERUSER = "sagsgang"


@dataclass(frozen=True)
class Cluster:
    """The cluster of one home: where its parts lie, who owns it, and its programs (a bin folder)."""

    home: Path
    place: Path  # holds data and log: home/postgres, or a folder outside home
    account: Account
    programs: Path
    major: int

    @property
    def folder(self) -> Path:
        return self.home / FOLDER

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        """The server's own log, a file a weekday."""
        return self.place / "log"

    @property
    def start_log(self) -> Path:
        """What the server says before it opens its log."""
        return self.folder / "start.log"

    @property
    def password_file(self) -> Path:
        return self.folder / "password"

    @property
    def socket_file(self) -> Path:
        """Records the socket folder."""
        return self.folder / "socket"

    def password(self) -> str:
        """The superuser's password; raises PostgresError if its file is gone."""
        try:
            word = self.password_file.read_text().strip()
        except FileNotFoundError:
            word = ""
        if not word:
            raise PostgresError(f"Databasens adgangskode mangler: filen {self.password_file} er væk eller tom.")
        return word


def locate(home: Path, *, say: Say) -> Cluster:
    """Find the cluster of `home`, or where a new one shall lie; the caller holds the start lock.

    Raises PostgresError if it lies where its user cannot come, or was made by another major version.
    """
    folder = home / FOLDER
    is_inside = (folder / "data").exists()
    outside = _outside(folder, is_needed=not is_inside)
    account = account_for((folder if is_inside or outside is None else outside) / "data")
    found = binaries()
    own_words = version_words(found, account)
    major = major_of(own_words or version_words(found, oneself()) or "")
    if outside is not None and not is_inside:
        place = outside
    elif _is_reachable(folder, account):
        place = folder
    elif is_inside:
        raise PostgresError(
            f"Brugeren {account.name}, som databasen kører som, kan ikke længere komme ind i {folder}. "
            f"Giv adgang igen (chmod o+x på mapperne over den), eller kør som den bruger, der ejer {home}."
        )
    else:
        place = outside = make_outside(folder, say=say)
    _check_major(place / "data", major)
    if own_words is None:
        is_idle = postmaster_of(place / "data") is None
        found = _copied_programs(found, outside or make_outside(folder, say=say), account, is_idle=is_idle)
    return Cluster(home=home, place=place, account=account, programs=found, major=major)


def make_cluster(cluster: Cluster, *, fast: bool, say: Say) -> None:
    """Run initdb, unless the cluster is made; one that was killed half-way begins again from nothing.

    `fast` does not wait for the disk. Raises PostgresError with the reason when initdb fails.
    """
    for half in cluster.place.glob("new-*"):
        shutil.rmtree(half, ignore_errors=True)  # an initdb whose starter was killed may still write in it
    if cluster.data.exists():
        return
    say("Opretter databasen; det tager nogle sekunder …")
    half = cluster.place / f"new-{secrets.token_hex(4)}"
    half.mkdir(mode=0o700)
    password = secrets.token_urlsafe(32)
    write_whole(half / "password", password)
    give(half / "password", cluster.account)
    give(half, cluster.account)
    try:
        _initdb(cluster, half, fast=fast)
        write_whole(cluster.password_file, password)
        (half / "data").rename(cluster.data)
        _sync(cluster.place)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def give(path: Path, account: Account) -> None:
    """Hand `path`, just made by us, to the server's user."""
    if is_root() and account.uid != 0:
        os.chown(path, account.uid, account.gid)


def make_own_folder(folder: Path, cluster: Cluster) -> None:
    """Make `folder`, 0700 and owned by the server's user, unless it exists."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700)
        give(folder, cluster.account)


def _initdb(cluster: Cluster, half: Path, *, fast: bool) -> None:
    command: list[str | Path] = [
        cluster.programs / "initdb",
        f"--pgdata={half / 'data'}",
        f"--username={SUPERUSER}",
        f"--pwfile={half / 'password'}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        *(["--no-sync"] if fast else []),
    ]
    made = run_as(cluster.account, command)
    if made.returncode != 0:
        reason = explain_output(made.stderr + made.stdout, cluster.place)
        raise PostgresError(f"Databasen kunne ikke oprettes i {cluster.place}: {reason}")


def _outside(folder: Path, *, is_needed: bool) -> Path | None:
    """The outside folder; when only programs may lie there (not `is_needed`), a lost one is none."""
    try:
        return outside_of(folder)
    except PostgresError:
        if is_needed:
            raise
        return None


def _is_reachable(folder: Path, account: Account) -> bool:
    return not is_root() or can_enter(account, folder)


def _copied_programs(found: Path, outside: Path, account: Account, *, is_idle: bool) -> Path:
    """A copy of the programs in `outside`, which `account` can run."""
    copy = copy_programs(found, outside, is_idle=is_idle) if is_private_tree(found) else found
    if version_words(copy, account) is None:
        raise PostgresError(
            f"Brugeren {account.name} kan ikke køre PostgreSQL-programmerne i {found}. Sæt "
            "SAGSGANG_PG_BIN til programmer, som alle kan køre."
        )
    return copy


def _check_major(data: Path, major: int) -> None:
    if not data.exists():
        return
    try:
        made_by = (data / "PG_VERSION").read_text(errors="replace").strip()
    except FileNotFoundError:
        raise PostgresError(f"Mappen {data} er ikke en hel database (PG_VERSION mangler). Intet er rørt.") from None
    if made_by != str(major):
        raise PostgresError(
            f"Databasen i {data} er lavet med PostgreSQL {made_by}, men programmerne her er version "
            f"{major}. Intet er rørt. Sæt SAGSGANG_PG_BIN til version {made_by}, tag en kopi med pg_dump, "
            "og indlæs den i en ny mappe."
        )


def _sync(folder: Path) -> None:
    """Have the renaming in `folder` reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
