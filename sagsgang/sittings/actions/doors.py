"""The body closes an item, or moves it to the open part, at its meeting (R8, R15, R16; KSL § 10)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.models import AgendaItem, ReviewAnswer
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.actions.motions import enter_motion, moment_to_decide
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.queries.state import SittingState, state_of
from sagsgang.sittings.rules import doors


@transaction.atomic
def close_here(
    item: AgendaItem,
    *,
    ground: str,
    closing_reason: str,
    public_title: str = "",
    is_voted: bool = False,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """The body decides to treat an item behind closed doors: it is closed at once, for all who follow along too.

    While the agenda is adopted, or when the item itself is treated. `is_voted`: a procedural motion was adopted for it;
    else the chair concludes, since nobody asks for a vote. Raises RuleBrokenError: another time, no concrete reason
    (R15), nobody presides (R29), no quorum (R24).
    """
    meeting, done = entering.act_of(item.meeting, "close_here", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = moment_to_decide(item, meeting, at)
    state = state_of(meeting, at=moment)
    doors.require_time_to_close(is_beginning=state.is_beginning, is_running=_is_running(item, state))
    meetings.close_item(
        item,
        ground=ground,
        closing_reason=closing_reason,
        public_title=public_title,
        by_body=True,
        actor=actor,
    )
    enter_motion(item, state, doors.closing_motion(), is_voted=is_voted, key=key, moment=moment)
    return enter_item_act(item, "close_here", key=key, actor=actor)


@transaction.atomic
def open_here(
    item: AgendaItem,
    *,
    reason: str,
    opened: Collection[UUID] = (),
    has_looked: bool = False,
    is_voted: bool = False,
    key: UUID,
    at: datetime,
    actor: User,
) -> SittingAct:
    """The body moves a closed item to the open part while the agenda is adopted; as `review_closing` opens it.

    `is_voted` as in `close_here`. Raises RuleBrokenError: another time, nobody has looked through it, the item above is
    closed, nobody presides, no quorum.
    """
    meeting, done = entering.act_of(item.meeting, "open_here", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = moment_to_decide(item, meeting, at)
    state = state_of(meeting, at=moment)
    doors.require_time_to_open(is_beginning=state.is_beginning)
    meetings.review_closing(
        item,
        answer=ReviewAnswer.OPEN,
        reason=reason,
        opened=opened,
        has_looked=has_looked,
        by_body=True,
        actor=actor,
    )
    enter_motion(item, state, doors.opening_motion(), is_voted=is_voted, key=key, moment=moment)
    return enter_item_act(item, "open_here", key=key, actor=actor)


def _is_running(item: AgendaItem, state: SittingState) -> bool:
    running = state.current
    return running is not None and running.line.pk in (item.pk, item.parent_id)
