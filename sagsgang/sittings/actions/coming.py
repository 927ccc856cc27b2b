"""Who comes and who goes."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.models import Meeting, Mode, Presence
from sagsgang.meetings.queries.attending import Roll, roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import Ballot, Poll, SittingAct
from sagsgang.sittings.rules import acts as rules


@transaction.atomic
def note_arrival(
    meeting: Meeting, *, person: Person, mode: str = Mode.ROOM, key: UUID, at: datetime, actor: User
) -> SittingAct:
    """Somebody arrives, or comes back. Raises RuleBrokenError: is here already, holds no seat now, remote not allowed."""
    meeting, done = entering.act_of(meeting, "note_arrival", key=key)
    if done is not None:
        return done
    moment = arrival_time(meeting, person, at)
    begin_stretch(meeting, roll_of(meeting), person=person, mode=mode, moment=moment, pk=key)
    return enter_act(meeting, "note_arrival", key=key, actor=actor, data={"person": str(person.pk)})


def arrival_time(meeting: Meeting, person: Person, at: datetime) -> datetime:
    """The true moment of somebody's coming: not before she last left."""
    return entering.running_at(meeting, at, since=last_of(meeting, person))


def last_of(meeting: Meeting, person: Person) -> datetime | None:
    """The end of her last stretch, or the beginning of the one that runs."""
    last = Presence.objects.filter(meeting=meeting, person=person).order_by("-since").first()
    return (last.until or last.since) if last else None


def begin_stretch(meeting: Meeting, roll: Roll, *, person: Person, mode: str, moment: datetime, pk: UUID) -> Presence:
    """A part of other acts: from this moment on she is there."""
    member = roll.member(person.pk)
    rules.require_seated(person.name, is_seated=member is not None and member.is_seated_at(moment))
    rules.require_remote_allowed(is_allowed=mode != Mode.REMOTE or meeting.body.remote_allowed)
    is_here = Presence.objects.filter(meeting=meeting, person=person, until=None).exists()
    rules.require_away(person.name, is_here=is_here)
    return Presence.objects.create(pk=pk, meeting=meeting, person=person, mode=mode, since=moment)


@transaction.atomic
def note_departure(meeting: Meeting, *, person: Person, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Somebody leaves the meeting. Raises RuleBrokenError if she is not here, or voted after that moment."""
    meeting, done = entering.act_of(meeting, "note_departure", key=key)
    if done is not None:
        return done
    moment = entering.running_at(meeting, at, since=last_of(meeting, person))
    voted = _last_vote_of(meeting, person)
    if voted is not None and voted - rules.SKEW <= moment <= voted:  # the two were typed by two clocks
        moment = voted + timedelta(microseconds=1)
    end_stretch(meeting, person=person, moment=moment)
    return enter_act(meeting, "note_departure", key=key, actor=actor, data={"person": str(person.pk)})


def end_stretch(meeting: Meeting, *, person: Person, moment: datetime) -> None:
    """A part of other acts: from this moment on she is away. Raises RuleBrokenError if her vote was counted later."""
    voted = _last_vote_of(meeting, person)
    rules.require_left_after_voting(person.name, voted_later=voted is not None and voted >= moment)
    ended = Presence.objects.filter(meeting=meeting, person=person, until=None).update(until=moment, modified_at=now())
    rules.require_here(person.name, is_here=bool(ended))


def _last_vote_of(meeting: Meeting, person: Person) -> datetime | None:
    """When the last vote was closed in which hers was counted by name."""
    hers = Ballot.objects.filter(person=person, poll__meeting=meeting, poll__withdrawn_at=None)
    closed = hers.filter(poll__closed_at__isnull=False).order_by("-poll__closed_at")
    return closed.values_list("poll__closed_at", flat=True).first()


@transaction.atomic
def note_all_present(meeting: Meeting, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """All members who have not come yet, and sent no word that they will not, are here from now on."""
    meeting, done = entering.act_of(meeting, "note_all_present", key=key)
    if done is not None:
        return done
    moment = entering.running_at(meeting, at)
    roll = roll_of(meeting)
    came = {row.person for row in roll.facts.presences}
    missing = [
        row.person
        for row in roll.members
        if row.has_seat
        and row.substitute_for is None
        and row.is_seated_at(moment)
        and row.person not in came | roll.facts.reported
    ]
    Presence.objects.bulk_create(
        Presence(pk=entering.row_key(key, person), meeting=meeting, person_id=person, since=moment)
        for person in missing
    )
    return enter_act(meeting, "note_all_present", key=key, actor=actor, data={"people": len(missing)})


@transaction.atomic
def undo_stretch(presence: Presence, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take a mistaken stretch of presence back; the row stays in the table.

    Raises RuleBrokenError if she voted in that time, or a vote was counted with her.
    """
    meeting, done = entering.act_of(presence.meeting, "undo_stretch", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    presence = Presence.objects.select_related("person").get(pk=presence.pk)
    rules.require_unvoted(presence.person.name, has_voted=_voted_in(presence))
    rules.require_uncounted(presence.person.name, is_counted=_counted_in(presence))
    presence.withdrawn_at = now()
    presence.save(update_fields=["withdrawn_at", "modified_at"])
    data = {"person": str(presence.person_id)}
    return enter_act(meeting, "undo_stretch", key=key, actor=actor, data=data)


@transaction.atomic
def undo_departure(presence: Presence, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take a mistaken departure back: she was there all the time.

    Raises RuleBrokenError: she came back since, holds no seat any more, or a vote was counted without her.
    """
    meeting, done = entering.act_of(presence.meeting, "undo_departure", key=key)
    if done is not None:
        return done
    moment = entering.running_at(meeting, at)
    presence = Presence.history.select_related("person").get(pk=presence.pk)
    person, until = presence.person, presence.until
    later = Presence.objects.filter(meeting=meeting, person=person, since__gte=presence.since).exclude(pk=presence.pk)
    is_last = until is not None and presence.withdrawn_at is None and not later.exists()
    rules.require_departed(person.name, is_last=is_last)
    member = roll_of(meeting).member(person.pk)
    rules.require_seated(person.name, is_seated=member is not None and member.is_seated_at(moment))
    voted = Poll.objects.filter(meeting=meeting).exclude(closed_at__lt=until)
    rules.require_nothing_voted(person.name, is_voted=voted.exists())
    presence.until = None
    presence.save(update_fields=["until", "modified_at"])
    return enter_act(meeting, "undo_departure", key=key, actor=actor, data={"person": str(person.pk)})


def _voted_in(presence: Presence) -> bool:
    """Has she a vote in a poll that was open in this time, or was counted in one?"""
    votes = Ballot.objects.filter(
        person=presence.person_id, poll__meeting=presence.meeting_id, poll__withdrawn_at=None
    ).exclude(poll__closed_at__lt=presence.since)
    if presence.until is not None:
        votes = votes.filter(poll__opened_at__lt=presence.until)
    return votes.exists()


def _counted_in(presence: Presence) -> bool:
    """Was a vote counted, for the quorum too, while she was noted as there?"""
    counted = Poll.objects.filter(meeting=presence.meeting_id, closed_at__gte=presence.since)
    if presence.until is not None:
        counted = counted.filter(closed_at__lt=presence.until)
    return counted.exists()
