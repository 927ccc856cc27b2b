"""How a report is shown: its cells in words, in the language of the reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from sagsgang.core.plots import Absent, Cell, Plot, Table
from sagsgang.core.plots.words import hidden_words, number_words
from sagsgang.publication.figures.tree import FigureCell, FigureSection, FiguresReport, FigureTable


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section of a resolved report as a page draws it. `key` is unique on the page; `number` is that of its table."""

    key: str
    section: FigureSection
    plot: Plot | None
    table: Table | None
    number: int
    note: str

    @property
    def caption(self) -> str:
        """What the table is called."""
        return self.section.table.caption if self.section.table else ""

    @property
    def headings(self) -> list[tuple[str, bool]]:
        """The headings of the table, each with whether words stand under it."""
        return list(zip(self.table.headings, word_columns(self.table), strict=True)) if self.table else []


def shown_sections(report: FiguresReport) -> list[ShownSection]:
    """The sections in order; tables are numbered from 1."""
    found, number = [], 0
    for at, section in enumerate(report.sections, start=1):
        number += section.table is not None
        found.append(
            ShownSection(
                key=f"afsnit-{at}",
                section=section,
                plot=section.plot.drawn if section.plot else None,
                table=shown_table(section.table) if section.table else None,
                number=number,
                note=hidden_words() if section.table and hides(section.table) else "",
            )
        )
    return found


def hides(table: FigureTable) -> bool:
    """Is a number left out of it to protect people?"""
    return any(cell.value == Absent.HIDDEN for row in table.rows for cell in row)


def shown_table(table: FigureTable) -> Table:
    """The table with its numbers in words, of a report that is `resolved`."""
    return Table(table.headings, tuple(tuple(_cell(cell) for cell in row) for row in table.rows))


def word_columns(table: Table) -> list[bool]:
    """Of each column: does it hold words alone? The first one heads the rows."""
    return [
        at == 0 or (bool(table.rows) and all(not row[at].is_number for row in table.rows))
        for at in range(len(table.headings))
    ]


def _cell(cell: FigureCell) -> Cell:
    words = cell.text if cell.value is None else number_words(cell.value, cell.decimals)
    return Cell(words, "" if cell.says else cell.link, is_number=cell.value is not None)


def lines_of(table: Table) -> list[Sequence[str]]:
    """Heading and rows as text, for a file."""
    return [table.headings, *([cell.text for cell in row] for row in table.rows)]
