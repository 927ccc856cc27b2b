"""What is searched: entries with their vectors, the words that are counted, and the mark that both move."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# A word is found by its stem. Signs that PostgreSQL would read a path, an address or a number over part words, here as
# in a query (`indexing.words.PARTING`). Weights: A title, B decision and recommendation, C text, D parts of compounds.
# Without the finer statistics "a rare word, newest first" takes seconds where it should take milliseconds.
VECTOR_SQL = r"""
CREATE FUNCTION pub.stems(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('pg_catalog.danish'::regconfig,
                     translate(words, E'/@_:.,;–—\'’\\|<>=&*()!+#§-', '                          '))
$$;
ALTER TABLE pub.search_entry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
  setweight(pub.stems(title), 'A') || setweight(pub.stems(strong), 'B') || setweight(pub.stems(text), 'C')
  || setweight(pub.stems(parts), 'D')) STORED;
ALTER TABLE pub.search_entry ALTER COLUMN vector SET STATISTICS 2000;
-- Only what is chosen and ordered by stays in the row: a common word leads to a few thousand pages, not a hundred thousand.
ALTER TABLE pub.search_entry SET (toast_tuple_target = 128);
ALTER TABLE pub.search_entry ALTER COLUMN title SET STORAGE MAIN, ALTER COLUMN vector SET STORAGE EXTERNAL;
-- Words and choices in one index: what a word and a day, a year or a body have in common is found without the rest.
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA pub;
CREATE INDEX pub_search_vector ON pub.search_entry USING gin (vector, held_on, year, body_id, kind) WITH (fastupdate = off);
-- For the titles that are offered: without it each entry that has the words anywhere must be unpacked.
CREATE INDEX pub_search_title ON pub.search_entry USING gin (
  to_tsvector('pg_catalog.danish'::regconfig,
              translate(title, E'/@_:.,;–—\'’\\|<>=&*()!+#§-', '                         ')), held_on
) WITH (fastupdate = off) WHERE kind = 'item';
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA pub;
CREATE INDEX pub_word_similar ON pub.word USING gin (word pub.gin_trgm_ops);
CREATE INDEX pub_word_begins ON pub.word (word text_pattern_ops);
"""
VECTOR_GONE_SQL = """
DROP INDEX pub.pub_word_similar;
DROP EXTENSION pg_trgm;
ALTER TABLE pub.search_entry DROP COLUMN vector;
DROP INDEX pub.pub_search_title;
DROP EXTENSION btree_gin;
DROP FUNCTION pub.stems(text);
"""

# The words follow their entries in the same statement, whoever deletes them. The row of the mark is taken first, so
# that two releases wait for each other and never lock the same words in two orders.
COUNT_SQL = """
CREATE FUNCTION pub.count_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO pub.search_state AS mark (authority, version) SELECT DISTINCT authority, 1 FROM entries ORDER BY 1
    ON CONFLICT (authority) DO UPDATE SET version = mark.version + 1;
  IF TG_OP = 'INSERT' THEN
    INSERT INTO pub.word AS known (authority, word, entries)
      SELECT authority, word, count(*) FROM entries, unnest(words) AS word GROUP BY 1, 2
      ON CONFLICT (authority, word) DO UPDATE SET entries = known.entries + excluded.entries;
  ELSE
    WITH gone AS (SELECT authority, word, count(*) AS times FROM entries, unnest(words) AS word GROUP BY 1, 2),
         ended AS (DELETE FROM pub.word AS known USING gone
                   WHERE (known.authority, known.word) = (gone.authority, gone.word) AND known.entries <= gone.times)
    UPDATE pub.word AS known SET entries = known.entries - gone.times FROM gone
    WHERE (known.authority, known.word) = (gone.authority, gone.word) AND known.entries > gone.times;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION pub.refuse_entry_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'an entry of the search is made and deleted, never changed' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER count_new_words AFTER INSERT ON pub.search_entry REFERENCING NEW TABLE AS entries
  FOR EACH STATEMENT EXECUTE FUNCTION pub.count_words();
CREATE TRIGGER count_gone_words AFTER DELETE ON pub.search_entry REFERENCING OLD TABLE AS entries
  FOR EACH STATEMENT EXECUTE FUNCTION pub.count_words();
CREATE TRIGGER refuse_entry_change BEFORE UPDATE ON pub.search_entry
  FOR EACH ROW EXECUTE FUNCTION pub.refuse_entry_change();
"""
COUNT_GONE_SQL = "DROP FUNCTION pub.count_words() CASCADE; DROP FUNCTION pub.refuse_entry_change() CASCADE"
KINDS = [("item", "Items"), ("decision", "Decisions"), ("file", "Attachments")]


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_prints")]

    operations = [
        migrations.CreateModel(
            name="ReadFile",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("text_sha256", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="SearchState",
            fields=[
                ("authority", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
            ],
            options={"db_table": 'pub"."search_state'},
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "authority", "word", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("word", models.TextField()),
                ("entries", models.IntegerField()),
            ],
            options={"db_table": 'pub"."word'},
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("authority", models.CharField(max_length=200)),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("held_on", models.DateField()),
                ("year", models.PositiveSmallIntegerField()),
                ("state", models.CharField(max_length=10)),
                ("position", models.PositiveIntegerField()),
                ("title", models.CharField(blank=True, max_length=1000)),
                ("strong", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                ("parts", models.TextField(blank=True)),
                ("words", django.contrib.postgres.fields.ArrayField(base_field=models.TextField())),
                ("first_page", models.PositiveIntegerField(null=True)),
                (
                    "body",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publication.publicbody",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="publication.publicmeeting",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="publication.publicitem",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entries",
                        to="publication.publicfile",
                    ),
                ),
            ],
            options={
                "db_table": 'pub"."search_entry',
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("held_on"), descending=True),
                        models.F("meeting"),
                        models.F("position"),
                        models.F("id"),
                        name="pub_search_newest",
                    ),
                ],
            },
        ),
        migrations.RunSQL(VECTOR_SQL, VECTOR_GONE_SQL),
        migrations.RunSQL(COUNT_SQL, COUNT_GONE_SQL),
    ]
