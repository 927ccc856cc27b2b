"""The wall's third layer, tried by connecting as the roles themselves."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from sagsgang.accounts.models import User
from sagsgang.core.models import AuditEntry, record
from sagsgang.site import provision
from tests.plugin import PASSWORD

# No right; where the schema itself is not seen, no such type or function; and what no SQL can call (type internal).
REFUSALS = {"42501", "42704", "42883", "42846"}


def connect(role: str) -> psycopg.Connection:
    facts = connection.settings_dict
    address = make_conninfo(host=facts["HOST"], port=facts["PORT"], dbname=facts["NAME"], user=role, password=PASSWORD)
    return psycopg.connect(address, autocommit=True)


@pytest.fixture
def portal(wall: None) -> Iterator[psycopg.Connection]:
    with connect(provision.PORTAL) as connected:
        yield connected


@pytest.fixture
def house(wall: None) -> Iterator[psycopg.Connection]:
    with connect(provision.HOUSE) as connected:
        yield connected


def tables(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", [schema])
        return [row[0] for row in cursor.fetchall()]


def first_column(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [f"pub.{table}"]
        )
        return str(cursor.fetchone()[0])


def refused(connected: psycopg.Connection, statement: str) -> str:
    with pytest.raises(psycopg.Error) as refusal:
        connected.execute(statement)
    return refusal.value.sqlstate or ""


def test_the_portal_reads_every_released_table(portal: psycopg.Connection) -> None:
    assert tables("pub") == [
        "body", "case", "edition", "figures", "figures_print", "file", "file_page", "item", "item_goal", "meeting", "member_line",
        "planned_meeting", "print", "release", "search_entry", "search_state", "word",
    ]  # fmt: skip
    for table in tables("pub"):
        assert portal.execute(f"SELECT count(*) FROM pub.{table}").fetchone() == (int(table == "edition"),)


def test_the_portal_reads_no_internal_table(portal: psycopg.Connection) -> None:
    internal = tables("public")

    assert "meetings_agendaitem" in internal and "publication_releaserecord" in internal
    assert {refused(portal, f'SELECT 1 FROM public."{table}"') for table in internal} == {"42501"}


def test_the_portal_writes_nothing(portal: psycopg.Connection) -> None:
    statements = [
        f"{verb} pub.{table} {rest}"
        for table in tables("pub")
        for verb, rest in (
            ("INSERT INTO", "DEFAULT VALUES"),
            ("DELETE FROM", ""),
            ("UPDATE", f"SET {first_column(table)} = DEFAULT"),
            ("TRUNCATE", ""),
        )
    ]
    portal.execute("SET default_transaction_read_only = off")

    assert {refused(portal, statement) for statement in statements} == {"42501"}


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE pub.mine (x int)",
        "CREATE TABLE public.mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "CREATE SCHEMA mine",
        "SET ROLE sagsgang_owner",
        "SET ROLE sagsgang_app",
        "SELECT public.danish_key('x')",
        "SELECT * FROM pg_catalog.pg_authid",
        "SELECT * FROM pg_catalog.pg_statistic",
        "SELECT pg_read_file('/etc/passwd')",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "ALTER TABLE pub.release DISABLE TRIGGER ALL",
    ],
)
def test_the_portal_finds_no_way_around(portal: psycopg.Connection, statement: str) -> None:
    portal.execute("SET default_transaction_read_only = off")

    assert refused(portal, statement) == "42501"


def test_the_portal_calls_the_functions_of_following_and_no_other(portal: psycopg.Connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, p.proname, p.oid::regprocedure::text,"
            " array(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t), p.proargmodes IS NOT NULL,"
            " has_function_privilege(%s, p.oid, 'EXECUTE')"
            " FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            " WHERE n.nspname IN ('public', 'pub') AND p.prokind IN ('f', 'p') ORDER BY 3",
            [provision.PORTAL],
        )
        functions = cursor.fetchall()
    portal.execute("SET default_transaction_read_only = off")

    allowed = sorted(full for _schema, _name, full, _args, _rows, may in functions if may)
    tried = {
        full: refused(portal, f'SELECT {schema}."{name}"({", ".join(f"(SELECT NULL::{arg})" for arg in args)})')
        for schema, name, full, args, _rows, may in functions
        if not may
    }

    assert allowed == sorted(function.replace(", ", ",") for function in provision.PORTAL_FUNCTIONS)
    assert len(tried) > 10
    assert {name: state for name, state in tried.items() if state not in REFUSALS} == {}


def test_the_portal_begins_read_only_and_patient_for_five_seconds(portal: psycopg.Connection) -> None:
    assert portal.execute("SHOW default_transaction_read_only").fetchone() == ("on",)
    assert portal.execute("SHOW statement_timeout").fetchone() == ("5s",)


@pytest.mark.parametrize("table", provision.APPEND_ONLY)
def test_the_house_cannot_change_what_only_grows(house: psycopg.Connection, table: str) -> None:
    assert refused(house, f"DELETE FROM {table}") == "42501"
    assert refused(house, f"TRUNCATE {table}") == "42501"


def test_not_even_the_owner_of_everything_changes_the_audit_log(wall: None) -> None:
    user = User.objects.create_user("sekretær")
    record(user, "try", user)

    with pytest.raises(Exception, match="append-only"):
        AuditEntry.objects.update(verb="other")
    with pytest.raises(Exception, match="append-only"):
        AuditEntry.objects.all().delete()


def test_the_audit_log_is_a_chain_for_each_subject(wall: None) -> None:
    user = User.objects.create_user("sekretær")
    for verb in ("one", "two"):
        record(user, verb, user)

    first, second = AuditEntry.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert (first.previous, second.previous) == ("", first.sha256)
    assert len(second.sha256) == 64


def test_the_portal_cannot_read_statistics_that_hold_sample_values(wall: None) -> None:
    with connect(provision.PORTAL) as connected:
        visible = connected.execute(
            "SELECT count(*) FROM information_schema.role_table_grants"
            " WHERE grantee = 'PUBLIC' AND table_name IN ('pg_stats', 'pg_stats_ext', 'pg_stats_ext_exprs')"
        ).fetchone()

    assert visible == (0,)
