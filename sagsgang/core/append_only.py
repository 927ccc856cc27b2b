"""SQL for migrations: tables that only grow, guarded in the database and not by good manners."""

from django.db.migrations.operations.special import RunSQL

REFUSE_FUNCTION_SQL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'append-only table %: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table` (a quoted or plain SQL name), whoever asks."""
    return RunSQL(
        f"""
        CREATE TRIGGER refuse_row_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
        """,
        f"""
        DROP TRIGGER refuse_row_change ON {table};
        DROP TRIGGER refuse_truncate ON {table};
        """,
    )
