"""The final protocol as it was entered, and the meetings at which it can be approved."""

import json
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from sagsgang.meetings.models import AgendaItem, Meeting, StandingUse
from sagsgang.protocols.canonical import canonical_text, from_text
from sagsgang.protocols.document import ProtocolDocument
from sagsgang.protocols.models import EntryKind, ProtocolEntry

MOST = 10


def final_document(meeting: Meeting) -> ProtocolDocument | None:
    """The tree that was made final; None while none is. One query."""
    return final_in(ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.FINAL))


def final_in(entries: Iterable[ProtocolEntry]) -> ProtocolDocument | None:
    """The tree that was made final, of the entries of one meeting."""
    entry = next((row for row in entries if row.kind == EntryKind.FINAL), None)
    return from_text(canonical_text(json.loads(entry.document)["protocol"])) if entry else None


def unapproved_before(meeting: Meeting) -> list[Meeting]:
    """What can be approved at this meeting: the body's last meeting before it, and earlier ones whose final protocol is
    not approved; the newest first. Each has `is_final` and `is_approved`. One query.
    """
    said = ProtocolEntry.objects.filter(meeting=OuterRef("pk"))
    rows = Meeting.objects.filter(body=meeting.body_id, held_on__lt=meeting.held_on, cancelled_at=None).annotate(
        is_final=Exists(said.filter(kind=EntryKind.FINAL)), is_approved=Exists(said.filter(kind=EntryKind.APPROVAL))
    )
    newest = rows.order_by("-held_on", "-starts")
    last = newest.values("pk")[:1]
    return list(newest.filter(Q(pk__in=last) | Q(is_final=True, is_approved=False)).select_related("body")[:MOST])


def approval_items_after(meeting: Meeting) -> QuerySet[AgendaItem]:
    """The standing items of the body's later agendas at which this protocol can be approved, the next one first."""
    rows = AgendaItem.objects.top().filter(
        meeting__body=meeting.body_id, meeting__held_on__gt=meeting.held_on, meeting__cancelled_at=None,
        standing__use=StandingUse.APPROVE_PROTOCOL, withdrawn_at=None,
    )  # fmt: skip
    return rows.order_by("meeting__held_on")[:MOST]


def later_meetings_of(meeting: Meeting) -> list[Meeting]:
    """The body's meetings after this one, until today; the next one first."""
    return list(later_rows(meeting))


def later_rows(meeting: Meeting) -> QuerySet[Meeting]:
    """The rows of `later_meetings_of`, to be fetched with others."""
    rows = Meeting.objects.filter(
        body=meeting.body_id, held_on__gt=meeting.held_on, held_on__lte=localdate(), cancelled_at=None
    )
    return rows.order_by("held_on")[:20]
