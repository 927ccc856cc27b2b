"""Search under load: `python -m bench.search [--items 20000]`, in a folder and a database of its own.

Rows are written straight into `pub`: items, each with a decision, every second with a page or some of attachment, whose
words come by their ranks (Zipf) from the Danish list. Then each class of question is asked 60 times by the portal's own
role, with other words each time; the answer is the page's whole work but the template.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import accumulate
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

import django
import psycopg

from sagsgang.publication.indexing.compounds import parts_of
from sagsgang.publication.indexing.word_list import word_list
from sagsgang.site.installation import DATABASE, database_at_hand, home
from sagsgang.site.postgres import running

ASKED = 60  # questions of each class
AUTHORITY = "Egekøbing Kommune"
WORDS = 40_000
# As in migration 0007: one index over all rows is made sooner than kept while millions of words come in.
INDEX = "CREATE INDEX pub_search_vector ON pub.search_entry USING gin (vector) WITH (fastupdate = off)"
_random = random.Random(5)
COLUMNS = [
    "id",
    "authority",
    "kind",
    "body_id",
    "meeting_id",
    "item_id",
    "file_id",
    "held_on",
    "year",
    "state",
    "position",
    "title",
    "strong",
    "text",
    "parts",
    "words",
    "first_page",
]


def vocabulary() -> list[str]:
    """Words of the Danish list, the commonest first by a rank of chance."""
    words = [line.split(b"\t")[0].decode() for line in word_list()._lines.splitlines()]
    return _random.sample([word for word in words if 4 <= len(word) <= 16], WORDS)


def row(name: str, value: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"| {name} | {value} |\n")
    sys.stdout.flush()


class World:
    """The rows of a municipality."""

    def __init__(self, items: int) -> None:
        self.items = items
        self.words = vocabulary()
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(1, WORDS + 1)))
        self.bodies = [uuid4() for _ in range(12)]

    def text(self, length: int) -> list[str]:
        """So many words by their ranks."""
        return _random.choices(self.words, cum_weights=self._weights, k=length)

    def meetings(self) -> Iterator[tuple[UUID, UUID, date]]:
        """(meeting, body, day), 20 items each, over 18 years."""
        for number in range(-(-self.items // 20)):
            yield (
                uuid4(),
                self.bodies[number % 12],
                date(2008, 1, 1) + timedelta(days=number * 6570 // (self.items // 20)),
            )

    def fill(self, connection: Any) -> None:
        """Write it all, a few hundred meetings at a time."""
        now = datetime.now(UTC)
        meetings = list(self.meetings())
        copy(
            connection, "body", ["id", "authority", "name", "code", "slug", "version", "changed_at"],
            [(pk, AUTHORITY, f"Udvalg {n}", "", f"udvalg-{n}", uuid4(), now) for n, pk in enumerate(self.bodies)],
        )  # fmt: skip
        for at in range(0, len(meetings), 100):
            self._some(connection, meetings[at : at + 100], now, at)

    def _some(self, connection: Any, meetings: list[tuple[UUID, UUID, date]], now: datetime, at: int) -> None:
        releases, shown, items, files, entries = [], [], [], [], []
        for number, (pk, body, day) in enumerate(meetings, start=at):
            release = uuid4()
            releases.append(
                (release, AUTHORITY, body, pk, number, "minutes", "current", f"{number:064}", "", "", "{}", now)
            )
            shown.append(
                (pk, AUTHORITY, body, release, "current", "minutes", day, "", "", "moede", "[]", 0, "", uuid4(), now)
            )
            for position in range(1, 21):
                item, file = uuid4(), uuid4()
                title = " ".join(self.text(6)).capitalize()
                items.append((item, AUTHORITY, pk, position, str(position), title, "sag", "open", "{}"))
                rest = (body, pk, item, None, day, day.year, "minutes", position * 1000)
                entries.append(entry("item", rest, title, self.text(30), self.text(150), None))
                entries.append(entry("decision", rest, title, self.text(20), [], None))
                if position % 2:
                    files.append((file, AUTHORITY, item, 1, title, "bilag.pdf", f"{number:064}", 1, "application/pdf"))
                    entries.append(entry("file", (*rest[:3], file, *rest[4:]), title, [], self.text(600), 1))
        tables: dict[str, tuple[list[tuple[Any, ...]], str]] = {
            "release": (releases, "id authority body_id meeting_id number kind state sha256 previous seal document released_at"),
            "meeting": (shown, "id authority body_id release_id state kind held_on place number slug record closed_items"
                        " pdf_sha256 version changed_at"),
            "item": (items, "id authority meeting_id position number title slug access content"),
            "file": (files, "id authority item_id position title name sha256 size media_type"),
        }  # fmt: skip
        # Past the guard of the chains, which is measured elsewhere; the triggers of the search are at work.
        connection.execute("SET session_replication_role = replica")
        for name, (rows, columns) in tables.items():
            copy(connection, name, columns.split(), rows)
        connection.execute("SET session_replication_role = origin")
        copy(connection, "search_entry", COLUMNS, entries)


def entry(
    kind: str, rest: tuple[Any, ...], title: str, strong: list[str], text: list[str], page: int | None
) -> tuple[Any, ...]:
    """A row as the release writes it."""
    words = sorted({*title.lower().split(), *strong, *text})
    parts = " ".join(sorted({part for word in words for part in parts_of(word)}))
    return (uuid4(), AUTHORITY, kind, *rest, title, " ".join(strong), " ".join(text), parts, words, page)


def copy(connection: Any, table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """COPY rows; what later columns demand is given by `defaults_of`."""
    extra = defaults_of(connection, table, columns)
    names = ", ".join(f'"{name}"' for name in (*columns, *extra))
    with connection.cursor() as cursor, cursor.copy(f"COPY pub.{table} ({names}) FROM STDIN") as target:
        for values in rows:
            target.write_row((*values, *extra.values()))
    connection.commit()


def defaults_of(connection: Any, table: str, columns: list[str]) -> dict[str, str]:
    """The columns of the table that must have a value and are none of ours."""
    found = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'pub' AND table_name = %s"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'",
        [table],
    ).fetchall()
    empty = {"jsonb": "[]", "integer": "0", "smallint": "0", "boolean": "f"}
    return {name: empty.get(kind, "") for name, kind in found if name not in columns}


def measured(name: str, work: Callable[[int], int]) -> None:
    """p50, p95 and how many were found, of `ASKED` questions."""
    clocks, counts = [], []
    for number in range(ASKED):
        start = time.perf_counter()
        counts.append(work(number))
        clocks.append(1000 * (time.perf_counter() - start))
    clocks.sort()
    p50, p95 = clocks[ASKED // 2], clocks[int(ASKED * 0.95)]
    row(name, f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, found {statistics.median(counts):.0f}")


def questions(world: World) -> None:
    """Each class of question, newest and best first, and what is offered."""
    searching = import_module("sagsgang.publication.queries.search")
    passages = import_module("sagsgang.publication.queries.passages")
    offering = import_module("sagsgang.publication.queries.offered")
    queries = import_module("sagsgang.publication.queries")

    def ask(asked: Any) -> int:
        with queries.snapshot():
            meaning = searching.meaning_of(asked.query)
            found = searching.search(asked)
            passages.passages(searching.entries(found.ids), meaning.stems)
        return int(found.total)

    words = world.words
    plain = searching.Search
    classes: dict[str, Callable[[int], Any]] = {
        "rare word": lambda n: plain(words[-1 - n]),
        "medium word": lambda n: plain(words[2000 + n]),
        "common word": lambda n: plain(words[n]),
        "two common words": lambda n: plain(f"{words[n]} {words[n + 1]}"),
        "common and rare": lambda n: plain(f"{words[n]} {words[20_000 + n]}"),
        "phrase": lambda n: plain(f'"{words[n]} {words[n + 3]}"'),
        "common, one body": lambda n: plain(words[n], body=world.bodies[n % 12]),
        "common, one year": lambda n: plain(words[n], year=2010 + n % 15),
        "common, body, year and kind": lambda n: plain(words[n], body=world.bodies[n % 12], year=2015, kind="file"),
        "common, page 40": lambda n: plain(words[n], page=40),
        "leave out a word": lambda n: plain(f"{words[n]} -{words[n + 1]}"),
    }
    for name, make in classes.items():
        measured(f"{name}, newest first", lambda n, make=make: ask(make(n)))  # type: ignore[misc]
        measured(f"{name}, best first", lambda n, make=make: ask(replace(make(n), order="best")))  # type: ignore[misc]
    measured("offered after three letters", lambda n: len(offering.offered(words[n][:3]).words))
    measured(
        "offered after a word and two letters", lambda n: len(offering.offered(f"{words[n]} {words[n + 9][:2]}").words)
    )
    measured("another spelling", lambda n: len(offering.meant(words[500 + n][:3] + "x" + words[500 + n][3:])))


def main() -> None:
    """Fill and ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=20_000)
    world = World(parser.parse_args().items)
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {"SAGSGANG_HOME": folder, "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
        with database_at_hand():
            django.setup()
            sys.stdout.write("| What | Measured |\n|---|---|\n")
            with running(home()) as server, psycopg.connect(server.conninfo(DATABASE)) as connection:
                start = time.perf_counter()
                connection.execute("DROP INDEX pub.pub_search_vector")
                world.fill(connection)
                connection.execute(INDEX)
                connection.commit()
                row(f"write {world.items} items with their words", f"{time.perf_counter() - start:.0f} s")
                connection.autocommit = True
                connection.execute("VACUUM ANALYZE pub.search_entry")
                connection.execute("VACUUM ANALYZE pub.word")
                sizes = "SELECT pg_size_pretty(pg_total_relation_size(%s)), pg_size_pretty(pg_relation_size(%s))"
                size = connection.execute(sizes, ["pub.search_entry", "pub.pub_search_vector"]).fetchone()
                assert size
                row("size of the entries, of their index", f"{size[0]}, {size[1]}")
            questions(world)


if __name__ == "__main__":
    main()
