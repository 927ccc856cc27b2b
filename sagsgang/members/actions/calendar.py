"""Make and end the secret address of a user's calendar."""

import secrets

from django.db import transaction
from django.utils.timezone import now

from sagsgang.accounts.models import User
from sagsgang.core.models import record
from sagsgang.members import rules
from sagsgang.members.models import CalendarKey
from sagsgang.members.permissions import has_calendar
from sagsgang.members.queries.calendar import digest_of

TOKEN_BYTES = 32


@transaction.atomic
def make_calendar_key(*, actor: User) -> str:
    """A new secret for her calendar's address; the old one ends. It is told this once, and kept as a digest alone.

    Raises `RuleBrokenError` for who neither has a seat nor works in the house.
    """
    rules.require_calendar(has_calendar=has_calendar(actor))
    _end_standing(actor)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    key = CalendarKey.objects.create(user=actor, digest=digest_of(token))
    record(actor, "make_calendar_key", key)
    return token


@transaction.atomic
def revoke_calendar_key(*, actor: User) -> None:
    """The address opens nothing from now on. Twice is once."""
    for key in _end_standing(actor):
        record(actor, "revoke_calendar_key", key)


def _end_standing(actor: User) -> list[CalendarKey]:
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=actor.pk)
    standing = list(CalendarKey.objects.filter(user=actor, revoked_at=None))
    CalendarKey.objects.filter(pk__in=[key.pk for key in standing]).update(revoked_at=now(), modified_at=now())
    return standing
