"""Log that closed words were shown to somebody (who, what, when): leak rule 12."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.core.models import record
from sagsgang.meetings.models import AgendaItem, Attachment, Meeting


def log_closed_reading(row: Body | Meeting | AgendaItem | Attachment, *, actor: User) -> None:
    """Write that `actor` was shown closed words: of a body's waiting list, an agenda, an item or an attachment.

    Every showing is an entry.
    """
    record(actor, "read_closed", row)
