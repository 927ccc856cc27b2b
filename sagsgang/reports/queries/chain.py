"""Whether the chain of one subject holds: each link computed again as the database made it (`core.0003_audit_chain`)."""

from dataclasses import dataclass

from django.db.models import CharField, F, Func, QuerySet, TextField, Value, Window
from django.db.models.functions import Cast, Coalesce, Lag, RowNumber

from sagsgang.core.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Chain:
    """The verdict: how many entries, and the number of the first that does not hold (None = whole)."""

    length: int
    broken: int | None

    @property
    def is_whole(self) -> bool:
        return self.broken is None


class _Sha256(Func):
    """The hex SHA-256 of the parts with a bar between, as the trigger makes it."""

    template = "encode(sha256(convert_to(concat_ws('|', %(expressions)s), 'UTF8')), 'hex')"
    output_field = CharField()


class _Moment(Func):
    """The time in UTC to the microsecond, as the trigger writes it."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')"""
    output_field = CharField()


def chain_of(subject: str) -> Chain:
    """Walk the subject's chain: the numbers without a gap, each link naming the one before it, each hash right.

    A chain cannot show that its last entries are missing.
    """
    in_order = F("number").asc()
    links = AuditEntry.objects.filter(subject=subject).annotate(
        place=Window(RowNumber(), order_by=in_order),
        before=Coalesce(Window(Lag("sha256"), order_by=in_order), Value("")),
        computed=_Sha256("previous", "number", "subject", "verb", "actor_id", Cast("data", TextField()), _Moment("at")),
    )
    rows = list(links.order_by("number").values_list("number", "place", "previous", "before", "sha256", "computed"))
    broken = (
        min(number, place)
        for number, place, previous, before, written, computed in rows
        if (number, previous, written) != (place, before, computed)
    )
    return Chain(length=len(rows), broken=next(broken, None))


def entries_of(subject: str) -> QuerySet[AuditEntry]:
    """The subject's entries in the order of the chain."""
    return AuditEntry.objects.filter(subject=subject).select_related("actor").order_by("number")
