"""What holds a decision back from the public, and what lets it out: parties (R19), and the public extract (R18)."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.documents.richtext import to_plain
from sagsgang.meetings import rules
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem, own_decision
from sagsgang.meetings.rules import deciding


@transaction.atomic
def state_parties(item: AgendaItem, *, parties: str, told: bool, actor: User) -> AgendaItem:
    """Say whether there are parties, and when they are told. Until then their decision does not leave (R19)."""
    lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    deciding.require_parties(parties, told=told)
    told_at = (item.parties_told_at or now()) if told else None
    if (item.parties, item.parties_told_at) == (parties, told_at):
        return item
    item.parties, item.parties_told_at = parties, told_at
    item.save(update_fields=["parties", "parties_told_at", "modified_at"])
    record(actor, "state_parties", item, told=told)
    return item


@transaction.atomic
def state_extract(
    item: AgendaItem, *, public_extract: str, withheld_reason: str, as_decided: bool = False, actor: User
) -> AgendaItem:
    """Write what the public gets of a closed decision, or why it gets nothing (R18).

    `as_decided` opens the decision: its own words are the extract. Raises `RuleBrokenError`.
    """
    meeting = lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    rules.require_closed(is_closed=item.is_closed)
    own = own_decision(item.decisions.all(), meeting)
    rules.require_decided(is_decided=own is not None)
    extract = to_plain(own.html) if own and as_decided else public_extract.strip()
    deciding.require_extract(extract, withheld_reason)
    if (item.public_extract, item.withheld_reason) == (extract, withheld_reason.strip()):
        return item
    item.public_extract, item.withheld_reason = extract, withheld_reason.strip()
    item.save(update_fields=["public_extract", "withheld_reason", "modified_at"])
    record(actor, "state_extract", item, extract=bool(extract))
    return item
