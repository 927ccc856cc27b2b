"""Whether a closed item may be opened now: each time it was asked, and what was answered (R18, R23)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.documents.access import Ground
from sagsgang.meetings.models.agenda import AgendaItem


class ReviewAnswer(models.TextChoices):
    """What became of a closed item when it was asked about."""

    OPEN = "open", _("Open it now")
    KEEP = "keep", _("Keep it closed, and ask again")
    NEVER = "never", _("Keep it closed for good")


class ClosingReview(models.Model):
    """One answer to "may this be opened now?". Append-only; the reason may tell of what is closed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="closing_reviews")
    answer = models.CharField(max_length=5, choices=ReviewAnswer)
    ground = models.CharField(max_length=10, choices=Ground, blank=True)
    reason = models.TextField()
    review_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("review of a closed item")
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.item_id} {self.answer}"
