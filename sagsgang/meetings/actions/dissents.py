"""A participant's dissent: entered briefly on demand, and taken back, until the protocol is final (R41, KSL § 13)."""

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.core.models import record
from sagsgang.meetings.actions.decide import next_version, stated_dissents
from sagsgang.meetings.actions.records import lock_meeting
from sagsgang.meetings.models import AgendaItem, DissentStatement, Meeting, own_decision
from sagsgang.meetings.queries.deciding import is_protocol_final, party_of, took_part
from sagsgang.meetings.rules import deciding


@transaction.atomic
def enter_dissent(item: AgendaItem, *, person: Person, words: str, actor: User) -> DissentStatement:
    """Enter a participant's dissent, or put other words in its place; the decision carries it from its next version on.

    In the room or at signing, until the protocol is final. Raises `RuleBrokenError`. The same words change nothing.
    """
    meeting = lock_meeting(item.meeting)
    known = item.dissents.filter(person=person).first()
    if known is not None and known.words == words.strip():
        return known
    deciding.require_not_final(is_final=is_protocol_final(meeting))
    deciding.require_dissent(words)
    deciding.require_took_part(person.name, took_part=took_part(item, person))
    before = _stated(item)
    if known is not None:
        known.withdrawn_at = now()
        known.save(update_fields=["withdrawn_at", "modified_at"])
    dissent = DissentStatement.objects.create(
        item=item, person=person, party=party_of(person, meeting), words=words.strip(), entered_by=actor
    )
    _renew(item, meeting, before, actor)
    record(actor, "enter_dissent", item, person=str(person.pk))
    return dissent


@transaction.atomic
def withdraw_dissent(item: AgendaItem, *, person: Person, actor: User) -> None:
    """The participant takes her dissent back; it stays in the table, and in the older versions of the decision."""
    meeting = lock_meeting(item.meeting)
    deciding.require_not_final(is_final=is_protocol_final(meeting))
    before = _stated(item)
    if not item.dissents.filter(person=person).update(withdrawn_at=now(), modified_at=now()):
        return
    _renew(item, meeting, before, actor)
    record(actor, "withdraw_dissent", item, person=str(person.pk))


def _stated(item: AgendaItem) -> str:
    return stated_dissents(item.dissents.select_related("person"))


def _renew(item: AgendaItem, meeting: Meeting, before: str, actor: User) -> None:
    """The decision's dissent: what was taken over from elsewhere, and then the standing statements."""
    own = own_decision(item.decisions.select_related("item", "body"), meeting)
    if own is not None:
        next_version(own, dissent=own.dissent.removesuffix(before) + _stated(item), actor=actor)
