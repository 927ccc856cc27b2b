"""Who may look into the log: auditor and administrator of the whole house."""

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment


def may_read_log(user: User) -> bool:
    """May she see who did what, and who read closed material (leak rule 12)? It tells titles and names, no texts."""
    return Appointment.objects.whole_house(user).exists()
