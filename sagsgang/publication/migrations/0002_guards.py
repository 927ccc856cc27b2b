"""A release keeps its number and its hashes; only its words may be erased, and only by ending it."""

from django.db import migrations

from sagsgang.core.append_only import append_only

GUARD_SQL = """
CREATE FUNCTION pub.guard_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'current' AND NEW.state <> 'current' AND NEW.document IS NULL
     AND (OLD.id, OLD.authority, OLD.body_id, OLD.meeting_id, OLD.number, OLD.kind, OLD.sha256, OLD.previous,
          OLD.released_at)
       = (NEW.id, NEW.authority, NEW.body_id, NEW.meeting_id, NEW.number, NEW.kind, NEW.sha256, NEW.previous,
          NEW.released_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a release can only be ended: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guard_release BEFORE UPDATE OR DELETE ON pub.release
    FOR EACH ROW EXECUTE FUNCTION pub.guard_release();
CREATE TRIGGER guard_release_truncate BEFORE TRUNCATE ON pub.release
    FOR EACH STATEMENT EXECUTE FUNCTION pub.guard_release();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0001_initial"), ("core", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD_SQL, "DROP FUNCTION pub.guard_release() CASCADE"),
        append_only("publication_releaserecord"),
        append_only("publication_withdrawal"),
    ]
