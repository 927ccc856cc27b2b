"""The published calendar of a body, and who let it out."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.publication.models.released import PublicBody, PublicRow


class PlannedState(models.TextChoices):
    """How a planned meeting stands in the published calendar."""

    PLANNED = "planned", _("planned")
    MOVED = "moved", _("moved")
    CANCELLED = "cancelled", _("cancelled")


class PublicPlannedMeeting(PublicRow):
    """A meeting in the published calendar of a body. `year` is that of its first day, `sequence` counts its changes.

    Once the meeting is released its page has the same id. `notice` is written for the public.
    """

    body = models.ForeignKey(PublicBody, on_delete=models.PROTECT, related_name="planned")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=14)
    state = models.CharField(max_length=10, choices=PlannedState)
    held_on = models.DateField()
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    moved_from = models.DateField(null=True)
    notice = models.CharField(max_length=300, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = 'pub"."planned_meeting'
        ordering = ["held_on", "starts"]
        indexes = [
            models.Index(fields=["body", "held_on"], name="pub_planned_body_day"),
            models.Index(fields=["held_on"], name="pub_planned_day"),
            models.Index(fields=["moved_from"], name="pub_planned_moved_from"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on}"


class PlanPublication(models.Model):
    """Inside the house: somebody has let a body's calendar of a year out; what changes in it follows.

    `body_id` names a row of the house and is no relation. `ended_at`: it was taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body_id", "year"], condition=models.Q(ended_at__isnull=True), name="plan_published_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.year}"
