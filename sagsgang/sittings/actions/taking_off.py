"""The body takes an item off its agenda when it adopts the agenda (R8)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.meetings import actions as meetings
from sagsgang.meetings.actions.returning import wait_again
from sagsgang.meetings.models import AgendaItem, Outcome, own_decision
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_item_act
from sagsgang.sittings.actions.motions import enter_motion, moment_to_decide
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.queries.state import state_of
from sagsgang.sittings.rules import acts as rules
from sagsgang.sittings.rules import taking_off


@transaction.atomic
def take_off_here(
    item: AgendaItem, *, reason: str = "", is_voted: bool = False, key: UUID, at: datetime, actor: User
) -> SittingAct:
    """The body decides that an item of its sent agenda is not treated today; the case waits for a later meeting.

    While the agenda is adopted. The item keeps its number, and its decision says that it was taken off, and why if a
    `reason` is given. `is_voted`: a procedural motion was adopted for it; else the chair concludes, since nobody asks for
    a vote. Raises RuleBrokenError: another time, a sub-item or a standing item, decided or taken up already, nobody
    presides (R29), no quorum (R24).
    """
    meeting, done = entering.act_of(item.meeting, "take_off_here", key=key)
    if done is not None:
        return done
    item = entering.item_here(item, meeting)
    moment = moment_to_decide(item, meeting, at)
    state = state_of(meeting, at=moment)
    taking_off.require_time_to_take_off(is_beginning=state.is_beginning)
    taking_off.require_own_matter(is_sub=item.parent_id is not None, is_standing=item.standing_id is not None)
    taking_off.require_untreated(is_treated=item.treatments.exists())
    rules.require_undecided_item(is_decided=own_decision(item.decisions.all(), meeting) is not None)
    enter_motion(item, state, taking_off.motion(), is_voted=is_voted, key=key, moment=moment)
    text = taking_off.sentence(reason)
    meetings.record_decision(item, text=text, outcome=Outcome.POSTPONED, seen=0, is_procedure=True, actor=actor)
    if item.block is not None:  # what is treated together is treated without it
        item.block = None
        item.save(update_fields=["block", "modified_at"])
    wait_again(item, actor=actor)
    return enter_item_act(item, "take_off_here", key=key, actor=actor)
