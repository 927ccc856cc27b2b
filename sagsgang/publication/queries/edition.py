"""The mark of everything that is public."""

from uuid import UUID

from django.db import connections

from sagsgang.publication.queries.released import WALL

_NOTHING_YET = UUID(int=0)


def edition() -> UUID:
    """The mark that moves with every change of anything public. Asked before each kept page: no model, one small row."""
    with connections[WALL].cursor() as cursor:
        cursor.execute("SELECT version FROM pub.edition")
        row = cursor.fetchone()
    return row[0] if row else _NOTHING_YET
