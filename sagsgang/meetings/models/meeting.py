"""The meeting (møde): a body on a day."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body, Person
from sagsgang.core.models import Row


class MeetingKind(models.TextChoices):
    """Ordinary, or called for its own reason."""

    ORDINARY = "ordinary", _("ordinary")
    EXTRAORDINARY = "extraordinary", _("extraordinary")


class Form(models.TextChoices):
    """Whether a whole meeting is held here, or one item of it that was printed alone."""

    MEETING = "meeting", _("whole meeting")
    ITEM = "item", _("single item")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, filtered by who asks."""

    def visible_to(self, user: User) -> "MeetingQuerySet":
        """Meetings of the bodies that the user may see."""
        return self.filter(body__in=Body.objects.visible_to(user))


class Meeting(Row):
    """A meeting of a body on a day (møde). `starts` and `ends` are local times and may be unknown.

    A meeting without items is planned; its state is never typed. One that is run here has been opened (`opened_at`)
    and at last adjourned; then its presence is known as intervals. `change_notice` is written for the public.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=14, choices=MeetingKind, default=MeetingKind.ORDINARY)
    form = models.CharField(max_length=8, choices=Form, default=Form.MEETING)
    held_on = models.DateField(_("date"))
    starts = models.TimeField(_("starts"), null=True, blank=True)
    ends = models.TimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    number = models.CharField(_("meeting number"), max_length=40, blank=True)
    agenda_sent_at = models.DateTimeField(_("agenda sent at"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    adjourned_at = models.DateTimeField(_("adjourned at"), null=True, blank=True)
    acting_chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("acting chair")
    )
    moved_from = models.DateField(_("moved from"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True)
    change_notice = models.CharField(_("what the public is told of the change"), max_length=300, blank=True)
    stated_none = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        ordering = ["held_on", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "held_on", "kind"], condition=Q(cancelled_at=None), name="meeting_one_a_day_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(adjourned_at=None) | Q(opened_at__isnull=False, adjourned_at__gte=F("opened_at")),
                name="meeting_adjourned_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.held_on:%d-%m-%Y}"
