"""One mark of everything that is public, moved by the database itself: the first question of every kept page."""

import uuid

from django.db import migrations, models

# In the transaction of the change: who reads the new mark reads the new rows, and nobody reads it before.
MOVES_SQL = """
CREATE FUNCTION pub.move_edition() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO pub.edition (id, version) VALUES (1, gen_random_uuid())
  ON CONFLICT (id) DO UPDATE SET version = excluded.version;
  RETURN NULL;
END $$;
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'pub' AND tablename <> 'edition' LOOP
    EXECUTE format('CREATE TRIGGER moves_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pub.%I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION pub.move_edition()', name);
  END LOOP;
END $$;
INSERT INTO pub.edition (id, version) VALUES (1, gen_random_uuid());
"""
STAYS_SQL = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'pub' LOOP
    EXECUTE format('DROP TRIGGER IF EXISTS moves_edition ON pub.%I', name);
  END LOOP;
END $$;
DROP FUNCTION pub.move_edition();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0010_gate")]

    operations = [
        migrations.CreateModel(
            name="PublicEdition",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField(default=uuid.uuid4)),
            ],
            options={
                "db_table": 'pub"."edition',
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="edition_one_row")],
            },
        ),
        migrations.RunSQL(MOVES_SQL, STAYS_SQL),
    ]
