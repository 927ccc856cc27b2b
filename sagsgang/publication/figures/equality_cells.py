"""A day's figures of women and men as they may be told: protected, also against all that was ever told of the same day.

A day is told in its own report and in the series of every later one. What was left out in one of them stays left out in
all, and a figure that has changed by one or two since it was told is left out; so nothing can be subtracted between them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from sagsgang.core.plots import Absent, Value
from sagsgang.equality.models import Count
from sagsgang.equality.queries.series import CountedDay
from sagsgang.equality.rules.levels import level_name
from sagsgang.equality.rules.protection import Protected, protect
from sagsgang.publication.figures.asking import Asked
from sagsgang.publication.figures.tree import FigureCell, FiguresDocument, FiguresReport, FigureTable
from sagsgang.publication.models import FiguresKind, FiguresRecord

_SERIES = 1  # the section of a report, from 0, whose table has the days


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


def day_of(asked: Asked, one: CountedDay) -> PublicDay:
    """The day as it may be told. Call it in the language of the documents: their days are read by their words."""
    levels = tuple(sorted(one.values.levels))
    inner = [[one.values.levels[level].women, one.values.levels[level].men] for level in levels]
    names = tuple(capital(level_name(level)) for level in levels)
    return PublicDay(one.count, levels, names, protect(inner, _told(asked, one.day, names)))


def _told(asked: Asked, day: date, names: Sequence[str]) -> Iterator[Protected]:
    """Every table of that day that has been public: of the same levels, else it is another table."""
    for report in _reports(asked):
        found = []
        if report.period_end == day and report.sections[0].table:
            found.append([row[:4] for row in report.sections[0].table.rows])
        if len(report.sections) > _SERIES and (table := report.sections[_SERIES].table):
            words = date_format(day, "DATE_FORMAT")
            found.append([row[1:5] for row in table.rows if row[0].text == words])
        for rows in found:
            if [row[0].text for row in rows[:-1]] == [*names]:
                yield Protected(tuple(tuple(_figure(cell) for cell in row[1:]) for row in rows))


def _reports(asked: Asked) -> list[FiguresReport]:
    """All of the authority that were ever public, of whatever day."""
    texts = FiguresRecord.objects.filter(authority_id=asked.authority.pk, body_id=None).order_by("at")
    reports = [FiguresDocument.from_text(text).report for text in texts.values_list("document", flat=True)]
    return [report for report in reports if report.kind == FiguresKind.EQUALITY and report.sections]


def _figure(cell: FigureCell) -> int | None:
    return None if isinstance(cell.value, Absent) else int(cell.value or 0)


def series_table(days: Sequence[PublicDay]) -> FigureTable:
    """The days with their levels and totals, the oldest first; as `_told` reads it back."""
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
