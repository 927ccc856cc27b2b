"""A table of sums: one row a level, with women, men, perhaps others, a total and percentages."""

from django.utils.translation import gettext as _

from sagsgang.documents.tables import Sheet, WrongFileError, number_of, shown
from sagsgang.equality.reading.headings import Columns
from sagsgang.equality.rules.levels import level_of
from sagsgang.equality.shapes import Figures, Oddity

type Sums = tuple[dict[int, Figures], Figures | None, Figures | None, tuple[Oddity, ...]]

_TOTALS = {"ialt", "total", "sum", "samlet", "hovedtotal", "subtotal", "totalt"}
_LEADERS = _TOTALS | {"alleledere", "ledereialt", "lederesamlet", "niveau13", "niveau1til3", "allelederniveauer"}
_STAFF = {"alleansatte", "ansatte", "ansatteialt", "personale", "personaleialt", "medarbejdere", "allemedarbejdere",
          "medarbejdereialt", "helekommunen", "kommunen", "hele"}  # fmt: skip
_LEADER_ROW, _STAFF_ROW = -1, -2
_HIGHEST = 1_000_000


def is_total(words: str) -> bool:
    """Do the words begin a row of totals?"""
    return _bare(words) in _TOTALS or words.casefold().startswith(("i alt ", "total ", "sum "))


def figures_of_sums(sheet: Sheet, columns: Columns) -> Sums:
    """Levels, all leaders, all employees, and what is no count of heads. Raises WrongFileError."""
    found: dict[int, Figures] = {}
    oddities = [
        Oddity(sheet.heading_row, sheet.headings[columns.at[field]], sheet.headings[columns.at[field]])
        for field in ("women", "men", "other", "total")
        if field in columns.full_time
    ]
    fractions = _percent_fractions(sheet, columns)
    for number, cells in sheet.rows:
        label = cells[columns.at["level"]]
        level = _row_of(label)
        if level is None:
            raise WrongFileError(
                number, columns.at["level"] + 1, _("“%(words)s” is no level that we know.") % {"words": shown(label)}
            )
        if level in found:
            raise WrongFileError(
                number,
                columns.at["level"] + 1,
                _("“%(words)s” is there twice, also in row %(row)s.")
                % {"words": shown(label), "row": found[level].row},
            )
        found[level], odd = _figures(number, cells, columns, fractions)
        of_level = level if level > 0 else None
        oddities += [Oddity(number, sheet.headings[at], cells[at], of_level) for at in odd]
    leaders, staff = found.pop(_LEADER_ROW, None), found.pop(_STAFF_ROW, None)
    return found, leaders, staff, tuple(oddities)


def _row_of(label: str) -> int | None:
    bare = _bare(label)
    if bare in _LEADERS:
        return _LEADER_ROW
    if bare in _STAFF:
        return _STAFF_ROW
    return level_of(label) or None


def _figures(number: int, cells: tuple[str, ...], columns: Columns, fractions: bool) -> tuple[Figures, list[int]]:
    """The figures of a row, and the columns that hold a fraction."""
    odd: list[int] = []

    def heads(field: str) -> int | None:
        at = columns.at.get(field)
        if at is None or not cells[at]:
            return None
        value = _number(cells[at])
        if value is None or not 0 <= value <= _HIGHEST:
            raise WrongFileError(number, at + 1, _("“%(words)s” is no number of people.") % {"words": shown(cells[at])})
        if value != int(value):
            odd.append(at)
        return round(value)

    women, men = heads("women"), heads("men")
    for field, value in (("women", women), ("men", men)):
        if value is None:
            raise WrongFileError(number, columns.at[field] + 1, _("A number is missing. Write 0 for nobody."))
    percents = []
    for field in ("women_percent", "men_percent", "other_percent"):
        at = columns.at.get(field)
        if at is None or not cells[at]:
            continue
        percent = _number(cells[at].replace("%", ""))
        if percent is None:
            raise WrongFileError(number, at + 1, _("“%(words)s” is no percentage.") % {"words": shown(cells[at])})
        percents.append((field, percent * 100 if fractions and "%" not in cells[at] else percent))
    figures = Figures(women or 0, men or 0, heads("other") or 0, heads("total"), number, tuple(percents))
    return figures, odd


def _percent_fractions(sheet: Sheet, columns: Columns) -> bool:
    """Are percentages kept as 0.4 for 40 %, as Excel does? Only if none of them is above 1."""
    values = [
        _number(cells[at].replace("%", "")) or 0
        for field, at in columns.at.items()
        if field.endswith("_percent")
        for _row, cells in sheet.rows
    ]
    return bool(values) and max(values) <= 1


def _number(words: str) -> float | None:
    number = number_of(words)
    return None if number is None else float(number)


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
