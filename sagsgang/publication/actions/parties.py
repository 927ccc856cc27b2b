"""Say of several decisions at once that they have no parties to be told first (R19)."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.documents.access import Access
from sagsgang.meetings import actions
from sagsgang.meetings.actions.schedule import lock_meeting
from sagsgang.meetings.models import AgendaItem, Meeting, Parties


@transaction.atomic
def state_no_parties(meeting: Meeting, *, items: Collection[UUID], actor: User) -> int:
    """Of those of these open items of the meeting of which nothing is said yet; answers how many they were."""
    meeting = lock_meeting(meeting)
    silent = AgendaItem.objects.filter(meeting=meeting, pk__in=items, parties="", access=Access.OPEN, withdrawn_at=None)
    rows = list(silent.order_by("position"))
    for row in rows:
        actions.state_parties(row, parties=Parties.NONE, told=False, actor=actor)
    return len(rows)
