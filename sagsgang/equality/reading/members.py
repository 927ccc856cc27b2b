"""The directorate's own members as a file: one name a line, or a table with `navn` and perhaps `titel`, `niveau`, `køn`."""

from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from sagsgang.documents.tables import Sheet, WrongFileError, day_of, read_sheet, shown
from sagsgang.equality.reading.headcount import SEXES
from sagsgang.equality.reading.headings import recognise
from sagsgang.equality.rules.levels import level_of
from sagsgang.equality.shapes import Member

_MOST = 500


def read_members(source: Path | bytes, on: date | None = None) -> tuple[Member, ...]:
    """The members on the day (all where `on` is None). With columns `fra` and `til` only those who belonged to it then.

    Raises RuleBrokenError with a sentence that names row and column.
    """
    sheet = read_sheet(_as_table(source))
    columns = recognise(sheet).at
    if "name" not in columns:
        raise WrongFileError(sheet.heading_row, 1, _("A column “navn” is expected here."))
    if len(sheet.rows) > _MOST:
        raise WrongFileError(sheet.rows[_MOST][0], 1, _("There may be %(most)s rows at the most.") % {"most": _MOST})
    return tuple(
        member for number, cells in sheet.rows if (member := _member(sheet, columns, number, cells, on)) is not None
    )


def _as_table(source: Path | bytes) -> Path | bytes:
    """A list of names without headings gets one, in the place of its first line."""
    content = source.read_bytes()[: 1024 * 1024] if isinstance(source, Path) and source.is_file() else source
    if isinstance(content, Path) or content.startswith(b"PK\x03\x04"):
        return source
    first = next((line for line in content.splitlines() if line.strip()), b"")
    heading = first.strip(b"\xef\xbb\xbf \r").split(b",")[0].strip(b'" ').lower()
    if any(mark in first for mark in (b";", b"\t")) or heading in (b"navn", b"name"):
        return source
    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    lines = content.removeprefix(mark)
    if b"," in first:  # „Bertelsen, Christian“ is one name
        lines = b"\n".join(
            b'"' + line.strip().replace(b'"', b'""') + b'"' for line in lines.splitlines() if line.strip()
        )
    return mark + b"navn\n" + lines


def _member(
    sheet: Sheet, columns: dict[str, int], number: int, cells: tuple[str, ...], on: date | None
) -> Member | None:
    def words(field: str) -> str:
        return cells[columns[field]] if field in columns else ""

    if not words("name"):
        raise WrongFileError(number, columns["name"] + 1, _("The name is missing."))
    if on is not None and not _sits(sheet, cells, on):
        return None
    level = level_of(words("level")) if words("level") else 1
    if level not in (1, 2):
        raise WrongFileError(
            number, columns["level"] + 1, _("“%(words)s” is neither level 1 nor 2.") % {"words": shown(words("level"))}
        )
    sex = SEXES.get(words("sex").casefold())
    return Member(words("name"), words("title"), level, sex)


def _sits(sheet: Sheet, cells: tuple[str, ...], on: date) -> bool:
    """Does the row's `fra` and `til` hold the day? What is empty holds it."""
    stated = {heading.casefold(): day_of(cells[at]) for at, heading in enumerate(sheet.headings)}
    since, until = stated.get("fra"), stated.get("til")
    return (since is None or since <= on) and (until is None or on <= until)
