"""Which column is what: headings in any order and usual spellings, or as somebody has mapped them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sagsgang.documents.tables import Sheet, WrongFileError, letters, shown
from sagsgang.equality.shapes import COLUMN_NAMES

_SPELLINGS = {
    "key": "medarbejdernr medarbejdernummer medarbnr medarbejderid medarbnummer lønnr lønnummer tjenestenr "
    "tjenestenummer ansættelsesnr ansættelsesnummer personalenr personalenummer loennr id employeeid",
    "name": "navn medarbejdernavn fuldenavn medarbejder ansat name",
    "title": "titel stilling stillingsbetegnelse title",
    "unit": "enhed afdeling organisation organisationsenhed orgenhed forvaltning arbejdssted institution unit",
    "level": "niveau ledelsesniveau lederniveau ledelseslag ledertrin lederkategori level",
    "sex": "køn koen kønkm kønkmx kønkvm medarbejderkøn sex gender",
    "status": "status ansættelsesstatus stillingsstatus ansættelsesform",
    "on": "dato opgørelsesdato skæringsdato statusdato pr prdato opgjort opgjortpr udtræksdato",
    "women": "kvinder kvinde k antalkvinder antalk women",
    "men": "mænd mand m antalmænd antalm maend men",
    "other": "andre andet x øvrige ukendt uoplyst andreukendt andreuoplyst antalandre andrekøn other",
    "total": "ialt total sum samlet antal antalialt samletantal antalledere total",
}
_KNOWN = {spelling: field for field, words in _SPELLINGS.items() for spelling in words.split()}
_EXTRACT, _SUMS = ("key", "level", "sex"), ("level", "women", "men")


@dataclass(frozen=True, slots=True)
class Columns:
    """The column (from 0) of each field; `full_time` are those whose heading speaks of årsværk."""

    at: dict[str, int]
    full_time: frozenset[str] = frozenset()

    @property
    def are_sums(self) -> bool:
        """Is it a table of sums, and not of employees?"""
        return "women" in self.at and "men" in self.at and "sex" not in self.at

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which the file says too little, in their order."""
        wanted = _SUMS if {"women", "men"} & self.at.keys() and "sex" not in self.at else _EXTRACT
        return tuple(field for field in wanted if field not in self.at)


def recognise(sheet: Sheet, mapping: Mapping[str, int] | None = None) -> Columns:
    """The columns of a sheet. `mapping` gives fields a column (from 0) by hand, and goes before what is recognised.

    Raises WrongFileError for two headings of one field, a mapped column outside the file, and a second row of headings. What is missing is left to the
    caller (`require_columns`), who may ask for a mapping.
    """
    given = dict(mapping or {})
    for column in given.values():
        if not 0 <= column < len(sheet.headings):
            raise WrongFileError(sheet.heading_row, column + 1, _("the file has no such column."))
    at: dict[str, int] = {}
    full_time = set()
    for column, heading in enumerate(sheet.headings):
        field = field_of(heading)
        if not field or column in given.values() or field in given:
            continue
        if field in at:
            raise WrongFileError(
                sheet.heading_row,
                column + 1,
                _("“%(words)s” is there twice, also in column %(other)s. Leave one of them out.")
                % {"words": shown(heading), "other": letters(at[field] + 1)},
            )
        at[field] = column
        if "årsværk" in heading.casefold() or "fuldtid" in heading.casefold():
            full_time.add(field)
    columns = Columns(at | given, frozenset(full_time))
    _require_one_row(sheet)
    return columns


def field_of(heading: str) -> str:
    """The field that a heading usually means, "" where it means none that is known."""
    words = heading.casefold()
    is_percent = bool(re.search(r"%|pct|procent|andel", words))
    words = re.sub(r"procent|pct|andel(en)?( af)?|årsværk|fuldtid\w*|i alt$", "", words) if is_percent or (
        "årsværk" in words or "fuldtid" in words
    ) else words  # fmt: skip
    bare = "".join(filter(str.isalnum, words))
    if is_percent:
        field = _KNOWN.get(bare, "")
        return f"{field}_percent" if field in ("women", "men", "other") else ""
    return _KNOWN.get(bare, "")


def require_columns(sheet: Sheet, columns: Columns) -> None:
    """Raises WrongFileError, naming the first heading that is missing."""
    if columns.missing:
        names = ", ".join(COLUMN_NAMES[field] for field in columns.missing)
        found = ", ".join(shown(heading) for heading in sheet.headings[:12] if heading)
        raise WrongFileError(
            sheet.heading_row,
            1,
            _("These headings are missing: %(names)s. The row has: %(found)s.") % {"names": names, "found": found},
        )


def _require_one_row(sheet: Sheet) -> None:
    number, cells = sheet.rows[0]
    like = [column for column, words in enumerate(cells) if field_of(words) and len(words) > 1]
    if len(like) >= 2:
        raise WrongFileError(
            number,
            like[0] + 1,
            _("“%(words)s” is one more row of headings. Keep one.") % {"words": shown(cells[like[0]])},
        )
