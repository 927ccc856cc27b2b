"""Words that follow each other, in the index of words: a phrase is found without unpacking every entry that has its words."""

from django.db import migrations

# Each word with the one before it and the places between them, as one of 131,072 numbers: enough to leave few entries to
# look into, and an index that stays small. Words that are not searched (og, i, på) are places between.
PAIRS_SQL = r"""
CREATE FUNCTION pub.pairs(words tsvector) RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
  SELECT coalesce(array_agg((hashtextextended(former || ' ' || (place - before) || ' ' || lexeme, 0) & 131071)::int), '{}')
  FROM (
    SELECT lexeme, place, lag(lexeme) OVER by_place AS former, lag(place) OVER by_place AS before
    FROM unnest(words) AS word, unnest(word.positions) AS place WINDOW by_place AS (ORDER BY place)
  ) AS following WHERE before IS NOT NULL
$$;
DROP INDEX pub.pub_search_vector;
CREATE INDEX pub_search_vector ON pub.search_entry
  USING gin (vector, pub.pairs(vector), held_on, year, body_id, kind) WITH (fastupdate = off);
-- The shares of single pairs are not worth the reading of every entry.
ALTER INDEX pub.pub_search_vector ALTER COLUMN 2 SET STATISTICS 0;
"""
PAIRS_GONE_SQL = """
DROP INDEX pub.pub_search_vector;
CREATE INDEX pub_search_vector ON pub.search_entry USING gin (vector, held_on, year, body_id, kind) WITH (fastupdate = off);
DROP FUNCTION pub.pairs(tsvector);
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0012_figures")]

    operations = [migrations.RunSQL(PAIRS_SQL, PAIRS_GONE_SQL)]
