"""How sentences about a path are put together: days in words, and the sources that rules rest on."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sagsgang.bodies.models import BodyKind
from sagsgang.cases.plans import PlanBody


def day_words(day: date) -> str:
    """The day in words, with its year."""
    return date_format(day, "DATE_FORMAT")


def near_words(day: date, other: date) -> str:
    """The day in words; without its year where that is the year of `other`, named in the same sentence."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == other.year else "DATE_FORMAT")


def agenda_source(body: PlanBody) -> str:
    """Where the deadline of a body's agenda comes from."""
    if body.kind == BodyKind.COUNCIL:
        return _("Local Government Act § 8(4)")
    if body.kind in (BodyKind.COMMITTEE, BodyKind.FINANCE, BodyKind.ADHOC):
        return _("Local Government Act § 20(3) and the committee's own deadline")
    return _("the body's own deadline for the agenda")


def plan_source(body: PlanBody) -> str:
    """Where the days of a body's meetings come from."""
    if body.kind == BodyKind.COUNCIL:
        return _("the meeting plan, Local Government Act § 8(1)")
    return _("the meeting plan")
