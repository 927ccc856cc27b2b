"""The migrated database is kept as a template between runs: all migrations take longer than most tests."""

import os
from contextlib import ExitStack
from functools import cache
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker

_PREFIX = "sagsgang_template_"
_LOCK = 7424  # one makes the template, the others wait for it
_turn = ExitStack()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
) -> None:
    """Before the test database is made: from the template of today's migrations, if there is one."""
    connection = _turn.enter_context(_cluster())
    connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
    if _template() in _templates(connection):
        connections.settings["default"]["TEST"]["TEMPLATE"] = _template()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """After it was made: keep a copy as the template, drop those of other migrations, and let the next one in."""
    with _turn:
        if connections.settings["default"]["TEST"].get("TEMPLATE"):
            return
        with django_db_blocker.unblock():
            made = connections["default"].settings_dict["NAME"]
            connections.close_all()
        with _cluster() as connection:
            for name in _templates(connection):
                connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))
            names = (sql.Identifier(_template()), sql.Identifier(made))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _cluster() -> psycopg.Connection:
    return psycopg.connect(make_conninfo(os.environ["DATABASE_URL"], dbname="postgres"), autocommit=True)


def _templates(connection: psycopg.Connection) -> set[str]:
    rows = connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_PREFIX]).fetchall()
    return {name for (name,) in rows}


@cache
def _template() -> str:
    """Named by what the migrations say, and by the packages whose migrations run too; asked before they run, so that what
    is written meanwhile does not count.
    """
    root = Path(__file__).parent
    files = sorted((root / "sagsgang").glob("*/migrations/*.py"))
    words = [root / "uv.lock", root / "sagsgang/core/append_only.py", *files]
    return _PREFIX + sha256(b"\n".join(path.read_bytes() for path in words)).hexdigest()[:16]
