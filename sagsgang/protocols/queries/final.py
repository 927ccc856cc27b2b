"""The final protocol as it was entered, and the meetings at which it can be approved."""

import json

from django.utils.timezone import localdate

from sagsgang.meetings.models import Meeting
from sagsgang.protocols.canonical import canonical_text, from_text
from sagsgang.protocols.document import ProtocolDocument
from sagsgang.protocols.models import EntryKind, ProtocolEntry


def final_document(meeting: Meeting) -> ProtocolDocument | None:
    """The tree that was made final; None while none is. One query."""
    entry = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.FINAL).first()
    return from_text(canonical_text(json.loads(entry.document)["protocol"])) if entry else None


def later_meetings_of(meeting: Meeting) -> list[Meeting]:
    """The body's meetings after this one, until today; the next one first."""
    rows = Meeting.objects.filter(
        body=meeting.body_id, held_on__gt=meeting.held_on, held_on__lte=localdate(), cancelled_at=None
    )
    return list(rows.order_by("held_on")[:20])
