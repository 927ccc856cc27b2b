"""The embedded PostgreSQL with real clusters and processes: first use, company, crashes, logs, sockets."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from sagsgang.site.postgres import Connection, running
from sagsgang.site.postgres.postmaster import is_running
from sagsgang.site.tests.clusters import (
    IS_ROOT,
    User,
    ask,
    data_of,
    pid_of,
    wait_until,
)

# One after the other: the test of the sweep looks at every folder that is kept outside a home.
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("postgres")]


def test_the_data_is_there_at_the_second_start(new_home: Path) -> None:
    said: list[str] = []
    with running(new_home, say=said.append) as connection:
        ask(connection, "CREATE TABLE paper AS SELECT 'Ærø' AS title")
        first = pid_of(new_home)
    assert not is_running(first)
    assert not Path(connection.host).exists()

    began = time.monotonic()
    with running(new_home, say=said.append) as connection:
        took = time.monotonic() - began
        assert ask(connection, "SELECT title FROM paper") == "Ærø"

    assert said == ["Opretter databasen; det tager nogle sekunder …"]
    assert took < 5


def test_the_cluster_is_closed_danish_and_unsafe_only_when_fast(home: Path) -> None:
    with running(home) as connection:
        assert ask(connection, "SELECT lower('ÆØÅ')") == "æøå"
        assert ask(connection, "SHOW listen_addresses") == ""
        assert ask(connection, "SHOW fsync") == "on"
        assert Path(connection.host).stat().st_mode & 0o777 == 0o700
        assert (home / "postgres" / "password").stat().st_mode & 0o777 == 0o600
        assert connection.password not in repr(connection)
        with pytest.raises(psycopg.OperationalError):
            ask(Connection(connection.host, connection.port, connection.user, "wrong").conninfo(), "SELECT 1")

    with running(home, fast=True) as connection:
        assert ask(connection, "SHOW fsync") == "off"


def test_two_processes_that_start_at_once_share_one_server(new_home: Path, start_user: Callable[..., User]) -> None:
    one, other = start_user(new_home), start_user(new_home)
    conninfo = one.answer()
    assert other.answer() == conninfo
    server = pid_of(new_home)

    one.leave()
    assert ask(conninfo, "SELECT 1") == 1
    assert pid_of(new_home) == server

    other.leave()
    assert not is_running(server)


def test_nested_use_in_one_process_keeps_the_server(home: Path) -> None:
    with running(home, fast=True) as outer:
        with running(home, fast=True) as inner:
            assert inner == outer
        assert ask(outer, "SELECT 1") == 1


def test_users_that_come_and_go_never_lose_the_server(home: Path, start_user: Callable[..., User]) -> None:
    for _ in range(2):
        users = [start_user(home) for _ in range(3)]
        assert [ask(user.answer(), "SELECT 1") for user in users] == [1, 1, 1]
        server = pid_of(home)
        for user in users:
            assert user.process.stdin is not None
            user.process.stdin.write("\n")
            user.process.stdin.flush()
        for user in users:
            user.leave()
        assert not is_running(server)


def test_a_forked_child_does_not_stop_its_parents_server(home: Path) -> None:
    with running(home, fast=True) as connection:
        forked = os.fork()
        if forked == 0:
            try:
                with running(home):
                    pass
            finally:
                os._exit(0)
        os.waitpid(forked, 0)

        assert ask(connection, "SELECT 1") == 1


def test_after_a_killed_user_the_next_one_works_and_stops_the_server(
    home: Path, start_user: Callable[..., User]
) -> None:
    user = start_user(home)
    conninfo = user.answer()
    server = pid_of(home)
    user.kill()
    assert is_running(server)

    with running(home, fast=True) as connection:
        assert connection.conninfo() == conninfo
        assert pid_of(home) == server

    assert not is_running(server)


def test_a_killed_server_starts_again_when_its_orphans_are_gone(home: Path, start_user: Callable[..., User]) -> None:
    busy_for_3_seconds = "DO $$ BEGIN PERFORM 1; WHILE clock_timestamp() < now() + interval '3 s' LOOP END LOOP; END $$"
    said: list[str] = []
    user = start_user(home)
    conninfo = user.answer()
    orphan = psycopg.connect(conninfo, autocommit=True)
    orphan.pgconn.send_query(busy_for_3_seconds.encode())
    time.sleep(0.3)
    os.kill(pid_of(home), signal.SIGKILL)

    with running(home, fast=True, say=said.append) as connection:
        assert connection.conninfo() == conninfo  # the user that outlived the crash finds it again
        assert ask(conninfo, "SELECT 1") == 1

    orphan.close()
    assert said == ["Venter på, at en afbrudt database slipper sin hukommelse …"]


def test_a_stale_number_that_is_another_process_now_is_no_server(home: Path) -> None:
    with running(home, fast=True):
        owner = data_of(home).stat()
        words = (data_of(home) / "postmaster.pid").read_text().split("\n", 1)[1]
    lent = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if IS_ROOT else {}
    other = subprocess.Popen(["/bin/sleep", "60"], **lent)  # type: ignore[call-overload]
    (data_of(home) / "postmaster.pid").write_text(f"{other.pid}\n{words}")

    with running(home, fast=True) as connection:
        assert ask(connection, "SELECT 1") == 1

    assert other.poll() is None
    other.kill()
    other.wait()


def test_an_initdb_that_was_killed_begins_again(new_home: Path, start_user: Callable[..., User]) -> None:
    user = start_user(new_home)
    wait_until(lambda: any((new_home / "postgres").glob("new-*/data/base")))
    user.kill()
    assert not data_of(new_home).exists()

    with running(new_home, fast=True) as connection:
        assert ask(connection, "SELECT 1") == 1


def test_a_long_and_odd_home_path_works(folder: Path) -> None:
    home = folder / ("lang" * 50) / "en \"mappe\" med $HOME, `id` & 'æøå'"

    with running(home, fast=True) as connection:
        assert ask(connection, "SHOW data_directory") == str(data_of(home))


def test_a_relative_home_is_the_same_as_its_full_path(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)

    with running(Path("home"), fast=True) as one, running(home) as other:
        assert one == other


def test_no_typed_word_reaches_the_log(home: Path) -> None:
    with running(home, fast=True) as connection:
        starts = log_of(home).count("ready to accept connections")
        ask(connection, "CREATE TABLE person (name text PRIMARY KEY)")
        with psycopg.connect(connection.conninfo(), autocommit=True) as database:
            database.execute("INSERT INTO person VALUES (%s)", ["Hemmelig"])
            for statement in ("INSERT INTO person VALUES (%s)", "SELECT %s::integer", "SELECT 'Hemmelig' %s"):
                with pytest.raises(psycopg.Error):
                    database.execute(statement.encode(), ["Hemmelig"])
            os.kill(database.info.backend_pid, signal.SIGSEGV)
            with pytest.raises(psycopg.Error):
                database.execute("SELECT 'Hemmelig', pg_sleep(5)")
        wait_until(lambda: log_of(home).count("ready to accept connections") == starts + 1)

    assert "terminated by signal" in log_of(home)
    assert "Hemmelig" not in log_of(home)


def log_of(home: Path) -> str:
    return "".join(file.read_text() for file in (data_of(home).parent / "log").glob("*.log"))


def test_last_weeks_log_is_deleted(home: Path) -> None:
    with running(home, fast=True):
        pass
    for file in (data_of(home).parent / "log").glob("*.log"):
        os.utime(file, (0, 0))

    with running(home, fast=True):
        assert log_of(home).count("starting PostgreSQL") == 1


def test_a_lost_socket_folder_is_made_again(home: Path, start_user: Callable[..., User]) -> None:
    user = start_user(home)
    user.answer()
    user.kill()
    shutil.rmtree((home / "postgres" / "socket").read_text().splitlines()[0])

    with running(home, fast=True) as connection:
        assert ask(connection, "SELECT 1") == 1


def test_a_lost_socket_folder_is_told_while_others_use_the_server(home: Path, start_user: Callable[..., User]) -> None:
    with running(home, fast=True) as connection:
        shutil.rmtree(connection.host)

        assert start_user(home).answer().startswith("PostgresError: Databasens forbindelsesmappe")


def test_an_open_socket_folder_is_not_trusted(home: Path, start_user: Callable[..., User]) -> None:
    user = start_user(home)
    user.answer()
    user.kill()
    opened = Path((home / "postgres" / "socket").read_text().splitlines()[0])
    opened.chmod(0o777)

    with running(home, fast=True) as connection:
        assert Path(connection.host) != opened

    shutil.rmtree(opened)
