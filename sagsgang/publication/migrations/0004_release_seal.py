"""A release carries a seal over every column that never changes, chained for each body; records hang on that seal."""

from django.db import migrations, models

from sagsgang.core.chains.tables import moment_sql, seal_sql


def release(before: str, row: str) -> str:
    columns = ("id", "authority", "body_id", "meeting_id", "number", "kind", "sha256", "previous")
    return seal_sql(before, *(f"{row}.{name}" for name in columns), moment_sql(f"{row}.released_at"))


def record(before: str, row: str) -> str:
    columns = ("release_id", "meeting_id", "prepared_by_id", "released_by_id", "gate", "sha256", "document")
    return seal_sql(before, *(f"{row}.{name}" for name in columns), moment_sql(f"{row}.at"))


def withdrawal(before: str, row: str) -> str:
    columns = ("release_id", "withdrawn_by_id", "reason")
    return seal_sql(before, *(f"{row}.{name}" for name in columns), moment_sql(f"{row}.at"))


RELEASE_SQL = f"""
CREATE FUNCTION pub.seal_release() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('release ' || NEW.body_id, 0));
  SELECT number, sha256, seal INTO last FROM pub.release WHERE body_id = NEW.body_id ORDER BY number DESC LIMIT 1;
  IF NEW.number <> coalesce(last.number, 0) + 1 OR NEW.previous <> coalesce(last.sha256, '') THEN
    RAISE EXCEPTION 'a release is the next link of its chain: number % refused', NEW.number
        USING ERRCODE = 'restrict_violation';
  END IF;
  NEW.seal := {release("coalesce(last.seal, '')", "NEW")};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_release BEFORE INSERT ON pub.release FOR EACH ROW EXECUTE FUNCTION pub.seal_release();

CREATE OR REPLACE FUNCTION pub.guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'current' AND NEW.state <> 'current' AND NEW.document IS NULL
     AND (OLD.id, OLD.authority, OLD.body_id, OLD.meeting_id, OLD.number, OLD.kind, OLD.sha256, OLD.previous,
          OLD.released_at, OLD.seal)
       = (NEW.id, NEW.authority, NEW.body_id, NEW.meeting_id, NEW.number, NEW.kind, NEW.sha256, NEW.previous,
          NEW.released_at, NEW.seal) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a release can only be ended: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
"""

RECORDS_SQL = f"""
CREATE FUNCTION seal_release_record() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := (SELECT seal FROM pub.release WHERE id = NEW.release_id);
BEGIN
  NEW.seal := {record("coalesce(before, '')", "NEW")};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_release_record BEFORE INSERT ON publication_releaserecord
    FOR EACH ROW EXECUTE FUNCTION seal_release_record();

CREATE FUNCTION seal_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before text := (SELECT seal FROM pub.release WHERE id = NEW.release_id);
BEGIN
  NEW.seal := {withdrawal("coalesce(before, '')", "NEW")};
  RETURN NEW;
END $$;
CREATE TRIGGER seal_withdrawal BEFORE INSERT ON publication_withdrawal
    FOR EACH ROW EXECUTE FUNCTION seal_withdrawal();
"""

# What was there before is sealed as it stands; a withdrawal and the end that it made now carry one and the same time.
SEAL_WHAT_IS_THERE_SQL = f"""
ALTER TABLE pub.release DISABLE TRIGGER USER;
ALTER TABLE publication_releaserecord DISABLE TRIGGER USER;
ALTER TABLE publication_withdrawal DISABLE TRIGGER USER;
DO $$
DECLARE
  link pub.release;
  body uuid;
  before text;
BEGIN
  FOR link IN SELECT * FROM pub.release ORDER BY body_id, number LOOP
    IF link.body_id IS DISTINCT FROM body THEN
      body := link.body_id; before := '';
    END IF;
    before := {release("before", "link")};
    UPDATE pub.release SET seal = before WHERE id = link.id;
  END LOOP;
END $$;
UPDATE pub.release SET ended_at = taken.at FROM publication_withdrawal AS taken WHERE taken.release_id = release.id;
UPDATE publication_releaserecord AS link SET seal = {record("coalesce(release.seal, '')", "link")}
    FROM pub.release WHERE release.id = link.release_id;
UPDATE publication_withdrawal AS link SET seal = {withdrawal("coalesce(release.seal, '')", "link")}
    FROM pub.release WHERE release.id = link.release_id;
ALTER TABLE pub.release ENABLE TRIGGER USER;
ALTER TABLE publication_releaserecord ENABLE TRIGGER USER;
ALTER TABLE publication_withdrawal ENABLE TRIGGER USER;
"""


def seal_field() -> models.CharField:
    return models.CharField(default="", editable=False, max_length=64)


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_preparation"), ("core", "0004_audit_chain_covers_id")]

    operations = [
        migrations.AddField("release", "seal", seal_field()),
        migrations.AddField("releaserecord", "seal", seal_field()),
        migrations.AddField("withdrawal", "seal", seal_field()),
        migrations.RunSQL(RELEASE_SQL),
        migrations.RunSQL(RECORDS_SQL),
        migrations.RunSQL(SEAL_WHAT_IS_THERE_SQL),
    ]
