"""The file that `check-path` reads: a path and a meeting plan as JSON. Whatever is wrong in it is named by its place."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sagsgang.bodies.calendar import MOST_DAYS, require_known_year
from sagsgang.bodies.models import BodyKind
from sagsgang.cases.models import Concern, Purpose
from sagsgang.cases.plans import PathPlan, PlanBody, PlannedHearing, PlanStep
from sagsgang.core.errors import RuleBrokenError

LARGEST = 10 * 1024 * 1024
MOST_STEPS = 100
MOST_PROTOCOL_DAYS = 365
_DANISH_PURPOSES = {
    "orientering": Purpose.ORIENTATION,
    "drøftelse": Purpose.DISCUSSION,
    "indstilling": Purpose.RECOMMENDATION,
    "anbefaling": Purpose.RECOMMENDATION,
    "erklæring": Purpose.STATEMENT,
    "høring": Purpose.HEARING,
    "beslutning": Purpose.DECISION,
}


def day_from(text: object, where: str) -> date:
    """A day written as year, month and day, in a year whose holidays are known."""
    if not isinstance(text, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise _wrong(where, _("a date is written as 2023-05-23."))
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(where, _("there is no day %(day)s.") % {"day": text}) from error
    try:
        require_known_year(day)
    except RuleBrokenError as refusal:
        raise _wrong(where, str(refusal)) from refusal
    return day


def read_plan(path: Path) -> tuple[PathPlan, tuple[int, ...]]:
    """The plan in a file, and for each of its steps the place that it has in the file.

    Steps of one stage stand together in the plan, wherever they stand in the file. Raises RuleBrokenError.
    """
    whole = _object(_document(path), "")
    bodies = _bodies(_needed(whole, "bodies", ""))
    case = _object(whole.get("case") or {}, "case")
    steps, order = _steps(_needed(whole, "steps", ""), bodies)
    plan = PathPlan(
        bodies=bodies,
        meetings=_meetings(_needed(whole, "meetings", ""), bodies),
        steps=steps,
        closing_days=frozenset(
            day_from(text, where) for where, text in _entries(whole.get("closing_days"), "closing_days")
        ),
        hearings=tuple(_hearing(row, where) for where, row in _entries(whole.get("hearings"), "hearings")),
        **{name: _flag(case.get(name), f"case.{name}") for name in ("economy", "elderly", "disability", "budget")},
    )
    return plan, order


def _document(path: Path) -> object:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise RuleBrokenError(_("The file cannot be read.")) from error
    if len(content) > LARGEST:
        raise RuleBrokenError(_("The file is larger than %(most)s MB.") % {"most": LARGEST // 1024**2})
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RuleBrokenError(_("The file is no JSON document.")) from error


def _wrong(where: str, what: str) -> RuleBrokenError:
    return RuleBrokenError(f"{where}: {what}" if where else what)


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(where, _("an object with names and values is expected here."))
    return value


def _entries(value: object, where: str) -> Iterator[tuple[str, Any]]:
    if value is not None and not isinstance(value, list):
        raise _wrong(where, _("a list is expected here."))
    return ((f"{where}[{number}]", entry) for number, entry in enumerate(value or ()))


def _needed(row: dict[str, Any], name: str, where: str) -> Any:
    if row.get(name) is None:
        raise _wrong(where, _("“%(name)s” is missing.") % {"name": name})
    return row[name]


def _word(value: object, where: str, words: list[str]) -> str:
    if not isinstance(value, str) or value not in words:
        raise _wrong(where, _("one of these is expected here: %(words)s.") % {"words": ", ".join(words)})
    return value


def _flag(value: object, where: str) -> bool:
    if value is not None and not isinstance(value, bool):
        raise _wrong(where, _("true or false is expected here."))
    return bool(value)


def _whole(value: object, where: str, *, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise _wrong(
            where, _("a whole number from %(least)s to %(most)s is expected here.") % {"least": least, "most": most}
        )
    return value


def _bodies(value: object) -> dict[str, PlanBody]:
    return {code: _body(code, _object(row, f"bodies.{code}")) for code, row in _object(value, "bodies").items()}


def _body(code: str, row: dict[str, Any]) -> PlanBody:
    where = f"bodies.{code}"
    name = row.get("name") or ""
    if not isinstance(name, str):
        raise _wrong(f"{where}.name", _("a name is expected here."))
    days = {
        key: _whole(row[key], f"{where}.{key}", least=0, most=most)
        for key, most in (("agenda_days", MOST_DAYS), ("protocol_days", MOST_PROTOCOL_DAYS))
        if row.get(key) is not None
    }
    return PlanBody(code, _word(_needed(row, "kind", where), f"{where}.kind", BodyKind.values), name=name, **days)


def _known_body(row: dict[str, Any], where: str, bodies: dict[str, PlanBody]) -> str:
    code = _needed(row, "body", where)
    if not isinstance(code, str) or code not in bodies:
        raise _wrong(f"{where}.body", _("the file has no such body under “bodies”."))
    return code


def _meetings(value: object, bodies: dict[str, PlanBody]) -> dict[str, tuple[date, ...]]:
    found: dict[str, list[date]] = {code: [] for code in bodies}
    for where, entry in _entries(value, "meetings"):
        row = _object(entry, where)
        code = _known_body(row, where, bodies)
        found[code].append(day_from(_needed(row, "date", where), f"{where}.date"))
    return {code: tuple(days) for code, days in found.items()}


def _hearing(value: object, where: str) -> PlannedHearing:
    row = _object(value, where)
    return PlannedHearing(
        concern=_word(_needed(row, "concern", where), f"{where}.concern", Concern.values),
        answer_by=day_from(_needed(row, "answer_by", where), f"{where}.answer_by"),
        is_waived=_flag(row.get("waived"), f"{where}.waived"),
    )


def _steps(value: object, bodies: dict[str, PlanBody]) -> tuple[tuple[PlanStep, ...], tuple[int, ...]]:
    """The steps stage by stage, and the place of each in the file."""
    rows = [(where, _object(entry, where)) for where, entry in _entries(value, "steps")]
    if len(rows) > MOST_STEPS:
        raise _wrong("steps", _("a path has %(most)s steps at the most.") % {"most": MOST_STEPS})
    codes = [_known_body(row, where, bodies) for where, row in rows]
    stages = list(range(len(rows)))
    for number, (where, row) in enumerate(rows):
        if row.get("parallel_with") is not None:
            other = _other_step(row["parallel_with"], number, codes, f"{where}.parallel_with")
            joined = sorted((stages[number], stages[other]))
            stages = [joined[0] if stage == joined[1] else stage for stage in stages]
    order = sorted(range(len(rows)), key=lambda number: (stages[number], number))
    steps = [
        _step(rows[number], codes[number], is_parallel=place > 0 and stages[number] == stages[order[place - 1]])
        for place, number in enumerate(order)
    ]
    return tuple(steps), tuple(order)


def _other_step(value: object, number: int, codes: list[str], where: str) -> int:
    """The step that this one is parallel with: by its place from 0, or by its body (the nearest one, earlier first)."""
    others = [at for at in range(len(codes)) if at != number]
    if isinstance(value, str):
        others = [at for at in others if codes[at] == value]
        others.sort(key=lambda at: (at > number, abs(at - number)))
    else:
        others = [at for at in others if not isinstance(value, bool) and at == value]
    if not others:
        raise _wrong(where, _("the place (from 0) or the body of another step is expected here."))
    return others[0]


def _step(entry: tuple[str, dict[str, Any]], code: str, *, is_parallel: bool) -> PlanStep:
    where, row = entry
    purpose = _needed(row, "purpose", where)
    if isinstance(purpose, str):
        purpose = _DANISH_PURPOSES.get(purpose.casefold(), purpose)
    reading, on = row.get("reading"), row.get("date")
    return PlanStep(
        body=code,
        on=None if on is None else day_from(on, f"{where}.date"),
        purpose=_word(purpose, f"{where}.purpose", Purpose.values),
        reading=None if reading is None else _whole(reading, f"{where}.reading", least=1, most=2),
        is_parallel=is_parallel,
    )
