"""What an item takes from its case: words, path and attachments. Parts of other acts, called inside their transaction."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Max, Prefetch, Sum
from django.utils.timezone import now
from django.utils.translation import gettext

from sagsgang.cases.models import Case, CaseAttachment, FrozenBy, PathStep, Presentation
from sagsgang.cases.queries.approval import standing_of
from sagsgang.cases.queries.versions import newest_of
from sagsgang.documents.models import DocumentVersion
from sagsgang.meetings import rules
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting, PlannedStep

_STANDING = AgendaItem.objects.filter(withdrawn_at=None, meeting__cancelled_at=None).select_related("meeting")
_COPIED = (
    "title", "document_id", "document_number", "mark", "access", "ground", "public_title", "title_is_public",
    "in_packet", "on_web", "presentation_id",
)  # fmt: skip
LONGEST_TITLE = 500
_OUT_OF_THE_WAY = 10_000  # places, within what the column holds


def is_approved(case: Case, newest: Presentation | None) -> bool:
    """Has the case come through its approval; words taken in from outside were approved there."""
    if newest is not None and newest.frozen_by == FrozenBy.IMPORTED:
        return True
    return standing_of(case).state == "approved"


def newest_approved(case: Case, held: Presentation | None) -> Presentation | None:
    """The words that go out now: the case's newest version if it is approved, else those the item holds."""
    newest = newest_of(case)
    if newest is None or newest == held or newest.frozen_by == FrozenBy.IMPORTED:
        return held or newest
    return newest if held is None or is_approved(case, newest) else held


def free_step(case: Case, meeting: Meeting) -> PathStep | None:
    """The first step of the case's path for this body that stands on no agenda; the wished day comes first."""
    steps = [step for step in _path_of(case) if step.body_id == meeting.body_id and not step.agenda_items.all()]
    wished = [step for step in steps if step.planned_on == meeting.held_on]
    return next(iter(wished or steps), None)


def _path_of(case: Case) -> Sequence[PathStep]:
    return list(case.path.select_related("body").prefetch_related(Prefetch("agenda_items", _STANDING)))


def copy_path(item: AgendaItem) -> None:
    """State the path on the item as the case plans it; a step that is on an agenda has that meeting's day."""
    item.steps.update(withdrawn_at=now())
    PlannedStep.objects.bulk_create(
        PlannedStep(
            item=item,
            position=position,
            stated_body=step.body.code or step.body.name,
            body=step.body,
            planned_on=_day_of(step),
        )
        for position, step in enumerate(_path_of(item.case), start=1)
    )


def _day_of(step: PathStep) -> date | None:
    meetings = [item.meeting for item in step.agenda_items.all()]
    return meetings[0].held_on if meetings else step.planned_on


def copy_attachments(item: AgendaItem) -> bool:
    """Make the item's attachments those of the case, each in its newest version; answers whether they changed.

    One that is withdrawn or replaced goes to no agenda. A linked draft of another body has a line and no bytes. What lies
    on the item alone, and never was the case's, stays, last. Raises `RuleBrokenError` if the meeting's attachments would
    fill too much.
    """
    wanted = [_facts_of(row, version) for row, version in _newest(item.case)]
    held, own = _held(item)
    if [_held_facts(row) for row in held] == wanted:
        return False
    _require_room(item, [facts["version"] for facts in wanted] + [row.version for row in own])
    item.attachments.filter(pk__in=[row.pk for row in held]).update(withdrawn_at=now())
    _lay_after(item, own, len(wanted))
    Attachment.objects.bulk_create(
        Attachment(item=item, position=position, **facts) for position, facts in enumerate(wanted, start=1)
    )
    return True


def _held(item: AgendaItem) -> tuple[list[Attachment], list[Attachment]]:
    """The item's standing attachments: those that are, or were, its case's; and those that lie on the item alone."""
    files = set(item.case.attachments.values_list("file", flat=True))
    held, own = list[Attachment](), list[Attachment]()
    for row in item.attachments.filter(withdrawn_at=None).select_related("version"):
        is_of_case = row.presentation_id or (row.version and row.version.document_id in files)
        (held if is_of_case else own).append(row)
    return held, own


def _lay_after(item: AgendaItem, own: Sequence[Attachment], taken: int) -> None:
    """Move them behind so many places: all out of the way first, for no two may share a place on the way."""
    item.attachments.filter(pk__in=[row.pk for row in own]).update(position=F("position") + _OUT_OF_THE_WAY)
    for position, row in enumerate(own, start=taken + 1):
        row.position = position
    Attachment.objects.bulk_update(own, ["position"])


def refresh_attachments(item: AgendaItem) -> bool:
    """As `copy_attachments`, for an item whose case keeps attachments."""
    return item.case.attachments.exists() and copy_attachments(item)


def hand_on_attachments(earlier: AgendaItem, item: AgendaItem) -> None:
    """Give the next body's item what lay on an item from outside, each file in its newest version."""
    rows = list(earlier.attachments.filter(withdrawn_at=None).select_related("version"))
    newest = _newest_versions(row.version.document_id for row in rows if row.version)
    facts = [_held_facts(row) | {"version": newest[row.version.document_id] if row.version else None} for row in rows]
    _require_room(item, [one["version"] for one in facts])
    Attachment.objects.bulk_create(
        Attachment(item=item, position=row.position, **one) for row, one in zip(rows, facts, strict=True)
    )


def _newest(case: Case) -> list[tuple[CaseAttachment, DocumentVersion | None]]:
    rows = list(case.attachments.filter(withdrawn_at=None, replaced_by=None))
    newest = _newest_versions(row.file_id for row in rows if row.file_id)
    return [(row, newest.get(row.file_id) if row.file_id else None) for row in rows]


def _newest_versions(documents: Iterable[UUID]) -> dict[UUID, DocumentVersion]:
    rows = DocumentVersion.objects.filter(document__in=list(documents)).order_by("number")
    return {version.document_id: version for version in rows}


def _facts_of(row: CaseAttachment, version: DocumentVersion | None) -> dict[str, object]:
    facts: dict[str, object] = {name: getattr(row, name) for name in _COPIED}
    if row.presentation_id:
        facts["title"] = gettext("{title} (draft)").format(title=row.title)[:LONGEST_TITLE]
    return facts | {"version": version}


def plain_title(row: Attachment) -> str:
    """The title that an attachment has at its case: that of a linked draft is marked on the agenda alone."""
    return row.title.removesuffix(gettext("{title} (draft)").format(title="")) if row.presentation_id else row.title


def _held_facts(row: Attachment) -> dict[str, object]:
    return {name: getattr(row, name) for name in _COPIED} | {"version": row.version}


def _require_room(item: AgendaItem, versions: Iterable[object]) -> None:
    others = Attachment.objects.filter(item__meeting=item.meeting, item__withdrawn_at=None, withdrawn_at=None)
    held = others.exclude(item=item).aggregate(size=Sum("version__size"))["size"] or 0
    rules.require_room(held, sum(version.size for version in versions if isinstance(version, DocumentVersion)))


def next_place(meeting: Meeting, parent: AgendaItem | None) -> tuple[int, str]:
    """Position and number of what comes last on the agenda, or last under an item."""
    rows = AgendaItem.objects.filter(meeting=meeting, parent=parent, withdrawn_at=None)
    position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    numbers = [int(number) for number in rows.values_list("number", flat=True) if number.isdecimal()]
    return position, str(max(numbers, default=rows.count()) + 1)
