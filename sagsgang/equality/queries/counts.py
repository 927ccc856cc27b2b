"""Headcounts of an authority, and one with all that its page shows."""

from datetime import date

from sagsgang.bodies.models import Authority, BodyKind, Seat
from sagsgang.equality.models import Count, LevelFigure
from sagsgang.equality.shapes import Figures, Headcount, Member


def counts_of(authority: Authority) -> list[Count]:
    """All versions, the newest day first; one query."""
    return list(Count.objects.filter(authority=authority).select_related("scheme", "signed_off_by"))


def values_of(count: Count) -> Headcount:
    """The figures as plain values, as the checks and the comparison take them; one query."""
    by_level = {row.level: Figures(row.women, row.men, row.other) for row in count.figures.all()}
    return Headcount(
        {level: figures for level, figures in by_level.items() if 1 <= level <= 3},
        by_level.get(LevelFigure.ALL_LEADERS),
        by_level.get(LevelFigure.STAFF),
    )


def last_report_before(authority: Authority, day: date) -> Count | None:
    """The newest signed-off version of the newest earlier day."""
    rows = Count.objects.filter(authority=authority, snapshot_on__lt=day, signed_off_at__isnull=False)
    return rows.order_by("-snapshot_on", "-version").first()


def version_before(count_day: date, authority: Authority) -> Count | None:
    """The newest version of the same day."""
    return Count.objects.filter(authority=authority, snapshot_on=count_day).order_by("-version").first()


def members_on(authority: Authority, day: date) -> list[Member] | None:
    """Who sat in the directorate on the day; None where the house knows no directorate."""
    seats = Seat.objects.on(day).filter(
        body__authority=authority, body__kind=BodyKind.DIRECTORATE, substitute_for=None
    ).select_related("person")  # fmt: skip
    members = [Member(seat.person.name, seat.person.title) for seat in seats.order_by("created_at")]
    return members or None
