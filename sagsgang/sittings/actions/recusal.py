"""A conflict of interest as one act (R32, KSL § 14): noted, out of the room, out of quorum and vote, and who sits in."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import BodyKind, Person
from sagsgang.meetings.actions.conflicts import note_conflict
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Meeting, Mode, Substitution, SubstitutionKind
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.sittings.actions import deputies, entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import SittingAct, Turn
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import substitutes


@transaction.atomic
def declare_conflict(
    item: AgendaItem,
    *,
    person: Person,
    by_self: bool,
    substitute: Person | None = None,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """The body finds that somebody has a conflict of interest: one act, all of it or nothing.

    The item's closed material is shut to her at once. Is the item treated now, she leaves at this moment, and her turn
    to speak ends; else she leaves when it is taken up. `substitute` sits in for her at this item. Raises RuleBrokenError
    while a poll is open; for a substitute of somebody who is absent anyway (R33), or who may not sit here.
    """
    meeting, done = entering.act_of(item.meeting, "declare_conflict", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    entering.require_no_open_poll(meeting)
    moment = entering.running_at(meeting, at)
    roll = roll_of(meeting)
    is_here = person.pk in roll.there_at(moment)
    conflict = note_conflict(item, person=person, actor=actor)
    conflict.raised_by_self = by_self
    if is_here and conflict.left_at is None and _is_running(item, meeting):
        conflict.left_at = max(moment, _began(meeting))
        Turn.objects.filter(item=item, person=person, ended_at=None, began_at__isnull=False).update(
            ended_at=conflict.left_at, modified_at=now()
        )
        Turn.objects.filter(item=item, person=person, began_at=None).update(withdrawn_at=now(), modified_at=now())
    conflict.save(update_fields=["raised_by_self", "left_at", "modified_at"])
    if substitute is not None:
        substitutes.require_there_to_be_replaced(person.name, is_here=is_here)
        _call_for(item, meeting, roll, person, substitute, key=key, moment=moment)
    data = {"person": str(person.pk), "substitute": str(substitute.pk) if substitute else None}
    return enter_act(meeting, "declare_conflict", key=key, actor=actor, item=item, data=data)


def _is_running(item: AgendaItem, meeting: Meeting) -> bool:
    running = entering.running_treatment(meeting)
    return running is not None and (
        item.pk in (running.item_id, running.item.parent_id) or entering.in_block_of(item, running)
    )


def _began(meeting: Meeting) -> datetime:
    running = entering.running_treatment(meeting)
    assert running is not None
    return running.began_at


def _call_for(
    item: AgendaItem, meeting: Meeting, roll: Roll, person: Person, substitute: Person, *, key: UUID, moment: datetime
) -> None:
    member, other = roll.member(person.pk), roll.member(substitute.pk)
    substitutes.require_seat_to_fill(
        person.name,
        has_seat=member is not None and member.has_seat,
        is_filled=Substitution.objects.filter(item=item, kind=SubstitutionKind.CONFLICT, absent=person).exists(),
    )
    standing = (row for row in roll.facts.substitutions if row.substitute == substitute.pk and row.until is None)
    substitutes.require_free_substitute(
        substitute.name,
        has_seat=other is not None and other.has_seat,
        sits_in=any(not row.is_for_conflict or row.item in (item.pk, item.parent_id) for row in standing),
    )
    rules.require_no_conflict(substitute.name, has_conflict=substitute.pk in roll.conflicted_at(item.pk))
    if meeting.body.kind == BodyKind.COUNCIL:
        deputies.require_listed(meeting, roll, absent=person, substitute=substitute)
    else:
        deputies.require_chosen(meeting, roll, person, substitute)
    Substitution.objects.create(
        pk=key,
        meeting=meeting,
        item=item,
        kind=SubstitutionKind.CONFLICT,
        absent=person,
        substitute=substitute,
        approved_at=moment,
    )
    deputies.arrive(meeting, substitute, mode=Mode.ROOM, moment=moment, pk=entering.row_key(key, "presence"))


@transaction.atomic
def return_after_conflict(item: AgendaItem, *, person: Person, key: UUID, at: datetime, actor: User) -> SittingAct:
    """She is back in the room. At the item itself she takes no part any more; ending the item brings her back too."""
    meeting, done = entering.act_of(item.meeting, "return_after_conflict", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    out = ConflictOfInterest.objects.filter(item=item, person=person, withdrawn_at=None, left_at__isnull=False).first()
    rules.require_left(person.name, is_out=out is not None)
    assert out is not None
    moment = entering.running_at(meeting, at, since=out.left_at)
    if out.returned_at is None:
        out.returned_at = moment
        out.save(update_fields=["returned_at", "modified_at"])
    data = {"person": str(person.pk)}
    return enter_act(meeting, "return_after_conflict", key=key, actor=actor, item=item, data=data)
