"""The audit log is a chain for each subject, made and guarded by the database."""

from django.db import migrations

from sagsgang.core.append_only import append_only

CHAIN_SQL = """
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  -- One writer a subject at a time: two acts on one row get two numbers, in the order of their commits.
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject, 0));
  SELECT number, sha256 INTO last FROM core_auditentry WHERE subject = NEW.subject ORDER BY number DESC LIMIT 1;
  NEW.number := coalesce(last.number, 0) + 1;
  NEW.previous := coalesce(last.sha256, '');
  NEW.sha256 := encode(sha256(convert_to(concat_ws('|', NEW.previous, NEW.number, NEW.subject, NEW.verb,
      NEW.actor_id, NEW.data::text, to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')), 'UTF8')), 'hex');
  RETURN NEW;
END $$;
CREATE TRIGGER audit_chain BEFORE INSERT ON core_auditentry FOR EACH ROW EXECUTE FUNCTION audit_chain();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_initial")]

    operations = [
        migrations.RunSQL(CHAIN_SQL, "DROP TRIGGER audit_chain ON core_auditentry; DROP FUNCTION audit_chain()"),
        append_only("core_auditentry"),
    ]
