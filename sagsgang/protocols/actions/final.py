"""Make a protocol final, and have it approved at the body's next meeting."""

import json
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.actions import record_decision
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting, Outcome, StandingUse, own_decision
from sagsgang.protocols import rules
from sagsgang.protocols.actions.entering import enter
from sagsgang.protocols.canonical import sha256, to_text
from sagsgang.protocols.models import EntryKind, ProtocolEntry
from sagsgang.protocols.queries.facts import facts_of
from sagsgang.protocols.queries.standing import signers_of
from sagsgang.protocols.rendering.compose import compose_protocol
from sagsgang.sittings.actions import decide_here


def digest_of(meeting_id: UUID) -> str:
    """The hash of the protocol as the facts say it now: what the secretary has read when she makes it final."""
    return sha256(to_text(compose_protocol(facts_of(meeting_id))))


@transaction.atomic
def make_final(meeting: Meeting, *, digest: str, anyway: bool = False, actor: User) -> ProtocolEntry:
    """Make the protocol final: from now on it is signed and amended, and no longer changed (R38).

    `digest`: of what was read (`digest_of`). `anyway`: also though some items have no decision, since they were not
    treated. Raises RuleBrokenError: the meeting goes on, final already, changed since it was read, undecided items.
    """
    meeting = lock_meeting(meeting)
    is_final = ProtocolEntry.objects.filter(meeting=meeting, kind=EntryKind.FINAL).exists()
    rules.require_not_final(is_final=is_final)
    rules.require_over(is_over=meeting.opened_at is None or meeting.adjourned_at is not None)
    facts = facts_of(meeting.pk)
    document = compose_protocol(facts)
    rules.require_same_protocol(is_same=sha256(to_text(document)) == digest)
    missing = [item.number or item.title for item in document.items if not item.is_decided]
    rules.require_all_settled(missing, anyway=anyway)
    signers = [{"person": str(person), "name": name} for person, name in signers_of(meeting, facts.roll)]
    whole = {"protocol": json.loads(to_text(document)), "signers": signers, "not_treated": missing}
    entry = enter(meeting, EntryKind.FINAL, whole, actor=actor)
    record(actor, "make_final", meeting, number=entry.number)
    return entry


@transaction.atomic
def approve_at_item(meeting: Meeting, *, item: AgendaItem, actor: User) -> ProtocolEntry:
    """The body approved the protocol of `meeting` at the standing item that is there for it, in one act.

    Where the item has no decision yet, that is its decision. Raises RuleBrokenError as `approve_protocol` does, or if
    the item is for something else.
    """
    item = AgendaItem.objects.select_related("meeting__body", "standing", "case").get(pk=item.pk)
    fits = item.standing is not None and item.standing.use == StandingUse.APPROVE_PROTOCOL and item.withdrawn_at is None
    rules.require_approval_item(fits=fits)
    entry = approve_protocol(meeting, at=item.meeting, actor=actor)
    if own_decision(item.decisions.all(), item.meeting) is None:
        day = date_format(meeting.held_on, "DATE_FORMAT")
        words = _("The protocol of the meeting on {day} was approved.").format(day=day)
        if item.meeting.opened_at and not item.meeting.adjourned_at:
            facts = {"text": words, "outcome": Outcome.APPROVED, "seen": 0}
            decide_here(item, facts=facts, key=uuid4(), at=now(), actor=actor)
        else:
            record_decision(item, text=words, outcome=Outcome.APPROVED, seen=0, actor=actor)
    return entry


@transaction.atomic
def approve_protocol(meeting: Meeting, *, at: Meeting, actor: User) -> ProtocolEntry:
    """The body approved the protocol at a later meeting, `at`. Approving twice is approving once."""
    meeting = lock_meeting(meeting)
    entries = {row.kind: row for row in ProtocolEntry.objects.filter(meeting=meeting).order_by("-number")}
    rules.require_final(is_final=EntryKind.FINAL in entries)
    if EntryKind.APPROVAL in entries:
        return entries[EntryKind.APPROVAL]
    is_later = at.body_id == meeting.body_id and at.held_on > meeting.held_on
    rules.require_later_meeting(is_later=is_later)
    facts = {"final": entries[EntryKind.FINAL].sha256, "meeting": str(at.pk), "held_on": at.held_on.isoformat()}
    entry = enter(meeting, EntryKind.APPROVAL, facts, actor=actor)
    record(actor, "approve_protocol", meeting, number=entry.number, at=str(at.pk))
    return entry
