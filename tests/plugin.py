"""What every test stands on: a real PostgreSQL of the project's own, with the three roles and their grants."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg.conninfo import make_conninfo
from pytest_django import DjangoDbBlocker, Settings

from sagsgang.site import provision
from sagsgang.site.postgres import running

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
    os.environ["DATABASE_URL"] = server.conninfo("sagsgang")
    os.environ["SAGSGANG_PORTAL_DATABASE_URL"] = make_conninfo(
        host=server.host, port=server.port, dbname="sagsgang", user=provision.PORTAL, password=PASSWORD
    )
    os.environ["SAGSGANG_SECRET_KEY"] = PASSWORD


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


@pytest.fixture
def wall(granted: None, db: None) -> None:
    """A test that looks through the wall: what the house commits is read as the portal's own role."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests behind the wall, and those with a server, commit for real and use both connections."""
    for item in items:
        if {"wall", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.django_db(transaction=True, databases=["default", "public"]), append=False)


def pytest_configure() -> None:
    """Empty the tables after such a test, past the guards of what only grows: only a superuser can do that."""
    TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[method-assign]


def _empty_tables(test: TransactionTestCase) -> None:
    connections["public"].close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') FROM pg_tables"
            " WHERE schemaname IN ('public', 'pub')"
            " AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')"
        )
        names = cursor.fetchone()[0]
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"TRUNCATE {names}")
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test has its own folders of files."""
    settings.HOUSE_FILES = tmp_path / "house"
    settings.RELEASED_FILES = tmp_path / "released"
