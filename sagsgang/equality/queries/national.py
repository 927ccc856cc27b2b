"""National figures: those that the house knows from the start, and those that an administrator has added or corrected."""

from dataclasses import dataclass
from uuid import UUID

from sagsgang.equality.models import NationalFigure
from sagsgang.equality.rules.national import KNOWN, National


@dataclass(frozen=True, slots=True)
class NationalYear:
    """A year's figures; `row` is the row that holds them, None where they are the house's own."""

    figures: National
    row: UUID | None


def national_lines() -> list[NationalYear]:
    """Every year once, the oldest first; a row stands for a known year too. One query."""
    found = {known.year: NationalYear(known, None) for known in KNOWN}
    for row in NationalFigure.objects.all():
        found[row.year] = NationalYear(national_of(row), row.pk)
    return [found[year] for year in sorted(found)]


def national_years() -> list[National]:
    """The same as plain values."""
    return [line.figures for line in national_lines()]


def national_of(row: NationalFigure) -> National:
    """A row as a plain value."""
    stated = {1: row.level_1, 2: row.level_2, 3: row.level_3}
    levels = {level: share for level, share in stated.items() if share is not None}
    return National(row.year, levels, row.leaders, row.people, row.source, row.address)
