"""How something is entered in the chain of a body's protocols. A part of other acts."""

from typing import Any

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.faults import reached
from sagsgang.meetings.models import Meeting
from sagsgang.protocols.canonical import canonical_text
from sagsgang.protocols.chains import keep_head_of
from sagsgang.protocols.models import ProtocolEntry


def enter(
    meeting: Meeting, kind: str, document: dict[str, Any], *, person: Person | None = None, actor: User
) -> ProtocolEntry:
    """The next link; the database numbers and hashes it, and the answer has both."""
    entry = ProtocolEntry.objects.create(
        body=meeting.body,
        meeting=meeting,
        kind=kind,
        person=person,
        document=canonical_text(document),
        entered_by=actor,
    )
    keep_head_of(meeting.body_id)
    entry.refresh_from_db(fields=["number", "previous", "sha256"])
    reached(f"protocol.{kind}")
    return entry
