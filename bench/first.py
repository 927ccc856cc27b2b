"""The house under load, first figures: `make bench`, or `python -m bench.first`.

In a folder of its own: a meeting of 30 items with 200 attachments is taken in, released and printed; the public page of
it is asked for anew, kept and unchanged; the queries of a page are counted at 3, 30 and 300 items; and the memory of
portal, staff site and worker is read after 1,000 requests. Prints a table; `bench/README.md` keeps the last one.
"""

import os
import platform
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django

from sagsgang.site.installation import database_at_hand, prepare_static


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds by the clock, CPU seconds of this process, and what came out."""
    clock, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return time.perf_counter() - clock, time.process_time() - cpu, answer


def row(name: str, value: str) -> None:
    """One line of the table."""
    sys.stdout.write(f"| {name} | {value} |\n")
    sys.stdout.flush()


def main() -> None:
    """Run all of it."""
    with TemporaryDirectory(prefix="sagsgang-bench-") as folder:
        os.environ |= {
            "SAGSGANG_HOME": folder,
            "DJANGO_SETTINGS_MODULE": "sagsgang.site.settings",
            "SAGSGANG_ALLOWED_HOSTS": "testserver,127.0.0.1",
        }
        with database_at_hand():
            django.setup()
            static = prepare_static()
            measure = import_module("bench.measures")
            sys.stdout.write(f"{machine()}\n\n| What | Measured |\n|---|---|\n")
            measure.house(row, timed)
            measure.pages(row)
            measure.queries(row)
            measure.memory(row, static)


def machine() -> str:
    """What it ran on."""
    names = [
        line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line
    ]
    memory = int(Path("/proc/meminfo").read_text().split()[1]) // 1024**2
    return f"{len(names)} cores ({names[0]}), {memory} GiB, Python {platform.python_version()}, {platform.system()}"


if __name__ == "__main__":
    main()
