"""All signed-off counts of an authority as a series: one a day, with what is another figure than the time before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sagsgang.bodies.models import Authority
from sagsgang.equality.models import Count, CountFinding
from sagsgang.equality.queries.counts import values_of
from sagsgang.equality.rules.checks.earlier import check_drift
from sagsgang.equality.shapes import Finding, Headcount

_DRIFT = 7


@dataclass(frozen=True, slots=True)
class Drift:
    """A level that has moved more than check 7 lets pass without a word, and the word that was given (or "")."""

    finding: Finding
    comment: str


@dataclass(frozen=True, slots=True)
class CountedDay:
    """The newest signed-off version of a day."""

    count: Count
    values: Headcount
    drift: tuple[Drift, ...]

    @property
    def day(self) -> date:
        """The day of the count."""
        return self.count.snapshot_on


def counted_days(authority: Authority, until: date | None = None) -> list[CountedDay]:
    """The oldest first, up to a day if one is given; three queries, whatever there is."""
    rows = Count.objects.filter(authority=authority, signed_off_at__isnull=False)
    if until is not None:
        rows = rows.filter(snapshot_on__lte=until)
    rows = rows.select_related("scheme").prefetch_related("figures").order_by("snapshot_on", "version")
    newest = list({count.snapshot_on: count for count in rows}.values())
    comments = _comments(newest)
    found = list[CountedDay]()
    for count in newest:
        values = values_of(count)
        drift = check_drift(values, found[-1].values) if found else []
        told = tuple(Drift(one, comments.get((str(count.pk), one.level), "")) for one in drift)
        found.append(CountedDay(count, values, told))
    return found


def _comments(counts: Sequence[Count]) -> dict[tuple[str, int | None], str]:
    rows = CountFinding.objects.filter(count__in=counts, check_number=_DRIFT, accepted_at__isnull=False)
    return {(str(row.count_id), row.level): row.accepted_reason for row in rows}
