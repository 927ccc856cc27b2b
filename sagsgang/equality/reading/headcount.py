"""The rows of a sheet as a headcount: employees, or a table of sums."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.documents.tables import Sheet, WrongFileError, day_of, read_sheet, shown
from sagsgang.equality.reading.headings import Columns, recognise, require_columns
from sagsgang.equality.reading.sums import figures_of_sums, is_total
from sagsgang.equality.rules.levels import NO_LEVEL, level_of
from sagsgang.equality.shapes import LEVELS, Employee, Figures, Headcount, Sex, Status

SEXES = {
    **dict.fromkeys(("k", "kv", "kvinde", "kvinder", "f", "female", "woman"), Sex.WOMAN),
    **dict.fromkeys(("m", "mand", "mænd", "male", "man"), Sex.MAN),
    **dict.fromkeys(("x", "andet", "andre", "anden", "øvrige", "ukendt", "uoplyst", "nonbinær", "a", "u"), Sex.OTHER),
}
_STATUSES = {
    **dict.fromkeys(("", "fast", "fastansat", "ansat", "aktiv", "ordinær", "varig"), Status.PERMANENT),
    **dict.fromkeys(("konstitueret", "konst", "konstitution", "fungerende"), Status.ACTING),
    **dict.fromkeys(("orlov", "barsel", "barselsorlov", "påorlov", "orlovmedløn", "orlovudenløn"), Status.LEAVE),
    **dict.fromkeys(("vakant", "vakance", "ledig", "ubesat"), Status.VACANT),
}  # fmt: skip
_MOST_KEY, _MOST_NAME = 60, 200


def read_headcount(source: Path | bytes, mapping: Mapping[str, int] | None = None) -> Headcount:
    """Read a file. Raises RuleBrokenError with a sentence that names row and column."""
    sheet = read_sheet(source)
    columns = recognise(sheet, mapping)
    require_columns(sheet, columns)
    return headcount_of(sheet, columns)


def headcount_of(sheet: Sheet, columns: Columns) -> Headcount:
    """The headcount of a sheet whose columns are known. Raises WrongFileError."""
    headings = {field: sheet.headings[column] for field, column in columns.at.items()}
    days = _days(sheet, columns)
    if columns.are_sums:
        levels, leaders, staff, oddities = figures_of_sums(sheet, columns)
        return Headcount(levels, leaders, staff, headings=headings, days=days, oddities=oddities)
    employees = tuple(_employee(number, cells, columns) for number, cells in sheet.rows)
    return Headcount(*sums_of(employees), employees=employees, headings=headings, days=days)


def sums_of(employees: tuple[Employee, ...]) -> tuple[dict[int, Figures], Figures, Figures | None]:
    """Levels, all leaders and all employees; the last is None where the rows hold leaders alone. A vacant post is nobody."""
    heads = [row for row in employees if row.is_head]
    levels = {level: _counted([row for row in heads if row.level == level]) for level in LEVELS}
    leaders = _counted([row for row in heads if row.level is not None])
    is_whole = any(row.level is None for row in employees)
    return levels, leaders, _counted(heads) if is_whole else None


def _counted(rows: list[Employee]) -> Figures:
    by_sex = Counter(row.sex for row in rows)
    first = rows[0].row if rows else None
    return Figures(by_sex[Sex.WOMAN], by_sex[Sex.MAN], by_sex[Sex.OTHER], row=first)


def _employee(number: int, cells: tuple[str, ...], columns: Columns) -> Employee:
    def words(field: str) -> str:
        return cells[columns.at[field]] if field in columns.at else ""

    def wrong(field: str, sentence: str) -> WrongFileError:
        return WrongFileError(number, columns.at.get(field, 0) + 1, sentence)

    first = next(column for column, cell in enumerate(cells) if cell)
    if is_total(cells[first]):
        raise WrongFileError(
            number,
            first + 1,
            _("“%(words)s” looks like a row of totals. Leave it out.") % {"words": shown(cells[first])},
        )
    status = _STATUSES.get(_bare(words("status")))
    if status is None:
        raise wrong("status", _("“%(words)s” is no status that we know.") % {"words": shown(words("status"))})
    level = level_of(words("level"))
    if level is None:
        raise wrong("level", _("“%(words)s” is no level that we know.") % {"words": shown(words("level"))})
    key, sex = words("key"), SEXES.get(_bare(words("sex")))
    if sex is None and (words("sex") or status != Status.VACANT):
        raise wrong(
            "sex",
            _("“%(words)s” is no sex that we know: k, m or x is expected.") % {"words": shown(words("sex"))}
            if words("sex")
            else _("the sex is missing: k, m or x is expected."),
        )
    if not key and status != Status.VACANT:
        raise wrong("key", _("the employee’s number is missing."))
    for field, most in (("key", _MOST_KEY), ("name", _MOST_NAME), ("unit", _MOST_NAME)):
        if len(words(field)) > most:
            raise wrong(field, _("The cell holds more than a name or a number."))
    on = day_of(words("on"))
    return Employee(number, key, words("name"), words("unit"), None if level == NO_LEVEL else level, sex, status, on)


def _days(sheet: Sheet, columns: Columns) -> tuple[tuple[date, int], ...]:
    at = columns.at.get("on")
    found: dict[date, int] = {}
    for number, cells in sheet.rows if at is not None else ():
        assert at is not None
        if not cells[at]:
            continue
        day = day_of(cells[at])
        if day is None:
            raise WrongFileError(number, at + 1, _("“%(words)s” is no date.") % {"words": shown(cells[at])})
        found.setdefault(day, number)
    return tuple(found.items())


def _bare(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))
