"""Who may look into the log, and read a body's yearly report."""

from django.db.models import QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Body, Role, has_role, roles_of

REPORTS = (Role.SECRETARY, Role.DIRECTOR)


def may_read_log(user: User) -> bool:
    """May she see who did what, and who read closed material (leak rule 12)? It tells titles and names, no texts."""
    return Appointment.objects.whole_house(user).exists()


class ReportBodies:
    """The bodies whose reports somebody asks for."""

    def visible_to(self, user: User, /) -> QuerySet[Body]:
        """The bodies that she sees, with their authority."""
        return Body.objects.visible_to(user).select_related("authority")


def may_see_report(user: User, body: Body) -> bool:
    """May she read the yearly report: the body's secretary and director, and the auditor?

    It counts closed items too, and names who was away.
    """
    return _is_auditor(user) or has_role(user, body.pk, *REPORTS)


def may_see_reports(user: User) -> bool:
    """Is there a body whose report she may read?"""
    return _is_auditor(user) or any(role in REPORTS for body, role in roles_of(user) if body)


def bodies_to_report(user: User) -> QuerySet[Body]:
    """The bodies whose reports she may read."""
    if _is_auditor(user):
        return ReportBodies().visible_to(user)
    held = Appointment.objects.filter(user=user, role__in=REPORTS, body__isnull=False).order_by()
    return ReportBodies().visible_to(user).filter(pk__in=held.values("body"))


def reads_closed_here(user: User, body: Body) -> bool:
    """Does she read what is closed at the body's meetings? An auditor does not."""
    return has_role(user, body.pk, *REPORTS)


def _is_auditor(user: User) -> bool:
    return (None, Role.AUDITOR) in roles_of(user)
