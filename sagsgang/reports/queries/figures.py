"""Figures of what one user sees: cases by month and by where they stand, days to a decision, overdue follow-ups.

Only rows that she may see are counted; a closed case counts for who may see that it is there, and no title is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from sagsgang.accounts.models import User
from sagsgang.cases.models import Case
from sagsgang.followups.permissions import FollowUpRows, eyes_of
from sagsgang.meetings.models import AgendaItem, Decision

MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthOfCases:
    """The cases that were opened in a month (its first day), by where they stand now."""

    month: date
    written: int
    on_agenda: int
    decided: int


@dataclass(frozen=True, slots=True)
class MonthOfDays:
    """How long cases took whose last decision so far fell in a month: from their first meeting, in days."""

    month: date
    cases: int
    median: float


@dataclass(frozen=True, slots=True)
class UnitLate:
    """How many overdue follow-ups a unit has; "" = those without a unit."""

    unit: str
    late: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The three; months in their order, the newest last, those without any case too."""

    cases: tuple[MonthOfCases, ...]
    days: tuple[MonthOfDays, ...]
    late: tuple[UnitLate, ...]


def figures_of(user: User, today: date) -> Figures:
    """Seven queries, whatever there is."""
    months = months_before(today)
    return Figures(
        tuple(_by_month(user, months)),
        tuple(_days(user, months)),
        tuple(_late(user)),
    )


def months_before(today: date) -> list[date]:
    """The first days of the last twelve months, this one among them."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]


def _by_month(user: User, months: list[date]) -> Iterable[MonthOfCases]:
    standing = AgendaItem.objects.filter(case=OuterRef("pk"), withdrawn_at=None)
    decided = Decision.objects.filter(item__case=OuterRef("pk"), item__withdrawn_at=None)
    rows = Case.objects.visible_to(user).filter(created_at__date__gte=months[0])
    rows = rows.filter(Q(unit__isnull=False) | Q(caseworker__isnull=False))
    told = (
        rows.annotate(month=TruncMonth("created_at"), is_on=Exists(standing), is_decided=Exists(decided))
        .order_by()
        .values("month", "is_on", "is_decided")
        .annotate(n=Count("pk"))
    )
    counted = {month: [0, 0, 0] for month in months}
    for row in told:
        month = row["month"].date()
        if month in counted:
            counted[month][2 if row["is_decided"] else 1 if row["is_on"] else 0] += row["n"]
    return (MonthOfCases(month, *counts) for month, counts in counted.items())


def _days(user: User, months: list[date]) -> Iterable[MonthOfDays]:
    held: dict[date, list[int]] = {month: [] for month in months}
    for row in _decided_cases(user, months[0]):
        held.setdefault(row["last"].replace(day=1), []).append((row["last"] - row["first"]).days)
    return (
        MonthOfDays(month, len(found), float(median(found)) if found else 0.0)
        for month in months
        for found in [held[month]]
    )


def _decided_cases(user: User, since: date) -> QuerySet[Any, Any]:
    """Of each case with a decision since then: the day of its first meeting, and that of its last decision."""
    cases = Case.objects.visible_to(user).order_by().values("pk")
    items = AgendaItem.objects.filter(case__in=cases, withdrawn_at=None, meeting__cancelled_at=None)
    own = Q(decisions__decided_on=F("meeting__held_on")) | Q(decisions__decided_on=None)
    return (
        items.order_by()
        .values("case")
        .annotate(first=Min("meeting__held_on"), last=Max("meeting__held_on", filter=Q(own, decisions__isnull=False)))
        .filter(last__gte=since)
    )


def _late(user: User) -> Iterable[UnitLate]:
    rows = FollowUpRows().seen_by(eyes_of(user)).select_related(None).filter(is_late=True).order_by()
    counted: dict[str, int] = {}
    for name in rows.values_list("unit__name", flat=True):
        counted[name or ""] = counted.get(name or "", 0) + 1
    return (UnitLate(name, late) for name, late in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])))
