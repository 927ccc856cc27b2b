"""Which bodies ask for an assessment, and the matters of which somebody said that none is relevant."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Body
from sagsgang.cases.models import Case, ItemKind
from sagsgang.core.models import Row, StandingManager


class GoalRequest(Row):
    """A body asks for an assessment of the matters on their way to it. It never blocks them.

    `kinds`: the kinds of items it asks for (B, D, O); none = it does not ask. `only_grants`: only where money is
    granted. `since`: for meetings from this day on.
    """

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="goal_request")
    kinds = ArrayField(models.CharField(max_length=1, choices=ItemKind), verbose_name=_("kinds of items"), default=list)
    only_grants = models.BooleanField(_("only where money is granted"), default=False)
    since = models.DateField(_("from the day"))

    class Meta:
        verbose_name = _("request for assessments")

    def __str__(self) -> str:
        return f"{self.body}"


class NotRelevant(Row):
    """Stated of a case: no goal is relevant, because of the `reason`. It answers a body that asks."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals_not_relevant")
    reason = models.CharField(_("reason"), max_length=300)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = StandingManager["NotRelevant"]()
    history = models.Manager["NotRelevant"]()

    class Meta:
        verbose_name = _("no goal is relevant")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="not_relevant_has_a_reason"),
            models.UniqueConstraint(fields=["case"], condition=Q(withdrawn_at=None), name="not_relevant_once_a_case"),
        ]

    def __str__(self) -> str:
        return self.reason
