"""`verify` finds every single row that was changed, added or taken away behind the triggers' back."""

import random

import pytest
from django.db import DataError, IntegrityError, connection

from sagsgang.site.heads import verify_chains
from sagsgang.site.tests.chained import make_chains, make_one_act, make_one_of_each
from sagsgang.site.tests.tampering import (
    TABLES,
    Table,
    as_superuser,
    columns_of,
    delete_row,
    other_value,
    rows_of,
    tamper,
    undone,
    write_column,
)

pytestmark = pytest.mark.django_db
each_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


@pytest.fixture
def chains(db: None) -> None:
    """A house whose heads were kept, as `verify` does when all is well."""
    make_chains()
    assert verify_chains().is_whole


def not_found(table: Table, times: int) -> list[str]:
    """What was done and not found, of so many random tamperings."""
    dice = random.Random(f"{table.name} 2026")
    missed = []
    for _ in range(times):
        with undone():
            what = tamper(table, dice)
            if verify_chains().is_whole:
                missed.append(what)
    return missed


@each_table
def test_thirty_random_tamperings_are_found(chains: None, table: Table) -> None:
    assert not_found(table, 30) == []
    assert verify_chains().is_whole


@pytest.mark.long
@pytest.mark.nightly
@each_table
def test_two_hundred_random_tamperings_are_found(chains: None, table: Table) -> None:
    assert not_found(table, 200) == []
    assert verify_chains().is_whole


@each_table
def test_no_column_is_left_out(chains: None, table: Table) -> None:
    dice = random.Random(1)

    missed = [name for name, kind in columns_of(table).items() if not is_found(table, name, kind, dice)]

    assert missed == []


def is_found(table: Table, name: str, kind: str, dice: random.Random) -> bool:
    """Change one column of one row, to the first value that the database takes."""
    row = rows_of(table)[0]
    while True:
        value = other_value(row[name], kind, [], dice)
        try:
            with undone():
                with as_superuser(), connection.cursor() as cursor:
                    # The one rule that no superuser's switch turns off, so that each column is tried by itself.
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("ALTER TABLE pub.release DROP CONSTRAINT release_current_has_words")
                    cursor.execute("ALTER TABLE pub.figures DROP CONSTRAINT figures_current_has_words")
                    write_column(table, row[table.key], name, value)
                if rows_of(table)[0] != row:
                    return not verify_chains().is_whole
        except (IntegrityError, DataError):
            continue


@each_table
def test_each_row_is_missed(chains: None, table: Table) -> None:
    missed = []
    for row in rows_of(table):
        with undone():
            with as_superuser():
                delete_row(table, row[table.key])
            if verify_chains().is_whole:
                missed.append(row)

    assert missed == []


@each_table
def test_an_empty_table_is_watched_too(db: None, table: Table) -> None:
    empty = verify_chains()

    assert rows_of(table) == []
    assert not_found(table, 10) == []
    assert empty.is_whole and verify_chains().is_whole


@each_table
def test_the_only_row_is_watched_too(db: None, table: Table) -> None:
    if table.name == "core_auditentry":
        make_one_act()
    else:
        make_one_of_each()
    alone = verify_chains()

    assert len(rows_of(table)) == 1
    assert not_found(table, 20) == []
    assert alone.is_whole and verify_chains().is_whole
