"""Reading and checking a payroll extract of 5,000 employees: `python -m bench.headcount`. No database. Aim: under 3 s."""

import io
import os
import statistics
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django
import openpyxl

EMPLOYEES = 5000


def main() -> None:
    """Print the table."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "sagsgang.site.settings"
    django.setup()
    reading = import_module("sagsgang.equality.reading")
    checks = import_module("sagsgang.equality.rules.checks")
    shapes = import_module("sagsgang.equality.shapes")
    members = [shapes.Member(f"Fornavn{number} Efternavn{number}") for number in range(5)]

    def looked_through(content: bytes) -> Any:
        return checks.check_headcount(reading.read_headcount(content), members=members, staff=EMPLOYEES)

    files = {"CSV, UTF-8": as_csv("utf-8-sig"), "CSV, Windows-1252": as_csv("cp1252"), "XLSX": as_xlsx()}
    for name, content in files.items():
        count = reading.read_headcount(content)
        print(
            f"| {name}, {len(content) // 1024} kB: {len(count.employees)} rows read | {spent(reading.read_headcount, content)} |"
        )
        print(f"| {name}: the same, with all checks | {spent(looked_through, content)} |")


def table() -> list[list[str]]:
    """Five at the top, 60 managers, 400 leaders, and who leads nobody."""
    rows = [["Medarbejdernr", "Navn", "Enhed", "Niveau", "Køn", "Status"]]
    for number in range(EMPLOYEES):
        level = "1" if number < 5 else "2" if number < 65 else "3" if number < 465 else ""
        rows.append(
            [f"{10_000 + number}", f"Fornavn{number} Efternavn{number}", f"Enhed {number % 70}", level,
             "kkm"[number % 3], "orlov" if number % 50 == 7 else "fast"]
        )  # fmt: skip
    return rows


def as_csv(encoding: str) -> bytes:
    """As Danish Excel writes it."""
    return "".join(";".join(row) + "\r\n" for row in table()).encode(encoding)


def as_xlsx() -> bytes:
    """The same as a workbook."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in table():
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def spent(act: Callable[[bytes], Any], content: bytes) -> str:
    """The median of five, in seconds."""
    times = []
    for _round in range(5):
        began = time.perf_counter()
        act(content)
        times.append(time.perf_counter() - began)
    return f"{statistics.median(times):.2f} s"


if __name__ == "__main__":
    main()
