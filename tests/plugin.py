"""What every test stands on: a real PostgreSQL of the project's own, with the three roles and their grants."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from django.db import connection
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
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for statement in provision.grants(connection.settings_dict["NAME"]):
            cursor.execute(statement)


@pytest.fixture
def wall(granted: None, transactional_db: None) -> None:
    """A test that looks through the wall: what the house commits is read as the portal's own role."""


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Settings) -> None:
    """Each test has its own folders of files."""
    settings.HOUSE_FILES = tmp_path / "house"
    settings.RELEASED_FILES = tmp_path / "released"
