"""What time demands of the wheel; safe to run twice, or to miss."""

from django.utils.timezone import localdate

from sagsgang.accounts.actions import own_user_of_the_house
from sagsgang.bodies.models import Authority
from sagsgang.wheel.actions.opening import open_due_cases


def wheel_cases_due() -> int:
    """Open the draft cases whose lead date has come; answers how many."""
    holders = Authority.objects.filter(wheel_entries__opens_case=True, wheel_entries__withdrawn_at=None).distinct()
    return sum(open_due_cases(authority, localdate(), actor=own_user_of_the_house()) for authority in holders)
