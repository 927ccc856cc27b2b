"""The chain of a body's protocols is numbered and hashed by the database, and only grows."""

from django.db import migrations

from sagsgang.core.append_only import append_only
from sagsgang.core.chains.tables import moment_sql, seal_sql

COLUMNS = ("number", "id", "body_id", "meeting_id", "kind", "person_id", "document", "entered_by_id")

CHAIN_SQL = f"""
CREATE FUNCTION protocol_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  -- One writer a body at a time: two signatures get two numbers, in the order of their commits.
  PERFORM pg_advisory_xact_lock(hashtextextended('protocol ' || NEW.body_id, 0));
  SELECT number, sha256 INTO last FROM protocols_protocolentry WHERE body_id = NEW.body_id
      ORDER BY number DESC LIMIT 1;
  NEW.number := coalesce(last.number, 0) + 1;
  NEW.previous := coalesce(last.sha256, '');
  NEW.sha256 := {seal_sql("NEW.previous", *(f"NEW.{name}" for name in COLUMNS), moment_sql("NEW.at"))};
  RETURN NEW;
END $$;
CREATE TRIGGER protocol_chain BEFORE INSERT ON protocols_protocolentry
    FOR EACH ROW EXECUTE FUNCTION protocol_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("protocols", "0001_initial"), ("core", "0004_audit_chain_covers_id")]

    operations = [
        migrations.RunSQL(
            CHAIN_SQL, "DROP TRIGGER protocol_chain ON protocols_protocolentry; DROP FUNCTION protocol_chain()"
        ),
        append_only("protocols_protocolentry"),
    ]
