"""Figures in the demo, let out by two persons: of equality, corrected once; of goals; and of a committee's year."""

from dataclasses import asdict, fields
from datetime import date, timedelta

from sagsgang.accounts.models import User
from sagsgang.bodies.actions import change_body
from sagsgang.bodies.models import Body
from sagsgang.bodies.rules import BodySettings
from sagsgang.publication.actions.figures import prepare_figures, release_figures
from sagsgang.publication.figures.asking import Offer
from sagsgang.publication.figures.makers import MAKERS
from sagsgang.publication.models import FiguresKind, FiguresRecord, PublicFigures, ReleaseState
from sagsgang.site.demo_doors.equality import counted_on
from sagsgang.site.demo_doors.hall import RELEASER, Hall
from sagsgang.site.demo_doors.public import released

DAYS = 2  # of equality: the oldest count is not out
COMMITTEE = "MTU"
WHY_CORRECTED = "Seks daglige ledere i et dagtilbud var talt med som medarbejdere. De er nu med på niveau 3."


def let_figures_out(hall: Hall) -> None:
    """Equality of two days, goals of a year, and a year of the committee that lets its own out."""
    if FiguresRecord.objects.filter(authority_id=hall.desk.authority.pk).exists():
        return
    hr, secretary = hall.user("hr"), hall.secretary("DIR")
    for years_ago in range(DAYS - 1, -1, -1):
        day = counted_on(hall.today, years_ago)
        _out(hall, FiguresKind.EQUALITY, day, day, prepared_by=hr)
    goals = _newest(hall, FiguresKind.GOALS)
    if goals is not None:
        _out(hall, goals.kind, goals.period_start, goals.period_end, prepared_by=secretary)
    _committee(hall)


def correct_figures(hall: Hall) -> None:
    """After the newest count was mended, its figures are released once more, with the reason."""
    day = counted_on(hall.today)
    if PublicFigures.objects.filter(kind=FiguresKind.EQUALITY, state=ReleaseState.SUPERSEDED).exists():
        return
    _out(hall, FiguresKind.EQUALITY, day, day, prepared_by=hall.user("hr"), reason=WHY_CORRECTED)


def _committee(hall: Hall) -> None:
    """The last year that is over; of the year that runs what there is to the end of last month, if no other is public."""
    body = hall.body(COMMITTEE)
    settings = BodySettings(**{row.name: getattr(body, row.name) for row in fields(BodySettings)})
    lets_out = BodySettings(**(asdict(settings) | {"publish_figures": True}))
    body = change_body(body, lets_out, actor=hall.user("administrator"))
    offer = _newest(hall, FiguresKind.BODY_YEAR)
    end = hall.today.replace(day=1) - timedelta(days=1)
    start, end = (offer.period_start, offer.period_end) if offer else (date(end.year, 1, 1), end)
    if released(hall, COMMITTEE).filter(held_on__range=(start, end)).exists():
        _out(hall, FiguresKind.BODY_YEAR, start, end, body=body, prepared_by=hall.secretary(COMMITTEE))


def _newest(hall: Hall, kind: str) -> Offer | None:
    return next(iter(MAKERS[kind].offers(hall.desk.authority)), None)


def _out(
    hall: Hall, kind: str, start: date, end: date, *, body: Body | None = None, prepared_by: User, reason: str = ""
) -> None:
    prepared = prepare_figures(
        hall.desk.authority, kind, start, end, body=body, public_reason=reason, actor=prepared_by
    )  # fmt: skip
    release_figures(prepared, actor=hall.user(RELEASER))
