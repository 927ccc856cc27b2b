"""What a final protocol states stands fast: no new version of a decision of its meeting, whoever writes it (R38)."""

from django.db import migrations

GUARD_SQL = """
CREATE FUNCTION final_protocol_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM meetings_agendaitem item JOIN protocols_protocolentry entry ON entry.meeting_id = item.meeting_id
    WHERE item.id = NEW.item_id AND entry.kind = 'final'
  ) THEN
    RAISE EXCEPTION 'the protocol of the meeting is final: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER final_protocol_stands BEFORE INSERT ON meetings_decision
    FOR EACH ROW EXECUTE FUNCTION final_protocol_stands();
"""


class Migration(migrations.Migration):
    dependencies = [("protocols", "0003_prints"), ("meetings", "0007_append_only_agendas")]

    operations = [
        migrations.RunSQL(
            GUARD_SQL, "DROP TRIGGER final_protocol_stands ON meetings_decision; DROP FUNCTION final_protocol_stands()"
        ),
    ]
