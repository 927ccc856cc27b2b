"""The seal of an audit entry covers its id too, and no part of it can be taken for its neighbour.

Entries that hold by the old formula are sealed anew; a chain that does not hold keeps its old seals from there on, and
so stays broken for everybody to see.
"""

from django.db import migrations

from sagsgang.core.chains.tables import moment_sql, seal_sql


def sealed(before: str, row: str) -> str:
    columns = [f"{row}.{name}" for name in ("number", "id", "subject", "verb", "actor_id")]
    return seal_sql(before, *columns, moment_sql(f"{row}.at"), f"{row}.data")


CHAIN_SQL = f"""
CREATE OR REPLACE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  -- One writer a subject at a time: two acts on one row get two numbers, in the order of their commits.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject, 0));
  SELECT number, sha256 INTO last FROM core_auditentry WHERE subject = NEW.subject ORDER BY number DESC LIMIT 1;
  NEW.number := coalesce(last.number, 0) + 1;
  NEW.previous := coalesce(last.sha256, '');
  NEW.sha256 := {sealed("NEW.previous", "NEW")};
  RETURN NEW;
END $$;
"""

SEAL_ANEW_SQL = f"""
ALTER TABLE core_auditentry DISABLE TRIGGER USER;
DO $$
DECLARE
  entry core_auditentry;
  subject text := '';
  is_whole boolean;
  place integer;
  old_seal text;
  new_seal text;
BEGIN
  FOR entry IN SELECT * FROM core_auditentry ORDER BY core_auditentry.subject, number LOOP
    IF entry.subject <> subject THEN
      subject := entry.subject; is_whole := true; place := 0; old_seal := ''; new_seal := '';
    END IF;
    place := place + 1;
    is_whole := is_whole AND entry.number = place AND entry.previous = old_seal AND entry.sha256 = encode(sha256(
        convert_to(concat_ws('|', entry.previous, entry.number, entry.subject, entry.verb, entry.actor_id,
        entry.data::text, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex');
    CONTINUE WHEN NOT is_whole;
    old_seal := entry.sha256;
    entry.previous := new_seal;
    new_seal := {sealed("entry.previous", "entry")};
    UPDATE core_auditentry SET previous = entry.previous, sha256 = new_seal WHERE id = entry.id;
  END LOOP;
END $$;
ALTER TABLE core_auditentry ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0003_audit_chain")]

    operations = [migrations.RunSQL(CHAIN_SQL), migrations.RunSQL(SEAL_ANEW_SQL)]
