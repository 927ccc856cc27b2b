"""What an indicator says: how it has moved, how far it is to the target; what an import would change; what acts on it need."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

from django.utils.translation import gettext

from sagsgang.core.errors import RuleBrokenError
from sagsgang.goals.models import Better
from sagsgang.goals.rules.periods import Period, kind_words, parse_period, period_help

LIMIT = Decimal(10) ** 13
MOST_NOTE = 300


class Move(StrEnum):
    """What a figure did since the one before it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Aim:
    """Where the indicator began and where it shall be; what is not stated is None."""

    better: str
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """`change` since the figure before; `distance` what lacks to the target, never below 0; `way` of the way from the
    baseline in per cent (below 0: away from the target), where both are stated and differ.
    """

    move: Move
    change: Decimal | None
    distance: Decimal | None
    is_reached: bool
    way: int | None


def progress(latest: Decimal | None, before: Decimal | None, aim: Aim) -> Progress:
    """Of the latest figure and the one before it."""
    change = None if latest is None or before is None else latest - before
    sign = 1 if aim.better == Better.HIGHER else -1
    move = Move.UNKNOWN if change is None else Move.SAME if not change else (
        Move.BETTER if change * sign > 0 else Move.WORSE
    )  # fmt: skip
    if latest is None or aim.target is None:
        return Progress(move, change, None, False, None)
    lacks = (aim.target - latest) * sign
    way = None
    if aim.baseline is not None and aim.baseline != aim.target:
        share = (latest - aim.baseline) / (aim.target - aim.baseline) * 100
        way = int(share.quantize(Decimal(1), ROUND_HALF_UP))
    return Progress(move, change, max(lacks, Decimal(0)), lacks <= 0, way)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it stands or is to stand. `note` None = the file has no notes, and what is there is kept."""

    period: Period
    value: Decimal
    note: str | None = None
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an import makes of a period: `before` None = new; a change of value or note is a new version."""

    figure: Figure
    before: Figure | None

    @property
    def kind(self) -> str:
        """new, changed or same."""
        if self.before is None:
            return "new"
        is_same_note = self.figure.note is None or self.figure.note == (self.before.note or "")
        return "same" if self.figure.value == self.before.value and is_same_note else "changed"


def compared(standing: Mapping[str, Figure], figures: Iterable[Figure]) -> list[Change]:
    """The figures beside those that stand (by the code of their period), in the order of their days.

    Raises `RuleBrokenError` for a period of another kind than the series has: a year beside its quarters would stand twice
    on one day of the plot.
    """
    kind = next((figure.period.kind for figure in standing.values()), None)
    changes = []
    for figure in figures:
        require_same_kind(kind, figure.period)
        kind = figure.period.kind
        changes.append(Change(figure, standing.get(figure.period.code)))
    return sorted(changes, key=lambda change: change.figure.period)


def remarks(changes: Iterable[Change], measured_in: str) -> list[str]:
    """What somebody should look at before she stores it; nothing of it holds her back."""
    found = []
    figures = [change.figure for change in changes]
    if measured_in.strip() == "%" and figures and all(abs(figure.value) <= 1 for figure in figures):
        found.append(gettext("The indicator is in per cent, but no figure is above 1: is 0.12 meant to be 12 %?"))
    for one, other in pairwise(figures):
        low, high = sorted((abs(one.value), abs(other.value)))
        if low and high / low >= 10:
            found.append(
                gettext(
                    "From {first} to {second} the figure moves tenfold or more. Is a decimal comma missing?"
                ).format(first=one.period.words, second=other.period.words)
            )
    return found[:5]


def require_same_kind(kind: str | None, period: Period) -> None:
    """A series has periods of one kind."""
    if kind is not None and period.kind != kind:
        raise RuleBrokenError(
            gettext("{period} is {kind}, but the other figures are each of {other}. A series has one kind.").format(
                period=period.words, kind=kind_words(period.kind), other=kind_words(kind)
            )
        )


def read_period(words: str, today: date) -> Period:
    """The period that somebody wrote; one that has begun. Raises `RuleBrokenError`."""
    found = parse_period(words)
    if found is None:
        raise RuleBrokenError(
            gettext("“{words}” is no period. Write {help}").format(words=words[:40], help=period_help())
        )
    if found.since > today:
        raise RuleBrokenError(gettext("{period} has not begun.").format(period=found.words))
    return found


def require_value(value: Decimal) -> Decimal:
    """The value as it is stored, with six decimals at most. Raises `RuleBrokenError` for one that is too large."""
    if not value.is_finite() or abs(value) >= LIMIT:
        raise RuleBrokenError(gettext("The figure is too large."))
    return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)


def require_baseline(value: Decimal | None, on: date | None) -> None:
    """A baseline has a value and a day, or neither."""
    if (value is None) != (on is None):
        raise RuleBrokenError(gettext("The baseline needs both its value and its day."))


def require_target(value: Decimal | None, on: date | None, baseline_on: date | None) -> None:
    """A day of the target belongs to a value, and lies after the baseline."""
    if on is not None and value is None:
        raise RuleBrokenError(gettext("Write the value of the target, not its day alone."))
    if on is not None and baseline_on is not None and on <= baseline_on:
        raise RuleBrokenError(gettext("The target lies before the baseline."))
