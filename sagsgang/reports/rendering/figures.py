"""Figures as bars that the server draws: a picture with title and description, and the same numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from sagsgang.reports.queries.figures import Figures

LABEL, LENGTH, BAR, GAP = 124, 190, 20, 8  # units of the drawing
WIDTH = LABEL + LENGTH + 46
_TONES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar."""

    x: int
    width: int
    tone: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words before it and its numbers after it."""

    label: str
    y: int
    pieces: tuple[Piece, ...]
    after: int
    number: str
    said: str

    @property
    def baseline(self) -> int:
        """Where the words stand."""
        return self.y + BAR - 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure: `columns` name what is counted; each row of the table is a label and its numbers as text."""

    key: str
    title: str
    words: str
    head: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    empty: str

    @property
    def has_any(self) -> bool:
        """Is there anything to draw?"""
        return any(bar.pieces for bar in self.bars)

    @property
    def width(self) -> int:
        """Of the drawing: no wider than a telephone, so that its words stay readable there."""
        return WIDTH

    @property
    def height(self) -> int:
        """Of the drawing."""
        return len(self.bars) * (BAR + GAP)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """What each tone means, where there are several."""
        return tuple(zip(_TONES, self.columns, strict=False)) if len(self.columns) > 1 and self.key == "cases" else ()

    @property
    def told(self) -> str:
        """Every number in a sentence, for who does not see the picture."""
        return "; ".join(f"{bar.label}: {bar.said}" for bar in self.bars)


def shown_figures(found: Figures) -> list[Shown]:
    """The figures in words and bars."""
    return [_cases(found), _days(found), _late(found)]


def _cases(found: Figures) -> Shown:
    columns = (gettext("being written"), gettext("on an agenda"), gettext("decided"))
    rows = [(date_format(row.month, "F Y"), (row.written, row.on_agenda, row.decided)) for row in found.cases]
    said = [
        ", ".join(f"{number} {name}" for number, name in zip(numbers, columns, strict=True) if number) or "0"
        for _label, numbers in rows
    ]
    return Shown(
        "cases",
        gettext("Cases by the month in which they were opened"),
        gettext("Where the cases that you see stand now."),
        gettext("Month"),
        columns,
        _bars([(label, numbers, words) for (label, numbers), words in zip(rows, said, strict=True)]),
        tuple((label, tuple(map(str, numbers))) for label, numbers in rows),
        gettext("No case that you see was opened in the last twelve months."),
    )


def _days(found: Figures) -> Shown:
    rows = [(date_format(row.month, "F Y"), round(row.median), row.cases) for row in found.days]
    words = [
        ngettext("{days} days ({count} case)", "{days} days ({count} cases)", cases).format(days=days, count=cases)
        if cases
        else "–"
        for _label, days, cases in rows
    ]
    return Shown(
        "days",
        gettext("Days from the first meeting to the last decision"),
        gettext("The median of the cases whose last decision fell in the month; half of them took longer."),
        gettext("Month"),
        (gettext("Days, median"), gettext("Cases")),
        _bars([(label, (days,), said) for (label, days, _cases), said in zip(rows, words, strict=True)]),
        tuple((label, (str(days) if cases else "–", str(cases))) for label, days, cases in rows),
        gettext("No case that you see was decided in the last twelve months."),
    )


def _late(found: Figures) -> Shown:
    rows = [(row.unit or gettext("without a unit"), row.late) for row in found.late]
    return Shown(
        "late",
        gettext("Overdue follow-up by unit"),
        gettext("Of the follow-ups that you see."),
        gettext("Unit"),
        (gettext("Overdue"),),
        _bars([(label, (late,), str(late)) for label, late in rows]),
        tuple((label, (str(late),)) for label, late in rows),
        gettext("No follow-up that you see is overdue."),
    )


def _bars(rows: Sequence[tuple[str, Sequence[int], str]]) -> tuple[Bar, ...]:
    """The longest bar has the whole length; beside each stands its sum."""
    most = max([sum(numbers) for _label, numbers, _said in rows] or [0])
    bars = []
    for place, (label, numbers, said) in enumerate(rows):
        pieces, x = [], LABEL
        for tone, number in zip(_TONES, numbers, strict=False):
            width = round(LENGTH * number / most) if most else 0
            if width:
                pieces.append(Piece(x, width, tone))
                x += width
        bars.append(Bar(label, place * (BAR + GAP), tuple(pieces), x + 8, str(sum(numbers)), said))
    return tuple(bars)
