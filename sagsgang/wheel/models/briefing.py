"""Månedsgrebet: the item that opens a political cycle, and the directors' cards in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.bodies.models import Body, Person
from sagsgang.cases.models import Case
from sagsgang.core.models import Row
from sagsgang.followups.models import FollowUp
from sagsgang.meetings.models import AgendaItem


class CycleBriefing(Row):
    """Månedsgrebet of one cycle: `cycle` is the year and month of the council meeting that closes it ("2023-05")."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="briefings")
    cycle = models.CharField(_("cycle"), max_length=10)
    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="briefing")

    class Meta:
        verbose_name = _("månedsgrebet")
        ordering = ["-cycle"]
        constraints = [models.UniqueConstraint(fields=["body", "cycle"], name="briefing_once_a_cycle")]

    def __str__(self) -> str:
        return f"{self.body_id} {self.cycle}"


class BriefingCard(Row):
    """A director's card: a theme that the directorate should look out for in the coming cycle, and why just now.

    `outcome` is what came of it, written at the next cycle; cases, talks and follow-ups that were made from the card
    point at it. `committee` treats the theme, if one does.
    """

    briefing = models.ForeignKey(CycleBriefing, on_delete=models.PROTECT, related_name="cards")
    director = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="briefing_cards")
    position = models.PositiveSmallIntegerField(default=1)
    theme = models.CharField(_("theme"), max_length=300)
    why_now = models.TextField(_("why now"), blank=True)
    committee = models.ForeignKey(
        Body, verbose_name=_("committee"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    risk = models.TextField(_("risk"), blank=True)
    goals = models.CharField(_("goals touched"), max_length=300, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)
    cases = models.ManyToManyField(Case, blank=True, related_name="briefing_cards")
    follow_ups = models.ManyToManyField(FollowUp, blank=True, related_name="briefing_cards")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("card")
        ordering = ["position", "created_at"]
        constraints = [models.CheckConstraint(condition=~Q(theme=""), name="briefing_card_has_a_theme")]

    def __str__(self) -> str:
        return str(self.pk)
