"""The rows of a sheet as figures of an indicator: period, value and perhaps a note, in columns of any order. All, or nothing."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError
from sagsgang.documents.tables import Sheet, WrongFileError, letters, number_of, shown
from sagsgang.goals.rules.indicators import MOST_NOTE, Figure, read_period, require_same_kind, require_value

FIELDS = ("period", "value", "note")
MOST_FIGURES = 2000
_SPELLINGS = {
    "period": "periode tid tidspunkt år aar årstal kvartal måned maaned halvår dato dag opgjort period year date",
    "value": "værdi vaerdi værdier tal måling indhold antal andel resultat procent pct value figure",
    "note": "note noter bemærkning bemærkninger kommentar forbehold comment remark",
}
_KNOWN = {word: field for field, words in _SPELLINGS.items() for word in words.split()}
_THOUSANDS, _POINT = re.compile(r"-?\d{1,3}\.\d{3}"), re.compile(r"-?\d+\.(\d{1,2}|\d{4,})")


def columns_of(sheet: Sheet, given: Mapping[str, int | None] | None = None) -> dict[str, int]:
    """The column (from 0) of each field whose heading is known; what is `given` by hand goes before it, None = has none.

    Raises `WrongFileError` where two headings mean the same field.
    """
    chosen = dict(given or {})
    at = {field: column for field, column in chosen.items() if column is not None}
    for column, heading in enumerate(sheet.headings):
        field = _KNOWN.get("".join(filter(str.isalnum, heading.casefold())), "")
        if not field or field in chosen or column in at.values():
            continue
        if field in at:
            raise WrongFileError(
                sheet.heading_row,
                column + 1,
                _("“%(words)s” may mean the same as column %(other)s. Choose the columns below.")
                % {"words": shown(heading), "other": letters(at[field] + 1)},
            )
        at[field] = column
    return at


def figures_of(sheet: Sheet, at: Mapping[str, int], *, measured_in: str, today: date) -> list[Figure]:
    """Every row of the sheet. Raises `WrongFileError` with row and column for the first thing that is wrong."""
    for field, name in (("period", _("the period")), ("value", _("the value"))):
        if field not in at:
            raise WrongFileError(
                sheet.heading_row, 1, _("No heading says which column is %(name)s. Choose it below.") % {"name": name}
            )
    if len(sheet.rows) > MOST_FIGURES:
        raise WrongFileError(
            sheet.rows[MOST_FIGURES][0], 1, _("There may be %(most)s rows at the most.") % {"most": MOST_FIGURES}
        )
    _require_one_point(sheet, at["value"])
    seen: dict[str, int] = {}
    found: list[Figure] = []
    for row, cells in sheet.rows:
        try:
            period = read_period(cells[at["period"]], today)
            require_same_kind(found[-1].period.kind if found else None, period)
        except RuleBrokenError as refusal:
            raise WrongFileError(row, at["period"] + 1, str(refusal)) from refusal
        if period.code in seen:
            raise WrongFileError(
                row, at["period"] + 1,
                _("%(period)s stands in row %(row)s already.") % {"period": period.words, "row": seen[period.code]},
            )  # fmt: skip
        seen[period.code] = row
        value = _value(row, at["value"], cells, measured_in)
        found.append(Figure(period, value, _note(row, at.get("note"), cells), row))
    return found


def _value(row: int, column: int, cells: tuple[str, ...], measured_in: str) -> Decimal:
    words = cells[column]
    if words in ("", "-", "–", ".", "..", "…"):
        raise WrongFileError(row, column + 1, _("The figure is missing. Leave the row out, or write the figure."))
    number = number_of(words.removesuffix("%") if measured_in.strip() == "%" else words)
    if number is None:
        raise WrongFileError(row, column + 1, _("“%(words)s” is no number.") % {"words": shown(words)})
    try:
        return require_value(number)
    except RuleBrokenError as refusal:
        raise WrongFileError(row, column + 1, str(refusal)) from refusal


def _note(row: int, column: int | None, cells: tuple[str, ...]) -> str | None:
    if column is None:
        return None
    if len(cells[column]) > MOST_NOTE:
        raise WrongFileError(
            row, column + 1, _("The note is longer than %(most)s signs.") % {"most": MOST_NOTE}
        )  # fmt: skip
    return cells[column]


def _require_one_point(sheet: Sheet, column: int) -> None:
    """Where 12.5 is a decimal, 1.234 may be one as well: nobody can tell, so nobody guesses."""
    words = [(row, cells[column].replace(" ", "")) for row, cells in sheet.rows]
    if not any(_POINT.fullmatch(cell) for _row, cell in words):
        return
    for row, cell in words:
        if _THOUSANDS.fullmatch(cell):
            raise WrongFileError(
                row, column + 1,
                _("“%(words)s” may be thousands or decimals: other rows have points as decimals. Write decimals with commas.")
                % {"words": shown(cell)},
            )  # fmt: skip
