"""What a closed item says of itself: to those inside why it is closed, to the public what it may be called."""

from django.db import transaction

from sagsgang.accounts.models import User
from sagsgang.meetings import rules
from sagsgang.meetings.actions.schedule import lock_meeting, record_both
from sagsgang.meetings.models import AgendaItem


@transaction.atomic
def state_closing(item: AgendaItem, *, closing_reason: str, public_title: str, actor: User) -> AgendaItem:
    """Write the concrete reason (R15) and the public title of a closed item. Raises `RuleBrokenError`."""
    lock_meeting(item.meeting)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("case").get(pk=item.pk)
    rules.require_closed(is_closed=item.is_closed)
    rules.require_closing_reason(closing_reason, closed=True)
    written = (closing_reason.strip(), public_title.strip())
    if (item.closing_reason, item.public_title) != written:
        item.closing_reason, item.public_title = written
        item.save(update_fields=["closing_reason", "public_title", "modified_at"])
        record_both(actor, "state_closing", item)
    return item
