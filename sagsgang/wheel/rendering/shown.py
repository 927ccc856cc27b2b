"""The wheel as plain values with words: what the drawing, the table, the print and the file of values are made of."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from sagsgang.bodies.models import Body, BodyKind
from sagsgang.wheel.queries.lines import LineState, Wheel, WheelLine
from sagsgang.wheel.rules import words_of_entry_rule
from sagsgang.wheel.shapes import CycleStep, YearFinding

WHOLE = "whole"
"""The ring of what belongs to no single body."""
_RINGS = (
    WHOLE,
    BodyKind.COUNCIL,
    BodyKind.FINANCE,
    BodyKind.COMMITTEE,
    BodyKind.WORKS_COUNCIL,
    BodyKind.DIRECTORATE,
    BodyKind.OTHER,
)


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A meeting on the path of a matter, and the last safe day for its material."""

    body: str
    on: date
    safe: date


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A return in words; `key` is the entry's id as text. `rule_day` is the rule's own day where a hand has moved it."""

    number: int
    key: str
    title: str
    on: date
    rule_day: date | None
    state: LineState
    state_words: str
    rule: str
    lead_on: date
    path: tuple[ShownStep, ...]
    body: str
    ring: str
    owner: str
    is_duty: bool
    law: str
    note: str
    evidence: str

    @property
    def sign(self) -> str:
        """The sign of its mark: its state, and whether a law asks for it."""
        return f"{self.state}-duty" if self.is_duty else self.state

    @property
    def name(self) -> str:
        """What a screen reader says of its mark: its number, the day, what it is, and where it stands."""
        parts = [date_format(self.on, "MONTH_DAY_FORMAT"), self.title]
        parts += [gettext("statutory")] if self.is_duty else []
        words = ", ".join([*parts, self.state_words])
        return gettext("No. {number}: {words}").format(number=self.number, words=words)


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """A day on which a body meets, in the ring of its kind; `code` is its short name."""

    body: str
    ring: str
    on: date
    code: str


@dataclass(frozen=True, slots=True)
class ShownWheel:
    """The wheel of a year in words; `of` names whose it is: a body, or the authority."""

    title: str
    of: str
    authority: str
    year: int
    rings: tuple[tuple[str, str], ...]
    lines: tuple[ShownLine, ...]
    meetings: tuple[ShownMeeting, ...]

    @property
    def summary(self) -> str:
        """The wheel in a sentence."""
        duties = sum(line.is_duty for line in self.lines)
        words = ngettext("{count} day", "{count} days", len(self.lines)).format(count=len(self.lines))
        lawful = ngettext("{count} of them statutory", "{count} of them statutory", duties).format(count=duties)
        met = ngettext("{count} meeting", "{count} meetings", len(self.meetings)).format(count=len(self.meetings))
        return gettext("{days}, {duties}, and {meetings}.").format(days=words, duties=lawful, meetings=met)


def shown_wheel(wheel: Wheel) -> ShownWheel:
    """The wheel in the words of the language that is active."""
    lines = tuple(shown_line(line) for line in wheel.lines)
    meetings = tuple(
        ShownMeeting(one.body.name, ring_of(one.body), one.on, one.body.code or one.body.name) for one in wheel.meetings
    )
    used = {line.ring for line in lines} | {meeting.ring for meeting in meetings}
    of = wheel.body.name if wheel.body else wheel.authority.name
    return ShownWheel(
        title=gettext("Annual wheel {year}, {of}").format(year=wheel.year.year, of=of),
        of=of,
        authority=wheel.authority.name,
        year=wheel.year.year,
        rings=tuple((ring, _ring_words(ring)) for ring in _RINGS if ring in used),
        lines=lines,
        meetings=meetings,
    )


def shown_line(line: WheelLine) -> ShownLine:
    """A return in words."""
    entry, row = line.entry, line.occurrence
    return ShownLine(
        number=line.number,
        key=str(entry.pk),
        title=entry.title,
        on=line.on,
        rule_day=row.origin_day if row and line.is_moved else None,
        state=line.state,
        state_words=state_words(line.state),
        rule=rule_words(line),
        lead_on=line.day.lead_on,
        path=tuple(_shown_step(step) for step in line.day.path),
        body=entry.body.name if entry.body else "",
        ring=ring_of(entry.body),
        owner=", ".join(part for part in (entry.owner_role, entry.unit.name if entry.unit else "") if part),
        is_duty=entry.is_duty,
        law=entry.law,
        note=row.note if row else "",
        evidence=row.evidence if row else "",
    )


def rule_words(line: WheelLine) -> str:
    """When it returns, in words."""
    other = line.entry.relative_to
    return words_of_entry_rule(line.entry.rule, other.title if other else "")


def state_words(state: LineState) -> str:
    """Where it stands, in a word or two."""
    return {
        "expected": gettext("by the rule, not generated yet"),
        "planned": gettext("planned"),
        "case": gettext("has its case"),
        "done": gettext("done"),
        "dropped": pgettext("day of the wheel", "dropped"),
    }[state]


def ring_of(body: Body | None) -> str:
    """The ring of a body's kind, or that of the whole organisation."""
    if body is None:
        return WHOLE
    return BodyKind.COMMITTEE if body.kind == BodyKind.ADHOC else body.kind


def _ring_words(ring: str) -> str:
    return {
        WHOLE: gettext("The whole organisation"),
        BodyKind.COUNCIL: gettext("Council"),
        BodyKind.FINANCE: gettext("Finance committee"),
        BodyKind.COMMITTEE: gettext("Committees"),
        BodyKind.WORKS_COUNCIL: gettext("Works council"),
        BodyKind.DIRECTORATE: gettext("Directorate"),
        BodyKind.OTHER: gettext("Other bodies"),
    }[ring]


def _shown_step(step: CycleStep) -> ShownStep:
    return ShownStep(step.body, step.on, step.safe)


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What is wrong with the year: `about` names the entry, the cycle or the body; `nearest` is a day that would do."""

    message: str
    rule: str
    source: str
    about: str
    on: date | None
    nearest: date | None
    is_error: bool


def shown_finding(finding: YearFinding, wheel: Wheel) -> ShownFinding:
    """A finding with the names of what it is about."""
    entry, body = wheel.year.entries.get(finding.entry), wheel.year.bodies.get(finding.body)
    about = entry.title if entry else body.name if body else finding.body
    return ShownFinding(
        finding.message, finding.rule, finding.source, about, finding.on, finding.nearest, finding.severity == "error"
    )


def wheel_values(wheel: Wheel) -> dict[str, object]:
    """The wheel as JSON values; dates are ISO, and findings as those of the command `plan`."""
    shown = shown_wheel(wheel)
    return {
        "title": shown.title,
        "authority": shown.authority,
        "body": wheel.body.name if wheel.body else None,
        "year": shown.year,
        "entries": [_line_values(line) for line in shown.lines],
        "meetings": [{"body": meeting.body, "date": meeting.on.isoformat()} for meeting in shown.meetings],
        "warnings": [_finding_values(finding, wheel) for finding in wheel.findings],
    }


def _line_values(line: ShownLine) -> dict[str, object]:
    return {
        "number": line.number,
        "title": line.title,
        "date": line.on.isoformat(),
        "rule_date": (line.rule_day or line.on).isoformat(),
        "rule": line.rule,
        "state": line.state,
        "lead_date": line.lead_on.isoformat(),
        "path": [{"body": step.body, "date": step.on.isoformat(), "safe": step.safe.isoformat()} for step in line.path],
        "body": line.body or None,
        "owner": line.owner,
        "duty": line.is_duty,
        "law": line.law,
        "note": line.note,
        "evidence": line.evidence,
    }


def _finding_values(finding: YearFinding, wheel: Wheel) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "source": finding.source,
        "body": finding.body,
        "date": finding.on.isoformat() if finding.on else None,
        "message": finding.message,
        "nearest": finding.nearest.isoformat() if finding.nearest else None,
        "entry": wheel.year.entries[finding.entry].title if finding.entry in wheel.year.entries else "",
        "cycle": finding.cycle,
    }
