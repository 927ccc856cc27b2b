"""The list of speakers: ask for the floor, get it, end; one speaks at a time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Person
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import SittingAct, Turn, TurnKind
from sagsgang.sittings.rules import acts as rules


@transaction.atomic
def ask_floor(
    item: AgendaItem,
    *,
    person: Person | None = None,
    name: str = "",
    kind: str = TurnKind.SPEECH,
    seconds: int | None = None,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """Put somebody last on the item's list of speakers: a member who is here, or (`name`) a guest. The id is the key.

    Raises RuleBrokenError: nobody named, not here, or a conflict of interest at the item.
    """
    meeting, done = entering.act_of(item.meeting, "ask_floor", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = entering.running_at(meeting, at)
    rules.require_speaker(is_named=person is not None or bool(name.strip()))
    if person is not None:
        roll = roll_of(meeting)
        rules.require_here(person.name, is_here=person.pk in roll.there_at(moment))
        rules.require_no_conflict(person.name, has_conflict=person.pk in roll.conflicted_at(item.pk, moment))
    last = Turn.history.filter(item=item).aggregate(last=Max("position"))["last"]
    Turn.objects.create(
        pk=key,
        item=item,
        person=person,
        name="" if person else name.strip(),
        kind=kind,
        position=(last or 0) + 1,
        seconds=seconds,
    )
    return enter_act(meeting, "ask_floor", key=key, actor=actor, item=item)


def _turn_of(turn: Turn, meeting: Meeting) -> Turn:
    """The turn as it stands now, with its item."""
    found = Turn.history.select_related("item").get(pk=turn.pk)
    found.item = entering.item_here(found.item, meeting)
    return found


@transaction.atomic
def give_floor(turn: Turn, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Give somebody the floor at the running item; who spoke before has ended. The clock runs from now."""
    meeting, done = entering.act_of(turn.item.meeting, "give_floor", key=key)
    if done is not None:
        return done
    turn = _turn_of(turn, meeting)
    running = entering.require_running(turn.item, meeting)
    speaking = Turn.objects.filter(item__meeting=meeting, began_at__isnull=False, ended_at=None)
    began = [running.began_at, *speaking.values_list("began_at", flat=True)]
    moment = entering.running_at(meeting, at, since=max(one for one in began if one is not None))
    rules.require_turn(fits=turn.began_at is None and turn.withdrawn_at is None)
    speaking.update(ended_at=moment, modified_at=now())
    turn.began_at = moment
    turn.save(update_fields=["began_at", "modified_at"])
    return enter_act(meeting, "give_floor", key=key, actor=actor, item=turn.item)


@transaction.atomic
def end_turn(turn: Turn, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """The speaker has ended."""
    meeting, done = entering.act_of(turn.item.meeting, "end_turn", key=key)
    if done is not None:
        return done
    turn = _turn_of(turn, meeting)
    rules.require_turn(fits=turn.began_at is not None and turn.ended_at is None)
    turn.ended_at = entering.running_at(meeting, at, since=turn.began_at)
    turn.save(update_fields=["ended_at", "modified_at"])
    return enter_act(meeting, "end_turn", key=key, actor=actor, item=turn.item)


@transaction.atomic
def withdraw_turn(turn: Turn, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Somebody does not want the floor any more; she has not had it yet."""
    meeting, done = entering.act_of(turn.item.meeting, "withdraw_turn", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    turn = _turn_of(turn, meeting)
    rules.require_turn(fits=turn.began_at is None)
    if turn.withdrawn_at is None:
        turn.withdrawn_at = now()
        turn.save(update_fields=["withdrawn_at", "modified_at"])
    return enter_act(meeting, "withdraw_turn", key=key, actor=actor, item=turn.item)


@transaction.atomic
def move_turn(turn: Turn, *, position: int, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Move somebody who waits to another place among those who wait; 1 = the next."""
    meeting, done = entering.act_of(turn.item.meeting, "move_turn", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    turn = _turn_of(turn, meeting)
    waiting = list(Turn.objects.filter(item=turn.item, began_at=None).order_by("position", "created_at"))
    rules.require_turn(fits=any(row.pk == turn.pk for row in waiting))
    places = [row.position for row in waiting]
    moved = [row for row in waiting if row.pk != turn.pk]
    moved.insert(max(0, position - 1), turn)
    for place, row in zip(places, moved, strict=True):
        Turn.objects.filter(pk=row.pk).update(position=place, modified_at=now())
    return enter_act(meeting, "move_turn", key=key, actor=actor, item=turn.item)
