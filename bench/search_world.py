"""A municipality's released rows for the bench of the search: written straight into `pub` by COPY, and counted at the end.

Words come by their ranks (Zipf) from the Danish list, the same in every run. Of each item: 6 words of title, 30 of decision,
120 of text; every second has an attachment of 400 words; of each meeting as a whole 60. Triggers sleep meanwhile: the table of
words is filled once. The vectors are put together here of the stems that PostgreSQL has for each word of the list, since it
takes a quarter of an hour for the texts; `differing` compares some with its own.
"""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sagsgang.publication.indexing.compounds import parts_of
from sagsgang.publication.indexing.word_list import word_list

AUTHORITY = "Egekøbing Kommune"
WORDS = 40_000
DRAWN = 1_000_000  # the words by their shares, from which a text is drawn
FIRST, DAYS = date(2008, 1, 1), 6570
ENTRY_COLUMNS = "id authority kind body_id meeting_id item_id file_id held_on year state position title strong text parts words first_page vector"
COLUMNS = {
    "body": "id authority name code slug version changed_at",
    "release": "id authority body_id meeting_id number kind state sha256 previous seal document released_at",
    "meeting": "id authority body_id release_id state kind held_on place number slug record closed_items pdf_sha256"
    " version changed_at",
    "item": "id authority meeting_id position number title slug access content",
    "file": "id authority item_id position title name sha256 size media_type",
}
# As in migration 0013: an index over all rows is made sooner than kept while they come in.
INDEXES = {
    "pub_search_vector": "CREATE INDEX pub_search_vector ON pub.search_entry"
    " USING gin (vector, pub.pairs(vector), held_on, year, body_id, kind) WITH (fastupdate = off)",
}


class World:
    """The rows of a municipality. `words` has the commonest first."""

    def __init__(self, items: int) -> None:
        self.items = items
        self._random = random.Random(5)
        fitting = [word for word in word_list() if 4 <= len(word) <= 16]
        self.words = self._random.sample(fitting, WORDS)
        weights = [1 / (rank + 20) for rank in range(1, WORDS + 1)]
        self._drawn = self._random.choices(self.words, weights, k=DRAWN)
        self.bodies = [self._id() for _ in range(12)]
        self._counts: Counter[str] = Counter()
        self._parts: dict[str, tuple[str, ...]] = {}
        self._stems: dict[str, str] = {}

    def fill(self, connection: Any) -> None:
        """Write it all in one transaction, past triggers and the index of the words."""
        self._parts = {word: parts for word in self.words if (parts := parts_of(word))}
        known = {*self.words, *(part for parts in self._parts.values() for part in parts)}
        stems = "SELECT word, lexeme[1] FROM unnest(%s::text[]) AS word, ts_lexize('pg_catalog.danish_stem', word) AS lexeme"
        self._stems = {word: stem for word, stem in connection.execute(stems, [list(known)]) if stem}
        now = datetime.now(UTC)
        meetings = list(self._meetings())
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("ALTER TABLE pub.search_entry ALTER COLUMN vector DROP EXPRESSION IF EXISTS")
        for name in INDEXES:
            connection.execute(f"DROP INDEX pub.{name}")
        bodies = [
            (pk, AUTHORITY, f"Udvalg {n}", "", f"udvalg-{n}", self._id(), now) for n, pk in enumerate(self.bodies)
        ]
        copy(connection, "body", COLUMNS["body"], bodies)
        self._frame(connection, meetings, now)
        copy(connection, "search_entry", ENTRY_COLUMNS, self._entries(meetings))
        copy(connection, "word", "authority word entries", ((AUTHORITY, *pair) for pair in self._counts.items()))
        connection.execute("INSERT INTO pub.search_state VALUES (%s, 1)", [AUTHORITY])
        for statement in INDEXES.values():
            connection.execute(statement)
        connection.execute("SET session_replication_role = origin")
        connection.commit()

    def differing(self, connection: Any) -> int:
        """Of 200 entries those whose vector is not what the database would have made."""
        wrong = """
            SELECT count(*) FROM (SELECT * FROM pub.search_entry ORDER BY id LIMIT 200) AS entry
            WHERE vector <> setweight(pub.stems(title), 'A') || setweight(pub.stems(strong), 'B')
              || setweight(pub.stems(text), 'C') || setweight(pub.stems(parts), 'D')
        """
        return int(connection.execute(wrong).fetchone()[0])

    def _id(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _draw(self, length: int) -> list[str]:
        drawn, any_of = self._drawn, self._random.random
        return [drawn[int(any_of() * DRAWN)] for _ in range(length)]

    def _meetings(self) -> Iterator[tuple[UUID, UUID, date, list[tuple[UUID, str, UUID | None]]]]:
        """(meeting, body, day, items of (id, title, file or None)), 20 items each, over 18 years."""
        number_of = -(-self.items // 20)
        for number in range(number_of):
            items = [
                (self._id(), " ".join(self._draw(6)).capitalize(), self._id() if position % 2 else None)
                for position in range(20)
            ]
            yield self._id(), self.bodies[number % 12], FIRST + timedelta(days=number * DAYS // number_of), items

    def _frame(self, connection: Any, meetings: list[Any], now: datetime) -> None:
        """The rows that the entries lead to."""
        releases, shown, items, files = [], [], [], []
        for number, (pk, body, day, parts) in enumerate(meetings):
            sha256, release = f"{number:064}", self._id()
            releases.append((release, AUTHORITY, body, pk, number, "minutes", "current", sha256, "", "", "{}", now))
            shown.append(
                (pk, AUTHORITY, body, release, "current", "minutes", day, "", "", "moede", "[]", 0, "", self._id(), now)
            )
            for position, (item, title, file) in enumerate(parts, start=1):
                items.append((item, AUTHORITY, pk, position, str(position), title, "sag", "open", "{}"))
                if file:
                    files.append((file, AUTHORITY, item, 1, title, "bilag.pdf", sha256, 1, "application/pdf"))
        for name, rows in (("release", releases), ("meeting", shown), ("item", items), ("file", files)):
            copy(connection, name, COLUMNS[name], rows)

    def _entries(self, meetings: list[Any]) -> Iterator[tuple[object, ...]]:
        for pk, body, day, items in meetings:
            whole = (body, pk, None, None, day, day.year, "minutes", 0)
            yield self._entry("meeting", whole, " ".join(self._draw(4)).capitalize(), [], self._draw(60), None)
            for position, (item, title, file) in enumerate(items, start=1):
                rest = (body, pk, item, None, day, day.year, "minutes", position * 1000)
                strong = self._draw(30)
                yield self._entry("item", rest, title, strong, self._draw(120), None)
                yield self._entry("decision", rest, title, strong, [], None)
                if file:
                    yield self._entry("file", (*rest[:3], file, *rest[4:]), title, [], self._draw(400), 1)

    def _entry(
        self, kind: str, rest: tuple[object, ...], title: str, strong: list[str], text: list[str], page: int | None
    ) -> tuple[object, ...]:
        """A row as the release writes it."""
        names = title.lower().split()
        words = {*names, *strong, *text}
        self._counts.update(words)
        parts = sorted({part for word in words & self._parts.keys() for part in self._parts[word]})
        counted = "{" + ",".join(sorted(words)) + "}"
        texts = (title, " ".join(strong), " ".join(text), " ".join(parts), counted)
        vector = self._vector((names, "A"), (strong, "B"), (text, "C"), (parts, ""))
        return (self._id(), AUTHORITY, kind, *rest, *texts, page, vector)

    def _vector(self, *texts: tuple[list[str], str]) -> str:
        """The words' stems with places and weights; weight D is written as none."""
        places: dict[str, list[str]] = {}
        last = 0
        for words, weight in texts:
            highest = 0
            for place, word in enumerate(words, start=1):
                if stem := self._stems.get(word):
                    places.setdefault(stem, []).append(f"{last + place}{weight}")
                    highest = place
            last += highest
        return " ".join([f"{stem}:{','.join(found)}" for stem, found in places.items()])


def copy(connection: Any, table: str, columns: str, rows: Any) -> None:
    """COPY rows of values without tabs, line breaks or backslashes into a table, with empty values for the other columns."""
    extra = _defaults(connection, table, columns.split())
    names = ", ".join(f'"{name}"' for name in (*columns.split(), *extra))
    tail = "".join(f"\t{value}" for value in extra.values()) + "\n"
    with connection.cursor() as cursor, cursor.copy(f"COPY pub.{table} ({names}) FROM STDIN") as target:
        for values in rows:
            target.write("\t".join(["\\N" if value is None else str(value) for value in values]) + tail)


def _defaults(connection: Any, table: str, columns: list[str]) -> dict[str, str]:
    """The columns of the table that must have a value and are none of ours."""
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'pub' AND table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'",
        [table],
    ).fetchall()
    empty = {"jsonb": "[]", "integer": "0", "smallint": "0", "boolean": "f"}
    return {name: empty.get(kind, "") for name, kind in found if name not in columns}
