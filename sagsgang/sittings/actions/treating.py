"""Take an item up, a whole block of them, and end it. One item at a time; a new one ends the one before."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Meeting, Treatment
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import Poll, SittingAct, Turn
from sagsgang.sittings.rules import acts as rules


@transaction.atomic
def take_up_item(item: AgendaItem, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take an item up, also once more; what was treated before it ends now. Taking up the running one changes nothing.

    Who has a conflict of interest at it leaves at this moment. Raises RuleBrokenError while a poll is open.
    """
    meeting, done = entering.act_of(item.meeting, "take_up_item", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    entering.require_no_open_poll(meeting)
    running = entering.running_treatment(meeting)
    moment = _beginning(meeting, running, at)
    if running is None or running.item_id != item.pk:
        if running is not None:
            _end(running, moment)
        _begin(item, moment, pk=key)
    return enter_act(meeting, "take_up_item", key=key, actor=actor, item=item)


def _beginning(meeting: Meeting, running: Treatment | None, at: datetime) -> datetime:
    """The true moment: not before what happened at the running item, nor before the last one ended."""
    if running is not None:
        return entering.running_at(meeting, at, since=_latest_in(running))
    ends = Treatment.objects.filter(meeting=meeting).order_by("-ended_at").values_list("ended_at", flat=True)
    return entering.running_at(meeting, at, since=ends.first())


def _begin(item: AgendaItem, moment: datetime, *, pk: UUID) -> None:
    Treatment.objects.create(pk=pk, meeting=item.meeting, item=item, began_at=moment)
    _conflicts_at([item.pk]).filter(left_at=None).update(left_at=moment, modified_at=now())


def _end(running: Treatment, moment: datetime) -> None:
    """The item ends, and with it the speaker's turn; who left for it is back, and the block is ended together."""
    treatments = Treatment.objects.filter(pk=running.pk)
    if running.item.block is not None:
        treatments = Treatment.objects.filter(
            meeting=running.meeting_id, item__block=running.item.block, began_at=running.began_at
        )
    items = list(treatments.values_list("item", flat=True))
    treatments.update(ended_at=moment, modified_at=now())
    Turn.objects.filter(item__in=items, began_at__isnull=False, ended_at=None).update(
        ended_at=moment, modified_at=now()
    )
    _conflicts_at(items).filter(left_at__isnull=False, returned_at=None).update(returned_at=moment, modified_at=now())


def _latest_in(running: Treatment) -> datetime:
    """The latest moment that something is known of in this treatment."""
    item = running.item_id
    polls = Poll.objects.filter(meeting=running.meeting_id, closed_at__isnull=False).values_list("closed_at", flat=True)
    turns = Turn.objects.filter(item=item, began_at__isnull=False).values_list("began_at", "ended_at")
    left = _conflicts_at([item]).values_list("left_at", flat=True)
    moments = [running.began_at, *polls, *left, *(one for pair in turns for one in pair)]
    return max(one for one in moments if one is not None)


def _conflicts_at(items: list[UUID]) -> QuerySet[ConflictOfInterest]:
    """The standing conflicts of interest at the items or the items above them."""
    return ConflictOfInterest.objects.filter(Q(item__in=items) | Q(item__subitems__in=items), withdrawn_at=None)


@transaction.atomic
def end_item(item: AgendaItem, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """End the treatment of the running item. Raises RuleBrokenError if it does not run, or a poll is open."""
    meeting, done = entering.act_of(item.meeting, "end_item", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    running = entering.require_running(item, meeting)
    entering.require_no_open_poll(meeting)
    _end(running, entering.running_at(meeting, at, since=_latest_in(running)))
    return enter_act(meeting, "end_item", key=key, actor=actor, item=item)


@transaction.atomic
def take_up_block(meeting: Meeting, *, block: int, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take up all items of a block together, without debate; the first of them runs, and the others end with it.

    Raises RuleBrokenError if somebody who is here has a conflict of interest at one of them, or a poll is open.
    """
    meeting, done = entering.act_of(meeting, "take_up_block", key=key)
    if done is not None:
        return done
    items = list(AgendaItem.objects.filter(meeting=meeting, block=block, withdrawn_at=None).order_by("position"))
    rules.require_on_agenda(is_there=bool(items))
    entering.require_no_open_poll(meeting)
    running = entering.running_treatment(meeting)
    moment = _beginning(meeting, running, at)
    roll = roll_of(meeting)
    here = roll.there_at(moment)
    rules.require_plain_block(has_conflict=any(roll.conflicted_at(item.pk) & here for item in items))
    if running is not None:
        _end(running, moment)
    first, *others = items
    first.meeting = meeting
    _begin(first, moment, pk=key)
    Treatment.objects.bulk_create(
        Treatment(pk=entering.row_key(key, item.pk), meeting=meeting, item=item, began_at=moment, ended_at=moment)
        for item in others
    )
    data = {"items": len(items)}
    return enter_act(meeting, "take_up_block", key=key, actor=actor, item=first, data=data)
