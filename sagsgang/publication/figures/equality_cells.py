"""A day's figures of women and men as they may be told: protected, also against all that was ever told of the same day.

A day is told in its own report and in the series of every later one. What was left out in one of them stays left out in
all, and a figure that has changed by one or two since it was told is left out; so nothing can be subtracted between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.bodies.models import Authority
from sagsgang.core.plots import Absent, Value
from sagsgang.equality.models import Count
from sagsgang.equality.queries.series import CountedDay
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.protection import Protected, protect
from sagsgang.publication.figures.tree import DayCounts, FigureCell, FiguresDocument, FigureTable
from sagsgang.publication.models import FiguresRecord


@dataclass(frozen=True, slots=True)
class PublicDay:
    """A count with its levels, their names, and the table of women, men and both with the totals last."""

    count: Count
    levels: tuple[int, ...]
    names: tuple[str, ...]
    shown: Protected

    def row(self, level: int | None) -> Sequence[int | None]:
        """Women, men and both of the level, or of all levels (None); nothing is known of a level that was not counted."""
        if level is None:
            return self.shown.rows[-1]
        return self.shown.rows[self.levels.index(level)] if level in self.levels else (None, None, None)


def day_of(one: CountedDay, before: Mapping[date, Sequence[DayCounts]]) -> PublicDay | None:
    """The day as it may be told; None where it has been told with other levels.

    A level that stands in one of two tables of a day could be worked out from their totals, whatever is left out in either.
    """
    levels = _levels(one)
    told = [Protected(counts.rows, counts.levels) for counts in before.get(one.day, ())]
    if any(version.levels != levels for version in told):
        return None
    inner = [[one.values.levels[level].women, one.values.levels[level].men] for level in levels]
    names = tuple(capital(level_name(level)) for level in levels)
    return PublicDay(one.count, levels, names, protect(inner, told, levels))


def _levels(one: CountedDay) -> tuple[int, ...]:
    return tuple(sorted(one.values.levels))


def told_before(authority: Authority) -> dict[date, list[DayCounts]]:
    """All that the authority's figures have ever told of each day, in whatever report. One query."""
    texts = FiguresRecord.objects.filter(authority_id=authority.pk, body_id=None).order_by("at")
    found: dict[date, list[DayCounts]] = {}
    for text in texts.values_list("document", flat=True):
        for counts in FiguresDocument.from_text(text).report.days:
            found.setdefault(counts.on, []).append(counts)
    return found


def counts_of(one: PublicDay) -> DayCounts:
    """What is told of the day, in codes."""
    return DayCounts(one.count.snapshot_on, one.levels, one.shown.rows)


def series_table(days: Sequence[PublicDay]) -> FigureTable:
    """The days with their levels and totals, the oldest first."""
    rows = [
        (FigureCell(date_format(one.count.snapshot_on, "DATE_FORMAT")), FigureCell(name),
         *(FigureCell(value=to_value(figure)) for figure in row), share_cell(row))
        for one in days
        for name, row in zip([*one.names, gettext("All levels")], one.shown.rows, strict=True)
    ]  # fmt: skip
    headings = (
        gettext("Day of the count"), pgettext("leaders", "Level"), gettext("Women"), gettext("Men"), gettext("Women and men"),
        gettext("Women, per cent"),
    )  # fmt: skip
    return FigureTable(gettext("Leaders over time"), headings, tuple(rows))


def share_of(row: Sequence[int | None]) -> int | None:
    """Women per hundred, where women and both are told."""
    women, _men, total = row
    return round(100 * women / total) if women is not None and total else None


def share_value(row: Sequence[int | None]) -> Value:
    """The same, or that it is left out."""
    share = share_of(row)
    return Absent.HIDDEN if share is None else share


def share_cell(row: Sequence[int | None]) -> FigureCell:
    """As a cell."""
    return FigureCell(value=share_value(row))


def to_value(figure: int | None) -> Value:
    """A figure, or that it is left out."""
    return Absent.HIDDEN if figure is None else figure


def capital(words: str) -> str:
    """As at the start of a line."""
    return words[:1].upper() + words[1:]
