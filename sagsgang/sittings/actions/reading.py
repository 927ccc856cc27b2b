"""Log that the running item's closed words were shown at the desk: once for each time it is treated (leak rule 12)."""

from datetime import datetime

from sagsgang.accounts.models import User
from sagsgang.core.models import AuditEntry, subject_of
from sagsgang.meetings.actions import log_closed_reading
from sagsgang.meetings.models import AgendaItem


def log_reading_once(item: AgendaItem, *, since: datetime | None, actor: User) -> None:
    """The desk is shown anew after every act; one entry says that she has read the item while it was treated."""
    known = AuditEntry.objects.filter(subject=subject_of(item), verb="read_closed", actor=actor)
    if since is None or not known.filter(at__gte=since).exists():
        log_closed_reading(item, actor=actor)
