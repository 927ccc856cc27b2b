"""What every test stands on: a real PostgreSQL of the project's own, with the three roles and their grants."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker, Settings

from sagsgang.site import provision
from sagsgang.site.postgres import running

pytest_plugins = ["tests.browsing"]

PASSWORD = "only-in-tests"
_CLUSTER = Path(__file__).parents[1] / "var" / "tests"
_stack = ExitStack()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the cluster before Django reads its settings; it stops with the last process that uses it."""
    _start()
    return (yield)


def _start() -> None:
    server = _stack.enter_context(running(_CLUSTER, fast=True))
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7423)")
        provision.make_roles(connection, provision.Passwords(PASSWORD, PASSWORD, PASSWORD))
        _drop_orphans(connection)
    name = f"sagsgang_{os.getpid()}"
    os.environ["DATABASE_URL"] = server.conninfo(name)
    os.environ["SAGSGANG_PORTAL_DATABASE_URL"] = make_conninfo(
        host=server.host, port=server.port, dbname=name, user=provision.PORTAL, password=PASSWORD
    )
    os.environ["SAGSGANG_SECRET_KEY"] = PASSWORD


def _drop_orphans(connection: psycopg.Connection) -> None:
    """Several runs may go on at once, each with a database of its own; those of killed runs are dropped here."""
    rows = connection.execute("SELECT datname FROM pg_database WHERE datname ~ '^test_sagsgang_[0-9]+'").fetchall()
    for (name,) in rows:
        if not Path(f"/proc/{name.split('_')[2]}").exists():
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the cluster."""
    _stack.close()


@pytest.fixture(scope="session")
def granted(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """After the migrations, the grants: the portal's role is in tests what it is in production."""
    with django_db_blocker.unblock():
        connection.ensure_connection()
        provision.hide_statistics(connection.connection)
        with connection.cursor() as cursor:
            for statement in provision.grants(connection.settings_dict["NAME"]):
                cursor.execute(statement)
        # In a thread where a browser's loop runs the tests get another connection, and nobody would close this one.
        connection.close()


@pytest.fixture
def wall(granted: None, db: None) -> None:
    """A test that looks through the wall: what the house commits is read as the portal's own role."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests behind the wall, and those with a server, commit for real and use both connections.

    Where a browser is required (CI), a machine without one is a failure and not a skipped test.
    """
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if os.environ.get("SAGSGANG_REQUIRE_BROWSER") and not browser:
        raise pytest.UsageError("SAGSGANG_REQUIRE_BROWSER is set, and there is no Chromium")
    for item in items:
        if {"wall", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "public"]), append=False)


def pytest_configure() -> None:
    """Empty the tables after such a test, past the guards of what only grows: only a superuser can do that."""
    setattr(TransactionTestCase, "_fixture_teardown", _empty_tables)  # noqa: B010 - Django's own hook, untyped


def _empty_tables(test: TransactionTestCase) -> None:
    empty_tables()


def empty_tables() -> None:
    """Begin anew, inside and outside. Only what has rows is emptied: to truncate a table costs its files, each time."""
    connections["public"].close()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(_EMPTY)
        cursor.execute("SET session_replication_role = origin")


_EMPTY = """
DO $$ DECLARE name text; has_rows boolean; BEGIN
  FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname IN ('public', 'pub')
    AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
  LOOP
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO has_rows;
    IF has_rows THEN EXECUTE 'DELETE FROM ' || name; END IF;
  END LOOP;
  INSERT INTO pub.edition (id, version) VALUES (1, gen_random_uuid());
END $$
"""


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test has its own folders of files, and static files under their plain names."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.HOUSE_FILES = tmp_path / "house"
    settings.RELEASED_FILES = tmp_path / "released"
    settings.HEADS = tmp_path / "heads"
    # A slow hash protects passwords from thieves, and there are none here.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
