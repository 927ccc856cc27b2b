"""Take the parts of a Word document into the draft, each where the writer wants it."""

from collections.abc import Mapping, Sequence
from html import escape

from django.db import transaction
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.cases.actions.arranging import add_section
from sagsgang.cases.actions.editing import lock_draft, save_section
from sagsgang.cases.models import Presentation, Section, SectionKind
from sagsgang.cases.rules.editing import PointWords
from sagsgang.cases.rules.incoming import Part, named, split_points
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record

NEW = "new"
LEAVE = "leave"


@transaction.atomic
def read_word(
    draft: Presentation,
    *,
    parts: Sequence[Part],
    places: Mapping[int, str],
    seen: Mapping[str, int],
    sha256: str,
    actor: User,
) -> int:
    """Write each part (by its number) to its place: a section's id, `NEW` or `LEAVE`. Answers how many were written.

    A section's words are replaced; what stood there stays in its revisions. Several parts in one section stand under
    each other with their headings. `seen` are the sections' revisions that the writer had before her: if one has
    been saved since, nothing is written and a `RuleBrokenError` says so.
    """
    case = lock_draft(draft, actor=actor)
    rows = {str(row.pk): row for row in Section.objects.filter(presentation=draft).select_related("presentation")}
    _require_seen(rows, seen)
    wanted: dict[str, list[Part]] = {}
    for part in parts:
        place = places.get(part.number, NEW)
        if place == NEW:
            heading = part.heading[:200] or _("Text from Word")
            row = add_section(draft, kind=part.kind, heading=heading, actor=actor)
            rows[str(row.pk)] = row
            wanted[str(row.pk)] = [part]
        elif place != LEAVE:
            wanted.setdefault(place, []).append(part)
    for key, group in wanted.items():
        if key not in rows:
            raise RuleBrokenError(_("A section has been taken out in the meantime. Look at the places once more."))
        _fill(rows[key], group, actor)
    count = sum(len(group) for group in wanted.values())
    record(actor, "read_word", case, presentation=str(draft.pk), sha256=sha256, parts=count, left=len(parts) - count)
    return count


def _require_seen(rows: Mapping[str, Section], seen: Mapping[str, int]) -> None:
    if {key: row.revision for key, row in rows.items()} != dict(seen):
        raise RuleBrokenError(
            _("The draft has been changed since the document was shown. Look at the places once more, then write it.")
        )


def _fill(section: Section, parts: Sequence[Part], actor: User) -> None:
    """Words and points of a section, as its kind has them; a point whose words stay keeps the verb that was chosen."""
    html = "".join(_headed(part, section, is_first=place == 0) for place, part in enumerate(parts))
    points: tuple[PointWords, ...] = ()
    if section.kind == SectionKind.RECOMMENDATION:
        html, stated = split_points(html)
        chosen = {point.text: point.verb for point in section.points.all()}
        points = tuple(PointWords(chosen.get(point.text, point.verb), point.text) for point in stated)
    save_section(section, html=html, points=points, seen=section.revision, actor=actor)


def _headed(part: Part, section: Section, *, is_first: bool) -> str:
    """A part with its own heading above it, where it is another than the section's."""
    if not part.heading or (is_first and (named(part.heading) == named(section.heading) or part.kind == section.kind)):
        return part.html
    return f"<h3>{escape(part.heading, quote=False)}</h3>{part.html}"
