"""The register of statutory duties: each with its rounds, its next day by the rule, and where it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from sagsgang.bodies.models import Authority
from sagsgang.wheel.models import Occurrence, WheelEntry
from sagsgang.wheel.queries.year import entry_shape, standing_entries, year_of
from sagsgang.wheel.rules import days_of_entries
from sagsgang.wheel.rules.duties import STATES, DutyState, Round, interval_words, state_of

YEARS_AHEAD = 5
"""As far ahead as a next day is looked for: once in an election period is within it."""


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty. `last`: its newest round that is done or whose day has passed; `next_on` the next day, as generated and
    moved, else by the rule; `next_round` the round that stands there, if the year is generated. `late` is the oldest
    round that was not done in time, `done` the newest that was done.
    """

    entry: WheelEntry
    interval: str
    last: Occurrence | None
    next_on: date | None
    next_round: Occurrence | None
    late: Occurrence | None
    done: Occurrence | None
    state: DutyState

    @property
    def path(self) -> str:
        """The bodies in their order, by code."""
        return " → ".join(step.body.code or step.body.name for step in self.entry.steps.all())

    @property
    def owner(self) -> str:
        """The role that keeps it, and the unit."""
        entry = self.entry
        return ", ".join(part for part in (entry.owner_role, entry.unit.name if entry.unit else "") if part)


def register_of(authority: Authority, today: date | None = None) -> list[DutyLine]:
    """All duties that stand, also the abolished ones, by what asks for somebody first; six queries, whatever there is."""
    today = today or localdate()
    entries = standing_entries(authority)
    duties = [entry for entry in entries if entry.is_duty]
    rounds = _rounds(Occurrence.objects.filter(entry__in=[duty.pk for duty in duties]))
    expected = next_days(authority, entries, today) if duties else {}
    lines = [line_of(duty, rounds.get(duty.pk, []), expected.get(str(duty.pk)), today) for duty in duties]
    return sorted(lines, key=lambda line: (STATES.index(line.state), line.next_on or date.max, line.entry.title))


def line_of(duty: WheelEntry, rounds: Sequence[Occurrence], expected: date | None, today: date) -> DutyLine:
    """The line of a duty of its rounds, in the order of their days, and the next day by its rule."""
    standing = [row for row in rounds if row.dropped_at is None and row.gone_at is None]
    over = [row for row in standing if row.done_on or row.day < today]
    coming = [row for row in standing if not row.done_on and row.day >= today]
    late = [row for row in over if not row.done_on]
    next_round = coming[0] if coming else None
    next_on = next_round.day if next_round else _untouched(expected, rounds)
    told = [Round(row.day, row.done_on is not None, row.case_id is not None) for row in standing]
    return DutyLine(
        entry=duty,
        interval=interval_words(duty.rule, duty.relative_to.title if duty.relative_to else ""),
        last=over[-1] if over else None,
        next_on=next_on,
        next_round=next_round,
        late=late[0] if late else None,
        done=next((row for row in reversed(over) if row.done_on), None),
        state=state_of(told, next_on=next_on, lead_days=duty.lead_days, valid_to=duty.valid_to, today=today),
    )


def _untouched(expected: date | None, rounds: Iterable[Occurrence]) -> date | None:
    """The rule's next day, unless what was to be done then is done or dropped already."""
    settled = {row.origin_day for row in rounds if row.done_on or row.dropped_at}
    return None if expected in settled else expected


def next_days(authority: Authority, entries: Sequence[WheelEntry], today: date) -> Mapping[str, date]:
    """The next day of each entry by its rule, by the entry's id as text; two queries.

    This year and the next are laid with their meetings; what lies further off is given by rules for days alone.
    """
    years = [year_of(authority, year, entries=entries) for year in (today.year, today.year + 1)]
    found: dict[str, date] = {}
    for day in (day for year in years for day in year.plan.days):
        if day.on >= today:
            found.setdefault(day.entry, day.on)
    codes = {body.pk: code for code, body in years[0].bodies.items()}
    shapes = [entry_shape(entry, codes) for entry in entries]
    for year in range(today.year + 2, today.year + YEARS_AHEAD):
        for key, days in days_of_entries(shapes, year, cycles=()).days.items():
            if days:
                found.setdefault(key, days[0])
    return found


def history_of(duty: WheelEntry) -> list[Occurrence]:
    """Every round of the duty that was not merely generated and gone again, the newest first; with case and who did it."""
    rows = Occurrence.objects.filter(entry=duty, gone_at=None).select_related("case", "done_by")
    return list(rows.order_by("-day"))


def duty_line(duty: WheelEntry, today: date | None = None) -> DutyLine:
    """The line of one duty; seven queries."""
    today = today or localdate()
    entries = standing_entries(duty.authority)
    entry = next((row for row in entries if row.pk == duty.pk), duty)
    rounds = _rounds(Occurrence.objects.filter(entry=duty)).get(duty.pk, [])
    return line_of(entry, rounds, next_days(duty.authority, entries, today).get(str(duty.pk)), today)


def _rounds(rows: QuerySet[Occurrence]) -> dict[object, list[Occurrence]]:
    found: dict[object, list[Occurrence]] = {}
    for row in rows.order_by("day", "created_at"):
        found.setdefault(row.entry_id, []).append(row)
    return found
