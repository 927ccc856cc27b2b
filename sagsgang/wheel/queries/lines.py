"""The wheel as it is shown: each return of the year with where it stands, and the meetings beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from sagsgang.bodies.models import Authority, Body, BodyKind
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.queries.occurrences import Turn, occurrences_in, turn_of
from sagsgang.wheel.queries.year import Year, year_of
from sagsgang.wheel.shapes import EntryDay, YearFinding

type LineState = Literal["expected", "planned", "case", "done", "dropped"]


@dataclass(frozen=True, slots=True)
class WheelLine:
    """A return of an entry. "expected": the rule gives the day, and the year is not generated since; else it has its
    `occurrence`. `day` tells when work begins and which meetings its matter passes.
    """

    number: int
    entry: WheelEntry
    on: date
    day: EntryDay
    occurrence: Occurrence | None
    state: LineState

    @property
    def is_moved(self) -> bool:
        """Has a hand moved it from the rule's own day?"""
        return self.occurrence is not None and self.occurrence.day != self.occurrence.origin_day


@dataclass(frozen=True, slots=True)
class MeetingDay:
    """A day on which a body meets."""

    body: Body
    on: date


@dataclass(frozen=True, slots=True)
class Wheel:
    """The wheel of a year: of `body`, or of the whole organisation. `total` counts the lines before they were filtered."""

    year: Year
    body: Body | None
    lines: tuple[WheelLine, ...]
    meetings: tuple[MeetingDay, ...]
    findings: tuple[YearFinding, ...]
    turn: Turn
    total: int

    @property
    def authority(self) -> Authority:
        """Whose year it is."""
        return self.year.authority

    def with_duties_only(self) -> "Wheel":
        """The same wheel with nothing but what a law asks for; the lines keep their numbers."""
        return replace(self, lines=tuple(line for line in self.lines if line.entry.is_duty))

    def of_body(self, body: Body) -> "Wheel":
        """The part of a whole wheel that is a body's: its own entries, and those whose path passes it.

        A directorate keeps the whole organisation's.
        """
        if body.kind == BodyKind.DIRECTORATE:
            return replace(self, body=body)
        shown = [line for line in self.lines if concerns(line.entry, body)]
        keys = {key for key, entry in self.year.entries.items() if concerns(entry, body)}
        code = self.year.code_of(body.pk)
        return replace(
            self,
            body=body,
            lines=tuple(replace(line, number=number) for number, line in enumerate(shown, start=1)),
            meetings=tuple(meeting for meeting in self.meetings if meeting.body.pk == body.pk),
            findings=tuple(one for one in self.findings if (one.entry in keys if one.entry else one.body == code)),
            total=len(shown),
        )


def wheel_of(authority: Authority, year: int, *, body: Body | None = None, today: date) -> Wheel:
    """The wheel of the organisation, or of a body (`Wheel.of_body`). Four queries, whatever there is.

    Raises `RuleBrokenError` for a year outside 2000–2100.
    """
    found = year_of(authority, year)
    held = occurrences_in(authority, year)
    lines = tuple(replace(line, number=number) for number, line in enumerate(_lines(found, held, today), start=1))
    meetings = [MeetingDay(one, day) for one in found.bodies.values() for day in one.days if day.year == year]  # type: ignore[attr-defined]
    whole = Wheel(
        year=found,
        body=None,
        lines=lines,
        meetings=tuple(sorted(meetings, key=lambda meeting: (meeting.on, meeting.body.name))),
        findings=found.plan.findings,
        turn=turn_of(found, held, today),
        total=len(lines),
    )
    return whole.of_body(body) if body else whole


def concerns(entry: WheelEntry, body: Body) -> bool:
    """Is it the body's own, or does its matter pass the body? `entry.steps` is prefetched."""
    return entry.body_id == body.pk or any(step.body_id == body.pk for step in entry.steps.all())


def _lines(found: Year, held: list[Occurrence], today: date) -> list[WheelLine]:
    by_rule = {(day.entry, day.on): day for day in found.plan.days}
    lines = []
    for row in held:
        if row.gone_at is None and row.day.year == found.year and not _is_withdrawn(row, found, today):
            entry = found.entries.get(str(row.entry_id), row.entry)
            lines.append(WheelLine(0, entry, row.day, _day_of(row, found, by_rule), row, _state_of(row)))
    there = {(str(row.entry_id), row.origin_day) for row in held if row.gone_at is None}
    for key, day in by_rule.items():
        if key not in there:
            lines.append(WheelLine(0, found.entries[day.entry], day.on, day, None, "expected"))
    return sorted(lines, key=lambda line: (line.on, line.entry.title, str(line.entry.pk)))


def _is_withdrawn(row: Occurrence, found: Year, today: date) -> bool:
    """What was taken off the wheel stays where it has been, and comes no more."""
    return str(row.entry_id) not in found.entries and row.day >= today and row.done_on is None


def _day_of(row: Occurrence, found: Year, by_rule: Mapping[tuple[str, date], EntryDay]) -> EntryDay:
    key = str(row.entry_id)
    if key not in found.entries:
        return EntryDay(key, row.day, row.day - timedelta(days=row.entry.lead_days))
    return by_rule.get((key, row.day)) or found.day_of(found.entries[key], row.day)


def _state_of(row: Occurrence) -> LineState:
    if row.done_on:
        return "done"
    if row.dropped_at:
        return "dropped"
    return "case" if row.case_id else "planned"
