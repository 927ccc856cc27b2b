"""Enter the votes and close the poll in one act: what a secretary does when the hands are counted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.sittings.actions import entering
from sagsgang.sittings.actions.polls import close_poll, enter_ballots
from sagsgang.sittings.models import Poll, SittingAct


@transaction.atomic
def settle_poll(poll: Poll, *, key: UUID, at: datetime, actor: User, **votes: Any) -> SittingAct:
    """`enter_ballots` with `votes`, `groups` or `counts`, then `close_poll`: both or nothing, and once for a key."""
    _, done = entering.act_of(poll.meeting, "close_poll", key=key)
    if done is not None:
        return done
    enter_ballots(poll, key=entering.row_key(key, "ballots"), at=at, actor=actor, **votes)
    return close_poll(poll, key=key, at=at, actor=actor)
