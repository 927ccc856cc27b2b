"""`deadline` and `check-path`: the calendar and the rules of the path, asked from outside. Neither touches a database."""

from argparse import Namespace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import Deadline
from sagsgang.bodies.calendar import deadline as deadline_of
from sagsgang.bodies.models import BodyKind
from sagsgang.cases.plans import Finding, PathPlan
from sagsgang.cases.rules.path import check_path as check
from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.plan_file import day_from, read_plan

_SEVERITIES = {"error": "fejl", "warning": "advarsel"}


def deadline(arguments: Namespace) -> int:
    """The last day for the material of a meeting, surely and at the outermost, and the days that do not count."""
    if arguments.kind not in BodyKind.values:
        raise RuleBrokenError(
            _("There is no kind of body “%(kind)s”. The kinds are: %(kinds)s.")
            % {"kind": arguments.kind, "kinds": ", ".join(BodyKind.values)}
        )
    meeting_on = day_from(arguments.date, "DATO")
    if not (arguments.days.isascii() and arguments.days.isdecimal() and len(arguments.days) < 6):
        raise RuleBrokenError(_("--days: %(days)s is no number of days.") % {"days": arguments.days})
    found = deadline_of(meeting_on, days=int(arguments.days))
    facts = {
        "safe": found.safe.isoformat(),
        "outer": found.outer.isoformat(),
        "skipped": [{"date": day.date.isoformat(), "why": day.why, "for": day.for_} for day in found.skipped],
    }
    answer(facts, as_json=arguments.json, lines=lambda: _deadline_lines(found))
    return 0


def _deadline_lines(found: Deadline) -> list[str]:
    lines = [
        f"Sikker frist: {_day(found.safe)} (lørdag tæller ikke)",
        f"Yderste frist: {_day(found.outer)} (lørdag tæller)",
    ]
    for day in found.skipped:
        counts = "tæller ikke" if day.for_ == "both" else "tæller kun i den yderste frist"
        lines.append(f"{_day(day.date)}: {day.why}, {counts}")
    return lines


def _day(day: date) -> str:
    return date_format(day, "l j. F Y")


def check_path(arguments: Namespace) -> int:
    """What speaks against a path; 1 if anything does."""
    try:
        plan, order = read_plan(arguments.file)
    except RuleBrokenError as refusal:
        raise RuleBrokenError(f"{arguments.file}: {refusal}") from refusal
    found = sorted(
        ((order[finding.step], plan.steps[finding.step].on, finding) for finding in check(plan)),
        key=lambda row: row[0],
    )
    facts = [_facts(number, on, finding, plan) for number, on, finding in found]
    answer(facts, as_json=arguments.json, lines=lambda: _lines(facts))
    return 1 if found else 0


def _facts(number: int, on: date | None, finding: Finding, plan: PathPlan) -> dict[str, object]:
    return {
        "step": number,
        "body": plan.steps[finding.step].body,
        "date": on.isoformat() if on else None,
        "rule": finding.rule,
        "severity": finding.severity,
        "source": finding.source,
        "message": finding.message,
        "nearest": finding.nearest.isoformat() if finding.nearest else None,
    }


def _lines(facts: list[dict[str, object]]) -> list[str]:
    if not facts:
        return ["Sagsgangen kan følges: ingen bemærkninger."]
    lines = []
    for row in facts:
        place = f"Led {int(str(row['step'])) + 1}, {row['body']} {row['date'] or 'uden dato'}"
        lines.append(f"{place}: {_SEVERITIES[str(row['severity'])]} ({row['rule']}, {row['source']})")
        lines.append(f"  {row['message']}")
    return lines
