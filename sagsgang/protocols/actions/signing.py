"""Sign a final protocol, remind those who have not, and amend it (R37, R38)."""

import json

from django.db import transaction
from django.utils.timezone import localdate

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import record
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.protocols import rules
from sagsgang.protocols.actions.entering import enter
from sagsgang.protocols.canonical import canonical_text
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.queries.standing import SIGNED


def final_of(meeting: Meeting) -> ProtocolEntry:
    """The final entry. Raises RuleBrokenError while there is none."""
    found = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.FINAL).first()
    rules.require_final(is_final=found is not None)
    assert found is not None
    return found


@transaction.atomic
def sign_protocol(meeting: Meeting, *, reservation: str | None = None, actor: User) -> ProtocolEntry:
    """Sign the final protocol: she took part, and it is right, but for her `reservation` if there is one.

    Each signs for herself, and once; signing again is the first signature. Raises RuleBrokenError.
    """
    meeting = lock_meeting(meeting)
    final = final_of(meeting)
    person = Person.objects.filter(user=actor).first()
    signers = {one["person"] for one in json.loads(final.document)["signers"]}
    rules.require_signer(is_signer=person is not None and str(person.pk) in signers)
    rules.require_reservation(reservation or "", is_wanted=reservation is not None)
    known = ProtocolEntry.objects.filter(meeting=meeting, person=person, kind__in=SIGNED).first()
    if known is not None:
        return known
    kind = EntryKind.SIGNATURE if reservation is None else EntryKind.RESERVATION
    document = {"final": final.sha256} | ({"words": reservation.strip()} if reservation is not None else {})
    entry = enter(meeting, kind, document, person=person, actor=actor)
    record(actor, "sign_protocol", meeting, number=entry.number)
    return entry


@transaction.atomic
def remind_signers(meeting: Meeting, *, actor: User) -> ProtocolEntry:
    """Remind those who have not signed; it stands on their own page, with the day. Once a day is enough."""
    meeting = lock_meeting(meeting)
    final = final_of(meeting)
    known = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.REMINDER).last()
    if known is not None and localdate(known.at) == localdate():
        return known
    entry = enter(meeting, EntryKind.REMINDER, {"final": final.sha256}, actor=actor)
    record(actor, "remind_signers", meeting, number=entry.number)
    return entry


@transaction.atomic
def amend_protocol(
    meeting: Meeting, *, words: str, reason: str, item: AgendaItem | None = None, actor: User
) -> ProtocolEntry:
    """Add to a final protocol: who, when, why. What stands is never changed (R38). Raises RuleBrokenError.

    The same words with the same reason at the same place are one amendment.
    """
    meeting = lock_meeting(meeting)
    rules.require_amendment(words, reason)
    document = {
        "final": final_of(meeting).sha256,
        "item": str(item.pk) if item else "",
        "words": words.strip(),
        "reason": reason.strip(),
    }
    entries = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.AMENDMENT)
    known = next((row for row in entries if row.document == canonical_text(document)), None)
    if known is not None:
        return known
    entry = enter(meeting, EntryKind.AMENDMENT, document, actor=actor)
    record(actor, "amend_protocol", meeting, number=entry.number)
    return entry
