"""Whether the chain of one subject holds: each link computed again as the database made it (`core.chains`)."""

from dataclasses import dataclass

from django.db.models import QuerySet

from sagsgang.core.chains import AUDIT, chain_state
from sagsgang.core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Chain:
    """The verdict: how many entries, and the number of the first that does not hold (None = whole)."""

    length: int
    broken: int | None

    @property
    def is_whole(self) -> bool:
        return self.broken is None


def chain_of(subject: str) -> Chain:
    """Walk the subject's chain: the numbers without a gap, each link naming the one before it, each hash right.

    A chain cannot show that its last entries are missing: `sagsgang verify` compares it with the head kept outside.
    """
    state = chain_state(AUDIT, subject)
    return Chain(length=state.length, broken=state.broken.number if state.broken else None)


def entries_of(subject: str) -> QuerySet[AuditEntry]:
    """The subject's entries in the order of the chain."""
    return AuditEntry.objects.filter(subject=subject).select_related("actor").order_by("number")
