"""The letters to those who work in the house: what is to be sent, and what was."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sagsgang.accounts.models import UNDER_WAY, StaffLetter, User

OUTBOX = 100  # letters on a page


def staff_letters_to_send(moment: datetime) -> list[UUID]:
    """The letters whose time has come, with those that a worker died over."""
    rows = StaffLetter.objects.filter(state__in=UNDER_WAY, next_try_at__lte=moment).order_by("next_try_at", "pk")
    return list(rows.values_list("pk", flat=True))


def staff_letters(user: User | None = None) -> QuerySet[StaffLetter]:
    """The newest letters with whom they go to, or those to one user; one query."""
    rows = StaffLetter.objects.select_related("user").order_by("-created_at", "pk")
    return (rows.filter(user=user) if user else rows)[:OUTBOX]
