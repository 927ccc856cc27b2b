"""The short talk (5 minutters oplæg): a director's words with a strategic hook, before the committee treats the matter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Authority, Body, Person
from sagsgang.cases.models import Case
from sagsgang.core.models import Row
from sagsgang.meetings.models import AgendaItem, Meeting
from sagsgang.wheel.models.briefing import BriefingCard


class TalkHook(models.TextChoices):
    """What the talk hangs on."""

    POLICY = "policy", _("policy")
    GOAL = "goal", _("goal")
    DATE = "date", _("date")


class Talk(Row):
    """A talk that is wished, placed or held. `meeting` is where it is held, `item` its place on that agenda.

    `case` is the matter; its first committee step must come later than the talk. `note` is one page of sanitised rich
    text, `remarks` what was said to it. `seconds` is how long it took.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="talks")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="talks")
    speaker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="talks")
    theme = models.CharField(_("theme"), max_length=300)
    hook = models.CharField(_("strategic hook"), max_length=6, choices=TalkHook)
    hook_words = models.CharField(_("which one"), max_length=300, blank=True)
    note = models.TextField(_("one-page note"), blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="talks")
    card = models.ForeignKey(BriefingCard, on_delete=models.PROTECT, null=True, blank=True, related_name="talks")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="talks")
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="talk")
    remarks = models.TextField(_("remarks"), blank=True)
    seconds = models.PositiveIntegerField(_("seconds"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("5-minute talk")
        ordering = ["created_at"]
        constraints = [models.CheckConstraint(condition=~Q(theme=""), name="talk_has_a_theme")]

    def __str__(self) -> str:
        return str(self.pk)
