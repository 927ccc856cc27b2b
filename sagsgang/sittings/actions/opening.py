"""Open the meeting, name who presides, and adjourn it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.models import ActingChair, ConflictOfInterest, Meeting, Mode, Presence, Treatment
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import Poll, SittingAct, Turn
from sagsgang.sittings.rules import acts as rules


@transaction.atomic
def open_meeting(
    meeting: Meeting, *, present: Iterable[UUID], remote: Iterable[UUID] = (), key: UUID, at: datetime, actor: User
) -> SittingAct:
    """Open the meeting with those who are there; `remote` of them take part from elsewhere.

    Raises RuleBrokenError: no agenda was sent (R4), opened before, somebody holds no seat that day.
    """
    meeting, done = entering.act_of(meeting, "open_meeting", key=key)
    if done is not None:
        return done
    rules.require_agenda_sent(is_sent=meeting.agenda_sent_at is not None)
    rules.require_not_opened(is_opened=meeting.opened_at is not None, is_cancelled=meeting.cancelled_at is not None)
    moment = rules.true_time(at, clock=now())
    meeting.opened_at = moment
    meeting.save(update_fields=["opened_at", "modified_at"])
    elsewhere = set(remote)
    rules.require_remote_allowed(is_allowed=not elsewhere or meeting.body.remote_allowed)
    roll = roll_of(meeting)
    here = dict.fromkeys([*present, *elsewhere])
    for person in here:
        member = roll.member(person)
        name = member.name if member else str(_name_of(person))
        rules.require_seated(name, is_seated=member is not None and member.is_seated_at(moment))
        Presence.objects.create(
            pk=entering.row_key(key, person),
            meeting=meeting,
            person_id=person,
            mode=Mode.REMOTE if person in elsewhere else Mode.ROOM,
            since=moment,
        )
    return enter_act(meeting, "open_meeting", key=key, actor=actor, data={"people": len(here)})


def _name_of(person: UUID) -> Person | None:
    return Person.objects.filter(pk=person).first()


@transaction.atomic
def name_acting_chair(meeting: Meeting, *, person: Person, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Somebody takes the chair while the chair is away (R29); may be named anew. She holds a seat and is there."""
    meeting, done = entering.act_of(meeting, "name_acting_chair", key=key)
    if done is not None:
        return done
    moment = entering.running_at(meeting, at)
    roll = roll_of(meeting)
    member = roll.member(person.pk)
    seated = member is not None and member.has_seat and member.is_seated_at(moment)
    rules.require_seated(person.name, is_seated=seated)
    rules.require_here(person.name, is_here=person.pk in roll.there_at(moment))
    _name(meeting, person, moment, pk=key)
    meeting.acting_chair = person
    meeting.save(update_fields=["acting_chair", "modified_at"])
    return enter_act(meeting, "name_acting_chair", key=key, actor=actor, data={"person": str(person.pk)})


def _name(meeting: Meeting, person: Person, moment: datetime, *, pk: UUID) -> None:
    """She presides from now on; a name under which nothing began is one that was mistyped, and is withdrawn."""
    last = ActingChair.objects.filter(meeting=meeting).last()
    if last is not None and last.person_id == person.pk:
        return
    if last is not None and last.person_id in roll_of(meeting).there_at(moment):
        treated = Treatment.objects.filter(meeting=meeting, began_at__gte=last.since)
        voted = Poll.objects.filter(meeting=meeting, opened_at__gte=last.since)
        if not treated.exists() and not voted.exists():
            last.withdrawn_at = now()
            last.save(update_fields=["withdrawn_at", "modified_at"])
    since = max(moment, last.since) if last is not None else moment
    ActingChair.objects.create(pk=pk, meeting=meeting, person=person, since=since)


@transaction.atomic
def adjourn_meeting(meeting: Meeting, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """End the meeting: the running item, the speaker's turn and everybody's presence end with it.

    Raises RuleBrokenError while a poll is open.
    """
    meeting, done = entering.act_of(meeting, "adjourn_meeting", key=key)
    if done is not None:
        return done
    entering.require_no_open_poll(meeting)
    moment = entering.running_at(meeting, at, since=_last_moment(meeting))
    changed = {"modified_at": now()}
    Treatment.objects.filter(meeting=meeting, ended_at=None).update(ended_at=moment, **changed)
    Turn.objects.filter(item__meeting=meeting, began_at__isnull=False, ended_at=None).update(ended_at=moment, **changed)
    ConflictOfInterest.objects.filter(
        item__meeting=meeting, left_at__isnull=False, returned_at=None, withdrawn_at=None
    ).update(returned_at=moment, **changed)
    Presence.objects.filter(meeting=meeting, until=None).update(until=moment, **changed)
    meeting.adjourned_at = moment
    meeting.save(update_fields=["adjourned_at", "modified_at"])
    return enter_act(meeting, "adjourn_meeting", key=key, actor=actor)


def _last_moment(meeting: Meeting) -> datetime | None:
    """The latest moment that anything is known of in the meeting: it does not end before."""
    moments = [
        *Treatment.objects.filter(meeting=meeting).values_list("began_at", "ended_at"),
        *Presence.objects.filter(meeting=meeting).values_list("since", "until"),
        *Turn.objects.filter(item__meeting=meeting, began_at__isnull=False).values_list("began_at", "ended_at"),
    ]
    return max((one for pair in moments for one in pair if one is not None), default=None)
