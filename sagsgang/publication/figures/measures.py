"""Quartiles, shares and changes: what is computed of counts, and how it is written. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles

from django.utils.formats import number_format
from django.utils.translation import gettext

LEAST_BASE = 5
"""Of a smaller number no per cent is computed: one more or less would be a fifth of it."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in days: the quartiles with the median between them, and the longest."""

    count: int
    first: float
    median: float
    third: float
    longest: int


def spread_of(days: Sequence[int]) -> Spread | None:
    """The spread of the days; None of none. One value is its own quartiles."""
    if not days:
        return None
    first, median, third = quantiles(days, n=4, method="inclusive") if len(days) > 1 else (float(days[0]),) * 3
    return Spread(len(days), first, median, third, max(days))


def change_of(now: int, before: int) -> tuple[int, int | None]:
    """The difference, and the same in whole per cent of what was before; None where that is too little for per cent."""
    return now - before, round(100 * (now - before) / before) if before >= LEAST_BASE else None


def share_of(part: int, whole: int) -> int | None:
    """Whole per cent of `whole`; None where that is too little for per cent."""
    return round(100 * part / whole) if whole >= LEAST_BASE else None


def change_words(now: int, before: int) -> str:
    """The change in numbers, and in per cent where there is enough to compute it of: "+3 (+25 %)"."""
    difference, share = change_of(now, before)
    words = f"{_sign(difference)}{number_format(abs(difference))}"
    if share is None or not difference:
        return words
    told = gettext("{change} ({share} %)").format(change=words, share=f"{_sign(share)}{abs(share)}")
    return told.replace(" %", "\xa0%")  # never at the end of a line


def _sign(number: int) -> str:
    return "+" if number > 0 else "−" if number < 0 else ""
