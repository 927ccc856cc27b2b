"""A house that many tests begin with is built once in a process, and laid into the empty tables again by COPY."""

from collections.abc import Callable
from functools import wraps

from django.db import connection
from psycopg import sql

_TABLES = """
SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'pub')
AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission', 'edition') ORDER BY 1, 2
"""


def made_once(build: Callable[[], None]) -> Callable[[], None]:
    """`build` as a function that builds the first time, and copies what that made into the database afterwards.

    Only rows are kept, not files. Where rows are there already it builds anew: what they say may belong to it.
    """
    kept: dict[tuple[str, str], bytes] = {}

    @wraps(build)
    def make() -> None:
        if _rows():
            build()
        elif kept:
            _lay_in(kept)
        else:
            build()
            kept.update(_rows())

    return make


def _rows() -> dict[tuple[str, str], bytes]:
    """The rows of each table that has any, as PostgreSQL writes them."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for schema, name in cursor.fetchall():
            table = sql.Identifier(schema, name)
            cursor.execute(sql.SQL("SELECT EXISTS (SELECT 1 FROM {})").format(table))
            if cursor.fetchone() == (True,):
                with connection.connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(table)) as copy:
                    found[schema, name] = b"".join(bytes(part) for part in copy)
    return found


def _lay_in(kept: dict[tuple[str, str], bytes]) -> None:
    """Past the triggers, which would seal the chains once more."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for name, rows in kept.items():
            with connection.connection.cursor().copy(
                sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(*name))
            ) as copy:
                copy.write(rows)
        cursor.execute("SET session_replication_role = origin")
