"""Headcounts of an authority, and one with all that its page shows."""

from datetime import date
from uuid import UUID

from django.db.models import Count as CountOf
from django.db.models import F
from django.utils.timezone import localtime

from sagsgang.bodies.models import Authority, BodyKind, Seat, Unit
from sagsgang.equality.models import Count, LevelFigure, Scheme
from sagsgang.equality.rules.chart import Post, second_level
from sagsgang.equality.shapes import Figures, Headcount, Member


def counts_of(authority: Authority) -> list[Count]:
    """All versions, the newest day first; one query."""
    return list(Count.objects.filter(authority=authority).select_related("scheme", "signed_off_by"))


def schemes_of(authority: Authority) -> list[Scheme]:
    """The newest first; what has no first day is the oldest. One query."""
    rows = Scheme.objects.filter(authority=authority).select_related("duty").annotate(counts=CountOf("headcounts"))
    return list(rows.order_by(F("valid_from").desc(nulls_last=True), "name"))


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
    """Who sat in the directorate on the day, and the chefs of the org chart; None where the house knows no directorate.

    Three queries. The org chart has no history: a chef is certain where nothing on the way from her unit up to the
    directorate has been changed since the day.
    """
    seats = Seat.objects.on(day).filter(
        body__authority=authority, body__kind=BodyKind.DIRECTORATE, substitute_for=None
    ).select_related("person")  # fmt: skip
    held = list(seats.order_by("created_at"))
    if not held:
        return None
    members = [Member(seat.person.name, seat.person.title) for seat in held]
    return members + _managers(authority, {seat.person_id for seat in held}, day)


def _managers(authority: Authority, directorate: set[UUID], day: date) -> list[Member]:
    units = list(Unit.objects.filter(authority=authority).select_related("manager"))
    posts = {
        unit.pk: Post(unit.manager_id, unit.parent_id, localtime(unit.modified_at).date() <= day) for unit in units
    }
    persons = {unit.manager_id: unit.manager for unit in units if unit.manager is not None}
    chefs = second_level(posts, directorate)
    return [
        Member(person.name, person.title, level=2, is_certain=chefs[pk])
        for pk, person in persons.items()
        if pk in chefs
    ]
