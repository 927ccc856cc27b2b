"""The chair is away and somebody else presides: an item that constitutes her as acting chair (R29)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.meetings.actions.arising import put_arising_item
from sagsgang.meetings.models import Meeting
from sagsgang.meetings.queries.deciding import next_unsent_meeting
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.entering import enter_act
from sagsgang.sittings.models import SittingAct
from sagsgang.sittings.rules import acts as rules


@transaction.atomic
def put_constitution(meeting: Meeting, *, on_next: bool, key: UUID, at: datetime, actor: User) -> SittingAct:
    """Put "Konstituering af fungerende formand" on this meeting, outside its agenda, or (`on_next`) on the body's next
    agenda that has not gone out. Pay as acting chair needs that decision, and it does not reach back.

    Twice is once. Raises RuleBrokenError while nobody is named as acting chair, or where no next meeting is planned.
    """
    meeting, done = entering.act_of(meeting, "put_constitution", key=key)
    if done is not None:
        return done
    entering.running_at(meeting, at)
    rules.require_acting_chair(is_named=meeting.acting_chair_id is not None)
    coming = next_unsent_meeting(meeting.body, meeting.held_on) if on_next else None
    rules.require_next_agenda(is_there=coming is not None or not on_next)
    item = put_arising_item(coming or meeting, title=_("Constitution of an acting chair"), actor=actor)
    data = {"item": str(item.pk), "person": str(meeting.acting_chair_id)}
    return enter_act(meeting, "put_constitution", key=key, actor=actor, data=data)
