"""The words of the targets as a file has them: number, Danish, English, in columns of any order. All of it, or nothing."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.documents.tables import Sheet, WrongFileError
from sagsgang.goals.catalogue import target_numbers

_HEADINGS = {
    "number": ("nummer", "nr", "delmål", "delmaal", "number", "target", "no"),
    "danish": ("dansk", "tekst", "danish", "da", "formulering"),
    "english": ("engelsk", "english", "en"),
}


@dataclass(frozen=True, slots=True)
class TargetWords:
    """One target and its words; one of the two languages may be empty."""

    number: str
    danish: str
    english: str


def targets_of(sheet: Sheet) -> tuple[TargetWords, ...]:
    """Every row of the sheet. Raises `WrongFileError` with row and column for the first thing that is wrong."""
    at = _columns(sheet)
    seen: dict[str, int] = {}
    found = []
    for row, cells in sheet.rows:
        number = _number(row, at["number"], cells)
        if number in seen:
            raise WrongFileError(
                row,
                at["number"] + 1,
                _("Target %(number)s stands in row %(row)s already.") % {"number": number, "row": seen[number]},
            )
        seen[number] = row
        danish, english = (cells[at[name]] if name in at else "" for name in ("danish", "english"))
        if not danish and not english:
            column = at["danish"] if "danish" in at else at["english"]
            raise WrongFileError(row, column + 1, _("The words of target %(number)s are missing.") % {"number": number})
        found.append(TargetWords(number, danish, english))
    return tuple(found)


def _columns(sheet: Sheet) -> dict[str, int]:
    at: dict[str, int] = {}
    for column, heading in enumerate(sheet.headings):
        bare = "".join(filter(str.isalnum, heading.casefold()))
        for name, words in _HEADINGS.items():
            if bare in words and name not in at:
                at[name] = column
    if "number" not in at:
        raise WrongFileError(sheet.heading_row, 1, _("No column is headed “Nummer”."))
    if "danish" not in at and "english" not in at:
        raise WrongFileError(sheet.heading_row, 1, _("No column is headed “Dansk” or “Engelsk”."))
    return at


def _number(row: int, column: int, cells: tuple[str, ...]) -> str:
    """As the catalogue writes it: "3.A" and "3a" are "3.a"; a spreadsheet that made a decimal of it has "3,4"."""
    written = cells[column]
    number = re.sub(r"\s+", "", written).lower().replace(",", ".").strip(".")
    number = re.sub(r"^(\d+)([a-d])$", r"\1.\2", number)
    if number not in target_numbers():
        raise WrongFileError(row, column + 1, _("“%(words)s” is no target.") % {"words": written[:40]})
    return number
