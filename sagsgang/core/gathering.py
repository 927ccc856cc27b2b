"""Several lists of rows in one query: what a page reads of many small tables, asked for once.

Each list is a queryset that becomes one column of JSON; the rows are made from it again, with the annotations of the
queryset and the rows that their foreign keys name. What changes is the number of questions, not what is answered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections, models
from django.db.models import F, QuerySet
from django.db.models.functions import JSONObject

type Convert = Callable[[Any], Any]
type Tree = dict[str, "Tree"]

# What JSON says as it is; everything else is read by its own field (dates, identities).
_PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField, models.JSONField)


@dataclass(frozen=True)
class Part:
    """A list to gather: its rows in their order, and the foreign keys whose rows come along ("meeting__body").

    `only` names the columns that are asked for ("item_id"), where a page has many rows and shows little of each.
    """

    rows: QuerySet[Any]
    related: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


def gathered(anchor: models.Model, **parts: Part) -> dict[str, list[Any]]:
    """The rows of each part, by its name; one query. `anchor` is any row that is there: the query hangs on it."""
    found = _asked(type(anchor), anchor.pk, parts).get()
    return {name: [_made(part, values) for values in found[f"list_of_{name}"] or ()] for name, part in parts.items()}


def _asked(model: type[models.Model], pk: object, parts: dict[str, Part]) -> QuerySet[Any, dict[str, Any]]:
    columns = {
        f"list_of_{name}": ArraySubquery(part.rows.values(as_json=_object(part))) for name, part in parts.items()
    }
    return model._base_manager.filter(pk=pk).values(**columns)


@dataclass(frozen=True)
class _Words:
    """A gathering as it is sent: SQL with its values, stand-ins among them, and what reads each column."""

    sql: str
    values: tuple[Any, ...]
    readers: dict[int, tuple[list[Callable[[Any, Any, Any], Any]], Any]]
    parts: dict[str, Part]


class Question:
    """A gathering that is asked again and again: its SQL is made once, which takes longer than to answer it.

    `build` gets a stand-in for each identity and each day, and answers the parts. It may hang on nothing else that
    differs from one asking to the next: no clock, no language, no setting, no user. No answer is kept.
    """

    def __init__(self, model: type[models.Model], build: Callable[..., dict[str, Part]]) -> None:
        self._model, self._build = model, build
        self._words: _Words | None = None

    def ask(self, anchor: UUID, **about: UUID | date) -> dict[str, list[Any]]:
        """The rows of each part, for these identities and days; one query. Raises `DoesNotExist` without the row `anchor`."""
        about = {"anchor": anchor, **about}
        stand_ins = {name: _stand_in(place, value) for place, (name, value) in enumerate(about.items())}
        words = self._words
        if words is None:  # two threads may both make it: they make the same
            words = self._words = self._made_of(stand_ins)
        known = {stand_ins[name]: value for name, value in about.items()}
        connection = connections[self._model._base_manager.db]
        with connection.cursor() as cursor:
            cursor.execute(
                words.sql, [known.get(one, one) if isinstance(one, UUID | date) else one for one in words.values]
            )
            row = cursor.fetchone()
        if row is None:
            raise self._model.DoesNotExist  # type: ignore[attr-defined]
        found = list(row)
        for place, (readers, expression) in words.readers.items():
            for read in readers:
                found[place] = read(found[place], expression, connection)
        return {
            name: [_made(part, values) for values in found[place] or ()]
            for place, (name, part) in enumerate(words.parts.items())
        }

    def _made_of(self, stand_ins: dict[str, UUID | date]) -> _Words:
        parts = self._build(**{name: value for name, value in stand_ins.items() if name != "anchor"})
        compiler = _asked(self._model, stand_ins["anchor"], parts).query.get_compiler(self._model._base_manager.db)
        sql, values = compiler.as_sql()
        assert set(stand_ins.values()) <= {one for one in values if isinstance(one, UUID | date)}
        return _Words(sql, tuple(values), compiler.get_converters(one[0] for one in compiler.select), parts)


def _stand_in(place: int, value: UUID | date) -> UUID | date:
    """What holds the place of an identity or a day: nobody's own, and a day before all others."""
    return date.min + timedelta(place) if isinstance(value, date) else uuid5(NAMESPACE_OID, f"sagsgang {place}")


def place(owners: Iterable[models.Model], name: str, rows: Iterable[Any], by: str) -> None:
    """Lay the rows where `owner.<name>.all()` finds them, as a prefetch does; `by` is their foreign key ("item")."""
    key, held = f"{by}_id", dict[Any, list[Any]]()
    for row in rows:
        held.setdefault(getattr(row, key), []).append(row)
    for owner in owners:
        here = held.get(owner.pk, [])
        for row in here:
            setattr(row, by, owner)
        known: QuerySet[Any] = getattr(owner, name).all()
        known._result_cache = here
        known._prefetch_done = True  # type: ignore[attr-defined]
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known


def _object(part: Part) -> JSONObject:
    told = {name: F(name) for name in part.rows.query.annotation_select}
    return JSONObject(**_columns(part.rows.model, _tree(part.related), only=part.only), **told)


def _columns(
    model: type[models.Model], tree: Tree, prefix: str = "", only: tuple[str, ...] = ()
) -> dict[str, F | JSONObject]:
    columns: dict[str, F | JSONObject] = {name: F(f"{prefix}{name}") for name, _ in _fields(model, only)}
    for name, deeper in tree.items():
        columns[name] = JSONObject(**_columns(_target(model, name), deeper, f"{prefix}{name}__"))
    return columns


def _made(part: Part, values: dict[str, Any]) -> models.Model:
    made = _row(part.rows.model, _tree(part.related), values, part.only)
    for name in part.rows.query.annotation_select:
        setattr(made, name, values[name])
    return made


def _row(model: type[models.Model], tree: Tree, values: dict[str, Any], only: tuple[str, ...] = ()) -> models.Model:
    fields = _fields(model, only)
    row = model.from_db(
        "default",
        [name for name, _ in fields],
        [values[name] if read is None or values[name] is None else read(values[name]) for name, read in fields],
    )
    for name, deeper in tree.items():
        is_there = getattr(row, f"{name}_id") is not None
        setattr(row, name, _row(_target(model, name), deeper, values[name]) if is_there else None)
    return row


@cache
def _fields(model: type[models.Model], only: tuple[str, ...] = ()) -> tuple[tuple[str, Convert | None], ...]:
    """The columns of a model by their attribute, each with what reads it from JSON (None = as it is)."""
    return tuple(
        (field.attname, None if isinstance(field, _PLAIN) else field.to_python)
        for field in model._meta.concrete_fields
        if not only or field.attname in only
    )


def _target(model: type[models.Model], name: str) -> type[models.Model]:
    target = model._meta.get_field(name).related_model
    assert isinstance(target, type)
    return target


def _tree(paths: Iterable[str]) -> Tree:
    tree: Tree = {}
    for path in paths:
        deeper = tree
        for name in path.split("__"):
            deeper = deeper.setdefault(name, {})
    return tree
