"""The line of acts only grows; a closed poll takes no votes, and a secret one no names."""

from django.db import migrations

from sagsgang.core.append_only import append_only

GUARD_SQL = """
CREATE FUNCTION guard_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE poll record; ballot record;
BEGIN
  ballot := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  SELECT method, closed_at INTO poll FROM sittings_poll WHERE id = ballot.poll_id FOR SHARE;
  IF poll.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'ballot in a closed poll: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP <> 'DELETE' AND (
      (poll.method = 'roll_call' AND ballot.person_id IS NULL)
      OR (poll.method IN ('secret', 'show', 'none') AND (ballot.person_id IS NOT NULL OR ballot.party <> ''))) THEN
    RAISE EXCEPTION 'ballot does not fit the method %', poll.method USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN ballot;
END $$;
CREATE TRIGGER guard_ballot BEFORE INSERT OR UPDATE OR DELETE ON sittings_ballot
    FOR EACH ROW EXECUTE FUNCTION guard_ballot();

CREATE FUNCTION guard_poll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a poll is withdrawn, never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.item_id, NEW.method, NEW.opened_at) IS DISTINCT FROM (OLD.item_id, OLD.method, OLD.opened_at)
      OR (OLD.closed_at IS NOT NULL AND (NEW.closed_at, NEW.declared) IS DISTINCT FROM (OLD.closed_at, OLD.declared)) THEN
    RAISE EXCEPTION 'a poll keeps its item and method, and a closed one its result' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_poll BEFORE UPDATE OR DELETE ON sittings_poll FOR EACH ROW EXECUTE FUNCTION guard_poll();
"""


class Migration(migrations.Migration):
    dependencies = [("sittings", "0001_initial"), ("core", "0001_initial")]

    operations = [
        append_only("sittings_sittingact"),
        migrations.RunSQL(GUARD_SQL, "DROP FUNCTION guard_ballot() CASCADE; DROP FUNCTION guard_poll() CASCADE"),
    ]
