"""Search under load: `python -m bench.search [--items 200000] [--home FOLDER]`, in a folder and a database of its own.

A folder that is named is filled the first time and kept. Then each class of question is asked 60 times by the portal's own
role, with other words each time: all that a page does but the template. Told are the processor time of the database and of
Python, and the clock of both together, which waits for whatever else the machine does.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
import psycopg

from bench.search_world import World
from sagsgang.site.installation import DATABASE, database_at_hand, home
from sagsgang.site.postgres import running

ASKED = 60  # questions of each class
HEAD = ("What", "database p50", "p95", "Python p50", "p95", "clock p50", "p95", "found")


def row(*cells: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def measured(name: str, work: Callable[[int], int]) -> None:
    """p50 and p95 of `ASKED` questions in milliseconds, and how many were found; none for those that took too long."""
    connections = import_module("django.db").connections
    connections["public"].ensure_connection()
    backend = Path(f"/proc/{connections['public'].connection.info.backend_pid}/schedstat")
    times: list[tuple[float, float, float]] = []
    counts, refused = [], 0
    too_slow = import_module("sagsgang.publication.queries.search").TooSlowError
    for number in range(ASKED):
        before = _cpu(backend), 1000 * time.process_time(), 1000 * time.perf_counter()
        try:
            counts.append(work(number))
        except too_slow:
            refused += 1
        after = _cpu(backend), 1000 * time.process_time(), 1000 * time.perf_counter()
        times.append((after[0] - before[0], after[1] - before[1], after[2] - before[2]))
    cells = []
    for column in zip(*times, strict=True):
        ordered = sorted(column)
        cells += [f"{ordered[ASKED // 2]:.0f}", f"{ordered[int(ASKED * 0.95)]:.0f}"]
    row(name, *cells, f"{statistics.median(counts):.0f}" + (f", {refused} refused after 5 s" if refused else ""))


def _cpu(backend: Path) -> float:
    """Milliseconds of processor the database's process has had."""
    return int(backend.read_text().split()[0]) / 1e6


def questions(world: World, only: str) -> None:
    """Each class of question, newest and best first, and what is offered."""
    searching = import_module("sagsgang.publication.queries.search")
    passages = import_module("sagsgang.publication.queries.passages")
    shown = import_module("sagsgang.publication.queries.search_entries")
    offering = import_module("sagsgang.publication.queries.offered")
    queries = import_module("sagsgang.publication.queries")

    def ask(asked: Any) -> int:
        with queries.snapshot():
            meaning = searching.meaning_of(asked.query)
            found = searching.search(asked, meaning)
            passages.passages(shown.entries(found.ids), meaning.stems)
            if found.total < 3:
                offering.meant(asked.query)
        return int(found.total)

    words = world.words
    plain = searching.Search
    classes: dict[str, Callable[[int], Any]] = {
        "rare word": lambda n: plain(words[-1 - n]),
        "medium word": lambda n: plain(words[2000 + n]),
        "frequent word": lambda n: plain(words[300 + n]),
        "common word": lambda n: plain(words[n]),
        "two common words": lambda n: plain(f"{words[n]} {words[n + 1]}"),
        "common and rare": lambda n: plain(f"{words[n]} {words[20_000 + n]}"),
        "phrase of frequent words": lambda n: plain(f'"{words[300 + n]} {words[303 + n]}"'),
        "phrase of a common and a medium word": lambda n: plain(f'"{words[n]} {words[2000 + n]}"'),
        "common, one body": lambda n: plain(words[n], body=world.bodies[n % 12]),
        "common, one year": lambda n: plain(words[n], year=2010 + n % 15),
        "common, body, year and kind": lambda n: plain(words[n], body=world.bodies[n % 12], year=2015, kind="file"),
        "common, page 40": lambda n: plain(words[n], page=40),
        "leave out a word": lambda n: plain(f"{words[n]} -{words[n + 1]}"),
        "phrase of common words": lambda n: plain(f'"{words[n]} {words[n + 3]}"'),
    }
    others: dict[str, Callable[[int], int]] = {
        "offered after three letters": lambda n: len(offering.offered(words[n][:3]).words),
        "offered after a word and two letters": lambda n: len(offering.offered(f"{words[n]} {words[n + 9][:2]}").words),
        "another spelling": lambda n: len(offering.meant(words[500 + n][:3] + "x" + words[500 + n][3:])),
    }
    row(*HEAD)
    row(*(["---"] * len(HEAD)))
    for order in ("newest", "best"):
        for name, make in classes.items():
            others[f"{name}, {order} first"] = lambda n, make=make, order=order: ask(replace(make(n), order=order))  # type: ignore[misc]
    for name, work in others.items():
        if only in name:
            measured(name, work)


def fill(world: World) -> None:
    """Write the world and say how long it took, unless it is there."""
    with running(home()) as server, psycopg.connect(server.conninfo(DATABASE)) as connection:
        found = connection.execute("SELECT count(*) FROM pub.item").fetchone()
        if found and found[0]:
            return
        start, cpu = time.perf_counter(), time.process_time()
        world.fill(connection)
        connection.autocommit = True
        for table in ("body", "meeting", "item", "file", "search_entry", "word"):
            connection.execute(f"VACUUM ANALYZE pub.{table}")
        sizes = "SELECT pg_size_pretty(pg_total_relation_size(%s)), pg_size_pretty(pg_relation_size(%s))"
        size = connection.execute(sizes, ["pub.search_entry", "pub.pub_search_vector"]).fetchone()
        assert size
        assert not world.differing(connection)
        spent = f"{time.perf_counter() - start:.0f} s ({time.process_time() - cpu:.0f} s Python)"
        sys.stdout.write(f"{world.items} items written in {spent}; entries {size[0]}, index of words {size[1]}\n\n")


def main() -> None:
    """Fill and ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--home", default="")
    parser.add_argument("--only", default="", help="the classes in whose name this stands")
    arguments = parser.parse_args()
    world = World(arguments.items)
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {"SAGSGANG_HOME": arguments.home or folder, "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings"}
        with database_at_hand():
            django.setup()
            fill(world)
            questions(world, arguments.only)


if __name__ == "__main__":
    main()
