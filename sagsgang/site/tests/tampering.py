"""What somebody with all rights may do to one row behind the triggers' back: change it, add one, take one away."""

import json
import random
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction

type Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A chained table, with the column that is its key, the one that numbers (or ''), and those that hold hashes."""

    name: str
    key: str
    number: str
    hashes: tuple[str, ...]


TABLES = (
    Table("core_auditentry", "id", "number", ("previous", "sha256")),
    Table("protocols_protocolentry", "id", "number", ("previous", "sha256")),
    Table("pub.release", "id", "number", ("previous", "sha256", "seal")),
    Table("publication_releaserecord", "release_id", "", ("sha256", "seal")),
    Table("publication_withdrawal", "release_id", "", ("seal",)),
    Table("pub.figures", "id", "number", ("previous", "sha256", "seal")),
    Table("publication_figuresrecord", "release_id", "", ("sha256", "seal")),
    Table("publication_figureswithdrawal", "release_id", "", ("seal",)),
)


def rows_of(table: Table) -> list[Columns]:
    """Every row, as JSON values."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(one)::text FROM {table.name} AS one ORDER BY {table.key}")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def columns_of(table: Table) -> dict[str, str]:
    """The type of each column."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, atttypid::regtype::text FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table.name],
        )
        return dict(cursor.fetchall())


@contextmanager
def as_superuser() -> Iterator[None]:
    """Triggers and foreign keys are off inside."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def tamper(table: Table, dice: random.Random) -> str:
    """Do one thing to one row that really changes the table; answers what it was. The database may refuse some."""
    acts: list[Callable[[Table, random.Random], str]] = [insert_one]
    if rows_of(table):
        acts += [update_one, update_one, delete_one]
    while True:
        before = rows_of(table)
        try:
            with transaction.atomic(), as_superuser():
                said = dice.choice(acts)(table, dice)
        except (IntegrityError, DataError):
            continue
        if rows_of(table) != before:
            return f"{table.name}: {said}"


def update_one(table: Table, dice: random.Random) -> str:
    """Other values in one to three columns of a row: any row, or the last of its chain."""
    rows = rows_of(table)
    row = dice.choice(rows)
    names = dice.sample(sorted(row), dice.choice((1, 1, 1, 2, 3)))
    types = columns_of(table)
    for name in names:
        write_column(
            table, row[table.key], name, other_value(row[name], types[name], [one[name] for one in rows], dice)
        )
        if name == table.key:
            break
    return f"UPDATE {names} of {row[table.key]}"


def write_column(table: Table, key: str, name: str, value: Any) -> None:
    """One UPDATE of one column."""
    value = json.dumps(value) if isinstance(value, dict | list) else value
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table.name} SET {name} = %s WHERE {table.key} = %s", [value, key])


def insert_one(table: Table, dice: random.Random) -> str:
    """A copy of a row under another key, or a row out of nothing; its hashes random, copied or another row's."""
    rows, types = rows_of(table), columns_of(table)
    row = dict(dice.choice(rows)) if rows else {name: out_of_nothing(kind, dice) for name, kind in types.items()}
    row[table.key] = str(uuid.UUID(int=dice.getrandbits(128), version=4))
    last = max([one.get(table.number, 0) for one in rows], default=0)
    if table.number:
        row[table.number] = dice.choice((last + 1, row[table.number], row[table.number] + 1, dice.randint(0, last + 3)))
    for name in dice.sample(sorted(set(types) - {table.key, table.number, *table.hashes}), dice.choice((0, 0, 1, 2))):
        row[name] = other_value(row[name], types[name], [one[name] for one in rows], dice)
    for name in table.hashes:
        stale = dice.choice(rows)[dice.choice(table.hashes)] if rows else ""
        row[name] = dice.choice((row[name], stale, f"{dice.getrandbits(256):064x}"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table.name} SELECT * FROM jsonb_populate_record(NULL::{table.name}, %s)", [json.dumps(row)]
        )
    return f"INSERT {row[table.key]}"


def delete_one(table: Table, dice: random.Random) -> str:
    """Any row: the first, one in the middle, the last, the only one."""
    key = dice.choice(rows_of(table))[table.key]
    delete_row(table, key)
    return f"DELETE {key}"


def delete_row(table: Table, key: str) -> None:
    """One DELETE."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table.name} WHERE {table.key} = %s", [key])


def other_value(value: Any, kind: str, others: list[Any], dice: random.Random) -> Any:
    """Something else of the same type: sometimes what another row holds, sometimes one digit or letter away."""
    other = dice.choice(others) if others else None
    if others and other != value and dice.random() < 0.3:
        return other
    match kind:
        case "uuid":
            return str(uuid.UUID(int=dice.getrandbits(128), version=4))
        case "integer":
            return dice.choice((value + 1, max(0, value - 1), dice.randint(0, 40)))
        case "timestamp with time zone":
            moved = timedelta(microseconds=dice.choice((1, -1, 10**6, -3600 * 10**6, dice.randint(-(10**13), 10**13))))
            return (datetime.fromisoformat(value) + moved).isoformat() if value else "2026-01-01T00:00:00+00:00"
        case "date":
            return (date.fromisoformat(value) + timedelta(days=dice.choice((1, -1, 365)))).isoformat()
        case "jsonb":
            return dice.choice(({"n": dice.randint(0, 9)}, [], {"n": 1.0}, [value], {}))
        case _:
            text = value or ""
            place = dice.randrange(len(text) + 1)
            return dice.choice(
                (text[:place] + dice.choice("a0ø|") + text[place:], text[:place] + text[place + 1 :], "")
            )


def out_of_nothing(kind: str, dice: random.Random) -> Any:
    """A value for a row that has no model to copy."""
    if kind == "integer":
        return 1
    if kind == "timestamp with time zone":
        return "2026-01-01T00:00:00+00:00"
    if kind == "date":
        return "2026-01-01"
    if kind == "jsonb":
        return {}
    # What the database demands of the row as a whole is met by chance.
    return other_value("", kind, [], dice) if kind == "uuid" or dice.random() < 0.7 else None
