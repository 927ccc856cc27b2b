"""Several lists of rows in one query: what a page reads of many small tables, asked for once.

Each list is a queryset that becomes one column of JSON; the rows are made from it again, with the annotations of the
queryset and the rows that their foreign keys name. What changes is the number of questions, not what is answered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
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
    columns = {
        f"list_of_{name}": ArraySubquery(part.rows.values(as_json=_object(part))) for name, part in parts.items()
    }
    found = type(anchor)._base_manager.filter(pk=anchor.pk).values(**columns).get()
    return {name: [_made(part, values) for values in found[f"list_of_{name}"] or ()] for name, part in parts.items()}


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
