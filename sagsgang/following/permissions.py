"""Who may look into the outbox."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Role


def may_see_outbox(user: User) -> bool:
    """May she see which letters went out? The administrator, and whoever is secretary somewhere; no addresses."""
    return Appointment.objects.filter(user=user, role__in=(Role.ADMIN, Role.SECRETARY)).exists()
