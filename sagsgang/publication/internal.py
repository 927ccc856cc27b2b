"""The whole meeting for those inside: what `disclosure` lets out, and what it keeps. Never used for a release."""

import dataclasses
from uuid import UUID

from sagsgang.documents.access import Access
from sagsgang.meetings.models import AgendaItem, Attachment, AttendanceState, Meeting, current_decisions
from sagsgang.meetings.rules.agenda import supplement_number
from sagsgang.publication import disclosure
from sagsgang.publication.document import AttachmentLine, ItemDocument, MeetingDocument


class _NoIds(dict[UUID, str]):
    """Inside the house a print names no public address."""

    def __missing__(self, key: UUID) -> str:
        return ""


def internal_document(meeting: Meeting) -> MeetingDocument:
    """Everything of the meeting (rows from `meetings.queries.meeting_rows`), closed items and all."""
    public = disclosure.disclose_meeting(meeting, with_minutes=True, ids=_NoIds(), files={})
    items = tuple(_item(item) for item in meeting.items.all() if not item.parent_id)
    return dataclasses.replace(public, items=items)


def _item(item: AgendaItem) -> ItemDocument:
    return ItemDocument(
        public_id="",
        number=item.number,
        title=item.title,
        access=item.access if item.access_stated else "",
        path=disclosure.steps(item),
        case_number=", ".join(item.case.external_numbers) if item.parent_id is None else "",
        sections=tuple(disclosure.section_text(row) for row in disclosure.sections(item)),
        decisions=tuple(disclosure.decision_text(row) for row in current_decisions(item.decisions.all())),
        absent=disclosure.people(item.attendance.all(), AttendanceState.ABSENT, item.stated_none),
        attachments=_attachments(item),
        late_reason=item.late_reason,
        supplement=supplement_number(item.first_sent_in),
        subitems=tuple(_item(sub) for sub in item.subitems.all()),
    )


def _attachments(item: AgendaItem) -> tuple[AttachmentLine, ...] | None:
    rows = item.attachments.all()
    if not rows and "attachments" not in item.stated_none:
        return None
    return tuple(_attachment(row) for row in rows)


def _attachment(row: Attachment) -> AttachmentLine:
    if row.access == Access.CLOSED:
        return AttachmentLine(no=row.position, access="closed", title=row.title)
    return disclosure.open_attachment(row, row.position, _NoIds(), {})
