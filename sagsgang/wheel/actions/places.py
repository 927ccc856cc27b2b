"""Note which meetings stand in a cycle, so that a calendar that follows the cycles is told when one leaves. No trace: it
says nothing that the meetings do not say themselves.
"""

from datetime import date

from django.db import transaction
from django.utils.timezone import now

from sagsgang.bodies.models import Authority
from sagsgang.wheel.models import CyclePlace
from sagsgang.wheel.queries.feeds import PAST, places_now


@transaction.atomic
def note_cycle_places(authority: Authority, today: date) -> int:
    """Answers how many meetings came into a cycle, came back, or left one. May run twice; looks at days not long past."""
    wanted = places_now(authority, today)
    rows = CyclePlace.objects.filter(meeting__body__authority=authority, meeting__held_on__gte=today - PAST)
    held = {(row.meeting_id, row.cycle): row for row in rows}
    new = [
        CyclePlace(meeting=meeting, cycle=cycle, changed_at=meeting.modified_at)
        for (pk, cycle), meeting in wanted.items()
        if (pk, cycle) not in held and meeting.held_on >= today - PAST
    ]
    CyclePlace.objects.bulk_create(new, ignore_conflicts=True)
    turned = [row for key, row in held.items() if row.is_in != (key in wanted)]
    for row in turned:
        row.is_in, row.changed_at = not row.is_in, now()
        row.save(update_fields=["is_in", "changed_at", "modified_at"])
    return len(new) + len(turned)
