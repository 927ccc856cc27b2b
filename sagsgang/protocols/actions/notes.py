"""The secretary's words around the facts."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents import richtext
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.protocols import rules
from sagsgang.protocols.models import EntryKind, ProtocolEntry, ProtocolNote


@transaction.atomic
def write_note(
    meeting: Meeting, *, item: AgendaItem | None, place: str, text: str, seen: int, actor: User
) -> ProtocolNote | None:
    """Write before or after what the house says of the meeting (`item` None) or of an item; plain words, "" = none.

    `seen`: the revision the writer had before her, 0 = none. Answers None where there is nothing to say. Raises
    RuleBrokenError: final, or somebody else has written since.
    """
    meeting = lock_meeting(meeting)
    is_final = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.FINAL).exists()
    rules.require_not_final(is_final=is_final)
    note = ProtocolNote.objects.select_for_update().filter(meeting=meeting, item=item, place=place).first()
    html = richtext.from_plain(text)
    if note is not None and note.html == html:
        return note
    rules.require_seen_revision(seen, note.revision if note else 0)
    if note is None:
        if not html:
            return None
        note = ProtocolNote.objects.create(meeting=meeting, item=item, place=place, html=html, edited_by=actor)
    else:
        note.html, note.revision, note.edited_by = html, note.revision + 1, actor
        note.save(update_fields=["html", "revision", "edited_by", "modified_at"])
    record(actor, "write_note", meeting, place=place, **({"item": str(item.pk)} if item else {}))
    return note
