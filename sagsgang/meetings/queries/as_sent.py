"""An agenda as it went out in one of its versions: words, attachments, path and speakers of that day, not of today.

What has been closed since stays closed: nothing is shown by an old version that its reader may not read now.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch

from sagsgang.cases.models import Presentation
from sagsgang.core.gathering import place
from sagsgang.documents.access import Access, Ground
from sagsgang.meetings.models import AgendaItem, AgendaVersion, Attachment, Decision, Meeting, PlannedStep
from sagsgang.meetings.queries.deciding import said_of_items, said_points

type Line = dict[str, Any]


def rows_as_sent(version: AgendaVersion, which: Iterable[UUID]) -> Meeting:
    """The meeting with those of its top items in `which`, as they stood in this version; as `pages.meeting_rows` else.

    An item that was closed then and is open now is given as it is now. Raises `Meeting.DoesNotExist`.
    """
    wanted = {str(pk) for pk in which}
    lines: dict[UUID, Line] = {
        UUID(line["item"]): line for line in version.lines if line["item"] in wanted or line.get("parent") in wanted
    }
    meeting = _fetched(version, lines)
    top: list[AgendaItem] = list(meeting.items.all())
    items: list[AgendaItem] = [row for item in top for row in (item, *item.subitems.all())]
    words = _words(items, lines)
    closed = _closed_documents(items)
    for item in items:
        _stand_as_sent(item, lines[item.pk], words, closed.get(item.pk, {}))
    return meeting


def _fetched(version: AgendaVersion, lines: dict[UUID, Line]) -> Meeting:
    named = {pk for line in lines.values() for pk in line.get("attachments", ())}
    attachments = Attachment.objects.filter(pk__in=named).select_related("version", "presentation").order_by("position")
    decisions = Decision.objects.filter(recorded_at__lte=version.sent_at).select_related("recorded_by")
    parts: list[Any] = [
        "steps",
        "attendance",
        Prefetch("decisions", decisions.annotate(said_points=said_points())),
        Prefetch("attachments", attachments),
    ]
    rows = AgendaItem.objects.filter(pk__in=lines).select_related("case", "presentation").annotate(**said_of_items())
    subitems = rows.filter(parent__isnull=False).prefetch_related(*parts)
    items = rows.filter(parent__isnull=True).prefetch_related(*parts, Prefetch("subitems", subitems))
    meetings = Meeting.objects.select_related("body__authority").prefetch_related(
        "attendance", Prefetch("items", items)
    )
    return meetings.get(pk=version.meeting_id)


def _words(items: Iterable[AgendaItem], lines: dict[UUID, Line]) -> dict[str, Presentation]:
    """The versions of the words, those that went out and those of now; in three queries."""
    ids = {line["presentation"] for line in lines.values() if line.get("presentation")}
    ids |= {str(item.presentation_id) for item in items if item.presentation_id}
    rows = Presentation.objects.prefetch_related("sections__points").in_bulk(ids)
    return {str(pk): row for pk, row in rows.items()}


def _closed_documents(items: Iterable[AgendaItem]) -> dict[UUID, dict[UUID, str]]:
    """The documents that lie closed on the items now: {item: {document: ground}}; one query."""
    found: dict[UUID, dict[UUID, str]] = {}
    rows = Attachment.objects.filter(item__in=[item.pk for item in items], withdrawn_at=None, version__isnull=False)
    for item, document, ground in rows.exclude(access=Access.OPEN).values_list("item", "version__document", "ground"):
        found.setdefault(item, {})[document] = ground
    return found


def _stand_as_sent(item: AgendaItem, line: Line, words: dict[str, Presentation], closed: dict[UUID, str]) -> None:
    """Give the row in memory what the line says; it is never saved."""
    newest = words.get(str(item.presentation_id))
    if line.get("access", item.access) != Access.OPEN and not item.is_closed:
        item.presentation = newest
        for row in item.attachments.all():
            if row.withdrawn_at is not None:  # it lay under a closed item, and was taken away before that was opened
                row.access, row.ground = Access.CLOSED, row.ground or Ground.INTERNAL
        return
    item.title, item.number = line["title"], line.get("number", item.number)
    item.kind, item.late_reason = line.get("kind", item.kind), line.get("late_reason", item.late_reason)
    sent = words.get(line["presentation"]) if line.get("presentation") else None
    item.presentation = _as_closed_as(newest, sent) if "presentation" in line else newest
    _place_path_and_speakers(item, line)
    for row in item.attachments.all():
        document = row.version.document_id if row.version else None
        if row.access == Access.OPEN and document in closed:
            row.access, row.ground = Access.CLOSED, closed[document]


def _place_path_and_speakers(item: AgendaItem, line: Line) -> None:
    """The path and the speakers of that day; of a version that did not keep them, those of now."""
    if "path" in line:
        steps = [
            PlannedStep(
                item_id=item.pk,
                position=position,
                stated_body=step["name"],
                body_id=UUID(step["body"]) if step["body"] else None,
                planned_on=date.fromisoformat(step["on"]) if step["on"] else None,
            )
            for position, step in enumerate(line["path"], start=1)
        ]
        place([item], "steps", steps, "item")
    if "speakers" in line:
        item.__dict__["said_speakers"] = [{"pk": "", **row} for row in line["speakers"]]


def _as_closed_as(newest: Presentation | None, sent: Presentation | None) -> Presentation | None:
    """The words that went out; a section that is closed in the newest words is closed in them too."""
    if newest is None or sent is None or newest == sent:
        return sent
    grounds = {row.lineage: row.ground for row in newest.sections.all() if row.access != Access.OPEN}
    for section in sent.sections.all():
        if section.access == Access.OPEN and section.lineage in grounds:
            section.access, section.ground = Access.CLOSED, grounds[section.lineage]
    return sent
