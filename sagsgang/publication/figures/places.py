"""What the references of a report are called now, and their addresses below the site's root."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from sagsgang.publication.figures.tree import FiguresReport, Place, references_in, resolved
from sagsgang.publication.models import PublicBody, PublicCase, PublicFigures, PublicItem, PublicMeeting
from sagsgang.publication.queries.figures import Found, rows_of

_FOLDERS = {"item": "punkter", "case": "sager", "meeting": "moeder", "body": "organer"}


def places_of(found: Mapping[str, Found], base: str = "/") -> dict[str, Place]:
    """Name and address of each; `base` ends with a slash."""
    return {reference: _place(reference, row, base) for reference, row in found.items()}


def _place(reference: str, row: Found, base: str) -> Place:
    folder = _FOLDERS[reference.partition(":")[0]]
    return Place(_name(row), f"{base}{folder}/{row.pk}/{row.slug}/", _late_reason(row))


def _late_reason(row: Found) -> str:
    """As its page prints it now."""
    if not isinstance(row, PublicItem):
        return ""
    told: str | None = row.told_late_reason  # type: ignore[attr-defined]
    with override("da"):
        return told or gettext("no reason was printed")


def _name(row: Found) -> str:
    if isinstance(row, PublicItem | PublicCase):
        return row.title
    if isinstance(row, PublicBody):
        return row.name
    assert isinstance(row, PublicMeeting)
    with override("da"):  # released words are Danish, whatever is said around them
        return f"{row.body.name}, {date_format(row.held_on, 'DATE_FORMAT')}"


def read_now(report: FiguresReport, using: str, base: str = "/") -> FiguresReport:
    """The report as it reads now, through that database."""
    return resolved(report, places_of(_rows(references_in(report), using), base))


def _rows(references: Collection[str], using: str) -> dict[str, Found]:
    return rows_of(references, using) if references else {}


def taken_back_words() -> str:
    """What is said of figures that count something that has been taken back since."""
    return gettext(
        "Something that is counted here has been taken back since. It stands on no line any more; the numbers are those of the "
        "day of the release."
    )


def is_worn(links: Collection[str], found: Mapping[str, Found]) -> bool:
    """Has something that released figures speak of or count been taken back? `found` are the rows of their references."""
    return any(link not in found for link in links)


def worn_figures(rows: Iterable[PublicFigures], using: str) -> set[UUID]:
    """Which of these current figures are (`is_worn`); at most four queries."""
    linked = [row for row in rows if row.links]
    found = _rows({link for row in linked for link in row.links}, using)
    return {row.pk for row in linked if is_worn(row.links, found)}
