"""Log that closed words were shown to somebody (who, what, when): leak rule 12."""

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting


def log_closed_reading(row: Meeting | AgendaItem | Attachment, *, actor: User) -> None:
    """Write that `actor` was shown closed words of this agenda, item or attachment. Every showing is an entry."""
    record(actor, "read_closed", row)
