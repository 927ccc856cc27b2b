"""Whose calendar an address opens, and what stands in it."""

import hashlib
from datetime import date, timedelta

from django.db.models import QuerySet

from sagsgang.accounts.backends import HouseBackend
from sagsgang.accounts.models import User
from sagsgang.meetings.models import Meeting
from sagsgang.members.models import CalendarKey
from sagsgang.members.permissions import MyMeetings, has_calendar

PAST = timedelta(days=92)


def digest_of(token: str) -> str:
    """How the secret of an address is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def holder_of(token: str) -> CalendarKey | None:
    """The key that this secret opens: not revoked, of a user who may log in, and who still has a seat or works here."""
    keys = CalendarKey.objects.filter(digest=digest_of(token), revoked_at=None).select_related("user")
    key = keys.first()
    is_hers = key is not None and HouseBackend().user_can_authenticate(key.user) and has_calendar(key.user)
    return key if is_hers else None


def key_of(user: User) -> CalendarKey | None:
    """Her key that stands."""
    return CalendarKey.objects.filter(user=user, revoked_at=None).first()


def meetings_in_calendar(user: User, today: date) -> QuerySet[Meeting]:
    """Her meetings of the last three months and all that come, cancelled ones too."""
    return MyMeetings().visible_to(user).filter(held_on__gte=today - PAST).order_by("held_on", "starts", "pk")
