"""Which scheme holds on a day, and what a change of its days may not do. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.core.errors import RuleBrokenError


class Dated(Protocol):
    """A scheme, as far as its days go; None is a day that is not known."""

    valid_from: date | None
    valid_to: date | None


def holds_on(scheme: Dated, day: date) -> bool:
    """Does it hold on the day? An unknown day bounds nothing."""
    return (scheme.valid_from is None or scheme.valid_from <= day) and (
        scheme.valid_to is None or day <= scheme.valid_to
    )


def scheme_on[D: Dated](schemes: Iterable[D], day: date) -> D | None:
    """The one that holds on the day; of several, the one that began last. None where none holds."""
    held = [scheme for scheme in schemes if holds_on(scheme, day)]
    return max(held, key=lambda scheme: scheme.valid_from or date.min, default=None)


def require_in_order(valid_from: date | None, valid_to: date | None) -> None:
    """The last day is not before the first. Raises `RuleBrokenError`."""
    if valid_from and valid_to and valid_to < valid_from:
        raise RuleBrokenError(_("The scheme ends before it begins."))


def require_counts_within(valid_from: date | None, valid_to: date | None, days: Iterable[date]) -> None:
    """Every count that was made under it lies within its days. Raises `RuleBrokenError` that names the first outside."""
    for day in sorted(days):
        if (valid_from and day < valid_from) or (valid_to and day > valid_to):
            raise RuleBrokenError(
                _("The count of %(day)s was made under this scheme, and would lie outside its days.")
                % {"day": date_format(day, "DATE_FORMAT")}
            )


def last_day_before(day: date) -> date:
    """On which a scheme ends, if another begins on the day. Raises `RuleBrokenError` for the first day that there is."""
    if day == date.min:
        raise RuleBrokenError(_("Choose a later day."))
    return day - timedelta(days=1)
