"""`check-headcount`: leaders by level and sex, looked through by the ten checks. Touches no database."""

from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.equality.reading import read_headcount, read_members
from sagsgang.equality.rules.checks import check_headcount as look_through
from sagsgang.equality.shapes import Finding, Headcount
from sagsgang.site.commands.output import answer

_MOST_STAFF = 10_000_000


def check_headcount(arguments: Namespace) -> int:
    """The findings; 1 if there are any. Raises RuleBrokenError for what cannot be read."""
    snapshot, staff = _day(arguments.snapshot), _whole(arguments.staff)
    count = _read(arguments.file, read_headcount)
    previous = _read(arguments.previous, read_headcount) if arguments.previous else None
    seen = _read(arguments.seen, read_headcount) if arguments.seen else None
    if seen is None and previous is not None and _is_of_same_day(count, previous):
        seen = previous
    day = snapshot or (count.days[0][0] if count.days else None)
    members = _read(arguments.directorate, lambda path: read_members(path, day)) if arguments.directorate else None
    found = look_through(count, previous=previous, seen=seen, members=members, snapshot=snapshot, staff=staff)
    answer([_facts(finding) for finding in found], as_json=arguments.json, lines=lambda: _lines(found))
    return 1 if found else 0


def _read[T](path: Path, read: Callable[[Path], T]) -> T:
    try:
        return read(path)
    except RuleBrokenError as refusal:
        raise RuleBrokenError(f"{path}: {refusal}") from refusal


def _is_of_same_day(count: Headcount, previous: Headcount) -> bool:
    """Do both files say one and the same day? Then the other is an earlier version, and no earlier report."""
    days = {day for day, _row in count.days}
    return bool(days) and days == {day for day, _row in previous.days}


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise RuleBrokenError(_("--snapshot: a date as 2023-04-12 is expected here.")) from error


def _whole(words: str) -> int | None:
    if words and not (words.isascii() and words.isdecimal() and len(words) < 9 and int(words) <= _MOST_STAFF):
        raise RuleBrokenError(_("--staff: a whole number is expected here."))
    return int(words) if words else None


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "check": finding.check,
        "level": finding.level,
        "row": finding.row,
        "column": finding.column,
        "message": finding.message,
        "proposal": finding.proposal,
        "severity": finding.severity,
    }


def _lines(found: list[Finding]) -> list[str]:
    if not found:
        return [_("Nothing was found.")]
    lines = []
    for finding in found:
        lines += [f"{finding.check:>2}  {finding.message}", f"    → {finding.proposal}"]
    return lines
