"""Keep the log of who was shown closed follow-ups (leak rule 12)."""

from collections.abc import Iterable
from uuid import UUID

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Unit
from sagsgang.cases.models import Case
from sagsgang.core.models import record
from sagsgang.meetings.models import AgendaItem


def log_closed_reading(
    place: User | Unit | Body | Case | AgendaItem, follow_ups: Iterable[UUID], *, actor: User
) -> None:
    """Write which closed follow-ups `actor` was shown on the list of `place`; one entry for each showing."""
    record(actor, "read_closed", place, follow_ups=[str(pk) for pk in follow_ups])
