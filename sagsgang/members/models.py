"""What a member has read, and the secret address of her calendar."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.core.models import Row
from sagsgang.meetings.models import AgendaItem


class ItemReading(Row):
    """A member has read an item as it was sent in this version of the agenda; hers alone, nobody else sees it."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="item_readings")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="readings")
    presentation = models.UUIDField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reading")
        constraints = [
            models.UniqueConstraint(fields=["user", "item"], condition=Q(withdrawn_at=None), name="item_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.item_id}"


class CalendarKey(Row):
    """The secret in the address of a user's calendar, kept as its SHA-256. A new one ends the old."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="calendar_keys")
    digest = models.CharField(max_length=64, unique=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="calendar_key_one_a_user"),
        ]

    def __str__(self) -> str:
        return str(self.user)
