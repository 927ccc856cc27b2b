"""What must follow from the chain of released figures: state, end, title and links, and the house's own record."""

from datetime import datetime
from uuid import UUID

from sagsgang.core.chains import Break, Fault
from sagsgang.publication.canonical import sha256
from sagsgang.publication.figures.tree import FiguresDocument, references_in
from sagsgang.publication.models import FiguresRecord, FiguresWithdrawal, PublicFigures, ReleaseState
from sagsgang.publication.slugs import slug_of


def figures_contradictions() -> dict[str, Break]:
    """By authority, its first release of figures that disagrees with what came after it, its own words, or its record."""
    taken = dict(FiguresWithdrawal.objects.values_list("release_id", "at"))
    records = {row.release_id: row for row in FiguresRecord.objects.all()}
    rows = list(PublicFigures.objects.order_by("authority", "number"))
    later: dict[UUID, datetime] = {}
    found: dict[str, Break] = {}
    for row in reversed(rows):
        fault = _fault(row, taken.get(row.pk), later.get(row.figures_id), records.get(row.pk))
        if fault is not None:
            found[row.authority] = Break(row.number, fault)
        later[row.figures_id] = row.released_at
    return found


def _fault(
    row: PublicFigures, taken_at: datetime | None, next_at: datetime | None, record: FiguresRecord | None
) -> Fault | None:
    state = ReleaseState.SUPERSEDED if next_at else ReleaseState.CURRENT
    if row.state != (ReleaseState.WITHDRAWN if taken_at else state):
        return Fault("state")
    if row.ended_at != (taken_at or next_at):
        return Fault("ended")
    if record is None or record.sha256 != row.sha256 or sha256(record.document) != row.sha256:
        return Fault("record")
    return None if _says(row) else Fault("words")


def _says(row: PublicFigures) -> bool:
    """Are title, address and links those of its words? Words with a wrong hash are never taken apart."""
    if row.document is None:
        return (row.title, row.slug, row.links) == ("", "", [])
    if sha256(row.document) != row.sha256:
        return False
    said = FiguresDocument.from_text(row.document).report
    return (row.title, row.slug, row.links) == (said.title, slug_of(said.title), sorted(references_in(said)))
