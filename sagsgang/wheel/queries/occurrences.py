"""The days of the wheel as they stand in a year, and what generating the year would do to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sagsgang.bodies.models import Authority
from sagsgang.wheel.models import Occurrence
from sagsgang.wheel.queries.year import Year
from sagsgang.wheel.shapes import EntryDay


@dataclass(frozen=True, slots=True)
class Turn:
    """What generating would do. `new`: days of the rules that have no occurrence; `again`: those that were gone and are
    back; `gone`: untouched occurrences to come that no rule gives any more; `settled`: how many stay as they are.
    """

    new: tuple[EntryDay, ...]
    again: tuple[Occurrence, ...]
    gone: tuple[Occurrence, ...]
    settled: int

    @property
    def has_anything(self) -> bool:
        """Is there anything to generate or to take away?"""
        return bool(self.new or self.again or self.gone)


def occurrences_in(authority: Authority, year: int) -> list[Occurrence]:
    """Every occurrence whose own day or moved day lies in the year, also dropped and gone ones, with entry and case."""
    rows = Occurrence.objects.filter(entry__authority=authority)
    rows = rows.filter(origin_day__year=year) | rows.filter(day__year=year)
    return list(
        rows.select_related("entry__body", "entry__unit", "entry__relative_to", "case").order_by("day", "created_at")
    )


def turn_of(year: Year, held: Sequence[Occurrence], today: date) -> Turn:
    """What generating this year would do to what is held (`occurrences_in`). What is over stays as it is."""
    there = {(str(row.entry_id), row.origin_day): row for row in held}
    wanted = {(day.entry, day.on): day for day in year.plan.days}
    known = wanted.keys() & there.keys()
    again = tuple(there[key] for key in known if there[key].gone_at)
    gone = tuple(
        row
        for key, row in there.items()
        if key not in wanted and row.origin_day.year == year.year and row.day >= today and _is_untouched(row)
    )
    new = tuple(day for key, day in wanted.items() if key not in there)
    return Turn(new, again, gone, settled=len(known) - len(again))


def _is_untouched(row: Occurrence) -> bool:
    """Nobody has moved, noted, dropped or finished it, and no case was opened for it."""
    touched = row.note or row.dropped_at or row.done_on or row.case_id or row.gone_at
    return row.day == row.origin_day and not touched
