"""A file as rows of words: CSV or XLSX, told apart by content, and whatever makes its rows unsafe to read refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.tables.csv_rows import csv_rows
from sagsgang.documents.tables.places import WrongFileError, shown
from sagsgang.documents.tables.xlsx_rows import xlsx_rows
from sagsgang.gate.pieces import UnreadableError

__all__ = ["Sheet", "WrongFileError", "read_sheet"]

LARGEST = 20 * 1024 * 1024
MOST_ROWS = 100_000
MOST_BLANK = 1000
MOST_COLUMNS = 200
MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first row with words in it, and the rows below that have any; each with its number in the spreadsheet."""

    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheet(source: Path | bytes) -> Sheet:
    """The rows of a CSV or XLSX file (the first visible sheet). Raises RuleBrokenError, naming row and column."""
    content = _content(source)
    if not content.strip():
        raise WrongFileError(1, 1, _("The file is empty."))
    kinds = {
        b"\xd0\xcf\x11\xe0": _(
            "This is an old Excel file (.xls), or one with a password. Save it as .xlsx without one."
        ),
        b"%PDF": _("This is a PDF. Save the table as CSV or XLSX."),
        b"{\\rtf": _("This is a text document. Save the table as CSV or XLSX."),
    }
    for magic, sentence in kinds.items():
        if content.startswith(magic):
            raise WrongFileError(1, 1, sentence)
    try:
        rows = xlsx_rows(content) if content.startswith(b"PK\x03\x04") else csv_rows(content)
        return _sheet(rows)
    except UnreadableError as refusal:
        raise WrongFileError(1, 1, str(refusal)) from refusal


def _content(source: Path | bytes) -> bytes:
    too_large = _("The file is larger than %(most)s MB. Remove what is not the table.") % {"most": LARGEST // 1024**2}
    if isinstance(source, Path):
        try:
            with source.open("rb") as file:
                source = file.read(LARGEST + 1)
        except OSError as error:
            raise RuleBrokenError(_("The file cannot be opened.")) from error
    if len(source) > LARGEST:
        raise RuleBrokenError(too_large)
    return source


def _sheet(rows: Iterable[tuple[int, list[str]]]) -> Sheet:
    kept = list(_filled(rows))
    if not kept:
        raise WrongFileError(1, 1, _("The file has no row with words in it."))
    (number, headings), *below = kept
    if not below:
        raise WrongFileError(number + 1, 1, _("There is nothing below the headings."))
    width = len(headings)
    for at, cells in below:
        if len(cells) > width:
            raise WrongFileError(
                at, width + 1, _("“%(words)s” stands outside the headings.") % {"words": shown(cells[width])}
            )
    return Sheet(
        tuple(headings), number, tuple((at, tuple(cells) + ("",) * (width - len(cells))) for at, cells in below)
    )


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows with words in them; trailing empty cells are left out."""
    last = 0
    for number, raw in rows:
        cells = [cell.replace("\xa0", " ").strip() for cell in raw]
        while cells and not cells[-1]:
            cells.pop()
        if not cells and number - last > MOST_BLANK:
            raise WrongFileError(
                last + 1,
                1,
                _("More than %(most)s empty rows follow. Delete them, and save again.") % {"most": MOST_BLANK},
            )
        if not cells:
            continue
        _require_sane(number, cells)
        if number - last > MOST_BLANK + 1:
            raise WrongFileError(
                last + 1,
                1,
                _("More than %(most)s empty rows follow. Delete them, and save again.") % {"most": MOST_BLANK},
            )
        last = number
        yield number, cells


def _require_sane(number: int, cells: list[str]) -> None:
    if number > MOST_ROWS:
        raise WrongFileError(number, 1, _("There may be %(most)s rows at the most.") % {"most": MOST_ROWS})
    if len(cells) > MOST_COLUMNS:
        raise WrongFileError(
            number, MOST_COLUMNS + 1, _("There may be %(most)s columns at the most.") % {"most": MOST_COLUMNS}
        )
    for column, words in enumerate(cells, start=1):
        if len(words) > MOST_WORDS:
            raise WrongFileError(number, column, _("The cell holds more than a name or a number."))
        if words.startswith("=") and len(words) > 1:
            raise WrongFileError(
                number, column, _("The cell holds a formula. Paste the table as values, and save again.")
            )
        if "\ufffd" in words or "\x00" in words:
            raise WrongFileError(
                number, column, _("“%(words)s” cannot be read. Save as CSV UTF-8.") % {"words": shown(words)}
            )
