"""A year of a body in figures: what is counted and what a list shows come from the same rows (`Year.rows_of`).

Everything is read of the whole authority at once, for this period and the one before; the database is asked a fixed
number of times, however much there is.
"""

from collections.abc import Collection
from datetime import date

from sagsgang.bodies.models import Body, ClosingDay
from sagsgang.core.gathering import Part, gathered
from sagsgang.meetings.models import Meeting
from sagsgang.reports.queries.year.attending import presence_parts, presence_rows
from sagsgang.reports.queries.year.figures import FIGURES, KINDS, OUTCOMES, UNSAID, Figure, Year
from sagsgang.reports.queries.year.loading import (
    Scope,
    follow_up_rows,
    item_rows,
    meeting_rows,
    signature_rows,
)
from sagsgang.reports.queries.year.rows import Group, Row
from sagsgang.reports.rules import Period

__all__ = ["FIGURES", "KINDS", "OUTCOMES", "UNSAID", "Figure", "Group", "Year", "usual_year", "year_of"]


def usual_year(body: Body, today: date) -> int:
    """The newest year that is over and in which the body met; this year, if there is none. One query."""
    met = Meeting.objects.filter(body=body, held_on__year__lt=today.year, cancelled_at=None, items__isnull=False)
    last = met.order_by("-held_on").values_list("held_on", flat=True).first()
    return last.year if last else today.year


def year_of(body: Body, period: Period, today: date, *, groups: Collection[Group] = tuple(Group)) -> Year:
    """Read the groups: seven queries for all, at most three for one."""
    scope = Scope(body, period.before.start, period.end, today)
    lists: dict[str, Part] = {}
    if Group.ITEMS in groups:
        lists["closing_days"] = Part(ClosingDay.objects.filter(authority=body.authority_id).order_by())
    if Group.PRESENCE in groups:
        lists |= presence_parts(scope)
    found = gathered(body, **lists) if lists else {}
    rows: dict[Group, list[Row]] = {}
    if Group.MEETINGS in groups:
        rows[Group.MEETINGS] = [*meeting_rows(scope)]
    if Group.ITEMS in groups:
        closing_days = frozenset(row.day for row in found["closing_days"])
        rows[Group.ITEMS] = [*item_rows(scope, closing_days)]
    if Group.FOLLOW_UPS in groups:
        rows[Group.FOLLOW_UPS] = [*follow_up_rows(scope)]
    if Group.SIGNATURES in groups:
        rows[Group.SIGNATURES] = [*signature_rows(scope)]
    if Group.PRESENCE in groups:
        rows[Group.PRESENCE] = [*presence_rows(scope, found["seats"], found["said"])]
    held = FIGURES["meetings"]
    others = {
        row.body
        for row in rows.get(Group.MEETINGS, ())
        if row.body != body.pk and held.counts(row, period, today)
    }  # fmt: skip
    return Year(body.pk, period, today, rows, tuple(sorted(others)))
