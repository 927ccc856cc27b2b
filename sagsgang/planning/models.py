"""The rules by which a body meets in a year, and which meeting came of which day of a rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body
from sagsgang.core.models import Row, StandingManager
from sagsgang.meetings.models import Meeting


class PlanRule(Row):
    """When a body meets in a year: an RFC 5545 rule ("FREQ=MONTHLY;BYDAY=2TU"), hour and place.

    `except_months` are months without meetings (7 = July), `except_days` days left out by hand.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plan_rules")
    year = models.PositiveSmallIntegerField(_("year"))
    rule = models.CharField(_("rule"), max_length=200)
    except_months = models.JSONField(_("months without meetings"), default=list, blank=True)
    except_days = models.JSONField(_("days left out"), default=list, blank=True)
    starts = models.TimeField(_("starts"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["PlanRule"]()
    history = models.Manager["PlanRule"]()

    class Meta:
        verbose_name = _("rule of the meeting plan")
        ordering = ["created_at"]

    def __str__(self) -> str:
        return f"{self.body} {self.year}: {self.rule}"


class PlannedMeeting(Row):
    """The meeting that came of a rule's day. What is changed by hand afterwards is not written over when the year is
    generated again; a day whose meeting was taken away stays away (`meeting` None).
    """

    rule = models.ForeignKey(PlanRule, on_delete=models.PROTECT, related_name="planned")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="planned_meetings")
    day = models.DateField(_("date"))
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="planned")

    class Meta:
        verbose_name = _("planned meeting")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["body", "day"], name="planned_meeting_once_a_day")]

    def __str__(self) -> str:
        return f"{self.body} {self.day}"
