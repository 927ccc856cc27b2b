"""Statements that are written out once, for the pages that are read most, and the rows that come of them.

Django composes a query anew each time it is asked: for a row with its relations, ten times what the asking costs.
"""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connections, models

from sagsgang.publication.queries.released import WALL


class Columns[Row: models.Model]:
    """The columns of one table in a fixed statement, where it has this `name`, and the row that is made of their values.

    A column that is left out, and a relation that nobody sets, raises when it is read, as everywhere here.
    """

    def __init__(self, model: type[Row], name: str, *, only: Sequence[str] = (), without: Sequence[str] = ()) -> None:
        wanted = only or [field.name for field in model._meta.concrete_fields if field.name not in without]
        fields = [field for field in model._meta.concrete_fields if field.primary_key or field.name in wanted]
        self._model = model
        self._names = [field.attname for field in fields]
        self._as_json = [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
        self.listed = ", ".join(f'{name}."{field.column}"' for field in fields)
        self.table = f'"{model._meta.db_table}" AS {name}'

    def row(self, values: Iterator[Any]) -> Row:
        """The row of the next values of a line."""
        return self._made(list(islice(values, len(self._names))))

    def row_if_any(self, values: Iterator[Any]) -> Row | None:
        """The same, and None where an outer join found no row."""
        own = list(islice(values, len(self._names)))
        return None if own[0] is None else self._made(own)

    def _made(self, own: list[Any]) -> Row:
        for place in self._as_json:
            if own[place] is not None:
                own[place] = json.loads(own[place])
        return self._model.from_db(WALL, self._names, own, fetch_mode=models.FETCH_RAISE)


def lines(statement: str, *values: UUID | int | None) -> list[tuple[Any, ...]]:
    """What the database answers. JSON comes as text: whoever needs it decodes it."""
    with connections[WALL].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
