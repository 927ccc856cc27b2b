"""The installation on this machine: its folder, its keys, and the addresses of its database.

Without DATABASE_URL the embedded PostgreSQL in SAGSGANG_HOME is started for as long as somebody uses it.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from sagsgang.site import provision
from sagsgang.site.environment import folder
from sagsgang.site.postgres import Connection, running

DATABASE = "sagsgang"
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Keys:
    """Secrets of an embedded installation, made at its first start and kept in a file of mode 0600."""

    owner: str
    house: str
    portal: str
    secret_key: str


def home() -> Path:
    """The data folder: SAGSGANG_HOME, or `var` where the command was started."""
    return folder("SAGSGANG_HOME", Path("var"))


def say(line: str) -> None:
    """A line for the person at the keyboard, on standard error."""
    sys.stderr.write(line + "\n")


@contextmanager
def database_at_hand() -> Iterator[None]:
    """Within this, DATABASE_URL and the portal's address lead to a database that is made and migrated."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with running(home(), say=say) as server:
        keys = _keys(home())
        _prepare(server, keys)
        os.environ["DATABASE_URL"] = _address(server, provision.HOUSE, keys.house)
        os.environ["SAGSGANG_PORTAL_DATABASE_URL"] = _address(server, provision.PORTAL, keys.portal)
        os.environ.setdefault("SAGSGANG_SECRET_KEY", keys.secret_key)
        try:
            yield
        finally:
            del os.environ["DATABASE_URL"]


def _address(server: Connection, role: str, password: str) -> str:
    return make_conninfo(host=str(server.host), port=server.port, dbname=DATABASE, user=role, password=password)


def _keys(home: Path) -> Keys:
    place = home / "keys.json"
    if not place.exists():
        made = Keys(*(secrets.token_urlsafe(32) for _ in range(4)))
        part = place.with_suffix(f".{os.getpid()}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({name: getattr(made, name) for name in Keys.__slots__}, file)
        try:
            os.link(part, place)  # whoever comes first has made the keys; the other takes them over
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return Keys(**json.loads(place.read_text()))


def _prepare(server: Connection, keys: Keys) -> None:
    """Roles, database and tables, when the code's migrations are not those that were run last."""
    mark = home() / "migrated"
    wanted = _fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        # Two first commands at once: the second waits here, and finds the work done.
        connection.execute("SELECT pg_advisory_lock(7423)")
        if mark.exists() and mark.read_text() == wanted:
            return
        say("Databasen gøres klar …")
        provision.make_roles(connection, provision.Passwords(keys.owner, keys.house, keys.portal))
        provision.make_database(connection, DATABASE)
        with psycopg.connect(server.conninfo(DATABASE), autocommit=True) as inside:
            provision.hide_statistics(inside)
        migrate(_address(server, provision.OWNER, keys.owner))
        mark.write_text(wanted)


def migrate(owner_address: str) -> None:
    """Run all migrations and then all grants, as the owner of the tables."""
    environment = os.environ | {
        "DATABASE_URL": owner_address,
        "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings",
        "SAGSGANG_SITE": "all",
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, check=True)
    with psycopg.connect(owner_address, autocommit=True) as connection:
        for statement in provision.grants(connection.info.dbname):
            connection.execute(statement)


def _fingerprint() -> str:
    """The names of all migrations and the words of the grants: what decides whether the database is up to date."""
    names = sorted(str(path.relative_to(_PACKAGE)) for path in _PACKAGE.glob("*/migrations/*.py"))
    grants = (_PACKAGE / "site" / "provision.py").read_text()
    return sha256("\n".join([*names, grants]).encode()).hexdigest()


def prepare_static() -> Path:
    """Collect style sheets and scripts where the web server finds them, when they are not those of last time."""
    target = home() / "static"
    mark = target / ".collected"
    wanted = _static_fingerprint()
    if not (mark.exists() and mark.read_text() == wanted):
        ignored = [word for pattern in _NOT_SERVED for word in ("--ignore", pattern)]
        command = [
            sys.executable,
            "-m",
            "django",
            "collectstatic",
            "--no-input",
            "--clear",
            "--verbosity",
            "0",
            *ignored,
        ]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
        subprocess.run(command, env=environment, check=True)
        mark.write_text(wanted)
    return target


# Parts of the packages that no page asks for. The style sheet names one .eot and one .ttf, so those two stay.
_NOT_SERVED = (
    *("*.otf", "*.scss", "*.ts", "*.md", "*borgerdk*", "*virkdk*", "*dkfds.css", "*dkfds.js", "*/split/*"),
    *("*/eot/IBMPlexSans-[!R]*", "*/ttf/IBMPlexSans-[!R]*", "*/eot/*-R[!e]*", "*/ttf/*-R[!e]*"),
    *("ext", "skills", "editors", "scripts", "*htmax*", "*.esm.*", "*.map.*"),
)


def _static_fingerprint() -> str:
    own = sorted(_PACKAGE.glob("*/static/**/*"))
    lock = _PACKAGE.parent / "package-lock.json"
    return sha256("\n".join(f"{path} {path.stat().st_mtime_ns}" for path in [lock, *own]).encode()).hexdigest()
