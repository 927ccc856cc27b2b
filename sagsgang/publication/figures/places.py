"""What the references of a report are called now, and their addresses below the site's root."""

from collections.abc import Collection, Mapping

from django.utils.formats import date_format
from django.utils.translation import override

from sagsgang.publication.figures.tree import FiguresReport, Place, references_in, resolved
from sagsgang.publication.models import PublicBody, PublicCase, PublicItem, PublicMeeting
from sagsgang.publication.queries.figures import Found, rows_of

_FOLDERS = {"item": "punkter", "case": "sager", "meeting": "moeder", "body": "organer"}


def places_of(found: Mapping[str, Found], base: str = "/") -> dict[str, Place]:
    """Name and address of each; `base` ends with a slash."""
    return {reference: _place(reference, row, base) for reference, row in found.items()}


def _place(reference: str, row: Found, base: str) -> Place:
    folder = _FOLDERS[reference.partition(":")[0]]
    return Place(_name(row), f"{base}{folder}/{row.pk}/{row.slug}/")


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
