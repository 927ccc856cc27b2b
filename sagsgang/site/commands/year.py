"""`plan`: a year of cycles and entries from their rules, and what is wrong with it. Touches no database."""

from argparse import Namespace
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.year_file import YearFile, known_year, read_year
from sagsgang.wheel.rules import plan_year, words_of_entry_rule
from sagsgang.wheel.shapes import CycleStep, Entry, YearFinding, YearPlan

_SEVERITIES = {"error": "fejl", "warning": "advarsel"}


def plan(arguments: Namespace) -> int:
    """The year's plan; 1 if something speaks against it."""
    year = known_year(arguments.year)
    try:
        file = read_year(arguments.file, year)
    except RuleBrokenError as refusal:
        raise RuleBrokenError(f"{arguments.file}: {refusal}") from refusal
    entries = {entry.key: entry for entry in file.entries}
    found = plan_year(file.bodies, file.entries, year, file.closing_days)
    guesses = [_guess(entries[key], year) for key in file.guessed]
    found = replace(found, findings=(*guesses, *found.findings))
    facts = _facts(file, entries, found, year)
    answer(facts, as_json=arguments.json, lines=lambda: _lines(entries, found, year))
    return 1 if found.findings else 0


def _guess(entry: Entry, year: int) -> YearFinding:
    message = _("“%(entry)s”: nothing says from when the years are counted, so they are counted from %(year)s.") % {
        "entry": entry.title, "year": year,
    }  # fmt: skip
    return YearFinding("", "warning", "", None, message, entry=entry.key)


def _facts(file: YearFile, entries: dict[str, Entry], found: YearPlan, year: int) -> dict[str, object]:
    return {
        "meetings": {body.code: [day.isoformat() for day in body.meetings if day.year == year] for body in file.bodies},
        "cycles": [
            {
                "id": cycle.id,
                "start": cycle.start.isoformat(),
                "closes": cycle.closes.isoformat(),
                "steps": [_step(step) for step in cycle.steps],
            }
            for cycle in found.cycles
        ],
        "entries": [
            {
                "title": entries[day.entry].title,
                "date": day.on.isoformat(),
                "lead_date": day.lead_on.isoformat(),
                "path": [_step(step) for step in day.path],
            }
            for day in found.days
        ],
        "warnings": [_finding(finding, entries) for finding in found.findings],
    }


def _step(step: CycleStep) -> dict[str, str]:
    return {
        "body": step.body,
        "date": step.on.isoformat(),
        "safe": step.safe.isoformat(),
        "outer": step.outer.isoformat(),
    }


def _finding(finding: YearFinding, entries: dict[str, Entry]) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "source": finding.source,
        "body": finding.body,
        "date": finding.on.isoformat() if finding.on else None,
        "message": finding.message,
        "nearest": finding.nearest.isoformat() if finding.nearest else None,
        "cycle": finding.cycle,
        "entry": entries[finding.entry].title if finding.entry else "",
    }


def _lines(entries: dict[str, Entry], found: YearPlan, year: int) -> list[str]:
    lines = [f"Politiske rul {year}"]
    lines += [f"  {cycle.id}: {_way(cycle.steps, year)}" for cycle in found.cycles] or ["  ingen"]
    lines.append("Årshjul")
    for day in found.days:
        entry = entries[day.entry]
        lines.append(f"  {date_format(day.on, 'l j. F Y')}: {entry.title} ({_words(entry)})")
        if day.lead_on != day.on:
            lines.append(f"    begyndes {_day(day.lead_on, year)}")
        if day.path:
            lines.append(f"    {_way(day.path, year)}")
    if not found.days:
        lines.append("  ingen")
    lines.append("Bemærkninger")
    lines += [_remark(finding, entries) for finding in found.findings] or ["  ingen"]
    return lines


def _way(steps: tuple[CycleStep, ...], year: int) -> str:
    return " → ".join(f"{step.body} {_day(step.on, year)}" for step in steps)


def _day(day: date, year: int) -> str:
    return date_format(day, "j. F" if day.year == year else "j. F Y")


def _words(entry: Entry) -> str:
    return words_of_entry_rule(entry.rule, entry.relative_to)


def _remark(finding: YearFinding, entries: dict[str, Entry]) -> str:
    about = f"rul {finding.cycle}" if finding.cycle else ""
    if finding.entry:
        about = f"»{entries[finding.entry].title}«"
    named = ", ".join(name for name in (about, finding.rule, finding.source) if name)
    return f"  {_SEVERITIES[finding.severity]}{f' ({named})' if named else ''}: {finding.message}"
