"""What time demands of the wheel; safe to run twice, or to miss."""

from django.utils.timezone import localdate, localtime

from sagsgang.accounts.actions import own_user_of_the_house
from sagsgang.bodies.models import Authority, BodyKind
from sagsgang.wheel.actions.briefing import bodies_that_brief, put_due_briefings
from sagsgang.wheel.actions.opening import open_due_cases
from sagsgang.wheel.actions.places import note_cycle_places
from sagsgang.wheel.actions.reminders import remind
from sagsgang.wheel.actions.talks import time_talks


def wheel_cases_due() -> int:
    """Open the draft cases whose lead date has come; answers how many."""
    holders = Authority.objects.filter(wheel_entries__opens_case=True, wheel_entries__withdrawn_at=None).distinct()
    return sum(open_due_cases(authority, localdate(), actor=own_user_of_the_house()) for authority in holders)


def briefings_due() -> int:
    """Put månedsgrebet on the agendas that open a cycle within thirty days; answers how many."""
    actor = own_user_of_the_house()
    return sum(put_due_briefings(body, localdate(), actor=actor) for body in bodies_that_brief())


def cycle_places_due() -> int:
    """Note which meetings have come into the cycles or left them, for the calendars that follow; answers how many."""
    councils = Authority.objects.filter(bodies__kind=BodyKind.COUNCIL).distinct()
    return sum(note_cycle_places(authority, localdate()) for authority in councils)


def reminders_due() -> int:
    """On a working day, from seven in the morning: write to those who are to be reminded; answers how many letters."""
    return remind(localtime())


def talks_due() -> int:
    """Take over the timer's seconds of the talks whose meeting is over; answers how many."""
    return time_talks(actor=own_user_of_the_house())
