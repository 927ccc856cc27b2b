"""Bring figures of an indicator in: typed one by one, or from a file, all of it or nothing. A figure is never overwritten."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record
from sagsgang.goals.models import Indicator, IndicatorImport, IndicatorValue
from sagsgang.goals.rules.indicators import Change, Figure, compared, read_period, require_value
from sagsgang.goals.rules.periods import period_of


@dataclass(frozen=True, slots=True)
class FileFacts:
    """Which file it was."""

    name: str
    sha256: str


def standing_of(indicator: Indicator) -> dict[str, Figure]:
    """The figures that stand, by the code of their period."""
    rows = IndicatorValue.objects.filter(indicator=indicator)
    return {row.period: Figure(period_of(row.period), row.value, row.note) for row in rows}


def digest_of(standing: Iterable[Figure]) -> str:
    """What tells whether a series is still as somebody saw it."""
    lines = sorted(f"{one.period.code};{one.value.normalize()};{one.note or ''}" for one in standing)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def import_figures(
    indicator: Indicator, figures: Sequence[Figure], file: FileFacts, *, seen: str, actor: User
) -> IndicatorImport:
    """Store what the preview showed: new figures, and new versions of those that changed. All of them, or none.

    `seen`: the digest of the series that the preview was compared with. Raises `RuleBrokenError` if the series has changed
    since, or if nothing would.
    """
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    standing = standing_of(indicator)
    if digest_of(standing.values()) != seen:
        raise RuleBrokenError(
            gettext("Somebody has changed the figures in the meantime. Look at the comparison once more.")
        )
    changes = [change for change in compared(standing, figures) if change.kind != "same"]
    if not changes:
        raise RuleBrokenError(gettext("Every figure of the file is there already."))
    made = IndicatorImport.objects.create(indicator=indicator, name=file.name, sha256=file.sha256, author=actor)
    _write(indicator, changes, made, actor)
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("new", "changed")}
    record(actor, "import_figures", indicator, brought_in=str(made.pk), **counts)
    return made


@transaction.atomic
def write_figure(indicator: Indicator, *, period: str, value: Decimal, note: str, actor: User) -> IndicatorValue:
    """Type a figure; where one stands for the period, this is its next version. Raises `RuleBrokenError`."""
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    figure = Figure(read_period(period, localdate()), require_value(value), note)
    (change,) = compared(standing_of(indicator), [figure])
    if change.kind == "same":
        raise RuleBrokenError(gettext("That figure is there already."))
    (row,) = _write(indicator, [change], None, actor)
    record(actor, "write_figure", indicator, figure=str(row.pk), version=row.version)
    return row


@transaction.atomic
def withdraw_figure(figure: IndicatorValue, *, reason: str, actor: User) -> None:
    """Take it off with nothing in its place; what stood, and why it stands no more, can be looked up."""
    Indicator.history.select_for_update(of=("self",)).get(pk=figure.indicator_id)
    standing = IndicatorValue.objects.filter(pk=figure.pk)
    if not standing.update(withdrawn_at=now(), withdrawn_by=actor, withdrawn_reason=reason):
        raise RuleBrokenError(gettext("The figure stands no more."))
    record(actor, "withdraw_figure", figure.indicator, figure=str(figure.pk))


def _write(
    indicator: Indicator, changes: Sequence[Change], made: IndicatorImport | None, actor: User
) -> list[IndicatorValue]:
    codes = [change.figure.period.code for change in changes]
    rows = IndicatorValue.history.filter(indicator=indicator, period__in=codes).values_list("period", "version")
    newest: dict[str, int] = {}
    for code, version in rows:
        newest[code] = max(version, newest.get(code, 0))
    IndicatorValue.objects.filter(indicator=indicator, period__in=codes).update(withdrawn_at=now())
    return IndicatorValue.objects.bulk_create(
        IndicatorValue(
            indicator=indicator,
            period=change.figure.period.code,
            on=change.figure.period.on,
            value=change.figure.value,
            note=change.figure.note or "",
            version=newest.get(change.figure.period.code, 0) + 1,
            brought_in=made,
            row=change.figure.row if made else None,
            author=actor,
        )
        for change in changes
    )
