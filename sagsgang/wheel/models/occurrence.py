"""The days on which an entry falls, as generated and as changed by hand, and the wheel as it was laid on an agenda."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority, Body
from sagsgang.cases.models import Case
from sagsgang.core.models import Row
from sagsgang.meetings.models import Attachment
from sagsgang.wheel.models.entry import WheelEntry


class Occurrence(Row):
    """One return of an entry. `origin_day` is the rule's own day and never changes; `day` is where it stands now.

    What somebody moved, noted, dropped or finished is not written over when the year is generated again. `gone_at`: no
    rule gives this day any more, and nothing had been done to it. `case` is the draft that was opened for it, once.
    """

    entry = models.ForeignKey(WheelEntry, on_delete=models.PROTECT, related_name="occurrences")
    origin_day = models.DateField(_("day of the rule"))
    day = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="occurrence")
    done_on = models.DateField(_("done on"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("occurrence")
        ordering = ["day", "created_at"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "origin_day"], name="occurrence_once_a_day"),
            models.CheckConstraint(
                condition=Q(done_on=None, done_by=None) | Q(done_on__isnull=False, done_by__isnull=False),
                name="occurrence_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.day}"

    @property
    def begins(self) -> date:
        """When work on it should begin, by the entry's lead time."""
        return self.day - timedelta(days=self.entry.lead_days)


class FrozenWheel(Row):
    """The wheel of a year as it was when it was laid on an agenda; the file is the attachment's own."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="frozen_wheel")

    class Meta:
        verbose_name = _("frozen copy of the wheel")

    def __str__(self) -> str:
        return f"{self.year} {self.attachment_id}"
