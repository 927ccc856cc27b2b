"""Take an item up, a whole block of them, and end it. One item at a time; a new one ends the one before."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.meetings.models import AgendaItem, ConflictOfInterest, Meeting, Treatment
from sagsgang.meetings.queries.attending import roll_of
from sagsgang.sittings.actions import deputies, entering
from sagsgang.sittings.actions.entering import enter_act, enter_item_act
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
    treated = Q(treatments__isnull=False) | Q(subitems__treatments__isnull=False)
    over = AgendaItem.objects.filter(treated, meeting=item.meeting).exclude(pk__in=[item.pk, item.parent_id or item.pk])
    deputies.leave_after_items(item.meeting, over.values_list("pk", flat=True), moment=moment)
    here = roll_of(item.meeting).there_at(moment)  # who is not there leaves no room
    _conflicts_at([item.pk]).filter(left_at=None, person__in=here).update(left_at=moment, modified_at=now())


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
    moment = entering.running_at(meeting, at, since=_latest_in(running))
    _end(running, moment)
    if not running.item.subitems.exists():  # else she may sit in at its sub-items yet
        deputies.leave_after_items(meeting, [running.item_id], moment=moment)
    return enter_act(meeting, "end_item", key=key, actor=actor, item=item)


@transaction.atomic
def take_up_block(meeting: Meeting, *, block: int, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Take up the items of a block that wait, without debate; the first of them runs, and the others end with it.

    Raises RuleBrokenError if none waits, somebody who is here has a conflict of interest at one of them, or a poll is open.
    """
    meeting, done = entering.act_of(meeting, "take_up_block", key=key)
    if done is not None:
        return done
    waiting = AgendaItem.objects.filter(meeting=meeting, block=block, withdrawn_at=None, treatments=None)
    items = list(waiting.order_by("position"))
    rules.require_block(is_there=bool(items))
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


@transaction.atomic
def leave_block(item: AgendaItem, *, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Somebody wants to debate an item of a block: it is taken out, and taken up by itself.

    Raises RuleBrokenError if it stands in no block, or has been taken up.
    """
    meeting, done = entering.act_of(item.meeting, "leave_block", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    entering.running_at(meeting, at)
    rules.require_block(is_there=item.block is not None and not item.treatments.exists())
    block, item.block = item.block, None
    item.save(update_fields=["block", "modified_at"])
    return enter_item_act(item, "leave_block", key=key, actor=actor, data={"block": block})
